"""Scoring one indicator: facets together, the rule evaluated, clamped and rounded, gaps filled."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from kaohe.errors import Finding, Place, blocking
from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.rounding import round_fraction
from kaohe.numbers.sums import sum_exactly
from kaohe.renderings.exact import Refusal, evaluate
from kaohe.renderings.frame import Frame
from kaohe.rules.records import Records, Reduction
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.policies import Rounding
from kaohe.scheme.units import Unit
from kaohe.scoring.missing import fill_gaps
from kaohe.scoring.scores import LeafScore, LeafScores
from kaohe.scoring.sheet import Sheet


def score_leaf(leaf: IndicatorNode, sheet: Sheet) -> tuple[LeafScores, list[Finding]]:
    """Score one indicator over all units; refusals come back as blocking findings."""
    reductions = reduce_records(leaf, sheet)
    frame = make_frame(leaf, sheet, reductions)
    expression = queries.leaf_expression(leaf)
    evaluation = evaluate(expression, frame)
    values = _keep_applicable(leaf, sheet, evaluation.values)
    rounding = queries.rounding_of(sheet.model, leaf)
    cells = [
        _score_cell(leaf, rounding, points, value)
        for points, value in zip(frame.points, values, strict=True)
    ]
    cells = fill_gaps(leaf, sheet, cells)
    scores = LeafScores(_zero_vetoed(leaf, cells, sheet), evaluation, reductions)
    return scores, [*_find_refusals(leaf, sheet, values), *find_doubles(leaf, sheet, reductions)]


def reduce_records(leaf: IndicatorNode, sheet: Sheet) -> list[Reduction]:
    """The facets that each unit's records come to, where the indicator applies."""
    return [
        _reduce(leaf, unit, sheet) if applies else Reduction()
        for unit, applies in zip(sheet.units, sheet.applies(leaf), strict=True)
    ]


def _keep_applicable(leaf: IndicatorNode, sheet: Sheet, values: Sequence[Any]) -> list[Any]:
    """What the rule gave; not applicable where the indicator is not, whatever the peers have."""
    return [
        value if applies else Absence.NOT_APPLICABLE
        for applies, value in zip(sheet.applies(leaf), values, strict=True)
    ]


def _has_records(leaf: IndicatorNode, unit: Unit, sheet: Sheet) -> bool:
    return (unit.code, leaf.code) in sheet.records


def _reduce(leaf: IndicatorNode, unit: Unit, sheet: Sheet) -> Reduction:
    records = sheet.records.get((unit.code, leaf.code), Records())
    return queries.leaf_rule(leaf).reduce_records(records)


def make_frame(leaf: IndicatorNode, sheet: Sheet, reductions: Sequence[Reduction]) -> Frame:
    """The rows of one indicator: every unit's facets, points and comparison pool."""
    names = (
        {"value", *queries.list_planned(leaf)}
        | sheet.facets.get(leaf.code, set())
        | {facet for reduction in reductions for facet in reduction.facets}
    )
    rows = list(zip(sheet.units, reductions, sheet.applies(leaf), strict=True))
    facets = {
        name: [
            _cell(leaf, unit, name, sheet, reduction) if applies else Absence.NOT_APPLICABLE
            for unit, reduction, applies in rows
        ]
        for name in sorted(names)
    }
    pool_of, pools = sheet.list_pools(leaf.pool)
    points = [queries.points_of(leaf, unit) for unit in sheet.units]
    return Frame(facets, points, pool_of, pools)


def _cell(leaf: IndicatorNode, unit: Unit, facet: str, sheet: Sheet, reduction: Reduction) -> Cell:
    figure = sheet.find_written(leaf.code, facet, unit.code)
    if facet in reduction.facets and (figure is None or _has_records(leaf, unit, sheet)):
        return reduction.facets[facet]
    if figure is None:
        figure = queries.planned_figure(leaf, unit.code, facet)
    if unit.inherit_targets == "sum" and facet in queries.PLANNED_FACETS:
        figure = _add_inherited(figure, leaf, unit, facet, sheet)
    if figure is None:
        return Absence.NO_TARGET if facet == "target" else Absence.EMPTY
    return figure


def _add_inherited(
    own: Cell | None, leaf: IndicatorNode, unit: Unit, facet: str, sheet: Sheet
) -> Cell | None:
    """The unit's own figure with those of the units merged into it; one for all counts once."""
    if isinstance(own, Absence):
        return own
    found = [own]
    for code in queries.list_absorbed(sheet.model, unit):
        written = sheet.find_written(leaf.code, facet, code)
        planned = queries.own_planned_figure(leaf, code, facet)
        found.append(written if isinstance(written, Fraction) else planned)
    figures = [figure for figure in found if figure is not None]
    return sum_exactly(figures) if figures else None


def _score_cell(leaf: IndicatorNode, rounding: Rounding, points: Fraction, value: Any) -> LeafScore:
    if isinstance(value, Fraction):
        clamped = _clamp(value, leaf)
        score = round_fraction(clamped, rounding.indicator, rounding.mode)
        return LeafScore(points, score, raw=value, clamped=clamped)
    absence = value if isinstance(value, Absence) else Absence.REFUSED
    return LeafScore(points, absence=absence)


def _clamp(value: Fraction, leaf: IndicatorNode) -> Fraction:
    """Within the indicator's own bounds; a deduction never adds."""
    if leaf.minimum is not None:
        value = max(value, leaf.minimum)
    if leaf.maximum is not None:
        value = min(value, leaf.maximum)
    return min(value, Fraction(0)) if leaf.family == "deduction" else value


def _zero_vetoed(
    leaf: IndicatorNode, cells: Sequence[LeafScore], sheet: Sheet
) -> Sequence[LeafScore]:
    """The cells, zeroed for the units under a veto on this indicator; what is left out stays so."""
    return [
        replace(cell, score=Fraction(0), policy=None, vetoed_by=veto)
        if veto and cell.policy != "leave_out"
        else cell
        for cell, veto in (
            (cell, sheet.zeroed.get((leaf.code, unit.code), ""))
            for unit, cell in zip(sheet.units, cells, strict=True)
        )
    ]


def _find_refusals(leaf: IndicatorNode, sheet: Sheet, values: Sequence[Any]) -> list[Finding]:
    places = sheet.observations.places
    return [
        refuse_score(leaf, unit, value.reason, places.get((leaf.code, "value", unit.code)))
        for unit, value in zip(sheet.units, values, strict=True)
        if isinstance(value, Refusal)
    ]


def refuse_score(leaf: IndicatorNode, unit: Unit, reason: Text, place: Place | None) -> Finding:
    """That a rule refuses a unit's figures, and why."""
    return blocking(
        "score-refused",
        place or Place(key=leaf.code),
        Text(
            f"{unit.name}（{unit.code}）的“{leaf.name}”（{leaf.code}）无法计分：{reason.zh}",
            f"{leaf.code} of {unit.code} cannot be scored: {reason.en}",
        ),
        Text(
            "请核对该单元格数据，或改用适合的计分办法",
            "check the figure, or choose a rule that fits it",
        ),
    )


def find_doubles(
    leaf: IndicatorNode, sheet: Sheet, reductions: Sequence[Reduction]
) -> list[Finding]:
    """Figures given for what records of the same unit already say: neither may win in silence."""
    return [
        blocking(
            "figure-beside-records",
            sheet.observations.places.get((leaf.code, facet, unit.code), Place(key=leaf.code)),
            Text(
                f"{unit.name}（{unit.code}）的“{leaf.name}”（{leaf.code}）既有明细，又另报了 {facet}",
                f"{leaf.code} of {unit.code} has records and a figure for {facet} as well",
            ),
            Text("请只留一种", "keep one of the two"),
        )
        for unit, reduction in zip(sheet.units, reductions, strict=True)
        if _has_records(leaf, unit, sheet)
        for facet in reduction.facets
        if sheet.find_written(leaf.code, facet, unit.code) is not None
    ]
