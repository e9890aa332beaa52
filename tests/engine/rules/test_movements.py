from typing import Any

from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, score

from kaohe.rules.method import Method

NO_PLACE = "the rank must lie between 1 and the number ranked"
TOO_FEW = "fewer than three figures in the pool for a relative rule"
RISING = (
    "位次表须由高到低：后一位次的得分不得高于前一位次\n"
    "the points of the places must not rise from one place to the next"
)


def move(**parameters: Any) -> Method:
    defaults = {"place_from": "rank", "gain": "0.5", "gain_cap": 2, "loss": "0.4", "loss_cap": 1}
    return make_rule("R10", **defaults | parameters)


def test_places_gained_earn_and_places_lost_cost_up_to_their_caps():
    found = score(move(), points="10", rank="3 1 5 2 9", previous_rank="5 1 3 9 2")

    assert found == ["11", "10", "9.2", "12", "9"]


def test_staying_first_earns_something_of_its_own():
    rule = move(first_kept="0.3")

    assert score(rule, points="10", rank="1 1 2 2", previous_rank="1 2 1 2") == [
        "10.3",
        "10.5",
        "9.6",
        "10",
    ]


def test_base_points_may_come_from_a_table_of_places():
    rule = move(table=[10, 8, 6], gain=0, loss=0)

    assert score(rule, rank="1 2 3 9", previous_rank="1 2 3 9") == ["10", "8", "6", "6"]


def test_places_among_the_pool_are_ranked_by_value():
    rule = move(
        place_from="value", table=[10, 8, 6], gain=1, gain_cap=1, loss=1, loss_cap=2, ties="average"
    )

    figures: dict[str, Any] = {"value": "90 85 85 70", "previous_rank": "2 1 3 4"}
    assert score(rule, **figures) == ["11", "5.5", "7.5", "6"]
    lowest = move(place_from="value", table=[10, 8, 6])
    assert score(lowest, higher=False, **figures) == ["5.2", "7.6", "8.5", "11.5"]


def test_ranks_by_value_need_three_figures_and_ranks_supplied_do_not():
    assert score(move(place_from="value"), value="2 1", previous_rank="1 2") == [TOO_FEW] * 2
    assert score(move(), points="1", rank="1", previous_rank="1") == ["1"]


def test_a_rank_below_one_is_refused():
    assert score(move(), points="1", rank="0 1 /", previous_rank="1 1 1") == [
        NO_PLACE,
        "1",
        "empty",
    ]


def test_a_unit_that_had_no_place_last_year_has_no_score():
    assert score(move(), rank="1", previous_rank="/") == ["empty"]


def test_table_of_places_must_not_rise():
    rule: dict[str, Any] = {
        "place_from": "rank",
        "gain": 1,
        "gain_cap": 1,
        "loss": 1,
        "loss_cap": 1,
    }

    assert refuse_rule("R10", **rule, table=[1, 2]) == [RISING]
    assert refuse_rule("R10", **rule | {"loss": "-1"}) == [
        "Input should be greater than or equal to 0"
    ]


def test_steps_of_a_movement_are_named():
    assert list_labels(move()) == [
        "place 本期位次 place",
        "up 进位加分 gained by moving up",
        "down 退位扣分 lost by moving down",
        "score 得分 score",
    ]


def upper(**parameters: Any) -> Method:
    defaults = {"place_from": "rank", "gains": [5, 3], "losses": [4, 2], "precedence": "gain"}
    return make_rule("R11", **defaults | parameters)


def test_first_places_gain_last_places_lose_and_the_middle_does_neither():
    rule = upper(gains=[5, 4, 3, 2, 1], losses=[5, 4, 3, 2, 1])

    found = score(rule, points="0", rank="1 5 6 8 9 13", ranked="13 13 13 13 13 13")
    assert found == ["5", "1", "0", "0", "-1", "-5"]


def test_a_place_both_first_and_last_goes_by_the_declared_precedence():
    figures: dict[str, Any] = {"points": "0", "rank": "1 2 3", "ranked": "3 3 3"}

    assert score(upper(precedence="gain"), **figures) == ["5", "3", "-4"]
    assert score(upper(precedence="loss"), **figures) == ["5", "-2", "-4"]
    assert score(upper(precedence="both"), **figures) == ["5", "1", "-4"]


def test_zones_that_just_touch_do_not_overlap():
    figures: dict[str, Any] = {"points": "0", "rank": "1 2 3 4", "ranked": "4 4 4 4"}

    for precedence in ("gain", "loss", "both"):
        assert score(upper(precedence=precedence), **figures) == ["5", "3", "-2", "-4"]


def test_places_by_value_count_the_pool_and_treat_ties_as_said():
    rule = upper(place_from="value", gains=[5, 3], losses=[4, 2])

    assert score(rule, points="0", value="9 8 7 6 5 5") == ["5", "3", "0", "0", "-2", "-2"]
    rule = upper(place_from="value", gains=[5, 3], losses=[4, 2], ties="highest")
    assert score(rule, points="0", value="9 9 7 6 5 5") == ["3", "3", "0", "0", "-4", "-4"]
    assert score(rule, points="0", higher=False, value="9 8 7 6 5 4") == [
        "-4",
        "-2",
        "0",
        "0",
        "3",
        "5",
    ]
    assert score(rule, value="9 8") == [TOO_FEW] * 2


def test_a_rank_outside_the_number_ranked_is_refused():
    found = score(upper(), points="0", rank="0 4 3 1", ranked="3 3 3 1")

    assert found == [NO_PLACE, NO_PLACE, "-4", "5"]


def test_gains_and_losses_fall_towards_the_middle_and_are_above_zero():
    rule: dict[str, Any] = {
        "place_from": "rank",
        "gains": [5, 3],
        "losses": [4, 2],
        "precedence": "gain",
    }

    assert refuse_rule("R11", **rule | {"gains": [3, 5]}) == [RISING]
    assert refuse_rule("R11", **rule | {"losses": [2, 4]}) == [RISING]
    assert refuse_rule("R11", **rule | {"gains": [3, "-1"]}) == [RISING]
    assert refuse_rule("R11", **rule | {"losses": [3, "-1"]}) == [RISING]


def test_steps_of_places_above_are_named():
    assert list_labels(upper()) == [
        "place 本期位次 place",
        "gained 前列加分 gained in the first places",
        "from_end 倒数位次 place from the end",
        "lost 末位扣分 lost in the last places",
        "score 得分 score",
    ]
