"""A draft read as an index; whatever does not fit becomes a finding with its line."""

from collections.abc import Iterator, Sequence

from kaohe.analysis.index_model import AggregationChoice, IndexModel, IndexNode, NormalisationChoice
from kaohe.errors import BadInput, Finding, blocking
from kaohe.language import Text
from kaohe.scheme.draft import Draft, Path
from kaohe.scheme.reading import read_form


def admit_index(draft: Draft) -> IndexModel:
    """The index that a draft states. Raises BadInput with every finding, each with its line."""
    if isinstance(draft.tree, dict) and "kaohe" in draft.tree and "index" not in draft.tree:
        raise BadInput([_say_scheme(draft)])
    model, findings = read_form(draft, IndexModel)
    if model is not None:
        findings = [*findings, *_find_faults(model, draft)]
    if model is None or findings:
        raise BadInput(findings)
    return model


def _find_faults(model: IndexModel, draft: Draft) -> Iterator[Finding]:
    """What every key alone allows and all together do not."""
    yield from _find_power_faults(model.aggregation, ("aggregation",), draft)
    yield from _find_normalisation_faults(model.normalisation, draft)
    if model.ranking.on == "rounded" and model.decimals is None:
        yield _say_missing(
            draft, (), "decimals", Text("小数位", "decimals"),
            Text("按未舍入的值排", "rank on unrounded"),
        )  # fmt: skip
    yield from _find_weight_faults(model.index, model.indicators, ("indicators",), draft)
    seen = {model.index}
    for node, path in _walk(model):
        if node.code in seen:
            yield _say_repeated(draft, (*path, "code"), node.code)
        seen.add(node.code)
        yield from _find_node_faults(node, path, model, draft)


_TAKES = {
    "min_max": {"to"},
    "z_score": {"mean", "deviation"},
    "rank": {"ties"},
    "percentile_rank": {"ties", "to"},
    "borda": {"ties"},
    "distance_to_best": {"to"},
    "distance_to_reference": {"reference", "cap", "to"},
    "distance_to_target": {"cap", "to"},
    "goalposts": {"to"},
    "fraction_of_max": {"to"},
}
"""The keys that mean something beside each way to normalise."""


def _find_normalisation_faults(chosen: NormalisationChoice, draft: Draft) -> Iterator[Finding]:
    path: Path = ("normalisation",)
    if chosen.method == "distance_to_reference" and not chosen.reference:
        yield _say_missing(draft, path, "reference", Text("参照对象", "the subject of reference"))
    for key in sorted(chosen.model_fields_set - {"method"} - _TAKES[chosen.method]):
        takers = [name for name, keys in _TAKES.items() if key in keys]
        where = Text("、".join(takers), " and ".join(takers))
        yield _say_out_of_place(draft, (*path, key), where)
    if chosen.to is not None and chosen.to[0] >= chosen.to[1]:
        yield blocking(
            "bad-scale",
            draft.place((*path, "to")),
            Text("结果区间的下端不小于上端", "the low end of the scale is not below the high one"),
            Text("请由小到大写，如 [1, 100]；方向写在 direction",
                 "write it upwards, such as [1, 100]; `direction` says which figures are better"),
        )  # fmt: skip


def _walk(model: IndexModel) -> Iterator[tuple[IndexNode, Path]]:
    for at, node in enumerate(model.indicators):
        yield from _walk_below(node, ("indicators", at))


def _walk_below(node: IndexNode, path: Path) -> Iterator[tuple[IndexNode, Path]]:
    yield node, path
    for at, child in enumerate(node.children):
        yield from _walk_below(child, (*path, "children", at))


_OF_INDICATORS = ("denominator", "goalposts", "target")


def _find_node_faults(
    node: IndexNode, path: Path, model: IndexModel, draft: Draft
) -> Iterator[Finding]:
    if node.children:
        yield from _find_branch_faults(node, path, draft)
        return
    if node.aggregation is not None:
        yield _say_out_of_place(draft, (*path, "aggregation"), Text("分支", "branches"))
    method, posts = model.normalisation.method, node.goalposts
    if method == "goalposts" and posts is None:
        yield _say_missing(draft, path, "goalposts", Text("门柱", "goalposts"))
    if method == "distance_to_target" and node.target is None:
        yield _say_missing(draft, path, "target", Text("目标值", "target"))
    if posts is not None:
        yield from _find_goalpost_faults(node, path, draft)


def _find_goalpost_faults(node: IndexNode, path: Path, draft: Draft) -> Iterator[Finding]:
    posts = node.goalposts
    if posts is not None and posts.high <= posts.low:
        yield blocking(
            "bad-goalposts",
            draft.place((*path, "goalposts")),
            Text(f"{node.code} 的上门柱不高于下门柱", f"{node.code} has a high goalpost not above the low one"),
            Text("请写 low 小于 high；方向写在 direction", "low is less than high; `direction` says which is better"),
        )  # fmt: skip
    if posts is not None and node.transform == "logarithm" and posts.low <= 0:
        yield blocking(
            "not-positive",
            draft.place((*path, "goalposts")),
            Text(f"{node.code} 取对数，下门柱须为正数", f"{node.code} is taken as a logarithm: its low goalpost is positive"),
            Text("请写正数，或去掉 transform", "write a positive one, or remove `transform`"),
        )  # fmt: skip


def _find_branch_faults(node: IndexNode, path: Path, draft: Draft) -> Iterator[Finding]:
    for key in _OF_INDICATORS:
        if getattr(node, key) is not None:
            yield _say_out_of_place(draft, (*path, key), Text("末级指标", "indicators"))
    if node.aggregation is not None:
        yield from _find_power_faults(node.aggregation, (*path, "aggregation"), draft)
    yield from _find_weight_faults(node.code, node.children, (*path, "children"), draft)


def _find_weight_faults(
    code: str, nodes: Sequence[IndexNode], path: Path, draft: Draft
) -> Iterator[Finding]:
    if all(node.weight == 0 for node in nodes):
        yield blocking(
            "bad-weight",
            draft.place(path),
            Text(f"{code} 下的权重全是零", f"all weights under {code} are zero"),
            Text("至少一个权重须为正数", "at least one weight is positive"),
        )


def _find_power_faults(
    aggregation: AggregationChoice, path: Path, draft: Draft
) -> Iterator[Finding]:
    if aggregation.method == "power" and aggregation.power is None:
        yield _say_missing(draft, path, "power", Text("幂次", "power"))
    if aggregation.method != "power" and aggregation.power is not None:
        yield _say_out_of_place(draft, (*path, "power"), Text("method: power", "`method: power`"))


def _say_scheme(draft: Draft) -> Finding:
    return blocking(
        "not-an-index",
        draft.place(("kaohe",)),
        Text("这是考核方案，不是指数", "this is a scheme, not an index"),
        Text("方案请用 kaohe score；指数从 index: 代码 写起",
             "score a scheme by kaohe score; an index begins with index: its code"),
    )  # fmt: skip


_OTHER_METHOD = Text("换方法", "choose another method")


def _say_missing(
    draft: Draft, path: Path, key: str, label: Text, instead: Text = _OTHER_METHOD
) -> Finding:
    return blocking(
        "missing-key",
        draft.place((*path, key)),
        Text(f"缺少“{key}”（{label.zh}）", f'"{key}" ({label.en}) is missing'),
        Text(f"请写明 {key}: …，或{instead.zh}", f"write {key}: …, or {instead.en}"),
    )


def _say_out_of_place(draft: Draft, path: Path, where: Text) -> Finding:
    key = path[-1]
    return blocking(
        "out-of-place",
        draft.place(path),
        Text(f"“{key}”只用于{where.zh}", f'"{key}" is for {where.en} only'),
        Text("请删去", "remove it"),
    )


def _say_repeated(draft: Draft, path: Path, code: str) -> Finding:
    return blocking(
        "duplicate-code",
        draft.place(path),
        Text(f"代码“{code}”重复", f'the code "{code}" stands twice'),
        Text(
            "每个指标的代码须不同，也不同于指数的代码", "each has a code of its own, the index too"
        ),
    )
