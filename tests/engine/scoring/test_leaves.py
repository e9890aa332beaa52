"""One indicator: which figures are taken, then rule, clamp and rounding in this order."""

from fractions import Fraction

import pytest

from kaohe.errors import BadInput, Place
from kaohe.numbers.absence import Absence
from kaohe.scoring.observations import Observations
from kaohe.scoring.scheme_scores import score_scheme
from kaohe.scoring.scores import LeafScore
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

RATIO = {"method": "target_ratio"}


def test_a_score_goes_from_rule_to_clamp_to_rounding():
    a = leaf("A", maximum="66.66665", rounding={"indicator": 4})
    scores = score(make_scheme(a), {"A": {"U1": "66.66664", "U2": "66.66666", "U3": 1}})

    assert cell(scores, "A", "U1") == LeafScore(
        points=Fraction(100),
        score=Fraction("66.6666"),
        raw=Fraction("66.66664"),
        clamped=Fraction("66.66664"),
    )
    assert cell(scores, "A", "U2") == LeafScore(
        points=Fraction(100),
        score=Fraction("66.6667"),
        raw=Fraction("66.66666"),
        clamped=Fraction("66.66665"),
    )


def test_a_score_is_held_above_its_minimum():
    scores = score(make_scheme(leaf("A", minimum=2)), {"A": {"U1": "1.99", "U2": 2, "U3": "2.01"}})

    assert column(scores, "A") == {"U1": "2", "U2": "2", "U3": "201/100"}


def test_a_deduction_never_adds():
    a = leaf("K", family="deduction", minimum=-5)
    scores = score(
        make_scheme(a, leaf("A")),
        {"K": {"U1": 3, "U2": -2, "U3": -9}, "A": {"U1": 90, "U2": 90, "U3": 90}},
    )

    assert column(scores, "K") == {"U1": "0", "U2": "-2", "U3": "-5"}
    assert totals(scores) == {"U1": "90", "U2": "88", "U3": "85"}


@pytest.mark.parametrize(
    ("rule", "records"),
    [
        ({"method": "events", "start": "zero", "per_event": 1, "cap": 5}, ("M1", "M2")),
        ({"method": "deductions", "start": "zero", "kinds": {"": "1"}, "cap": 5}, ("M1", "M2")),
    ],
)
def test_every_method_of_deducting_takes_from_the_total(rule, records):
    k = leaf("K", "5", family="deduction", rule=rule)
    found = [matter(code, "U1", "K") for code in records]

    scores = score(make_scheme(leaf("A"), k, units=("U1",)), {"A": {"U1": 90}}, records=found)

    assert scores.totals[0].deduction == 2
    assert totals(scores) == {"U1": "88"}


def test_2675_and_2665_are_268_and_267():
    scheme = make_scheme(leaf("A"), rounding={"indicator": 2})

    scores = score(scheme, {"A": {"U1": "2.675", "U2": "2.665", "U3": "2.674"}})

    assert column(scores, "A") == {"U1": "67/25", "U2": "267/100", "U3": "267/100"}


def test_an_indicator_may_round_its_own_way():
    a = leaf("A", rounding={"indicator": 1, "mode": "half_even"})

    scores = score(make_scheme(a, leaf("B")), {
        "A": {"U1": "0.25", "U2": "0.35", "U3": "0.26"},
        "B": {"U1": "0.00005", "U2": "0.00004", "U3": 0},
    })  # fmt: skip

    assert column(scores, "A") == {"U1": "1/5", "U2": "2/5", "U3": "3/10"}
    assert column(scores, "B") == {"U1": "1/10000", "U2": "0", "U3": "0"}


def test_an_indicator_that_does_not_apply_takes_no_figure_and_no_record():
    rule = {"method": "awards", "levels": {"city": 1}}
    a = leaf("A", "5", rule=rule, not_applicable=["U1"])
    b = leaf("B", applicable=["U2", "U3"])
    found = [matter("M1", "U1", "A", level="city"), matter("M2", "U2", "A", level="city")]

    scores = score(make_scheme(a, b), {"B": {"U1": 1, "U2": 2, "U3": 3}}, records=found)

    assert column(scores, "A") == {"U1": None, "U2": "1", "U3": "0"}
    assert column(scores, "B") == {"U1": None, "U2": "2", "U3": "3"}
    assert cell(scores, "B", "U1").absence == Absence.NOT_APPLICABLE
    assert scores.leaves["A"].reductions[0].facets == {}


def test_two_units_are_too_few_for_the_efficacy_coefficient():
    a = leaf("A", rule={"method": "efficacy_coefficient"})
    scheme = make_scheme(a, units=("U1", "U2"))
    place = Place(file="data.csv", cell="B2")
    given = figures({"A": {"U1": 1, "U2": 2}})

    with pytest.raises(BadInput) as refused:
        score_scheme(scheme, Observations(given.figures, places={("A", "value", "U1"): place}))

    assert {each.remedy.en for each in refused.value.findings} == {
        "check the figure, or choose a rule that fits it"
    }
    assert [
        (each.kind, each.place, each.wrong.en, each.wrong.zh) for each in refused.value.findings
    ] == [
        (
            "score-refused",
            place,
            "A of U1 cannot be scored: fewer than three figures in the pool for a relative rule",
            "单位U1（U1）的“指标A”（A）无法计分：可比组内有数据的不足三个，不得使用相对计分办法",
        ),
        (
            "score-refused",
            Place(key="A"),
            "A of U2 cannot be scored: fewer than three figures in the pool for a relative rule",
            "单位U2（U2）的“指标A”（A）无法计分：可比组内有数据的不足三个，不得使用相对计分办法",
        ),
    ]


def test_every_refusal_of_every_indicator_is_told_at_once():
    a, b = leaf("A", rule=RATIO, target=0), leaf("B", rule=RATIO, target=0)

    with pytest.raises(BadInput) as refused:
        score(make_scheme(a, b, units=("U1", "U2")), {"A": {"U1": 1}, "B": {"U1": 2, "U2": 3}})

    assert [each.place.key for each in refused.value.findings] == ["A", "B", "B"]


def test_a_peer_pool_may_hold_other_groups():
    units = (unit("U1"), unit("V1", "H"), unit("V2", "H"))
    pools = [{"code": "P", "groups": ["G", "H"]}]
    a = leaf("A", "5", rule={"method": "ratio_to_best"}, pool="P")

    scores = score(
        make_scheme(branch("R", a), units=units, pools=pools),
        {"A": {"U1": 10, "V1": 20, "V2": 5}},
    )

    assert column(scores, "R") == {"U1": "5/2", "V1": "5", "V2": "5/4"}


def test_an_indicator_without_points_for_a_group_is_not_applicable_whatever_the_peers_have():
    best = leaf("A", points={"G": "10"}, rule={"method": "ratio_to_best"})
    units = ("U1", "U2", unit("U9", group="H"))
    scores = score(make_scheme(best, leaf("B"), units=units), {
        "A": {"U1": 4, "U2": 8}, "B": {"U1": 90, "U2": 80, "U9": 70},
    })  # fmt: skip

    assert cell(scores, "A", "U9") == LeafScore(
        points=Fraction(0), absence=Absence.NOT_APPLICABLE, policy="leave_out"
    )
    assert totals(scores) == {"U1": "95", "U2": "90", "U9": "70"}


@pytest.mark.parametrize(
    ("rule", "least"), [("efficacy_coefficient", "3"), ("ratio_to_best", "5/4")]
)
def test_a_unit_compared_from_outside_is_held_between_worst_and_best(rule, least):
    apart = {"participation": "listed_apart"}
    units = (unit("U1"), unit("U2"), unit("U3"), unit("U4", **apart), unit("U5", **apart))
    table = {"A": {"U1": 10, "U2": 20, "U3": 40, "U4": 80, "U5": 10}}

    scores = score(make_scheme(leaf("A", "5", rule={"method": rule}), units=units), table)

    assert column(scores, "A")["U4"] == "5"
    assert column(scores, "A")["U5"] == least
