"""What vetoes do to grades, and to the places they leave."""

import pytest

from kaohe.errors import BadInput
from kaohe.grading.grades import propose_grades
from kaohe.grading.proposals import UnitFacts, VetoHit
from tests.engine.grading.groups import FIRST_THREE, labels, make_rule, rank, tell, veto


@pytest.mark.parametrize(
    ("vetoed", "first", "vacant", "said"),
    [
        ("successor", ("U1", "U3", "U4"), 0, "由下一名递补"),
        ("vacant", ("U1", "U3"), 1, "空缺"),
    ],
)
def test_n1_a_vetoed_unit_in_the_top_zone(vetoed, first, vacant, said):
    rule = make_rule(*FIRST_THREE, vetoed=vetoed)

    outcome = propose_grades(
        rule, rank(95, 94, 93, 92, 91, 90, 89, 88), {"U2": veto("no_top_grade")}
    )

    assert outcome.bands[0].units == first
    assert outcome.bands[0].vacant == vacant
    assert labels(outcome)["U2"] == "二等次"
    assert len(outcome.bands[1].units) == 3
    assert tell(outcome.proposals[1])[1:] == [
        f"在一等次范围内，因否决事项V1不得评为该等次，位置{said}",
        "第2名，总分94，在二等次范围内",
    ]


def test_a_veto_of_the_top_grade_leaves_the_others_alone():
    outcome = propose_grades(
        make_rule(*FIRST_THREE), rank(95, 94, 93, 92, 91), {"U4": veto("no_top_grade")}
    )

    assert labels(outcome)["U4"] == "二等次"
    assert len(outcome.proposals[3].steps) == 2


@pytest.mark.parametrize("vetoed", ["successor", "vacant"])
@pytest.mark.parametrize(("unit", "label"), [("U1", "二等次"), ("U5", "三等次"), ("U8", "三等次")])
def test_a_grade_down_lowers_by_one_and_not_below_the_last(vetoed, unit, label):
    rule = make_rule(*FIRST_THREE, vetoed=vetoed)

    outcome = propose_grades(rule, rank(95, 94, 93, 92, 91, 90, 89, 88), {unit: veto("grade_down")})

    assert labels(outcome)[unit] == label


def test_two_vetoes_lower_by_two_and_the_strictest_holds():
    twice = UnitFacts(
        vetoes=(VetoHit("V1", frozenset({"grade_down"})), VetoHit("V2", frozenset({"grade_down"})))
    )
    both = veto("grade_down", "no_top_grade")

    outcome = propose_grades(
        make_rule(*FIRST_THREE), rank(95, 94, 93, 92, 91, 90, 89, 88), {"U1": twice, "U2": both}
    )

    assert (labels(outcome)["U1"], labels(outcome)["U2"]) == ("三等次", "二等次")
    assert "V1, V2" in tell(outcome.proposals[0])[1]


def test_a_unit_moved_up_by_succession_is_lowered_from_there():
    facts = {"U3": veto("no_top_grade"), "U4": veto("grade_down")}

    outcome = propose_grades(make_rule(*FIRST_THREE), rank(95, 94, 93, 92, 91, 90, 89, 88), facts)

    assert outcome.bands[0].units == ("U1", "U2", "U5")
    assert outcome.bands[1].units == ("U3", "U4", "U6")


def test_a_grade_down_from_the_last_band_reaches_the_failing_grade_below_it():
    rule = make_rule({"label": "优秀", "number": 1}, {"label": "达标", "rest": True}, fail="未达标")

    outcome = propose_grades(rule, rank(95, 94, 93), {"U3": veto("grade_down")})

    assert labels(outcome) == {"U1": "优秀", "U2": "达标", "U3": "未达标"}


@pytest.mark.parametrize(("vetoed", "vacant"), [("successor", [0, 0, 0]), ("vacant", [1, 0, 0])])
def test_a_failing_veto_leaves_one_place_at_most(vetoed, vacant):
    rule = make_rule(*FIRST_THREE, vetoed=vetoed, fail="不合格")

    outcome = propose_grades(rule, rank(95, 94, 93, 92, 91, 90, 89, 88), {"U1": veto("fail")})

    assert labels(outcome)["U1"] == "不合格"
    assert outcome.proposals[0].basis == "failed"
    assert [band.vacant for band in outcome.bands] == vacant
    assert len(outcome.bands[1].units) == 3
    assert tell(outcome.proposals[0])[-1] == "总分95，因否决事项V1，评为不合格"


def test_a_failing_veto_without_a_failing_grade_is_refused():
    with pytest.raises(BadInput, match="the grade rule has no `fail`"):
        propose_grades(make_rule(*FIRST_THREE), rank(95, 94), {"U1": veto("fail")})


def test_a_rule_with_one_grade_gives_it_in_spite_of_a_veto_of_the_top():
    rule = make_rule({"label": "达标", "rest": True})

    assert labels(propose_grades(rule, rank(90), {"U1": veto("no_top_grade")})) == {"U1": "达标"}
