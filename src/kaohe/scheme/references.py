"""Codes that name nothing, or two things: what a scheme's parts say of one another."""

from collections import Counter
from collections.abc import Iterable, Iterator

from kaohe.errors import Finding, Place, blocking, find_nearest
from kaohe.language import Text
from kaohe.scheme.draft import Draft, Path
from kaohe.scheme.indicators import LEVELS
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.paths import iterate_node_paths


def find_reference_faults(model: SchemeModel, draft: Draft) -> list[Finding]:
    """Every duplicate code, unknown code and level too deep, in the order of the draft's parts."""
    return [
        finding
        for find in (_find_duplicates, _find_unknown, _find_merge_faults, _find_depth)
        for finding in find(model, draft)
    ]


def _find_duplicates(model: SchemeModel, draft: Draft) -> Iterator[Finding]:
    kinds: list[tuple[str, list[tuple[str, Path]]]] = [
        (key, [(part.code, (key, place)) for place, part in enumerate(getattr(model, key))])
        for key in ("groups", "pools", "units", "vetoes", "grades", "quotas")
    ]
    kinds.append(("indicators", [(node.code, path) for node, path in iterate_node_paths(model)]))
    for _, coded in kinds:
        counts = Counter(code for code, _ in coded)
        seen: set[str] = set()
        for code, path in coded:
            if counts[code] > 1 and code in seen:
                yield _refuse_duplicate(code, path, draft)
            seen.add(code)


def _refuse_duplicate(code: str, path: Path, draft: Draft) -> Finding:
    return blocking(
        "duplicate-code",
        draft.place((*path, "code")),
        Text(f"代码“{code}”重复", f'the code "{code}" stands twice'),
        Text("请改用未用过的代码", "use a code that is not taken"),
    )


def _find_unknown(model: SchemeModel, draft: Draft) -> Iterator[Finding]:
    units, groups = [unit.code for unit in model.units], [group.code for group in model.groups]
    known: dict[str, list[str]] = {
        "unit": units,
        "group": groups,
        "pool": [pool.code for pool in model.pools],
        "node": list(model.nodes_by_code),
    }
    for kind, code, path in _list_references(model):
        if code not in known[kind]:
            yield _refuse_unknown(kind, code, draft.place(path), known[kind])


def _list_references(model: SchemeModel) -> Iterator[tuple[str, str, Path]]:
    """Every code that names another part: its kind, the code, and where it stands."""
    for place, unit in enumerate(model.units):
        yield "group", unit.group, ("units", place, "group")
        if unit.merged_into:
            yield "unit", unit.merged_into, ("units", place, "merged_into")
    for place, pool in enumerate(model.pools):
        yield from _list_codes("group", pool.groups, ("pools", place, "groups"))
        yield from _list_codes("unit", pool.units, ("pools", place, "units"))
    for node, path in iterate_node_paths(model):
        yield from _list_codes("group", node.points_by_group, (*path, "points"))
        yield from _list_codes("unit", node.targets, (*path, "targets"))
        yield from _list_codes("unit", node.applicable or (), (*path, "applicable"))
        yield from _list_codes("unit", node.not_applicable, (*path, "not_applicable"))
        if node.pool:
            yield "pool", node.pool, (*path, "pool")
    yield from _list_policy_references(model)


def _list_policy_references(model: SchemeModel) -> Iterator[tuple[str, str, Path]]:
    for place, link in enumerate(model.tie_break):
        if link.of:
            yield "node", link.of, ("tie_break", place, "of")
        yield from _list_codes("unit", link.order, ("tie_break", place, "order"))
    for place, veto in enumerate(model.vetoes):
        yield from _list_codes("group", veto.groups, ("vetoes", place, "groups"))
        if veto.indicator:
            yield "node", veto.indicator, ("vetoes", place, "indicator")
    for place, rule in enumerate(model.grades):
        yield from _list_codes("group", rule.groups, ("grades", place, "groups"))
        for number, promotion in enumerate(rule.promotions):
            yield "node", promotion.of, ("grades", place, "promotions", number, "of")


def _list_codes(kind: str, codes: Iterable[str], path: Path) -> Iterator[tuple[str, str, Path]]:
    for code in codes:
        yield kind, code, path


_KINDS = {
    "unit": Text("单位", "unit"),
    "group": Text("考核类别", "group"),
    "pool": Text("可比组", "pool"),
    "node": Text("指标", "indicator"),
}


def _refuse_unknown(kind: str, code: str, place: Place, known: list[str]) -> Finding:
    noun = _KINDS[kind]
    near = find_nearest(code, known) or known[:3]
    return blocking(
        f"unknown-{kind}",
        place,
        Text(f"没有代码为“{code}”的{noun.zh}", f'no {noun.en} has the code "{code}"'),
        Text(f"已有：{'、'.join(near)}", f"there are: {', '.join(near)}"),
    )


def _find_merge_faults(model: SchemeModel, draft: Draft) -> Iterator[Finding]:
    """A unit merged into one that is itself merged away, or into itself."""
    gone = {unit.code for unit in model.units if unit.merged_into}
    for place, unit in enumerate(model.units):
        if unit.merged_into in gone:
            yield blocking(
                "merged-into-merged",
                draft.place(("units", place, "merged_into")),
                Text(
                    f"{unit.name}（{unit.code}）并入的 {unit.merged_into} 自身也已并入他处",
                    f"{unit.code} is merged into {unit.merged_into}, which is merged away itself",
                ),
                Text("请写最后承接的单位", "name the unit that remains in the end"),
            )


def _find_depth(model: SchemeModel, draft: Draft) -> Iterator[Finding]:
    for node, path in iterate_node_paths(model):
        if path.count("children") == LEVELS:
            yield blocking(
                "too-deep",
                draft.place(path),
                Text(f"“{node.name}”在第{LEVELS + 1}级", f"{node.code} is on level {LEVELS + 1}"),
                Text(
                    f"指标至多{LEVELS}级，请合并上级", f"at most {LEVELS} levels; merge some above"
                ),
            )
