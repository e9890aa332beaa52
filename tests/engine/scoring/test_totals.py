"""Bonus, deduction, their caps and the clamp of the total, with every sum written out."""

from fractions import Fraction

import pytest

from kaohe.numbers.absence import Absence
from kaohe.numbers.ranking import rank_values
from kaohe.numbers.writing import write_number
from kaohe.scoring.scores import BranchScore, TotalScore
from tests.engine.scoring.schemes import (
    branch,
    leaf,
    make_scheme,
    score,
    score_one,
    totals,
)

ONE = ("U1",)
NOT = Absence.NOT_APPLICABLE


def test_without_any_figure_there_is_no_total():
    scores = score_one(make_scheme(leaf("A"), leaf("B"), units=ONE), A=NOT, B=NOT)

    assert scores.totals == [
        TotalScore(None, Fraction(0), Fraction(0), Fraction(0), Fraction(0), None)
    ]


def test_bonus_and_deduction_stand_beside_the_base_within_their_caps():
    policy = {"bonus_cap": 4, "deduction_cap": 3}
    bonus, loss = leaf("J", family="bonus"), leaf("K", family="deduction")
    scheme = make_scheme(leaf("A"), bonus, loss, units=ONE, total=policy)

    assert score_one(scheme, A=80, J=5, K="-3.5").totals == [
        TotalScore(
            base=Fraction(80),
            bonus=Fraction(5),
            bonus_counted=Fraction(4),
            deduction=Fraction(7, 2),
            deduction_counted=Fraction(3),
            total=Fraction(81),
        )
    ]


def test_bonus_and_deductions_within_their_caps_count_in_full():
    policy = {"bonus_cap": 6, "deduction_cap": 4}
    bonus, loss = leaf("J", family="bonus"), leaf("K", family="deduction")
    scheme = make_scheme(leaf("A"), bonus, loss, units=ONE, total=policy)

    assert totals(score_one(scheme, A=80, J=5, K="-3.5")) == {"U1": "163/2"}


def test_without_caps_all_bonus_and_all_deductions_count():
    bonus, loss = leaf("J", family="bonus"), leaf("K", family="deduction")
    scheme = make_scheme(leaf("A"), bonus, loss, units=ONE)

    assert totals(score_one(scheme, A=80, J=50, K=-7)) == {"U1": "123"}


def test_a_deduction_branch_never_adds():
    loss = branch("K", leaf("K1"), leaf("K2"), family="deduction")
    scheme = make_scheme(leaf("A"), loss, units=ONE, total={"deduction_cap": 3})

    total = score_one(scheme, A=80, K1=5, K2=-1).totals[0]

    assert (total.deduction, total.deduction_counted, total.total) == (-4, 0, 80)


def test_bonus_for_ties_only_stays_out_of_the_total():
    scheme = make_scheme(
        leaf("A"), leaf("J", family="bonus"), units=ONE, total={"bonus": "tie_break"}
    )

    total = score_one(scheme, A=80, J=5).totals[0]

    assert (total.bonus, total.bonus_counted, total.total) == (5, 0, 80)


def test_a_bonus_without_figure_adds_nothing_and_scales_nothing():
    scheme = make_scheme(leaf("A"), leaf("J", family="bonus"), units=ONE)

    assert totals(score_one(scheme, A=80, J=NOT)) == {"U1": "80"}


def test_nothing_in_a_bonus_branch_is_scaled():
    bonus = branch(
        "J", leaf("J1", "2"), branch("J2", leaf("J3", "3"), leaf("J4", "6")), family="bonus"
    )
    scheme = make_scheme(leaf("A"), bonus, units=ONE)

    scores = score_one(scheme, A=80, J1=NOT, J3=3, J4=NOT)

    assert scores.branches["J"] == [
        BranchScore(("J2",), Fraction(0), Fraction(0), Fraction(0), Fraction(3), Fraction(3))
    ]
    assert totals(scores) == {"U1": "83"}


def test_a_mean_within_a_bonus_branch_is_still_a_mean():
    marks = (leaf("J1", weight=3, family="bonus"), leaf("J2", weight=1))
    bonus = branch("J", *marks, family="bonus", combine="weighted_mean", weight=2)
    scheme = make_scheme(leaf("A"), bonus, units=ONE)

    assert totals(score_one(scheme, A=80, J1=4, J2=2)) == {"U1": "87"}
    assert totals(score_one(scheme, A=80, J1=NOT, J2=2)) == {"U1": "84"}


@pytest.mark.parametrize(("figure", "total"), [(130, "120"), (-5, "0"), (70, "70")])
def test_the_total_is_clamped_last(figure, total):
    scheme = make_scheme(leaf("A"), units=ONE, total={"minimum": 0, "maximum": 120})

    assert totals(score_one(scheme, A=figure)) == {"U1": total}


def test_the_caps_hold_before_the_total_is_clamped():
    policy = {"maximum": 100, "bonus_cap": 5, "deduction_cap": 10}
    bonus, loss = leaf("J", family="bonus"), leaf("K", family="deduction")
    scheme = make_scheme(leaf("A"), bonus, loss, units=ONE, total=policy)

    assert totals(score_one(scheme, A=98, J=9, K=-2)) == {"U1": "100"}
    assert totals(score_one(scheme, A=98, J=0, K=-25)) == {"U1": "88"}


def test_totals_that_show_alike_are_ordered_by_their_exact_value():
    scheme = make_scheme(leaf("A"), leaf("B"), units=("U1", "U2"))

    scores = score(scheme, {
        "A": {"U1": "45.0949", "U2": "45.0851"}, "B": {"U1": 45, "U2": 45}
    })  # fmt: skip

    first, second = (total.total for total in scores.totals)
    assert (first, second) == (Fraction("90.0949"), Fraction("90.0851"))
    assert {write_number(total, decimals=2) for total in (first, second)} == {"90.09"}
    assert rank_values([second, first]) == [2, 1]
