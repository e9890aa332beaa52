"""Findings about the direction of an indicator: whether more or less is better, and whether the rule agrees."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.checking.probes import (
    is_allowed,
    list_turns,
    score_alone,
)
from kaohe.errors import Severity
from kaohe.expressions.structure import compares_peers
from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode

_WORDS = {True: Text("越大越好", "more is better"), False: Text("越小越好", "less is better")}


def _find_clashes(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        rule, higher = queries.leaf_rule(leaf), leaf.direction != "lower"
        if higher not in rule.directions():
            said = _WORDS[higher]
            yield Fault(
                (*path, "direction"),
                Text(
                    f"“{leaf.name}”方向为{said.zh}，“{rule.title.zh}”按现有参数不能这样计分",
                    f"{leaf.code}: {said.en}, which the rule ({rule.title.en}) as set has no meaning for",
                ),
                _say_directions(rule.directions()),
            )


def _say_directions(allowed: tuple[bool, ...]) -> Text | None:
    if len(allowed) != 1:
        return None
    key = "higher" if allowed[0] else "lower"
    return Text(
        f"请写 direction: {key}，或改正参数", f"write direction: {key}, or mend the parameters"
    )


DIRECTION_CLASH = Kind(
    code="direction-clash",
    severity=Severity.BLOCKING,
    title=Text("方向与计分办法矛盾", "Direction and rule contradict each other"),
    explanation=Text(
        "有的计分办法只对一个方向有意义（如控制型只用于逆向指标），有的由参数决定方向（分档由好到差的界值、满意值与不允许值）。",
        "Some rules have a meaning for one direction only, such as keeping under a limit; others say by their parameters "
        "which way is better: bands from the best on, fixed best and worst figures.",
    ),
    remedy=Text("请改正 direction 或参数", "mend the direction or the parameters"),
    example=Example(
        "        points: 8\n        weight: 0.6\n",
        "        points: 8\n        direction: lower\n        weight: 0.6\n",
        "indicators[1].children[0].direction",
        "direction: lower",
    ),
    find=_find_clashes,
)


def _find_falling_scores(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        rule = queries.leaf_rule(leaf)
        is_plain = inspected.facets_of(leaf) <= {"value", "target"} and rule.is_monotone
        if leaf.direction in ("interval", "judged") or not is_plain:
            continue
        fall = None if compares_peers(leaf.expression) else _find_fall(leaf, inspected)
        if fall is not None:
            worse, better = map(write_number, fall)
            yield Fault(
                (*path, "direction"),
                Text(
                    f"“{leaf.name}”：完成值由 {worse} 改善到 {better}，得分反而降低",
                    f"{leaf.code}: a figure improved from {worse} to {better} loses points",
                ),
            )


def _find_fall(leaf: IndicatorNode, inspected: Inspected) -> tuple[Fraction, Fraction] | None:
    """Two figures of which the better one scores less, among those around the turns of the rule."""
    units = inspected.units_of(leaf)
    targets = [inspected.figure(leaf, unit, "target") for unit in units]
    target = next((each for each in targets if each is not None), Fraction(100))
    points = inspected.most_points(leaf)
    turns = [*list_turns(leaf.expression, {"target": target}), target, Fraction(0)]
    values = sorted({turn + step for turn in turns for step in (-1, 0, 1)})
    if leaf.direction == "lower":
        values.reverse()
    facets = {"value": values, "target": [target] * len(values)}
    scores = score_alone(leaf.expression, facets, points, rows=len(values))
    scored = [
        (value, score)
        for value, score in zip(values, scores, strict=True)
        if score is not None and is_allowed(value, leaf)
    ]
    falls = ((worse, better) for (worse, low), (better, high) in pairwise(scored) if high < low)
    return next(falls, None)


SCORE_FALLS = Kind(
    code="score-falls",
    severity=Severity.BLOCKING,
    title=Text("数据变好得分反而降低", "A better figure scores less"),
    explanation=Text(
        "按指标方向，数据变好而得分降低：多半是方向写反（如扣分的事故数写成越大越好），或参数写错。在计分办法的各转折点、目标值和零附近试算；与其他单位比较的办法不试。",
        "By the indicator's direction a figure gets better and the score falls: mostly the direction is the wrong way "
        "round, such as accidents where more were better. Tried at the turning points of the rule, at the target and at zero; rules that compare units are not.",
    ),
    remedy=Text("请改正 direction，或核对参数", "mend the direction, or check the parameters"),
    example=Example(
        "    points: 2\n    direction: lower\n",
        "    points: 2\n    direction: higher\n",
        "indicators[3].direction",
        "direction: higher",
    ),
    find=_find_falling_scores,
)


def _find_odd_intervals(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        rule = queries.leaf_rule(leaf)
        if leaf.direction == "interval" and rule.is_monotone:
            yield Fault(
                (*path, "direction"),
                Text(
                    f"“{leaf.name}”是适度指标，“{rule.title.zh}”却越大得分越高",
                    f"{leaf.code} has an ideal range, yet its rule ({rule.title.en}) always gives more for more",
                ),
            )


INTERVAL_UNSERVED = Kind(
    code="interval-unserved",
    severity=Severity.WARNING,
    title=Text("适度指标用了单向计分办法", "An ideal range scored one way"),
    explanation=Text(
        "方向为 interval（适度）的指标，过高过低都不好，须用适度区间法；现有计分办法越大得分越高。",
        "Where too much is as bad as too little the rule must fall off on both sides; this one does not.",
    ),
    remedy=Text(
        "请改用 interval 计分办法，或改正方向", "use the method interval, or mend the direction"
    ),
    example=Example(
        "        points: 3\n",
        "        points: 3\n        direction: interval\n",
        "indicators[0].children[2].direction",
        "direction: interval",
    ),
    find=_find_odd_intervals,
)

KINDS = (DIRECTION_CLASH, SCORE_FALLS, INTERVAL_UNSERVED)
