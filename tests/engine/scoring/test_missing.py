"""What each policy makes of a missing figure, with the numbers of the worked examples."""

from fractions import Fraction

import pytest

from kaohe.numbers.absence import Absence
from kaohe.scoring.scores import LeafScore
from tests.engine.scoring.schemes import (
    cell,
    column,
    leaf,
    make_scheme,
    matter,
    score,
    totals,
    unit,
)

FIVE = ("U1", "U2", "U3", "U4", "U5")


def test_the_comparable_mean_of_1_1_04_and_09_is_0825():
    pool = [{"code": "P", "groups": ["G"]}]
    scheme = make_scheme(
        leaf("A", "2", pool="P", missing={"empty": "comparable_mean"}), units=FIVE, pools=pool
    )

    scores = score(scheme, {"A": {"U1": 1, "U2": 1, "U3": "0.4", "U4": "0.9"}})

    assert cell(scores, "A", "U5") == LeafScore(
        points=Fraction(2),
        score=Fraction(825, 1000),
        absence=Absence.EMPTY,
        policy="comparable_mean",
        mean_of=(Fraction(1), Fraction(1), Fraction(2, 5), Fraction(9, 10)),
    )


def test_an_indicator_without_a_target_scores_the_groups_mean():
    rule = {"method": "target_ratio", "cap": 1}
    scheme = make_scheme(leaf("A", "8", rule=rule, missing={"no_target": "group_mean"}))

    scores = score(scheme, {
        "A": {"U1": 108, "U2": 90, "U3": 70},
        "A.target": {"U1": 120, "U2": 120},
    })  # fmt: skip

    assert column(scores, "A") == {"U1": "36/5", "U2": "6", "U3": "33/5"}
    assert cell(scores, "A", "U3").absence == Absence.NO_TARGET


def test_a_mean_is_rounded_like_any_score():
    scheme = make_scheme(leaf("A", missing={"empty": "group_mean"}), units=("U1", "U2", "U3", "U4"))

    scores = score(scheme, {"A": {"U1": 1, "U2": 1, "U3": 0}})

    assert cell(scores, "A", "U4").score == Fraction(6667, 10000)


def test_a_mean_is_rounded_in_the_indicator_s_own_way():
    a = leaf("A", missing={"empty": "group_mean"}, rounding={"indicator": 1, "mode": "down"})

    scores = score(make_scheme(a), {"A": {"U1": "1.3", "U2": 1}})

    assert cell(scores, "A", "U3").score == Fraction(11, 10)


def test_a_groups_mean_counts_its_own_peers_even_where_the_pool_is_wider():
    units = (unit("U1"), unit("U2"), unit("V1", "H"), unit("V2", "H"))
    pool = [{"code": "P", "groups": ["G", "H"]}]
    table = {"A": {"U1": 10, "V1": 40, "V2": 70}}

    def score_u2(policy):
        a = leaf("A", pool="P", missing={"empty": policy})
        return cell(score(make_scheme(a, units=units, pools=pool), table), "A", "U2").score

    assert score_u2("group_mean") == 10
    assert score_u2("comparable_mean") == 40


def test_units_that_are_no_peers_move_no_mean():
    units = (unit("U1"), unit("U2"), unit("U3", participation="listed_apart"))
    scheme = make_scheme(leaf("A", missing={"empty": "group_mean"}), units=units)

    scores = score(scheme, {"A": {"U1": 60, "U3": 100}})

    assert column(scores, "A") == {"U1": "60", "U2": "60", "U3": "100"}


def test_a_unit_that_is_no_peer_gets_the_peers_mean():
    units = (unit("U1"), unit("U2"), unit("U3", participation="listed_apart"))
    scheme = make_scheme(leaf("A", missing={"empty": "group_mean"}), units=units)

    assert cell(score(scheme, {"A": {"U1": 60, "U2": 70}}), "A", "U3").score == 65


def test_a_mean_over_groups_with_other_full_marks_is_in_proportion():
    units = (unit("U1"), unit("V1", "H"), unit("V2", "H"))
    pool = [{"code": "P", "groups": ["G", "H"]}]
    points = {"G": "5", "H": "10"}
    scheme = make_scheme(
        leaf("A", points, pool="P", missing={"empty": "comparable_mean"}), units=units, pools=pool
    )

    scores = score(scheme, {"A": {"V1": 80, "V2": 60}})

    assert column(scores, "A") == {"U1": "7/2", "V1": "8", "V2": "6"}


def test_a_mean_over_peers_without_full_marks_takes_their_scores_as_they_are():
    units = (unit("U1"), unit("V1", "H"))
    rule = {"method": "specials", "most_gained": 3}
    pool = [{"code": "P", "groups": ["G", "H"]}]
    a = leaf("A", {"G": "5", "H": "0"}, pool="P", rule=rule, missing={"empty": "comparable_mean"})
    scheme = make_scheme(a, units=units, pools=pool)

    records = (matter("M1", "V1", "A", points=Fraction(2)), matter("M2", "U1", "A"))
    scores = score(scheme, {}, records=records)

    assert column(scores, "A") == {"U1": "2", "V1": "2"}


def test_scores_that_stand_in_for_figures_move_no_mean():
    missing = {"empty": "group_mean", "refused": "zero"}
    scheme = make_scheme(leaf("A", missing=missing))

    scores = score(scheme, {"A": {"U1": 60, "U2": Absence.REFUSED}})

    assert column(scores, "A") == {"U1": "60", "U2": "0", "U3": "60"}


def test_the_mean_of_nobodys_scores_is_provisional():
    scheme = make_scheme(leaf("A", missing={"empty": "group_mean"}), leaf("B"))

    scores = score(scheme, {"B": {"U1": 1, "U2": 2, "U3": 3}})

    assert cell(scores, "A", "U1") == LeafScore(
        Fraction(100), absence=Absence.EMPTY, policy="provisional"
    )


@pytest.mark.parametrize(
    ("absence", "policy", "score_"),
    [
        (Absence.EMPTY, "provisional", None),
        (Absence.NOT_APPLICABLE, "leave_out", None),
        (Absence.NOT_DUE, "leave_out", None),
        (Absence.REFUSED, "zero", Fraction(0)),
    ],
)
def test_every_absence_has_its_own_meaning_unless_the_scheme_says_otherwise(
    absence, policy, score_
):
    scores = score(make_scheme(leaf("A")), {"A": {"U1": absence, "U2": 0, "U3": 1}})

    assert cell(scores, "A", "U1") == LeafScore(
        Fraction(100), score_, absence=absence, policy=policy
    )
    assert cell(scores, "A", "U2") == LeafScore(
        Fraction(100), Fraction(0), raw=Fraction(0), clamped=Fraction(0)
    )


def test_a_pending_figure_marks_the_total_and_leaves_the_others_at_full_marks():
    scores = score(
        make_scheme(leaf("A", "60"), leaf("B", "40")),
        {"A": {"U1": 54, "U2": 60, "U3": 30}, "B": {"U2": 40, "U3": 20}},
    )

    assert totals(scores) == {"U1": "90", "U2": "100", "U3": "50"}
    assert [total.provisional for total in scores.totals] == [("B",), (), ()]


def test_an_indicator_of_other_groups_is_left_out_under_every_policy():
    units = (unit("U1"), unit("V1", "H"))
    b = leaf("B", {"G": "40"}, missing={"not_applicable": "group_mean"})
    scheme = make_scheme(leaf("A", "60"), b, units=units)

    scores = score(scheme, {"A": {"U1": 54, "V1": 54}, "B": {"U1": 50}})

    assert totals(scores) == {"U1": "74", "V1": "54"}
    assert cell(scores, "B", "V1") == LeafScore(
        Fraction(0), absence=Absence.NOT_APPLICABLE, policy="leave_out"
    )
    assert scores.totals[1].provisional == ()


def test_zero_with_a_reason_is_not_a_zero_that_was_scored():
    scheme = make_scheme(leaf("A", "60"), leaf("B", "40", missing={"empty": "zero"}))

    scores = score(scheme, {"A": {"U1": 54, "U2": 54, "U3": 54}, "B": {"U1": 0, "U2": 40}})

    assert totals(scores) == {"U1": "54", "U2": "94", "U3": "54"}
    assert (cell(scores, "B", "U1").policy, cell(scores, "B", "U3").policy) == (None, "zero")
