"""Findings about the rules' own examples: those that fail, and rules that have none."""

from collections.abc import Iterator
from fractions import Fraction

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.rounding import round_fraction
from kaohe.numbers.writing import write_number
from kaohe.renderings.exact import Refusal, evaluate
from kaohe.renderings.frame import Frame
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode, RuleExample


def _find_failing(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        points = dict.fromkeys(
            queries.group_points(leaf, group) for group in inspected.groups_of(leaf)
        )
        for number, example in enumerate(leaf.examples):
            found = [_work_out(leaf, example, each, inspected) for each in points]
            if found and example.score not in found:
                zh, en = _say(found[0])
                expected = write_number(example.score)
                yield Fault(
                    (*path, "examples", number, "score"),
                    Text(
                        f"“{leaf.name}”算例应得 {expected} 分，按计分办法算得 {zh}",
                        f"{leaf.code}: the example expects {expected}, the rule gives {en}",
                    ),
                )


def _work_out(
    leaf: IndicatorNode, example: RuleExample, points: Fraction, inspected: Inspected
) -> Fraction | Refusal | Absence:
    """What the rule gives for an example, held and rounded as in scoring, to the example's own decimals."""
    value: Fraction | Refusal | Absence = evaluate(
        leaf.expression, _make_frame(leaf, example, points)
    ).values[0]
    if not isinstance(value, Fraction):
        return value
    rounding = queries.rounding_of(inspected.model, leaf)
    held = round_fraction(_hold(leaf, value), rounding.indicator, rounding.mode)
    written = write_number(example.score)
    decimals = max(len(written.partition(".")[2]), rounding.display)
    return round_fraction(held, decimals, rounding.mode)


def _hold(leaf: IndicatorNode, score: Fraction) -> Fraction:
    if leaf.minimum is not None:
        score = max(score, leaf.minimum)
    return score if leaf.maximum is None else min(score, leaf.maximum)


def _make_frame(leaf: IndicatorNode, example: RuleExample, points: Fraction) -> Frame:
    """The example's unit first, then its peers, all in one pool."""
    count = 1 + len(example.peers)
    target = leaf.target if example.target is None else example.target
    own = {
        "value": example.value, "target": target, "previous": example.previous, **example.facets
    }  # fmt: skip
    facets: dict[str, list[Cell]] = {
        name: [figure, *[Absence.EMPTY] * (count - 1)]
        for name, figure in own.items()
        if figure is not None
    }
    if example.peers:
        facets["value"] = [*facets.get("value", [Absence.EMPTY])[:1], *example.peers]
    return Frame(facets, [points] * count, [0] * count, [range(count)])


def _say(found: Fraction | Refusal | Absence) -> tuple[str, str]:
    if isinstance(found, Fraction):
        return f"{write_number(found)} 分", write_number(found)
    if isinstance(found, Refusal):
        return f"不予计分（{found.reason.zh}）", f"no score ({found.reason.en})"
    return "缺数，无法计分", "no score, for a figure is missing"


EXAMPLE_FAILS = Kind(
    code="example-fails",
    severity=Severity.BLOCKING,
    title=Text("自带算例不成立", "A rule's own example fails"),
    explanation=Text(
        "指标自带的算例（examples）按计分办法和参数算出来的得分与写明的不同：参数与原文总有一个不对。"
        "算例中 peers 是其他可比单位的完成值，不含本单位；得分按指标的小数位舍入后，再按算例的小数位（至少为公布小数位）比较。",
        "An example beside the rule states another score than the rule gives: parameters or text are wrong. `peers` are "
        "the other units' values, without the unit itself; scores are compared at the example's decimals, at least those "
        "shown.",
    ),
    remedy=Text(
        "请核对参数与原文，改正算例或参数",
        "check the parameters against the text; mend one of the two",
    ),
    example=Example(
        "target: 120, score: 4.5",
        "target: 120, score: 4.8",
        "indicators[0].children[0].examples[0].score",
        "- {value: 108, target: 120, score: 4.8}",
    ),
    find=_find_failing,
)


def _find_unproved(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        if not leaf.examples:
            yield Fault(
                (*path, "examples"),
                Text(f"“{leaf.name}”没有算例", f"{leaf.code} has no example"),
            )


NO_EXAMPLE = Kind(
    code="no-example",
    severity=Severity.NOTICE,
    title=Text("计分办法没有算例", "A rule without an example"),
    explanation=Text(
        "一个算例（数据和应得分）就能让各方对计分办法的理解一致，也能查出参数写错。",
        "One example, figures and the score they earn, shows everybody how the rule is meant and catches a wrong parameter.",
    ),
    remedy=Text(
        "请写 examples，如 - {value: 108, target: 120, score: 7.2}；工作簿“算例”列写 完成值=108；目标值=120；应得分=7.2",
        "write examples, such as - {value: 108, target: 120, score: 7.2}",
    ),
    example=Example(
        "        examples:\n          - {value: 108, target: 120, score: 4.5}\n",
        "",
        "indicators[0].children[0].examples",
        "code: A1",
    ),
    find=_find_unproved,
)

KINDS = (EXAMPLE_FAILS, NO_EXAMPLE)
