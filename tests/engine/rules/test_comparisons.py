from typing import Any

from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, score

from kaohe.rules.method import Method

NO_RATIO = "the target must be above zero for a ratio to mean anything; score growth by difference"
BEST_NOT_POSITIVE = "the pool's best figure must be above zero to score in proportion to it"
FIXED = (
    "standard 为 fixed 时须写 fixed 的值，其余不写\n"
    "give `fixed` with the standard fixed, and only then"
)


def reach(**parameters: Any) -> Method:
    return make_rule("R12", **{"loss": "0.1", "loss_step": 1, "loss_mode": "linear"} | parameters)


def test_the_others_score_in_proportion_to_the_best_and_never_below_zero():
    assert score(make_rule("R07"), points="6", value="4 3 0 -1 /") == [
        "6",
        "4.5",
        "0",
        "0",
        "empty",
    ]


def test_where_less_is_better_the_least_is_the_best():
    assert score(make_rule("R07"), points="6", higher=False, value="2 4 5") == ["6", "3", "2.4"]


def test_a_best_that_is_not_positive_is_refused():
    assert score(make_rule("R07"), value="0.5 0.25") == ["100", "50"]
    assert score(make_rule("R07"), value="0 -1") == [BEST_NOT_POSITIVE] * 2
    assert score(make_rule("R07"), higher=False, value="0 5") == [BEST_NOT_POSITIVE] * 2
    assert score(make_rule("R07"), higher=False, value="-2 5") == [BEST_NOT_POSITIVE] * 2


def test_step_of_the_ratio_is_named():
    assert list_labels(make_rule("R07")) == [
        "ratio 与最好值之比 ratio to the best",
        "score 得分 score",
    ]


def test_mean_of_the_pool_counts_the_unit_itself_unless_said_otherwise():
    value = "10 20 36"

    assert score(reach(), points="2", value=value) == ["0.8", "1.8", "2"]
    found = score(reach(standard="mean_of_others"), points="2", value=value)
    assert found == ["0.2", "1.7", "2"]


def test_mean_of_others_is_absent_where_there_are_none():
    assert score(reach(standard="mean_of_others"), value="10") == ["empty"]


def test_points_short_of_the_standard_are_counted_in_steps():
    modes = {
        mode: score(
            reach(standard="fixed", fixed=20, loss_step=2, loss_mode=mode), value="15 20 21"
        )
        for mode in ("linear", "floor", "ceil")
    }

    assert modes == {
        "linear": ["99.75", "100", "100"],
        "floor": ["99.8", "100", "100"],
        "ceil": ["99.7", "100", "100"],
    }


def test_loss_stops_at_the_floor():
    rule = reach(standard="target", loss=1, floor="0.5")

    assert score(rule, points="2", value="8 9 1 /", target="10 10 10 10") == [
        "0.5",
        "1",
        "0.5",
        "empty",
    ]
    assert score(reach(standard="target", loss=1), points="2", value="1", target="10") == ["0"]


def test_standard_where_less_is_better():
    rule = reach(standard="target", loss="0.5")

    assert score(rule, points="2", higher=False, value="9 10 11", target="10 10 10") == [
        "2",
        "2",
        "1.5",
    ]


def test_allowance_lets_a_shortfall_pass():
    rule = reach(standard="target", allowance="5%", loss="0.5")

    assert score(rule, points="2", value="19 18", target="20 20") == ["2", "1.5"]
    found = score(rule, points="2", higher=False, value="21 22", target="20 20")
    assert found == ["2", "1.5"]


def test_allowance_means_nothing_under_a_negative_standard():
    rule = reach(standard="target", allowance="5%")

    assert score(rule, value="1 1 1", target="-1 0 1") == [
        "an allowance in per cent means nothing where the standard is negative",
        "100",
        "100",
    ]
    assert score(reach(standard="target"), value="-3", target="-1") == ["99.8"]


def test_fixed_standard_is_given_with_its_figure_and_only_then():
    assert refuse_rule("R12", standard="fixed", loss=1, loss_step=1, loss_mode="floor") == [FIXED]
    assert refuse_rule("R12", fixed=3, loss=1, loss_step=1, loss_mode="floor") == [FIXED]
    assert refuse_rule("R12", loss=1, loss_step=1) == ["Field required"]
    assert refuse_rule("R12", loss=1, loss_step=1, loss_mode="floor", allowance=1) == [
        "Input should be less than 1"
    ]


def test_steps_to_the_mean_are_named():
    assert list_labels(reach()) == [
        "bar 满分标准 standard",
        "gap 未达标的差距 shortfall",
        "lost 扣分 points lost",
        "score 得分 score",
    ]


def test_contribution_holds_completion_and_share_together():
    rule = make_rule("R20")

    found = score(rule, points="10", value="120 60 30 -5", target="100 80 30 10")
    assert found == ["10", "7", "8.5", "0"]
    assert rule.directions() == (True,)


def test_contribution_may_let_completion_count_above_one():
    rule = make_rule("R20", cap="1.1", completion_share="0.5")

    assert score(rule, points="10", value="120 60", target="100 80") == ["10.5", "6.25"]


def test_contribution_alone_needs_no_target():
    rule = make_rule("R20", completion_share=0)

    assert score(rule, points="2", value="120 60 -6") == ["2", "1", "0"]
    assert score(rule, points="2", value="0.5 0.25") == ["2", "1"]
    assert list_labels(rule) == [
        "contribution 相对贡献率 contribution against the largest",
        "score 得分 score",
    ]


def test_contribution_is_refused_without_a_target_or_without_anything_contributed():
    rule = make_rule("R20")

    assert score(rule, value="120 60", target="0 80") == [NO_RATIO, "70"]
    assert (
        score(rule, value="0 -60", target="5 80")
        == ["the largest figure of the pool must be above zero for contributions to mean anything"]
        * 2
    )
    assert list_labels(rule) == [
        "completion 完成率 completion",
        "contribution 相对贡献率 contribution against the largest",
        "score 得分 score",
    ]
    assert refuse_rule("R20", completion_share="110%") == [
        "Input should be less than or equal to 1"
    ]


def test_who_is_compared_with_a_pool_from_outside_earns_no_more_than_full_marks():
    rule = make_rule("R20", completion_share=0)

    assert score(rule, points="2", guests=1, value="120 60 240") == ["2", "1", "2"]
    assert score(make_rule("R07"), guests=1, value="8 4 9") == ["100", "50", "100"]
    assert score(make_rule("R07"), guests=1, higher=False, value="4 8 2") == ["100", "50", "100"]
