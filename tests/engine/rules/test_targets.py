from typing import Any

from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, score

from kaohe.rules.method import Method

STEPS: dict[str, Any] = {
    "gain": "0.5", "gain_step": 2, "gain_mode": "floor", "gain_cap": "1.2",
    "loss": 1, "loss_step": "0.5", "loss_mode": "ceil",
}  # fmt: skip


def steps(**changes: Any) -> Method:
    return make_rule("R03", **{**STEPS, **changes})


def test_gain_and_loss_have_steps_modes_and_bounds_of_their_own():
    found = score(
        steps(), points="5", value="98 99.99 100 102 110 97.9 97.5 97.4 90",
        target="98 98 98 98 98 98 98 98 98",
    )  # fmt: skip

    assert found == ["5", "5", "5.5", "6", "6.2", "4", "4", "3", "0"]


def test_steps_where_less_is_better_are_counted_the_other_way_round():
    found = score(steps(), points="5", higher=False, value="10 8 6 10.1", target="10 10 10 10")

    assert found == ["5", "5.5", "6", "4"]


def test_gain_may_go_up_to_the_points_again():
    rule = steps(gain_cap="points", gain_mode="linear")

    assert score(rule, points="2", value="107 200", target="98 98") == ["4", "4"]
    assert score(rule, points="3", value="107", target="98") == ["5.25"]


def test_steps_in_per_cent_of_the_target():
    rule = steps(
        step_in="percent_of_target", gain_step=10, loss_step=10, loss_mode="floor", gain_mode="ceil"
    )

    found = score(rule, points="4", value="135 120.1 75 60.01", target="120 120 100 200")
    assert found == ["5", "4.5", "2", "0"]


def test_per_cent_of_a_target_that_is_not_positive_is_refused():
    rule = steps(step_in="percent_of_target")
    reason = "the target must be above zero to score in per cent of it"

    assert score(rule, value="1 1 /", target="0 -3 -3") == [reason, reason, "empty"]
    assert score(steps(), points="5", value="1 -4", target="0 -3") == ["5", "3"]


def test_how_a_part_of_a_step_counts_must_be_said():
    without = {name: value for name, value in STEPS.items() if name != "gain_mode"}

    assert refuse_rule("R03", **without) == ["Field required"]
    assert refuse_rule("R03", **{**STEPS, "gain_step": 0}) == ["Input should be greater than 0"]
    assert refuse_rule("R03", **{**STEPS, "loss": "-1"}) == [
        "Input should be greater than or equal to 0"
    ]
    assert refuse_rule("R03", **{**STEPS, "gain_cap": "-1"}) == [
        "Input should be greater than or equal to 0",
        "Input should be 'points'",
    ]


def test_steps_are_named():
    assert list_labels(steps()) == [
        "gap 与目标的差距 gap to the target",
        "steps 步数 steps",
        "change 加扣分 points gained or lost",
        "score 得分 score",
    ]
