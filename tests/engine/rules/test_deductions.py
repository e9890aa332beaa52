from typing import Any

from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, say_records, score

from kaohe.rules.method import Method
from kaohe.rules.samples import sample_matters

KINDS = {"late_report": 5, "criticised": 1}
RECORDS = (
    sample_matters(),
    sample_matters("late_report"),
    sample_matters("late_report", "late_report", "late_report"),
    sample_matters("criticised", "criticised", "criticised"),
    sample_matters("late_report", tolerance="1/2"),
    sample_matters("unheard_of"),
)


def deduct(**parameters: Any) -> Method:
    return make_rule("R19", **{"start": "points", "kinds": KINDS} | parameters)


def test_each_matter_costs_by_its_kind_until_the_points_are_gone():
    assert score(deduct(), points="10", records=RECORDS) == ["10", "5", "0", "7", "7.5", "empty"]


def test_deductions_from_zero_are_held_by_the_cap_of_the_kind_and_of_all():
    rule = deduct(start="zero", kind_caps={"criticised": 2}, cap=6)

    assert score(rule, points="10", records=RECORDS) == ["0", "-5", "-6", "-2", "-2.5", "empty"]
    assert score(deduct(start="zero"), points="10", records=RECORDS)[2] == "-10"


def test_a_negative_tally_earns_nothing():
    assert score(deduct(), points="10", tally="-3") == ["10"]


def test_kinds_of_deductions_are_said_and_checked():
    assert say_records(deduct(kind_caps={"criticised": 2})) == [
        "各级（类）分值：late_report 5、criticised 1",
        "points by level or kind: late_report 5, criticised 1",
        "各级（类）合计上限：criticised 2",
        "most by level or kind: criticised 2",
        "同一事项就高不就低，只计一次；待认定和未认定的不计",
        "a matter counts once, at its highest level; pending and refused ones do not count",
    ]
    assert refuse_rule("R19", start="zero", kinds=KINDS, kind_caps={"critcised": 2}) == [
        "级别“critcised”只有上限、没有分值\nthere is a cap but there are no points for critcised"
    ]
    assert refuse_rule("R19", start="zero", kinds={"late": "-5"}) == [
        "Input should be greater than or equal to 0"
    ]
    assert refuse_rule("R19", kinds=KINDS) == ["Field required"]


def test_step_of_deductions_is_named():
    assert list_labels(deduct()) == ["lost 扣分 points lost", "score 得分 score"]


def test_specials_by_grade_are_held_between_two_bounds():
    rule = make_rule("R21", grades={"good": 0, "poor": "-0.3", "bad": "-0.5"})
    records = (
        sample_matters("good", "good"),
        sample_matters("poor", "good"),
        sample_matters("bad", "bad", "poor"),
        sample_matters("better"),
    )

    assert score(rule, points="0", records=records) == ["0", "-0.3", "-1", "empty"]


def test_specials_by_points_are_held_between_two_bounds():
    rule = make_rule("R21", most_gained="0.9", most_lost="0.7")
    records = (
        sample_matters("", points="0.4"),
        sample_matters("", "", "", points="0.4"),
        sample_matters("", "", points="-0.4"),
    )

    assert score(rule, points="0", records=records) == ["0.4", "0.9", "-0.7"]


def test_grades_of_specials_are_said():
    assert say_records(make_rule("R21")) == []
    assert say_records(make_rule("R21", grades={"poor": "-0.3"})) == [
        "各级（类）分值：poor -0.3",
        "points by level or kind: poor -0.3",
        "同一事项就高不就低，只计一次；待认定和未认定的不计",
        "a matter counts once, at its highest level; pending and refused ones do not count",
    ]
    assert refuse_rule("R21", most_lost="-1") == ["Input should be greater than or equal to 0"]
