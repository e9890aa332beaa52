"""Grades over columns are those that the exact procedure proposes, unit by unit."""

from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaohe.errors import BadInput
from kaohe.grading.grades import propose_grades
from kaohe.population.grades import FAILED, UNDECIDED, Contenders, VetoMarks, grade_contenders
from tests.engine.grading.groups import make_rule as write_rule
from tests.engine.population import competitions

SEEDS = st.integers(0, 2**32)


def marks(count, **hits):
    """Vetoes by effect, each with the subjects it strikes."""
    struck = [np.bincount(rows, minlength=count) for rows in hits.values()]
    return VetoMarks.gather([frozenset({effect}) for effect in hits], struck, count)


def contenders(totals, vetoes=None, ways=()):
    """Subjects with these totals, best first, nothing but totals separating them."""
    tiers = competitions.number_tiers(totals)
    figures = np.array(totals)
    vetoes = vetoes or marks(len(totals))
    return Contenders(tiers, tiers, lambda least: figures >= float(least), vetoes, ways)


THREE = ({"label": "A", "number": 2}, {"label": "B", "number": 2}, {"label": "C", "rest": True})


@pytest.mark.parametrize(
    ("cut_tie", "codes"),
    [
        ("all_in", [0, 0, 0, 1, 1, 2]),
        ("none_in", [0, 1, 1, 2, 2, 2]),
        ("tie_break", [0, UNDECIDED, UNDECIDED, 1, 2, 2]),
    ],
)
def test_subjects_tied_at_a_line_are_in_out_or_undecided_as_the_rule_says(cut_tie, codes):
    rule = write_rule(*THREE, cut_tie=cut_tie)

    given = grade_contenders(rule, contenders([9, 8, 8, 7, 6, 5]), base=6)

    assert given.tolist() == codes


@pytest.mark.parametrize(
    ("vetoed", "codes"), [("successor", [1, 0, 0, 1, 2, 2]), ("vacant", [1, 0, 1, 2, 2, 2])]
)
def test_the_place_of_a_vetoed_subject_goes_to_the_next_or_stays_vacant(vetoed, codes):
    rule = write_rule(*THREE, vetoed=vetoed)
    vetoes = marks(6, no_top_grade=[0])

    given = grade_contenders(rule, contenders([9, 8, 7, 6, 5, 4], vetoes), base=6)

    assert given.tolist() == codes


def test_whoever_fails_or_is_promoted_is_told_from_the_others():
    rule = write_rule(
        *THREE,
        fail="D",
        pass_line=4,
        promotions=[
            {"by": "indicator_score", "of": "X", "at_least": 1, "to": "A", "outside_share": True}
        ],
    )
    ways = [np.array([False, False, False, False, True, False, True])]
    vetoes = marks(7, fail=[1], grade_down=[0])

    given = grade_contenders(rule, contenders([9, 8, 7, 6, 5, 4, 3], vetoes, ways), base=7)

    assert given.tolist() == [1, FAILED, 0, 0, 0, 1, FAILED]


def test_a_veto_that_fails_needs_a_failing_grade():
    with pytest.raises(BadInput, match="the grade rule has no `fail`"):
        grade_contenders(
            write_rule(*THREE), contenders([2, 1], marks(2, fail=[0])), base=2, group="towns"
        )


@settings(max_examples=600, deadline=None)
@given(SEEDS, st.integers(0, 24))
def test_small_groups_are_graded_as_exactly(seed, count):
    compare(seed, count)


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.integers(100, 600))
def test_larger_groups_are_graded_as_exactly(seed, count):
    compare(seed, count)


def compare(seed: int, count: int) -> None:
    random = Random(seed)  # noqa: S311 - rankings, no secret
    rule = competitions.make_rule(random)
    competition = competitions.make_competition(rule, count, random)
    ranking = competition.ranking
    base = rule.share_base
    if not isinstance(base, int):
        base = sum(each.participation in base for each in ranking)

    exact: Any = catch(lambda: propose_grades(rule, ranking, competition.facts, group="own"))
    found = catch(lambda: grade_contenders(rule, competition.columns, base=base, group="own"))

    if isinstance(exact, str):
        assert found == exact
        return
    labels = [band.label for band in rule.bands]
    expected = [
        {"undecided": UNDECIDED, "failed": FAILED}.get(each.basis)
        if each.label is None or each.basis == "failed"
        else labels.index(each.label)
        for each in exact.proposals
        if each.basis != "outside"
    ]
    assert found.tolist() == expected


def catch(act):
    try:
        return act()
    except BadInput as refusal:
        return str(refusal)


def test_a_minimum_is_compared_as_the_caller_compares():
    rule = write_rule({"label": "A", "minimum_score": "6.5"}, {"label": "B", "rest": True})
    asked = []

    def reaches(least):
        asked.append(least)
        return np.array([True, False])

    columns = Contenders(np.arange(2), np.arange(2), reaches, marks(2))

    assert grade_contenders(rule, columns, base=2).tolist() == [0, 1]
    assert asked == [Fraction("6.5")]
