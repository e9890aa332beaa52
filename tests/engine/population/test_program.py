"""What of a scheme is made ready once, and who adds up alike."""

from fractions import Fraction

import pytest

from kaohe.errors import BadInput
from kaohe.population.plans import Branch, Part, plan_kind
from kaohe.population.program import compile_scheme
from kaohe.scheme import queries
from tests.engine.population.writing import score_table
from tests.engine.scoring.schemes import branch, leaf, make_scheme, unit

TWO_GROUPS = (unit("G1"), unit("H1", "H"))
ONE, HUNDRED = Fraction(1), Fraction(100)


def test_a_scheme_is_compiled_once():
    assert compile_scheme(make_scheme(leaf("A"))) is compile_scheme(make_scheme(leaf("A")))
    assert compile_scheme(make_scheme(leaf("A"))) is not compile_scheme(make_scheme(leaf("B")))


def test_a_plan_counts_full_marks_and_leaves_away_what_is_nobodys():
    inside = branch("K", leaf("A"), leaf("J", family="bonus"), leaf("B", applicable=["H1"]))
    model = make_scheme(inside, leaf("L", family="deduction"), units=TWO_GROUPS).model

    plan = plan_kind(model, queries.unit_by_code(model, "G1"))

    kept = (Part("A", None, ONE, HUNDRED), Part("J", None, ONE, Fraction(0)))
    assert plan.base == Branch("", (Part("K", Branch("K", kept), ONE, HUNDRED),))
    assert plan.bonus == Branch("", ())
    assert plan.deduction == Branch("", (Part("L", None, ONE, Fraction(0)),))
    assert plan.counted == ("A",)


def test_groups_that_add_up_alike_have_one_plan():
    rule = {"method": "reference", "by": "score", "full": "100"}
    scheme = make_scheme(leaf("A"), leaf("B", {"G": "5", "H": "5"}, rule=rule), units=TWO_GROUPS)

    score_table(scheme, {})

    plans = compile_scheme(scheme).plans
    assert plans["G", frozenset()] is plans["H", frozenset()]


def test_what_columns_cannot_carry_is_refused_with_the_rules_reason():
    scheme = make_scheme(leaf("A", rule={"method": "target_ratio"}), units=("U1", "U2"))
    long = f"0.{'3' * 30}"

    with pytest.raises(BadInput) as refused:
        score_table(scheme, {"A": {"U1": long, "U2": 1}, "A.target": {"U1": 1, "U2": 0}})

    assert [each.wrong.en.split(":")[0] for each in refused.value.findings] == [
        "A of U2 cannot be scored"
    ]
