"""Findings about the data's figures: out of place, missing, exactly on the target, far from everybody else's."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from kaohe.checking.inspected import Inspected, list_some
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import BadInput, Place, Severity
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.numbers.writing import write_number
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.units import Unit
from kaohe.scoring.observations import FigureKey
from kaohe.scoring.scheme_scores import score_scheme

FEWEST_PEERS = 5
FAR = 10
"""Beyond so many median distances from the median a figure is an outlier."""


def _find_inapplicable(inspected: Inspected) -> Iterator[Fault]:
    nodes, units = inspected.model.nodes_by_code, inspected.model.units_by_code
    for key, cell in inspected.figures.items():
        leaf, unit = nodes.get(key[0]), units.get(key[2])
        if leaf is None or unit is None or not isinstance(cell, Fraction):
            continue
        if not queries.applies_to(leaf, unit):
            yield Fault(
                inspected.place_figure(key),
                Text(
                    f"“{leaf.name}”不适用于 {unit.name}（{unit.code}），却有数据 {write_number(cell)}",
                    f"{leaf.code} does not apply to {unit.code}, which has the figure {write_number(cell)}",
                ),
            )


FIGURE_NOT_APPLICABLE = Kind(
    code="figure-not-applicable",
    severity=Severity.WARNING,
    title=Text("不适用的指标有数据", "A figure where the indicator does not apply"),
    explanation=Text(
        "方案里该指标不适用于该单位，数据不会计分；不是填错了行，就是方案的适用范围有误。",
        "By the scheme the indicator does not apply to the unit and the figure is not scored: a wrong row, or a wrong "
        "scheme.",
    ),
    remedy=Text(
        "请核对行列；确不适用的请填“/”", "check row and column; where it does not apply write “/”"
    ),
    example=Example(
        "        points: 4\n",
        "        points: 4\n        not_applicable: [T2]\n",
        "A2",
        "T2,79.34",
    ),
    find=_find_inapplicable,
    needs_data=True,
)


def _find_unscored(inspected: Inspected) -> Iterator[Fault]:
    scored = {unit.code for unit in inspected.units}
    first: dict[str, FigureKey] = {}
    for key, cell in inspected.figures.items():
        if key[2] not in scored and key[1] == "value" and isinstance(cell, Fraction):
            first.setdefault(key[2], key)
    for code, key in first.items():
        unit = inspected.model.units_by_code.get(code)
        if unit is not None:
            yield Fault(
                inspected.place_figure(key),
                Text(
                    f"{unit.name}（{code}）不参评、已撤并或尚未成立，它的数据不计分",
                    f"{code} is exempt, merged away, gone or not yet there: its figures are not scored",
                ),
            )


FIGURES_NOT_SCORED = Kind(
    code="figures-not-scored",
    severity=Severity.NOTICE,
    title=Text("不计分的单位有数据", "Figures of a unit that is not scored"),
    explanation=Text(
        "不参评的、考核期末已撤并或尚未成立的单位不计分，它的完成值也不参与比较（目标值可由承接单位沿用）。",
        "A unit that is exempt, or not there on the last day of the period, is not scored and is nobody's peer; only its "
        "targets may pass to the unit that took it over.",
    ),
    remedy=Text(
        "请核对参评方式和日期；数据应归承接单位的，请并入其数",
        "check how and when it takes part; add figures that belong to its successor to the successor's",
    ),
    example=Example(
        "  - {code: T2, name: 南潆镇, group: towns}\n",
        "  - {code: T2, name: 南潆镇, group: towns, participation: exempt, reason: 托管}\n",
        "A1",
        "T2,79.34",
    ),
    find=_find_unscored,
    needs_data=True,
)


def _find_missing(inspected: Inspected) -> Iterator[Fault]:
    gaps: dict[str, list[str]] = defaultdict(list)
    for leaf, _ in inspected.leaves:
        for unit in inspected.units_of(leaf):
            if _is_missing(leaf, unit, inspected):
                gaps[leaf.owner].append(f"{leaf.code}·{unit.code}")
    for owner, cells in gaps.items():
        zh, en = list_some(cells)
        yield Fault(
            Place(file=inspected.data_file, key=owner),
            Text(
                f"{owner or '未写明来源单位'}缺 {len(cells)} 个数：{zh}",
                f"{len(cells)} figures of {owner or 'no owner'} are missing: {en}",
            ),
        )


def _is_missing(leaf: IndicatorNode, unit: Unit, inspected: Inspected) -> bool:
    """Whether a rule reads the value, and there is neither one nor a word why not."""
    if "value" not in inspected.facets_of(leaf):
        return False
    written = inspected.figures.get((leaf.code, "value", unit.code), Absence.EMPTY)
    return written is Absence.EMPTY


FIGURES_MISSING = Kind(
    code="figures-missing",
    severity=Severity.WARNING,
    title=Text("数据来源单位缺数", "Figures an owner has not supplied"),
    explanation=Text(
        "按数据来源单位汇总还没有的完成值；不适用、未到期、拒报的须写明，空白不等于零。",
        "Values still missing, summed up by owner. Not applicable, not due and refused must be written; empty is not zero.",
    ),
    remedy=Text(
        "请催报，或填“/”（不适用）、“未到期”、“拒报”",
        "ask for them, or write “/”, “not due” or “refused”",
    ),
    example=Example("D1,20.11,82.30,", "D1,20.11,,", "生态环境局", "", of="figures"),
    find=_find_missing,
    needs_data=True,
)


def _list_values(leaf: IndicatorNode, inspected: Inspected) -> list[tuple[Unit, Fraction]]:
    found = [
        (unit, inspected.figures.get((leaf.code, "value", unit.code)))
        for unit in inspected.units_of(leaf)
    ]
    return [(unit, value) for unit, value in found if isinstance(value, Fraction)]


def _find_exact_hits(inspected: Inspected) -> Iterator[Fault]:
    for leaf, _ in inspected.leaves:
        if "target" not in inspected.facets_of(leaf):
            continue
        for unit, value in _list_values(leaf, inspected):
            if value.denominator > 1 and value == inspected.figure(leaf, unit, "target"):
                yield Fault(
                    inspected.place_figure((leaf.code, "value", unit.code)),
                    Text(
                        f"{unit.name}（{unit.code}）“{leaf.name}”{write_number(value)} 与目标一位不差",
                        f"{leaf.code} of {unit.code} is {write_number(value)}, its target to the last digit",
                    ),
                )


EXACT_HIT = Kind(
    code="exact-hit",
    severity=Severity.NOTICE,
    title=Text("完成值与目标一位不差", "Exactly on the target"),
    explanation=Text(
        "带小数的完成值与目标值完全相同，可能是把目标填进了完成值，也可能是凑数。整数不提示。",
        "A figure with decimals that equals its target was perhaps copied from it, or made to fit. Whole figures are not "
        "reported.",
    ),
    remedy=Text("请与数据来源核对", "check it against its source"),
    example=Example("T2,79.34,", "T2,80.5,", "A1", "T2,80.5", of="figures"),
    find=_find_exact_hits,
    needs_data=True,
)


def _find_outliers(inspected: Inspected) -> Iterator[Fault]:
    for leaf, _ in inspected.leaves:
        values = _list_values(leaf, inspected)
        shares = _relate_to_targets(leaf, values, inspected)
        for unit, value in (values[row] for row in _list_far(shares)):
            yield Fault(
                inspected.place_figure((leaf.code, "value", unit.code)),
                Text(
                    f"{unit.name}（{unit.code}）“{leaf.name}”{write_number(value)} 与其他单位相差悬殊",
                    f"{leaf.code} of {unit.code}, {write_number(value)}, is far from everybody else's",
                ),
            )


def _relate_to_targets(
    leaf: IndicatorNode, values: Sequence[tuple[Unit, Fraction]], inspected: Inspected
) -> list[Fraction]:
    """The figures, each as a share of its unit's target where all have one: units differ in size."""
    targets = [inspected.figure(leaf, unit, "target") for unit, _ in values]
    if all(targets):
        return [value / (target or 1) for (_, value), target in zip(values, targets, strict=True)]
    return [value for _, value in values]


def _list_far(figures: Sequence[Fraction]) -> list[int]:
    """The rows far from the median, ten times the usual distance and twice that of anybody on their side."""
    if len(figures) < FEWEST_PEERS:
        return []
    middle = _find_median(figures)
    gaps = [figure - middle for figure in figures]
    usual = _find_median([abs(gap) for gap in gaps])
    return [
        row
        for row, gap in enumerate(gaps)
        if usual and abs(gap) > FAR * usual and _is_alone(row, gaps)
    ]


def _is_alone(row: int, gaps: Sequence[Fraction]) -> bool:
    """Whether nobody else is at least half as far out on the same side: sizes differ by degrees, slips do not."""
    half = gaps[row] / 2
    others = (*gaps[:row], *gaps[row + 1 :])
    return not any(gap >= half if half > 0 else gap <= half for gap in others)


def _find_median(figures: Sequence[Fraction]) -> Fraction:
    ordered = sorted(figures)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


OUTLIER = Kind(
    code="outlier",
    severity=Severity.WARNING,
    title=Text("与其他单位相差悬殊", "Far from everybody else's"),
    explanation=Text(
        "完成值（有目标的按完成率）偏离中位数，超过一般偏离（偏离的中位数）的10倍，同侧也没有别的单位偏离到它的一半，多半是单位错（万元与亿元）或错位。"
        "少于五个单位的不判断。",
        "The figure (as a share of its target where all have one) is more than ten times as far from the median as is "
        "usual, and nobody on that side is half as far: mostly a wrong unit or a shifted decimal. Not judged among fewer "
        "than five.",
    ),
    remedy=Text(
        "请核对计量单位和小数点；确实如此，请附说明",
        "check unit and decimal point; if it is right, say why",
    ),
    example=Example("T1,118.21,", "T1,11.82,", "A1", "T1,11.82", of="figures"),
    find=_find_outliers,
    needs_data=True,
)


def _find_refused(inspected: Inspected) -> Iterator[Fault]:
    if inspected.observations is None:
        return
    try:
        score_scheme(Scheme(inspected.model), inspected.observations)
    except BadInput as refusal:
        for finding in refusal.findings:
            yield Fault(finding.place, finding.wrong, finding.remedy)


SCORE_REFUSED = Kind(
    code="score-refused",
    severity=Severity.BLOCKING,
    title=Text("数据无法计分", "Figures that cannot be scored"),
    explanation=Text(
        "用这些数据试算，有的计分办法拒绝计分，如按比例而目标为零、组内最好值不大于零、有数据的单位不足三个。",
        "Scored with these data some rule refuses: a target of zero under a ratio, a best figure not above zero, fewer "
        "than three figures in the pool.",
    ),
    remedy=Text(
        "请核对数据，或改用适合的计分办法", "check the figures, or choose a rule that fits"
    ),
    example=Example(
        "92.40,",
        "/,",
        "A3",
        "T1,118.21",
        of="figures",
        also=tuple((figure, "/,") for figure in ("90.10,", "88.35,", "87.60,")),
    ),
    find=_find_refused,
    needs_data=True,
)

KINDS = (
    FIGURE_NOT_APPLICABLE,
    FIGURES_NOT_SCORED,
    FIGURES_MISSING,
    EXACT_HIT,
    OUTLIER,
    SCORE_REFUSED,
)
