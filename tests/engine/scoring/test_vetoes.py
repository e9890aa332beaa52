"""Vetoes: who is under which, and what they make zero; the grade is another room's."""

from fractions import Fraction

from kaohe.numbers.absence import Absence
from kaohe.scoring.scores import LeafScore
from kaohe.scoring.vetoes import find_vetoes, find_zeroed
from tests.engine.scoring.schemes import (
    branch,
    cell,
    column,
    figures,
    leaf,
    make_scheme,
    matter,
    score,
    totals,
    unit,
)


def veto(code, *effects, **fields):
    return {"code": code, "name": f"否决{code}", "effects": effects, **fields}


TWO_GROUPS = (unit("U1"), unit("U2"), unit("V1", "H"))


def test_a_counted_matter_under_its_code_meets_a_veto():
    scheme = make_scheme(leaf("A"), vetoes=[veto("X", "no_top_grade"), veto("Y", "fail")])
    met = matter("M1", "U1", "X", date="2019-05-01")
    also = matter("M0", "U1", "Y")
    others = (
        matter("M2", "U2", "X", status="pending"),
        matter("M3", "U2", "X", status="refused"),
        matter("M4", "U2", "A"),
    )

    found = find_vetoes(scheme.model, figures({}, records=(met, also, *others)))

    x, y = scheme.model.vetoes
    assert found == {"U1": ((y, also), (x, met))}


def test_a_veto_holds_for_its_groups_only():
    vetoes = [veto("X", "fail", groups=["H"])]
    scheme = make_scheme(leaf("A"), units=TWO_GROUPS, vetoes=vetoes)
    town, office = matter("M1", "U1", "X"), matter("M2", "V1", "X")

    found = find_vetoes(scheme.model, figures({}, records=(town, office)))

    assert found == {"V1": ((scheme.model.vetoes[0], office),)}


def test_a_matter_of_an_unknown_unit_meets_nothing():
    scheme = make_scheme(leaf("A"), vetoes=[veto("X", "fail")])

    assert find_vetoes(scheme.model, figures({}, records=[matter("M1", "Z9", "X")])) == {}


def test_a_veto_that_acts_on_the_grade_leaves_every_score_alone():
    effects = ("no_top_grade", "grade_down", "fail", "no_award")
    table = {"A": {"U1": 91, "U2": 92, "U3": 93}}
    scheme = make_scheme(leaf("A"), vetoes=[veto("X", *effects, indicator="A")])

    plain = score(scheme, table)
    vetoed = score(scheme, table, records=[matter("M1", "U1", "X")])

    assert totals(vetoed) == totals(plain) == {"U1": "91", "U2": "92", "U3": "93"}
    assert vetoed.leaves["A"].cells == plain.leaves["A"].cells


def test_a_veto_may_zero_one_indicator_of_one_unit():
    a, b = leaf("A", "60"), leaf("B", "40")
    vetoes = [veto("X", "zero_indicator", indicator="B")]
    scheme = make_scheme(a, b, vetoes=vetoes)

    scores = score(
        scheme,
        {"A": {"U1": 50, "U2": 50, "U3": 50}, "B": {"U1": 30, "U2": 30, "U3": 30}},
        records=[matter("M1", "U2", "X")],
    )

    assert totals(scores) == {"U1": "80", "U2": "50", "U3": "80"}
    assert cell(scores, "B", "U2") == LeafScore(
        points=Fraction(40),
        score=Fraction(0),
        raw=Fraction(30),
        clamped=Fraction(30),
        vetoed_by="X",
    )


def test_a_veto_on_a_branch_zeroes_every_leaf_under_it():
    part = branch("B", branch("C", leaf("C1", "20")), leaf("D", "20"))
    scheme = make_scheme(leaf("A", "60"), part, vetoes=[veto("X", "zero_indicator", indicator="B")])
    records = [matter("M1", "U1", "X")]

    assert find_zeroed(scheme.model, figures({}, records=records)) == {
        ("C1", "U1"): "X", ("D", "U1"): "X"
    }  # fmt: skip
    scores = score(
        scheme,
        {code: {"U1": 20, "U2": 20, "U3": 20} for code in ("A", "C1", "D")},
        records=records,
    )
    assert column(scores, "B") == {"U1": "0", "U2": "40", "U3": "40"}
    assert totals(scores) == {"U1": "20", "U2": "60", "U3": "60"}


def test_a_veto_without_an_indicator_zeroes_nothing():
    scheme = make_scheme(leaf("A"), vetoes=[veto("X", "zero_indicator")])

    assert find_zeroed(scheme.model, figures({}, records=[matter("M1", "U1", "X")])) == {}


def test_a_zeroed_score_waits_for_no_figure_and_moves_no_mean():
    a = leaf("A", missing={"empty": "group_mean", "not_due": "provisional"})
    vetoes = [veto("X", "zero_indicator", indicator="A")]
    table = {"A": {"U1": 80, "U2": Absence.NOT_DUE}}

    scores = score(
        make_scheme(a, vetoes=vetoes),
        table,
        records=[matter("M1", "U1", "X"), matter("M2", "U2", "X")],
    )

    assert column(scores, "A") == {"U1": "0", "U2": "0", "U3": "80"}
    assert cell(scores, "A", "U2") == LeafScore(
        Fraction(100), Fraction(0), absence=Absence.NOT_DUE, vetoed_by="X"
    )
    assert not scores.totals[1].provisional


def test_what_is_left_out_stays_out_under_a_veto():
    vetoes = [veto("X", "zero_indicator", indicator="B")]
    scheme = make_scheme(leaf("A", "60"), leaf("B", "40"), units=("U1",), vetoes=vetoes)
    table = {"A": {"U1": 54}, "B": {"U1": Absence.NOT_APPLICABLE}}

    scores = score(scheme, table, records=[matter("M1", "U1", "X")])

    assert totals(scores) == {"U1": "90"}
    assert cell(scores, "B", "U1").vetoed_by == ""
