from typing import Any

from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, say_records, score

from kaohe.rules.method import Method
from kaohe.rules.samples import sample_items, sample_matters

CASES: dict[str, Any] = {
    "due": "100", "on_time": "90", "late_closed": "5", "delayed": "10", "reworked": "2",
    "tally": "0",
}  # fmt: skip


def handle(**parameters: Any) -> Method:
    return make_rule("R22", **{"missing": "refuse"} | parameters)


def test_items_weighed_by_difficulty_give_a_mean_completion():
    records = (
        sample_items(("5", "1.2", "1"), ("5", "1", "0.5"), ("2", "2", "0")),
        sample_items(("3", "1", "1.2")),
        sample_items(),
    )

    assert score(make_rule("R15", combine="mean"), points="10", records=records) == [
        "17/3",
        "empty",
        "empty",
    ]


def test_items_weighed_by_difficulty_may_be_added_up_to_the_points_or_a_cap():
    records = (
        sample_items(("5", "1.2", "1"), ("5", "1", "0.5")),
        sample_items(("5", "1.2", "1"), ("5", "1.3", "1")),
    )

    assert score(make_rule("R15", combine="sum"), points="10", records=records) == ["8.5", "10"]
    assert score(make_rule("R15", combine="sum", cap=11), points="10", records=records) == [
        "8.5",
        "11",
    ]
    assert score(make_rule("R15", combine="sum"), points="10", completed="-1") == ["0"]


def test_a_mean_of_items_has_no_cap():
    assert refuse_rule("R15", combine="mean", cap=3) == [
        "加权平均不设得分上限，请删去 cap\nleave out cap with combine mean"
    ]


def test_nothing_planned_cannot_be_completed():
    rule = make_rule("R15", combine="mean")

    assert score(rule, completed="0", planned="0") == ["cannot be scored: the divisor is zero"]


def test_items_say_how_they_count():
    rule = make_rule("R15", combine="mean")

    assert say_records(rule) == [
        "分项完成量＝各项权重×难度系数×完成率之和，分项总量＝各项权重×难度系数之和",
        "weighted work completed: the sum of weight × difficulty × completion; planned: that of weight × difficulty",
    ]
    assert list_labels(rule) == ["rate 加权完成率 weighted completion", "score 得分 score"]


def test_cases_team_and_streets_are_weighed():
    # 80·(0.90 + 0.4·0.05) + 10·0.90 + 10·0.98 = 92.4; 0.7·92.4 + 0.15·90 + 0.15·80 = 90.18
    assert score(handle(), team="90", street="80", **CASES) == ["90.18"]
    assert score(handle(), points="20", team="90", street="80", **CASES) == ["18.036"]


def test_cases_alone_may_count():
    alone: dict[str, Any] = {"team_share": 0, "street_share": 0}

    assert score(handle(**alone), **CASES) == ["92.4"]
    weighed = handle(**alone, closing=60, late_factor="0.5", delay=30, rework=20)
    # 60·0.925 + 30·0.90 + 20·0.98
    assert score(weighed, **CASES) == ["102.1"]


def test_no_case_due_is_not_applicable_and_never_zero():
    none: dict[str, Any] = dict.fromkeys(CASES, "0")

    assert score(handle(), team="90", street="80", **none) == ["not_applicable"]
    found = score(handle(missing="renormalise"), team="90", street="80", **none)
    assert found == ["85"]


def test_a_part_without_a_score_waits_or_is_left_out():
    assert score(handle(), team="90", street="/", **CASES) == ["empty"]
    found = score(handle(missing="renormalise"), team="/", street="92.4", **CASES)
    assert found == ["92.4"]


def test_matters_are_added_to_the_cases():
    rule = handle(kinds={"praised": "0.5", "criticised": "-1"}, team_share=0, street_share=0)
    cases: dict[str, Any] = {
        name: f"{number} {number}" for name, number in CASES.items() if name != "tally"
    }

    found = score(rule, records=(sample_matters("praised"), sample_matters("criticised")), **cases)
    assert found == ["92.9", "91.4"]
    assert say_records(rule) == [
        "各级（类）分值：praised 0.5、criticised -1",
        "points by level or kind: praised 0.5, criticised -1",
        "同一事项就高不就低，只计一次；待认定和未认定的不计",
        "a matter counts once, at its highest level; pending and refused ones do not count",
    ]
    assert say_records(handle()) == []


def test_what_a_missing_part_means_must_be_said():
    assert refuse_rule("R22") == ["Field required"]
    assert refuse_rule("R22", missing="refuse", case_share=0) == ["Input should be greater than 0"]


def test_steps_of_cases_are_named():
    assert list_labels(handle()) == [
        "closed 办结率 rate of closing",
        "undelayed 未延期率 rate not delayed",
        "unreworked 未返工率 rate not reworked",
        "cases 案件处置分 score of the cases",
        "score 得分 score",
    ]
