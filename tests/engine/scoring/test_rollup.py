"""Adding up, with every sum written out."""

from fractions import Fraction

from kaohe.numbers.absence import Absence
from kaohe.scheme.queries import scored_units
from kaohe.scoring.rollup import RollUp, add_children
from kaohe.scoring.scores import BranchScore
from tests.engine.scoring.schemes import (
    branch,
    cell,
    column,
    leaf,
    make_scheme,
    score,
    score_one,
    totals,
    unit,
)

ONE = ("U1",)
NOT = Absence.NOT_APPLICABLE


def test_836_of_95_points_that_apply_are_88_of_100():
    scheme = make_scheme(leaf("A", "60"), leaf("B", "35"), leaf("C", "5"), units=ONE)

    assert totals(score_one(scheme, A="50.6", B=33, C=NOT)) == {"U1": "88"}


def test_836_and_the_groups_average_of_41_are_877():
    missing = {"not_applicable": "group_mean"}
    scheme = make_scheme(leaf("A", "95"), leaf("B", "5", missing=missing))

    scores = score(scheme, {
        "A": {"U1": "83.6", "U2": 90, "U3": 90}, "B": {"U1": NOT, "U2": "4.2", "U3": 4}
    })  # fmt: skip

    assert cell(scores, "B", "U1").score == Fraction(41, 10)
    assert totals(scores)["U1"] == "877/10"


def test_nested_weights_138_and_141_and_132_of_150():
    annual = branch(
        "A",
        leaf("A1", "150", weight="0.7"),
        leaf("A2", "150", weight="0.3"),
        weight="0.8",
    )
    scheme = make_scheme(annual, leaf("B", "150", weight="0.2"), units=ONE)

    scores = score_one(scheme, A1=138, A2=141, B=132)

    assert column(scores, "A") == {"U1": "1389/10"}
    assert totals(scores) == {"U1": str(Fraction("137.520"))}
    assert scores.totals[0].total / 150 == Fraction("0.9168")


def test_7020_and_10_per_cent_of_9109_94_and_90():
    parts = (leaf("A", weight=70), leaf("B", weight=20), leaf("C", weight=10))
    scheme = make_scheme(branch("R", *parts, combine="weighted_mean"), units=ONE)

    scores = score_one(scheme, A="91.09", B=94, C=90)

    assert scores.totals[0].total == Fraction("91.563")
    assert scores.branches["R"] == [
        BranchScore(
            ("A", "B", "C"), Fraction("9156.3"), Fraction(100), Fraction(100), Fraction("91.563")
        )
    ]


def test_a_mean_leaves_out_the_weight_of_what_is_missing():
    parts = (leaf("A", weight=3), leaf("B", weight=2), leaf("C", weight=1))
    scheme = make_scheme(branch("R", *parts, combine="weighted_mean"), units=ONE)

    scores = score_one(scheme, A=80, B=NOT, C=60)

    assert scores.branches["R"] == [
        BranchScore(("A", "C"), Fraction(300), Fraction(4), Fraction(6), Fraction(75))
    ]


def test_a_branch_is_renormalised_within_itself_before_it_counts_above():
    a = branch("A", leaf("A1", "30"), leaf("A2", "30"))
    scheme = make_scheme(a, branch("B", leaf("B1", "40")), units=ONE)

    scores = score_one(scheme, A1=24, A2=NOT, B1=20)

    assert scores.branches["A"] == [
        BranchScore(("A1",), Fraction(24), Fraction(30), Fraction(60), Fraction(48))
    ]
    assert totals(scores) == {"U1": "68"}


def test_a_branch_without_any_figure_is_left_out_above():
    a = branch("A", leaf("A1", "30"), leaf("A2", "30"))
    scheme = make_scheme(a, branch("B", leaf("B1", "40")), units=ONE)

    scores = score_one(scheme, A1=NOT, A2=NOT, B1=20)

    assert scores.branches["A"] == [BranchScore((), Fraction(0), Fraction(0), Fraction(60), None)]
    assert totals(scores) == {"U1": "50"}


def test_points_follow_the_unit_s_group():
    units = (unit("U1"), unit("V1", "H"))
    a, b = leaf("A", {"G": "60", "H": "20"}), leaf("B", {"G": "40", "H": "30"})
    c = leaf("C", {"H": "50"})
    scheme = make_scheme(a, b, c, units=units)

    scores = score(scheme, {
        "A": {"U1": 50, "V1": 50}, "B": {"U1": 100, "V1": NOT}, "C": {"V1": 80}
    })  # fmt: skip

    assert cell(scores, "C", "U1").absence == NOT
    assert totals(scores) == {"U1": "70", "V1": str(Fraction(10 + 40) * 100 / 70)}


def test_bonus_inside_a_branch_is_added_after_renormalising():
    a = branch(
        "A",
        leaf("A1", "60"),
        leaf("A2", "40"),
        leaf("J", family="bonus", weight=2),
        leaf("K", family="deduction"),
    )
    scheme = make_scheme(a, units=ONE)

    scores = score_one(scheme, A1=54, A2=NOT, J=2, K=-1)

    assert scores.branches["A"] == [
        BranchScore(
            ("A1", "J", "K"), Fraction(54), Fraction(60), Fraction(100), Fraction(93), Fraction(3)
        )
    ]
    assert totals(scores) == {"U1": "93"}
    assert totals(score_one(scheme, A1=54, A2=30, J=2, K=-1)) == {"U1": "87"}


def test_bonus_inside_a_mean_is_added_to_the_mean():
    parts = (leaf("A", weight=3), leaf("B", weight=1), leaf("J", family="bonus"))
    scheme = make_scheme(branch("R", *parts, combine="weighted_mean"), units=ONE)

    assert totals(score_one(scheme, A=80, B=60, J=2)) == {"U1": "77"}


def test_bonus_counts_for_nothing_where_the_branch_itself_does_not_apply():
    a = branch("A", leaf("A1", "60"), leaf("J", family="bonus"))
    scheme = make_scheme(a, leaf("B", "40"), units=ONE)

    scores = score_one(scheme, A1=NOT, J=2, B=20)

    assert column(scores, "A") == {"U1": None}
    assert totals(scores) == {"U1": "50"}


def test_a_branch_of_nothing_but_bonus_adds_it_unscaled():
    a = branch("A", leaf("J", family="bonus"), leaf("L", family="bonus"))
    scheme = make_scheme(leaf("B", "60"), leaf("C", "40"), a, units=ONE)

    assert totals(score_one(scheme, B=54, C=NOT, J=2, L=NOT)) == {"U1": "92"}


def test_a_branch_is_held_within_its_own_bounds():
    a = branch("A", leaf("A1", "50"), leaf("A2", "50"), minimum=10, maximum=90)
    scheme = make_scheme(a, units=("U1", "U2", "U3"))

    scores = score(scheme, {
        "A1": {"U1": 50, "U2": 0, "U3": 40}, "A2": {"U1": 45, "U2": 1, "U3": 40}
    })  # fmt: skip

    assert column(scores, "A") == {"U1": "90", "U2": "10", "U3": "80"}


def test_one_row_can_be_rolled_up_alone():
    scheme = make_scheme(leaf("A", "60"), leaf("B", "40"))
    scores = score(scheme, {
        "A": {"U1": 60, "U2": 30, "U3": 54}, "B": {"U1": 10, "U2": 20, "U3": 36}
    })  # fmt: skip

    cells = {code: [found.cells[1]] for code, found in scores.leaves.items()}
    second = scored_units(scheme.model)[1:2]

    assert RollUp(scheme.model, second, cells).totals() == [scores.totals[1]]


def test_adding_children_is_open_to_whoever_explains_a_sum():
    a, b = leaf("A", {"G": "60"}, weight=3), leaf("B", {"G": "40"})
    model = make_scheme(a, b, units=ONE).model

    def add(combine):
        return add_children(model.indicators, (Fraction(54), None), model.units[0], combine=combine)

    assert add("sum") == BranchScore(
        ("A",), Fraction(162), Fraction(180), Fraction(220), Fraction(198)
    )
    assert add("weighted_mean") == BranchScore(
        ("A",), Fraction(162), Fraction(3), Fraction(4), Fraction(54)
    )


def test_an_indicator_that_lists_its_units_is_no_part_of_the_others_full_marks():
    own = [leaf("D", "40", applicable=["U1"]), leaf("E", "40", applicable=["U2"])]
    scheme = make_scheme(branch("A", leaf("C", "60"), *own), units=("U1", "U2", "U3"))

    scores = score(scheme, {
        "C": {"U1": 50, "U2": NOT, "U3": 54}, "D": {"U1": 30}, "E": {"U2": 20}
    })  # fmt: skip

    assert totals(scores) == {"U1": "80", "U2": "50", "U3": "54"}
