"""Everything that columns give of a scheme, beside what the exact engine gives."""

from fractions import Fraction

import numpy as np

from kaohe.population.grades import NO_GRADE, UNDECIDED
from kaohe.population.layout import lay_out
from kaohe.population.scoring import PopulationResult, score_population
from kaohe.renderings.absences import ABSENCES
from kaohe.renderings.settling import MISSING_SCORE
from kaohe.results.result import Result, score


def list_differences(scheme, observations) -> list[str]:
    """Where the two say different things of one snapshot: scores, absences, sums, places."""
    exact = score(scheme, observations)
    found = score_population(scheme, lay_out(scheme, observations))
    expected, columns = dict(describe_exactly(exact)), dict(describe_columns(found))
    assert columns.keys() == expected.keys()
    return [
        f"{name}: {column} · {columns[name]}"
        for name, column in expected.items()
        if column != columns[name]
    ]


def describe_exactly(exact: Result):
    scores = exact.scores
    for code, leaf in scores.leaves.items():
        yield code, [cell.score for cell in leaf.cells]
        yield f"{code} absent", [cell.absence for cell in leaf.cells]
        yield f"{code} to come", [cell.is_provisional for cell in leaf.cells]
        yield f"{code} place", exact.node_ranks[code]
    for code, branch in scores.branches.items():
        yield code, [cell.score for cell in branch]
        yield f"{code} place", exact.node_ranks[code]
    yield "bonus", [each.bonus for each in scores.totals]
    yield "deduction", [each.deduction for each in scores.totals]
    yield "total", [each.total for each in scores.totals]
    yield "place", [each.standing.rank for each in exact.units]
    yield "grade", [_say_grade(each.grade) for each in exact.units]


def _say_grade(proposal):
    if proposal is None or proposal.basis == "outside":
        return None
    return proposal.label or "undecided"


def describe_columns(found: PopulationResult):
    rows = range(len(found.population))
    for code, column in found.leaves.items():
        scale = 10 ** found.decimals[code]
        yield (
            code,
            [None if each == MISSING_SCORE else Fraction(int(each), scale) for each in column],
        )
        kinds = found.absences.get(code, np.zeros(len(rows), dtype=np.int8))
        yield f"{code} absent", [ABSENCES[kind - 1] if kind else None for kind in kinds]
        yield f"{code} to come", found.provisional.get(code, np.zeros(len(rows), bool)).tolist()
        yield f"{code} place", write_places(found.node_ranks(code))
    for code, branch in found.sums.branches.items():
        yield code, [branch.exact(row) for row in rows]
        yield f"{code} place", write_places(found.node_ranks(code))
    yield "bonus", [found.sums.bonus.exact(row) for row in rows]
    yield "deduction", [found.sums.deduction.exact(row) for row in rows]
    yield "total", [found.exact_total(row) for row in rows]
    yield "place", write_places(found.ranks)
    labels = {NO_GRADE: None, UNDECIDED: "undecided"} | dict(enumerate(found.labels))
    yield "grade", [labels[int(code)] for code in found.grades]


def write_places(places):
    return [None if np.isnan(each) else Fraction(each) for each in places]
