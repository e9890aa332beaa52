"""Scoring one indicator: facets together, the rule evaluated, clamped and rounded, gaps filled."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from kaohe.errors import Finding, Place, blocking
from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.rounding import round_fraction
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
    reductions = [_reduce(leaf, unit, sheet) for unit in sheet.units]
    frame = make_frame(leaf, sheet, reductions)
    expression = queries.leaf_expression(leaf)
    evaluation = evaluate(expression, frame)
    rounding = queries.rounding_of(sheet.model, leaf)
    cells = [
        _score_cell(leaf, rounding, points, value)
        for points, value in zip(frame.points, evaluation.values, strict=True)
    ]
    cells = fill_gaps(leaf, sheet, cells)
    scores = LeafScores(_zero_vetoed(leaf.code, cells, sheet), evaluation, reductions)
    return scores, _find_refusals(leaf, sheet, evaluation.values)


def _reduce(leaf: IndicatorNode, unit: Unit, sheet: Sheet) -> Reduction:
    if not queries.applies_to(leaf, unit):
        return Reduction()
    records = sheet.records.get((unit.code, leaf.code), Records())
    return queries.leaf_rule(leaf).reduce_records(records)


def make_frame(leaf: IndicatorNode, sheet: Sheet, reductions: Sequence[Reduction]) -> Frame:
    """The rows of one indicator: every unit's facets, points and comparison pool."""
    names = (
        {"value", "target"}
        | sheet.facets.get(leaf.code, set())
        | {facet for reduction in reductions for facet in reduction.facets}
    )
    facets = {
        name: [
            _cell(leaf, unit, name, sheet, reduction)
            for unit, reduction in zip(sheet.units, reductions, strict=True)
        ]
        for name in sorted(names)
    }
    pool_of, pools = sheet.list_pools(leaf.pool)
    points = [queries.points_of(leaf, unit.group) for unit in sheet.units]
    return Frame(facets, points, pool_of, pools)


def _cell(leaf: IndicatorNode, unit: Unit, facet: str, sheet: Sheet, reduction: Reduction) -> Cell:
    if not queries.applies_to(leaf, unit):
        return Absence.NOT_APPLICABLE
    if facet in reduction.facets:
        return reduction.facets[facet]
    written = sheet.observations.figures.get((leaf.code, facet, unit.code))
    if written is not None and written is not Absence.EMPTY:
        return written
    planned = queries.planned_figure(sheet.model, leaf, unit, facet)
    if planned is not None:
        return planned
    return Absence.NO_TARGET if facet == "target" else Absence.EMPTY


def _score_cell(leaf: IndicatorNode, rounding: Rounding, points: Fraction, value: Any) -> LeafScore:
    if isinstance(value, Fraction):
        clamped = _clamp(value, leaf)
        score = round_fraction(clamped, rounding.indicator, rounding.mode)
        return LeafScore(points, score, raw=value, clamped=clamped)
    absence = value if isinstance(value, Absence) else Absence.REFUSED
    return LeafScore(points, absence=absence)


def _clamp(value: Fraction, leaf: IndicatorNode) -> Fraction:
    if leaf.minimum is not None:
        value = max(value, leaf.minimum)
    if leaf.maximum is not None:
        value = min(value, leaf.maximum)
    return value


def _zero_vetoed(code: str, cells: Sequence[LeafScore], sheet: Sheet) -> Sequence[LeafScore]:
    """The cells, zeroed for the units under a veto that zeroes this indicator."""
    hit = {
        unit: veto.code
        for unit, met in sheet.vetoes.items()
        for veto, _ in met
        if "zero_indicator" in veto.effects and veto.indicator == code
    }
    return [
        replace(cell, score=Fraction(0), vetoed_by=hit[unit.code]) if unit.code in hit else cell
        for unit, cell in zip(sheet.units, cells, strict=True)
    ]


def _find_refusals(leaf: IndicatorNode, sheet: Sheet, values: Sequence[Any]) -> list[Finding]:
    return [
        blocking(
            "score-refused",
            sheet.observations.places.get((leaf.code, "value", unit.code), Place(key=leaf.code)),
            Text(
                f"{unit.name}（{unit.code}）的“{leaf.name}”（{leaf.code}）无法计分：{value.reason.zh}",
                f"{leaf.code} of {unit.code} cannot be scored: {value.reason.en}",
            ),
            Text(
                "请核对该单元格数据，或改用适合的计分办法",
                "check the figure, or choose a rule that fits it",
            ),
        )
        for unit, value in zip(sheet.units, values, strict=True)
        if isinstance(value, Refusal)
    ]
