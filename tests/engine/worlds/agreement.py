"""Where columns and the exact engine differ on one world: nowhere, if both are right."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from kaohe.numbers.rounding import scale_fraction
from kaohe.population.grades import NO_GRADE, UNDECIDED
from kaohe.population.scoring import PopulationResult
from kaohe.renderings.arrays.absences import CODE_OF
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.results.result import Result


def list_differences(exact: Result, columns: PopulationResult) -> list[str]:
    """What differs, by name: scores, gaps, totals rounded and exact, ranks of all nodes, grades."""
    compared = [*_compare_leaves(exact, columns), *_compare_branches(exact, columns), *_compare_totals(exact, columns), ("grades", *_list_grades(exact, columns))]  # fmt: skip
    return [f"{name}: {one} but {other}" for name, one, other in compared if one != other]


Compared = Iterator[tuple[str, Sequence[Any], Sequence[Any]]]
"""A name, what the exact engine says, and what columns say, row by row."""


def _compare_leaves(exact: Result, columns: PopulationResult) -> Compared:
    yield "units", list(exact.scores.units), columns.population.codes.to_pylist()
    for code, leaf in exact.scores.leaves.items():
        decimals = columns.decimals[code]
        scores = [scale(cell.score, decimals) for cell in leaf.cells]
        yield f"scores of {code}", scores, columns.leaves[code].tolist()
        gaps = [CODE_OF[cell.absence] if cell.absence else 0 for cell in leaf.cells]
        yield f"gaps of {code}", gaps, columns.absences.get(code, np.zeros_like(gaps)).tolist()
        provisional = columns.provisional.get(code, np.zeros(len(scores), dtype=bool))
        yield f"provisional of {code}", [cell.is_provisional for cell in leaf.cells], provisional.tolist()  # fmt: skip
        yield f"ranks of {code}", read_ranks(exact.node_ranks[code]), list_floats(columns.node_ranks(code))  # fmt: skip


def _compare_branches(exact: Result, columns: PopulationResult) -> Compared:
    for code, branch in exact.scores.branches.items():
        scores = [None if each.score is None else float(each.score) for each in branch]
        yield f"scores of {code}", scores, list_floats(columns.branches[code])
        yield f"ranks of {code}", read_ranks(exact.node_ranks[code]), list_floats(columns.node_ranks(code))  # fmt: skip


def _compare_totals(exact: Result, columns: PopulationResult) -> Compared:
    rounding = exact.scheme.model.rounding
    totals = [unit.total.total for unit in exact.units]
    yield "exact totals", totals, [columns.exact_total(row) for row in range(len(totals))]
    yield "totals", [None if total is None else float(total) for total in totals], list_floats(columns.totals)  # fmt: skip
    rounded = [scale(total, rounding.display, rounding.mode) for total in totals]
    yield "rounded totals", rounded, columns.rounded_totals.tolist()
    yield "ranks", read_ranks([unit.standing.rank for unit in exact.units]), list_floats(columns.ranks)  # fmt: skip


def _list_grades(exact: Result, columns: PopulationResult) -> tuple[Sequence[Any], Sequence[Any]]:
    """The labels proposed; of who has none, the number that says why."""
    grades = [unit.grade for unit in exact.units]
    labels = dict(enumerate(columns.labels))
    return (
        [NO_GRADE if each is None else each.label or _NONE[each.basis] for each in grades],
        [labels.get(code, code) for code in columns.grades.tolist()],
    )


_NONE = {"undecided": UNDECIDED, "outside": NO_GRADE}


def scale(value: Fraction | None, decimals: int, mode: Any = "half_up") -> int:
    """A score as columns hold it: a whole number of its last decimal, or MISSING_SCORE."""
    return MISSING_SCORE if value is None else scale_fraction(value, decimals, mode)


def read_ranks(ranks: Sequence[Fraction | None]) -> list[float | None]:
    """Places as columns hold them; a half is exact in both."""
    return [None if rank is None else float(rank) for rank in ranks]


def list_floats(column: Any) -> list[float | None]:
    """A column of floats as a list; NaN is None, which is equal to itself."""
    return [None if np.isnan(value) else float(value) for value in column]
