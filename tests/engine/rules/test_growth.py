from typing import Any

from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, say_records, score

from kaohe.rules.method import Method
from kaohe.rules.samples import sample_matters

TOO_FEW = "fewer than three figures in the pool for a relative rule"
FIGURES: dict[str, Any] = {"value": "200 150 100", "growth": "5 9 7", "reference": "7 7 7"}
NOTHING: dict[str, Any] = {"tally": "0 0 0"}


def blend(**parameters: Any) -> Method:
    return make_rule(
        "R05", **{"change": "0.1", "change_step": "0.1", "change_mode": "linear"} | parameters
    )


def test_level_growth_and_distance_from_the_reference_are_put_together():
    # 0.4·100 + 0.6·60 − 2; 0.4·80 + 0.6·100 + 2; 0.4·60 + 0.6·80 + 0
    assert score(blend(), **FIGURES, **NOTHING) == ["74", "94", "72"]


def test_level_and_growth_where_less_is_better():
    # 0.4·60 + 0.6·100 + 2; 0.4·80 + 0.6·60 − 2; 0.4·100 + 0.6·80 + 0
    assert score(blend(), higher=False, **FIGURES, **NOTHING) == ["86", "66", "88"]


def test_shares_base_and_span_are_the_scheme_s_and_the_points_fold_the_blend():
    rule = blend(static_share="0.5", base=50, span=50, change=0)

    assert score(rule, points="10", **FIGURES, **NOTHING) == ["7.5", "8.75", "6.25"]


def test_change_is_counted_in_steps_up_to_its_cap():
    figures: dict[str, Any] = {
        "value": "1 1 1",
        "growth": "6.75 9 7.25",
        "reference": "7 7 7",
    } | NOTHING

    floor = score(blend(static_share=1, change_mode="floor", change_cap=1), points="1", **figures)
    ceil = score(blend(static_share=1, change_mode="ceil", change_cap=1), points="1", **figures)
    assert (floor, ceil) == (["0.8", "2", "1.2"], ["0.7", "2", "1.3"])
    assert score(blend(static_share=1, change_cap="0.2"), points="1", **figures)[0] == "0.8"


def test_matters_such_as_talks_are_deducted_after_all():
    rule = blend(deductions={"monthly": "0.5", "quarterly": 1})
    records = (sample_matters("quarterly"), sample_matters(), sample_matters("monthly", "monthly"))

    assert score(rule, records=records, **FIGURES) == ["73", "94", "71"]
    assert say_records(rule) == [
        "各级（类）分值：monthly 0.5、quarterly 1",
        "points by level or kind: monthly 0.5, quarterly 1",
        "同一事项就高不就低，只计一次；待认定和未认定的不计",
        "a matter counts once, at its highest level; pending and refused ones do not count",
    ]
    assert say_records(blend()) == []
    assert refuse_rule("R05", change=1, change_step=1, change_mode="floor", deductions={"a": "-1"}) == [
        "Input should be greater than or equal to 0"
    ]  # fmt: skip


def test_level_and_growth_each_need_three_figures():
    few: dict[str, Any] = {"value": "1 2 3", "growth": "1 2 /", "reference": "1 1 1"} | NOTHING
    assert score(blend(), **few) == [TOO_FEW, TOO_FEW, "empty"]
    few = {"value": "1 2 /", "growth": "1 2 3", "reference": "1 1 1"} | NOTHING
    assert score(blend(), **few) == [TOO_FEW, TOO_FEW, "empty"]


def test_steps_of_level_and_growth_are_named():
    assert list_labels(blend()) == [
        "static 静态得分 score of the level",
        "dynamic 动态得分 score of the growth",
        "blend 合成得分 combined score",
        "change 与参照地区相比加减分 gained or lost against the reference",
        "score 得分 score",
    ]


def test_increment_and_growth_against_the_best():
    rule = make_rule("R09", measured_by="ratio_to_best")

    assert score(rule, points="10", increment="35 50 -1", growth="12 15 15") == ["7.6", "10", "6"]
    assert rule.directions() == (True,)


def test_who_is_compared_with_a_pool_from_outside_is_held_at_its_best():
    rule = make_rule("R09", measured_by="ratio_to_best")

    found = score(rule, points="10", guests=1, increment="25 50 60", growth="15 15 30")
    assert found == ["8", "10", "10"]


def test_increment_and_growth_by_efficacy():
    rule = make_rule("R09", measured_by="efficacy", base=50, span=50)

    assert score(rule, points="10", increment="10 20 30", growth="6 8 7") == ["5", "9", "8.5"]


def test_increment_and_growth_against_their_targets():
    rule = make_rule("R09", measured_by="target_ratio", increment_share="0.5", cap="1.1")

    found = score(
        rule, points="10", increment="45 60 -5", increment_target="50 50 50",
        growth="6 4 5", growth_target="5 5 5",
    )  # fmt: skip
    assert found == ["10", "9.5", "5"]


def test_increment_and_growth_are_refused_where_their_measure_means_nothing():
    best, ratio = (
        make_rule("R09", measured_by="ratio_to_best"),
        make_rule("R09", measured_by="target_ratio"),
    )
    efficacy = make_rule("R09", measured_by="efficacy")
    not_positive = "the pool's best figure must be above zero to score in proportion to it"
    no_target = (
        "the target must be above zero for a ratio to mean anything; score growth by difference"
    )

    assert score(best, increment="0 -1", growth="1 2") == [not_positive] * 2
    assert score(best, increment="1 2", growth="0 -1") == [not_positive] * 2
    assert score(efficacy, increment="1 2 /", growth="1 2 3")[:2] == [TOO_FEW] * 2
    assert score(efficacy, increment="1 2 3", growth="1 2 /")[:2] == [TOO_FEW] * 2
    figures: dict[str, Any] = {
        "increment": "1",
        "increment_target": "0",
        "growth": "1",
        "growth_target": "1",
    }
    assert score(ratio, **figures) == [no_target]
    figures = {
        "increment": "1",
        "increment_target": "1",
        "growth": "1",
        "growth_target": "-1",
    }
    assert score(ratio, **figures) == [no_target]


def test_steps_of_increment_and_growth_are_named():
    assert list_labels(make_rule("R09", measured_by="efficacy")) == [
        "by_increment 增量折算 measure of the increment",
        "by_growth 增幅折算 measure of the growth",
        "score 得分 score",
    ]
