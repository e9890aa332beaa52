from typing import Any

from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, say_records, score

from kaohe.rules.method import Method
from kaohe.rules.records import Reduction
from kaohe.rules.samples import sample_matters

ONCE = [
    "同一事项就高不就低，只计一次；待认定和未认定的不计",
    "a matter counts once, at its highest level; pending and refused ones do not count",
]


def events(**parameters: Any) -> Method:
    return make_rule("R13", **{"start": "points"} | parameters)


def test_each_event_costs_the_same_up_to_the_points():
    rule = events(per_event="0.5")

    assert score(rule, points="2", events="0 1 2.5 4 9") == ["2", "1.5", "0.75", "0", "0"]


def test_events_may_be_deducted_from_zero_up_to_a_cap():
    rule = events(start="zero", per_event="0.4", cap=3)

    assert score(rule, points="0", events="0 1 9") == ["0", "-0.4", "-3"]
    assert score(events(start="zero", per_event=1), points="2", events="9") == ["-2"]


def test_losses_by_number_of_events_stay_at_the_last_entry():
    rule = events(losses=["0.5", "1", "points"])

    assert score(rule, points="2", events="0 0.5 1 2 2.5 3 7") == [
        "2",
        "2",
        "1.5",
        "1",
        "1",
        "0",
        "0",
    ]
    assert score(events(losses=[1]), points="2", events="0 1 7") == ["2", "1", "1"]


def test_losses_beyond_the_points_are_held_by_the_cap():
    assert score(events(losses=[3]), points="2", events="1") == ["0"]
    assert score(events(losses=[3], cap="2.5"), points="2", events="1") == ["-0.5"]


def test_events_are_counted_from_matters_each_once():
    rule = events(per_event="0.5")
    found = score(rule, points="2", records=(sample_matters(), sample_matters("", "", count="2")))

    assert found == ["2", "0"]
    assert rule.directions() == (True, False)
    assert say_records(rule) == ONCE


def test_events_counted_by_the_value_leave_matters_alone():
    rule = events(per_event="0.5", counted_from="value")

    found = score(rule, points="2", higher=False, value="0 3", records=(sample_matters(""),) * 2)
    assert found == ["2", "0.5"]
    assert rule.reduce_records(sample_matters("")) == Reduction()
    assert rule.directions() == (False,)
    assert say_records(rule) == []


def test_a_negative_number_of_events_earns_nothing():
    rule = events(per_event="0.5", counted_from="value")

    assert score(rule, points="2", higher=False, value="-3") == ["2"]


def test_either_a_loss_per_event_or_losses_by_number():
    one_form = "per_event 与 losses 须恰写其一\ngive exactly one of per_event and losses"

    assert refuse_rule("R13", start="zero") == [one_form]
    assert refuse_rule("R13", start="zero", per_event=1, losses=[1]) == [one_form]
    assert refuse_rule("R13", per_event=1) == ["Field required"]
    assert refuse_rule("R13", start="zero", per_event="-1") == [
        "Input should be greater than or equal to 0"
    ]


def test_more_events_never_lose_less():
    falling = [
        "起数越多扣分不得越少，points 只能写在最后\n"
        "more events must not lose less, and `points` comes last"
    ]

    assert refuse_rule("R13", start="zero", losses=[1, "0.5"]) == falling
    assert refuse_rule("R13", start="zero", losses=["points", 1]) == falling
    assert score(events(losses=[1, 1, "points", "points"]), points="2", events="2 4") == ["1", "0"]


def test_step_of_events_is_named():
    assert list_labels(events(losses=[1])) == ["lost 扣分 points lost", "score 得分 score"]


def test_targets_surpassed_earn_the_rate_of_their_category_up_to_the_points():
    rule = make_rule("R16", rates={"key": "8%", "other": "0.06"})
    records = (
        sample_matters("key", "other", points="10"),
        sample_matters("key", "key", "key", "other", points="20"),
        sample_matters(),
    )

    assert score(rule, points="4", records=records) == ["1.4", "4", "0"]
    capped = make_rule("R16", rates={"key": "8%", "other": "6%"}, cap="0.5")
    assert score(capped, points="4", records=records) == ["0.5", "0.5", "0"]
    assert score(capped, points="4", tally="-1") == ["0"]


def test_a_target_surpassed_needs_its_category_and_its_points():
    rule = make_rule("R16", rates={"key": "8%"})
    records = (sample_matters("key"), sample_matters("strange", points="10"))

    assert score(rule, points="4", records=records) == ["empty", "empty"]


def test_rates_of_targets_surpassed_are_said():
    assert say_records(make_rule("R16", rates={"key": "8%", "other": "6%"})) == [
        "按目标分值的比例加分：key 8%、other 6%",
        "bonus as a share of the target's points: key 8%, other 6%",
        *ONCE,
    ]
    assert refuse_rule("R16", rates={"key": "-8%"}) == [
        "Input should be greater than or equal to 0"
    ]
    assert refuse_rule("R16", rates={"key": "8%"}, cap="-1") == [
        "Input should be greater than or equal to 0"
    ]


def test_awards_count_by_level_with_a_cap_for_a_level_and_for_all():
    rule = make_rule(
        "R18", levels={"national": 2, "city": "0.5"}, level_caps={"city": "1.5"}, cap="2.2"
    )
    records = (
        sample_matters("national", "city"),
        sample_matters(*["city"] * 4),
        sample_matters("national", share="1/2"),
        sample_matters("city", points="0.8"),
        sample_matters("district"),
    )

    assert score(rule, points="9", records=records) == ["2.2", "1.5", "1", "0.8", "empty"]


def test_awards_stay_within_the_points_where_no_cap_is_set():
    rule = make_rule("R18", levels={"national": 2})

    assert score(rule, points="3", tally="0 2 4 -1") == ["0", "2", "3", "0"]


def test_awards_say_what_each_level_is_worth():
    rule = make_rule("R18", levels={"national": 2, "city": "0.5"}, level_caps={"city": "1.5"})

    assert say_records(rule) == [
        "各级（类）分值：national 2、city 0.5",
        "points by level or kind: national 2, city 0.5",
        "各级（类）合计上限：city 1.5",
        "most by level or kind: city 1.5",
        *ONCE,
    ]
    assert say_records(make_rule("R18", levels={"city": 1})) == [
        "各级（类）分值：city 1",
        "points by level or kind: city 1",
        *ONCE,
    ]


def test_a_cap_belongs_to_a_level_that_has_points():
    assert refuse_rule("R18", levels={"city": 1}, level_caps={"town": 2, "cty": 2}) == [
        "级别“cty、town”只有上限、没有分值\nthere is a cap but there are no points for cty, town"
    ]
    assert refuse_rule("R18", levels={"city": "-1"}) == [
        "Input should be greater than or equal to 0"
    ]
