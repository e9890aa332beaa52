from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, score

NO_RATIO = "the target must be above zero for a ratio to mean anything; score growth by difference"
ONLY_WITH_DIFFERENCE = (
    "差值方式须写 per_unit，完成率方式不写\ngive per_unit with mode difference, and only then"
)


def test_completion_is_capped_and_never_below_zero():
    rule = make_rule("R01")

    assert score(rule, points="8", value="0 -5 119.99 120 121", target="120 120 120 120 120") == [
        "0",
        "0",
        "11999/1500",
        "8",
        "8",
    ]


def test_target_of_zero_or_less_has_no_ratio():
    assert score(make_rule("R01"), value="0.1", target="0.5") == ["20"]
    assert score(make_rule("R01"), value="5 5", target="0 -2") == [NO_RATIO, NO_RATIO]


def test_missing_value_and_missing_target_are_two_kinds_of_absence():
    assert score(make_rule("R01"), value="/ 5", target="4 /") == ["empty", "no_target"]


def test_completion_where_less_is_better_is_target_over_value():
    found = score(
        make_rule("R01", cap="1.2"), points="6", higher=False,
        value="50 60 40 45 0 -1", target="50 50 50 50 50 50",
    )  # fmt: skip

    assert found == [
        "6",
        "5",
        "7.2",
        "20/3",
        "7.2",
        "a figure where less is better must not be negative to score by ratio",
    ]


def test_difference_mode_needs_no_positive_target():
    rule = make_rule("R01", mode="difference", per_unit="5%", cap="1.1")

    found = score(rule, points="10", value="-1 -2 -4 -30 3", target="-2 -2 -2 -2 0")
    assert found == ["10.5", "10", "9", "0", "11"]


def test_difference_where_less_is_better_counts_what_stays_under_the_target():
    rule = make_rule("R01", mode="difference", per_unit="0.1")

    found = score(rule, points="10", higher=False, value="4 5 7", target="5 5 5")
    assert found == ["10", "10", "8"]


def test_negative_growth_scores_zero_where_the_scheme_says_so():
    rule = make_rule("R01", mode="difference", per_unit="0.1", zero_if_negative=True)

    assert score(rule, points="10", value="-0.1 0", target="0 0") == ["0", "10"]
    assert rule.directions() == (True,)
    assert make_rule("R01").directions() == (True, False)


def test_difference_needs_its_unit_and_ratio_has_none():
    assert refuse_rule("R01", mode="difference") == [ONLY_WITH_DIFFERENCE]
    assert refuse_rule("R01", per_unit="0.1") == [ONLY_WITH_DIFFERENCE]
    assert refuse_rule("R01", cap=0) == ["Input should be greater than 0"]


def test_steps_of_completion_are_named():
    assert list_labels(make_rule("R01")) == ["completion 完成率 completion", "score 得分 score"]


def test_control_keeps_full_marks_up_to_the_limit_and_nothing_from_the_multiple_on():
    rule = make_rule("R02", zero_at="1.5")

    found = score(rule, points="6", higher=False, value="50 60 75 76 -3", target="50 50 50 50 50")
    assert found == ["6", "3.6", "0", "0", "6"]
    assert rule.directions() == (False,)


def test_control_refuses_a_limit_of_zero_and_a_multiple_of_one():
    assert score(make_rule("R02"), higher=False, value="1", target="0") == [NO_RATIO]
    assert refuse_rule("R02", zero_at=1) == ["Input should be greater than 1"]


def test_steps_of_control_are_named():
    assert list_labels(make_rule("R02"), higher=False) == [
        "ratio 完成值与控制值之比 ratio of value to limit",
        "kept 得分比例 share of the points",
        "score 得分 score",
    ]


def test_all_or_nothing_by_mark_refuses_what_is_neither():
    rule = make_rule("R17", met_by="mark")

    found = score(rule, points="3", value="1 0 0.5 /")
    assert found == ["3", "0", "the figure is not in the table", "empty"]
    assert score(rule, points="3", higher=False, value="1 0") == ["0", "3"]


def test_all_or_nothing_by_target_reaches_it_exactly():
    rule = make_rule("R17", met_by="target")

    assert score(rule, points="3", value="10 9.99 11", target="10 10 10") == ["3", "0", "3"]
    found = score(rule, points="3", higher=False, value="10 9.99 11", target="10 10 10")
    assert found == ["3", "3", "0"]
