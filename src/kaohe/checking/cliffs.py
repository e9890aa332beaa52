"""Findings about where a rule jumps: cliffs, and edges no figure reaches."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.checking.probes import (
    is_allowed,
    list_edges,
    list_turns,
    score_alone,
    settle_peers,
)
from kaohe.errors import Severity
from kaohe.expressions.nodes import Node
from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode

CLIFF_SHARE = Fraction(1, 10)
"""The share of the points from which a hair's breadth counts as a cliff."""

HAIR = Fraction(1, 100)
"""A hair's breadth where the scheme declares no decimals."""

COUNTED_UP_TO = 100
"""Whole figures below this are counts, of which one more is meant to matter."""


def _find_cliffs(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        if (
            "value"
            not in inspected.facets_of(leaf)
            <= {"value", "target", "challenge", "constraint"}
        ):
            continue
        found = _find_steepest(leaf, inspected)
        if found is not None:
            value, share = found
            yield Fault(
                (*path, "rule"),
                Text(
                    f"“{leaf.name}”：完成值在 {write_number(value)} 处相差 {write_number(_hair(leaf))} "
                    f"即相差本项分值的 {_say_percent(share)}%",
                    f"{leaf.code}: at {write_number(value)} a difference of {write_number(_hair(leaf))} costs "
                    f"{_say_percent(share)} % of the points",
                ),
            )


def _say_percent(share: Fraction) -> str:
    return write_number(share * 100, decimals=1).removesuffix(".0")


def _hair(leaf: IndicatorNode) -> Fraction:
    return HAIR if leaf.decimals is None else Fraction(1, 10**leaf.decimals)


def _find_steepest(leaf: IndicatorNode, inspected: Inspected) -> tuple[Fraction, Fraction] | None:
    """Where a hair's breadth costs most, and its share of the points; None where it costs little.

    Tried with the units' lowest, middle and highest target; what is asked of peers is taken to be the target too.
    """
    points = inspected.most_points(leaf)
    if not points:
        return None
    found = [
        (abs(high - low) / points, value)
        for planned in _list_plans(leaf, inspected)
        for value, low, high in _list_drops(leaf, planned, points)
    ]
    share, value = max(found, default=(Fraction(0), Fraction(0)))
    return (value, share) if share > CLIFF_SHARE else None


def _list_plans(leaf: IndicatorNode, inspected: Inspected) -> list[dict[str, Fraction]]:
    """The planned figures of the units with the lowest, middle and highest; a round hundred where there are none."""
    plans = {
        tuple(inspected.figure(leaf, unit, facet) for facet in queries.PLANNED_FACETS)
        for unit in inspected.units_of(leaf)
    }
    ordered = sorted(plans, key=lambda plan: [figure or Fraction(0) for figure in plan])
    chosen = {ordered[row] for row in (0, len(ordered) // 2, -1)} if ordered else set()
    written = [
        {
            facet: figure
            for facet, figure in zip(queries.PLANNED_FACETS, plan, strict=True)
            if figure is not None
        }
        for plan in sorted(chosen, key=ordered.index)
    ]
    return [plan or {"target": Fraction(100)} for plan in written]


def _list_drops(
    leaf: IndicatorNode, planned: dict[str, Fraction], points: Fraction
) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
    """Around each turn of the rule and each planned figure: the figure, its score, and that of the figure a hair beside it."""
    expression = settle_peers(leaf.expression, planned.get("target", Fraction(100)))
    hair = _hair(leaf)
    for turn in {*list_turns(expression, planned), *planned.values()}:
        if hair >= 1 and abs(turn) < COUNTED_UP_TO:
            continue
        values = [value for value in (turn - hair, turn, turn + hair) if is_allowed(value, leaf)]
        scores = _score(expression, values, planned, points)
        for (value, low), (_, high) in pairwise(zip(values, scores, strict=True)):
            if low is not None and high is not None:
                yield (turn if value < turn else value), low, high


def _score(
    expression: Node, values: list[Fraction], planned: dict[str, Fraction], points: Fraction
) -> list[Fraction | None]:
    columns = {facet: [figure] * len(values) for facet, figure in planned.items()}
    return score_alone(expression, {**columns, "value": values}, points, rows=len(values))


CLIFF = Kind(
    code="cliff",
    severity=Severity.WARNING,
    title=Text("断崖：差之毫厘，失之一成以上", "A cliff: a hair's breadth costs more than a tenth"),
    explanation=Text(
        "在分档界值、达标线、满步处，完成值相差规定小数位的末位一个单位（未规定的为0.01），得分就相差本项分值的10%以上。"
        "这类地方最容易引起争议和凑数。整数数据小于100的视为计数，不提示。",
        "At a band's edge, a threshold or a complete step, one unit in the last declared decimal of the figure (0.01 "
        "where none is declared) costs more than 10 % of the points. Such places invite disputes and trimmed figures. "
        "Whole figures below 100 are counts and not reported.",
    ),
    remedy=Text(
        "请增加档次、改用按比例计分，或在原文中说明此处从严",
        "use more bands, score in proportion, or say in the text that the line is meant to be hard",
    ),
    example=Example(
        "          below: 85%\n",
        "          below: 60%\n",
        "indicators[1].children[0].rule",
        "rule:\n          method: bands",
    ),
    find=_find_cliffs,
)


def _find_unreachable_edges(inspected: Inspected) -> Iterator[Fault]:
    for leaf, path in inspected.leaves:
        edges = sorted(set(list_edges(leaf.expression)))
        beyond = [edge for edge in edges if not is_allowed(edge, leaf)]
        if beyond:
            named = "、".join(map(write_number, beyond))
            yield Fault(
                (*path, "rule"),
                Text(
                    f"“{leaf.name}”的界值 {named} 在数据范围之外，有的档谁也到不了",
                    f"{leaf.code}: the edge {named} lies beyond the figures allowed; some band is out of reach",
                ),
            )


BAND_OUT_OF_REACH = Kind(
    code="band-out-of-reach",
    severity=Severity.WARNING,
    title=Text("有的档谁也到不了", "A band nobody can reach"),
    explanation=Text(
        "分档界值或比较的定值在数据上下限（value_minimum、value_maximum）之外，这一界值永远不起作用，界外的档没有单位能到。",
        "An edge lies outside the least and greatest figure allowed: it never decides anything, and nobody can be on its "
        "far side.",
    ),
    remedy=Text("请核对界值、计量单位和数据上下限", "check the edge, the unit and the bounds"),
    example=Example(
        "{edge: 95, share: 100%}",
        "{edge: 105, share: 100%}",
        "indicators[1].children[0].rule",
        "rule:\n          method: bands",
    ),
    find=_find_unreachable_edges,
)

KINDS = (CLIFF, BAND_OUT_OF_REACH)
