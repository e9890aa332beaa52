"""A result as plain data: what goes into packages, JSON files and comparisons, numbers as exact text."""

from fractions import Fraction
from typing import Any

from kaohe.grading.steps import Step
from kaohe.numbers.writing import write_number
from kaohe.results.result import Result, UnitResult
from kaohe.scoring.scores import LeafScore


def write_result(result: Result) -> dict[str, Any]:
    """The whole result as plain data in a fixed shape; keys in it are stable names."""
    model = result.scheme.model
    return {
        "engine": result.engine,
        "scheme": {"code": model.code, "name": model.name, "digest": result.scheme.digest},
        "data": {"digest": result.data_digest},
        "provisional": result.is_provisional,
        "units": [_write_unit(each) for each in result.units],
        "leaves": {code: _write_leaf(result, code) for code in sorted(result.scores.leaves)},
        "branches": {code: _write_branch(result, code) for code in sorted(result.scores.branches)},
    }


def _number(value: Fraction | None) -> str | None:
    return None if value is None else write_number(value)


def _write_unit(each: UnitResult) -> dict[str, Any]:
    total, standing = each.total, each.standing
    return {
        "code": each.unit.code,
        "name": each.unit.name,
        "group": each.unit.group,
        "participation": each.unit.participation,
        "base": _number(total.base),
        "bonus": _number(total.bonus_counted),
        "deduction": _number(total.deduction_counted),
        "total": _number(total.total),
        "provisional": list(total.provisional),
        "rank": _number(standing.rank),
        "would_be": _number(standing.would_be),
        "tied_with": list(standing.tied_with),
        "broken_by": [" ".join(filter(None, (link.by, link.of))) for link in standing.broken_by],
        "proposed_grade": each.grade.label if each.grade else None,
        "vetoes": list(each.vetoes),
        "grade_steps": [_write_step(step) for step in each.grade.steps] if each.grade else [],
    }


def _write_step(step: Step) -> dict[str, Any]:
    return {"zh": step.text.zh, "en": step.text.en}


def _write_leaf(result: Result, code: str) -> dict[str, Any]:
    cells = zip(
        result.scores.units,
        result.scores.leaves[code].cells,
        result.node_ranks[code],
        strict=True,
    )
    return {unit: _write_cell(cell, rank) for unit, cell, rank in cells}


def _write_cell(cell: LeafScore, rank: Fraction | None) -> dict[str, Any]:
    written = {
        "points": _number(cell.points),
        "raw": _number(cell.raw),
        "score": _number(cell.score),
        "rank": _number(rank),
        "absence": cell.absence,
        "policy": cell.policy,
        "vetoed_by": cell.vetoed_by or None,
    }
    return {name: value for name, value in written.items() if value is not None}


def _write_branch(result: Result, code: str) -> dict[str, Any]:
    rows = zip(
        result.scores.units, result.scores.branches[code], result.node_ranks[code], strict=True
    )
    return {
        unit: {"score": _number(branch.score), "rank": _number(rank)} for unit, branch, rank in rows
    }
