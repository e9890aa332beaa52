"""What each policy makes of a missing figure over columns, with every number written out."""

from kaohe.numbers.absence import Absence
from kaohe.renderings.arrays.absences import CODE_OF
from tests.engine.population.writing import score_table, scores, totals
from tests.engine.scoring.schemes import branch, leaf, make_scheme, matter, unit

TWO = ("U1", "U2")


def test_zero_counts_as_nothing_in_sight():
    scheme = make_scheme(leaf("A", missing={"empty": "zero"}), leaf("B"), units=TWO)

    result = score_table(scheme, {"A": {"U1": 80}, "B": {"U1": 5, "U2": 7}})

    assert scores(result, "A") == {"U1": "80", "U2": "0"}
    assert totals(result) == {"U1": "85", "U2": "7"}
    assert result.absences["A"].tolist() == [0, CODE_OF[Absence.EMPTY]]
    assert result.provisional == {}


def test_what_is_left_out_is_renormalised():
    scheme = make_scheme(
        leaf("A", "60", missing={"empty": "leave_out"}), leaf("B", "40"), units=TWO
    )

    result = score_table(scheme, {"A": {"U1": 50}, "B": {"U1": 30, "U2": 30}})

    assert scores(result, "A") == {"U1": "50", "U2": None}
    assert totals(result) == {"U1": "80", "U2": "75"}


def test_a_provisional_figure_is_marked_and_left_out():
    result = score_table(
        make_scheme(leaf("A"), leaf("B"), units=TWO), {"A": {"U1": 1}, "B": {"U1": 1, "U2": 2}}
    )

    assert totals(result) == {"U1": "2", "U2": "4"}
    assert {code: marks.tolist() for code, marks in result.provisional.items()} == {
        "A": [False, True]
    }


def test_a_groups_mean_is_of_figures_alone_and_rounded_like_a_score():
    gaps = {"empty": "group_mean", "refused": "zero"}
    people = ("U1", "U2", "U3", "U4", "U5", unit("V", "H"))
    scheme = make_scheme(leaf("A", missing=gaps), units=people)

    result = score_table(scheme, {"A": {"U1": 1, "U2": 1, "U3": 0, "U5": Absence.REFUSED, "V": 50}})

    assert scores(result, "A") == {
        "U1": "1", "U2": "1", "U3": "0", "U4": "6667/10000", "U5": "0", "V": "50",
    }  # fmt: skip


def test_a_mean_of_nobody_is_provisional():
    scheme = make_scheme(leaf("A", missing={"empty": "group_mean"}), units=TWO)

    result = score_table(scheme, {})

    assert scores(result, "A") == {"U1": None, "U2": None}
    assert result.provisional["A"].tolist() == [True, True]


def test_a_comparable_mean_folds_by_full_marks():
    people = (unit("G1", "G"), unit("G2", "G"), unit("H1", "H"), unit("H2", "H"))
    points = {"G": "10", "H": "20"}
    rule = {"method": "reference", "by": "score", "full": "100"}
    shared = {"pool": "P", "missing": {"empty": "comparable_mean"}, "rule": rule}
    scheme = make_scheme(
        leaf("A", points, **shared), units=people, pools=[{"code": "P", "groups": ["G", "H"]}]
    )

    result = score_table(scheme, {"A": {"G1": 50, "H1": 100}})

    # G1 scores 5 of 10 and H1 20 of 20: in parts of ten (5 + 10) / 2, in parts of twenty twice that.
    assert scores(result, "A") == {"G1": "5", "G2": "15/2", "H1": "20", "H2": "15"}


def test_not_applicable_is_left_out_whatever_was_written():
    scheme = make_scheme(leaf("A", not_applicable=["U1"]), leaf("B"), units=TWO)

    result = score_table(scheme, {"A": {"U1": 10, "U2": 20}, "B": {"U1": 30, "U2": 30}})

    assert scores(result, "A") == {"U1": None, "U2": "20"}
    assert totals(result) == {"U1": "60", "U2": "50"}
    assert result.absences["A"].tolist() == [CODE_OF[Absence.NOT_APPLICABLE], 0]


def test_an_indicator_listed_for_others_counts_for_nobody_else():
    scheme = make_scheme(leaf("A", applicable=["U2"]), leaf("B"), units=TWO)

    result = score_table(scheme, {"A": {"U2": 20}, "B": {"U1": 30, "U2": 30}})

    assert totals(result) == {"U1": "30", "U2": "50"}


def test_a_veto_zeroes_figures_and_what_is_to_come_but_nothing_left_out():
    veto = {"code": "V", "name": "V", "effects": ["zero_indicator"], "indicator": "K"}
    kinds = {"empty": "provisional", "not_due": "leave_out"}
    inside = branch("K", leaf("A", missing=kinds), leaf("B", missing=kinds))
    scheme = make_scheme(inside, units=("U1", "U2", "U3"), vetoes=[veto])
    table = {
        "A": {"U1": 10, "U2": Absence.NOT_DUE, "U3": 5},
        "B": {"U2": 40, "U3": 5},
    }
    met = [matter(f"M{number}", f"U{number}", "V", status="counted") for number in (1, 2)]

    result = score_table(scheme, table, records=met)

    assert scores(result, "A") == {"U1": "0", "U2": None, "U3": "5"}
    assert scores(result, "B") == {"U1": "0", "U2": "0", "U3": "5"}
    assert result.provisional["B"].tolist() == [False, False, False]
    assert totals(result) == {"U1": "0", "U2": "0", "U3": "10"}
