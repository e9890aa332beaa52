from typing import Any

from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, score

TOO_FEW = "fewer than three figures in the pool for a relative rule"
BOTH = "worst 与 best 须同时写明，或都不写\ngive `worst` and `best` together, or neither"


def test_base_and_span_are_the_scheme_s():
    assert score(make_rule("R04", base=50, span=50), points="10", value="1 2 3") == [
        "5",
        "7.5",
        "10",
    ]
    assert score(make_rule("R04", base=0, span=100), points="10", value="1 2 3") == ["0", "5", "10"]


def test_efficacy_needs_three_figures_in_the_pool():
    assert score(make_rule("R04"), value="1 2 /") == [TOO_FEW, TOO_FEW, "empty"]
    assert score(make_rule("R04"), value="1 2 3 /") == ["60", "80", "100", "empty"]


def test_who_is_compared_with_a_pool_from_outside_is_held_at_its_ends():
    found = score(make_rule("R04"), points="10", guests=2, value="1 2 3 0 4")

    assert found == ["6", "8", "10", "6", "10"]


def test_fixed_bounds_need_no_peers_and_hold_what_lies_outside():
    rule = make_rule("R04", worst=80, best=100)

    assert score(rule, points="10", value="70 80 95 130") == ["6", "6", "9", "10"]
    assert score(rule, points="10", value="95") == ["9"]
    assert rule.directions() == (True,)


def test_fixed_bounds_may_fall_where_less_is_better():
    rule = make_rule("R04", worst=50, best=30)

    assert rule.directions() == (False,)
    assert score(rule, points="10", higher=False, value="60 50 40 30 20") == [
        "6",
        "6",
        "8",
        "10",
        "10",
    ]
    assert make_rule("R04").directions() == (True, False)


def test_bounds_are_given_together_and_differ():
    assert refuse_rule("R04", worst=80) == [BOTH]
    assert refuse_rule("R04", best=80) == [BOTH]
    assert refuse_rule("R04", worst=80, best="80.0") == [
        "不允许值与满意值相同，无从折算\n`worst` and `best` are the same: nothing lies between them"
    ]
    assert refuse_rule("R04", span="-1") == ["Input should be greater than or equal to 0"]


def test_steps_of_efficacy_are_named():
    assert list_labels(make_rule("R04")) == [
        "efficacy 功效系数 efficacy",
        "percent 百分制得分 score in per cent",
        "score 得分 score",
    ]


def test_each_further_band_from_the_mean_counts_for_less():
    rule = make_rule("R08")

    found = score(rule, points="20", value="60 50 40 85 15", decimals=4)
    assert found == ["30.0000", "20.0000", "16.6667", "40.0000", "11.1667"]


def test_figures_beyond_the_last_band_go_on_at_its_rate():
    rule = make_rule("R08", band=10, gains=[20, 40], losses=[40, 80], floor=None)

    # ±45 from the mean: 10/20 + 35/40 above, 10/40 + 35/80 below.
    assert score(rule, points="8", value="145 55 100") == ["19", "2.5", "8"]


def test_taper_where_less_is_better():
    assert score(make_rule("R08"), points="20", higher=False, value="40 60 50", decimals=4) == [
        "30.0000",
        "16.6667",
        "20.0000",
    ]


def test_cap_comes_before_projects_not_started_and_the_floor_after_them():
    rule = make_rule("R08", cap=25, floor=16, not_started="0.33")

    found = score(rule, points="20", value="60 50 40", not_started="1 0 3")
    assert found == ["24.67", "20", "16"]
    assert score(rule, points="20", value="60 50 40", not_started="1 / 0")[1] == "empty"


def test_taper_has_a_floor_of_zero_unless_it_is_taken_away():
    steep: dict[str, Any] = {"gains": [100], "losses": [25], "band": 50}

    assert score(make_rule("R08", **steep), points="1", value="0 200 100") == ["0", "2", "1"]
    rule = make_rule("R08", **steep, floor=None)
    assert score(rule, points="1", value="0 200 100") == ["-3", "2", "1"]


def test_divisors_of_bands_are_above_zero():
    assert refuse_rule("R08", gains=[20, 0]) == ["Input should be greater than 0"]
    assert refuse_rule("R08", losses=[60, "-80"]) == ["Input should be greater than 0"]
    assert refuse_rule("R08", band=0) == ["Input should be greater than 0"]


def test_steps_of_the_taper_are_named():
    assert list_labels(make_rule("R08")) == [
        "gap 与平均值的差距 gap to the mean",
        "taper 递减系数 taper",
        "score 得分 score",
    ]
