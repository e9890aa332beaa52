"""The worked examples of the field that a rule must reproduce, their numbers written out."""

from fractions import Fraction
from typing import Any

from tests.engine.rules.cases import make_rule, score

from kaohe.numbers.writing import write_number
from kaohe.rules.samples import sample_marks, sample_matters


def test_e1_completion_of_a_target_with_and_without_more_for_more():
    plain, generous = make_rule("R01"), make_rule("R01", cap="1.1")

    assert score(plain, points="8", value="108 130", target="120 120") == ["7.2", "8"]
    found = score(generous, points="8", value="130 140", target="120 120", decimals=2)
    assert found == ["8.67", "8.80"]


def test_e2_keeping_under_a_limit():
    found = score(
        make_rule("R02"), points="6", higher=False, value="40 55 100 101", target="50 50 50 50"
    )

    assert found == ["6", "5.4", "0", "0"]


def test_e3_steps_around_a_target_counted_in_parts_whole_or_begun():
    scores: dict[str, Any] = {
        mode: score(
            make_rule(
                "R03",
                gain=1,
                gain_step=1,
                gain_mode=mode,
                gain_cap=2,
                loss=1,
                loss_step=1,
                loss_mode=mode,
            ),
            points="5",
            value="99.6 100.9 95.5 90",
            target="98 98 98 98",
        )
        for mode in ("linear", "floor", "ceil")
    }

    assert scores == {
        "linear": ["6.6", "7", "2.5", "0"],
        "floor": ["6", "7", "3", "0"],
        "ceil": ["7", "7", "2", "0"],
    }


def test_e4_efficacy_coefficient_of_five_towns():
    value = "12.5 9.8 7.1 15.2 10.4"

    assert score(make_rule("R04"), value=value, decimals=4) == [
        "86.6667",
        "73.3333",
        "60.0000",
        "100.0000",
        "76.2963",
    ]
    assert score(make_rule("R04"), points="5", value=value, decimals=4) == [
        "4.3333",
        "3.6667",
        "3.0000",
        "5.0000",
        "3.8148",
    ]


def test_e4b_efficacy_coefficient_where_less_is_better():
    found = score(make_rule("R04"), value="28 31 25 35 30", higher=False)

    assert found == ["88", "76", "100", "60", "80"]


def test_e4c_efficacy_coefficient_of_equal_figures_is_full_for_everybody():
    assert score(make_rule("R04"), value="7 7 7") == ["100", "100", "100"]


def test_e7_points_by_place_under_four_ways_to_treat_ties():
    table = (60, 57, 54, 51, 48)
    scores: dict[str, Any] = {
        ties: score(make_rule("R06", table=table, ties=ties), value="96.2 94.0 94.0 91.5 88.0")
        for ties in ("lowest", "average", "highest", "dense")
    }

    assert scores == {
        "lowest": ["60", "57", "57", "51", "48"],
        "average": ["60", "55.5", "55.5", "51", "48"],
        "highest": ["60", "54", "54", "51", "48"],
        "dense": ["60", "57", "57", "54", "51"],
    }


def test_e8_in_proportion_to_the_best():
    found = score(make_rule("R07"), points="6", value="3.2 2.8 2.5 1.9 1.6")

    assert found == ["6", "5.25", "4.6875", "3.5625", "3"]


def test_e11_increment_and_growth_together():
    rule = make_rule("R09", measured_by="ratio_to_best")

    assert score(rule, points="10", increment="35 50", growth="12 15")[0] == "7.6"


def test_e12_so_much_less_for_each_point_short_of_the_mean():
    scores: dict[str, Any] = {
        mode: score(
            make_rule("R12", standard="target", loss="0.1", loss_step=1, loss_mode=mode),
            points="2",
            value="18.9",
            target="21.4",
        )
        for mode in ("linear", "floor")
    }

    assert scores == {"linear": ["1.75"], "floor": ["1.8"]}


def test_e13_loss_by_number_of_events():
    rule = make_rule("R13", start="points", losses=["0.5", "points"])
    none, one, two = sample_matters(), sample_matters(""), sample_matters("", "")

    assert score(rule, points="1.5", records=(none, one, two)) == ["1.5", "1", "0"]


def test_e18_marks_of_seven_scorers_plain_and_trimmed():
    marks = sample_marks("95", "92", "90", "88", "85", "60", "99")

    assert score(make_rule("R27"), records=(marks,)) == ["87"]
    assert score(make_rule("R27", drop=1), records=(marks,)) == ["90"]


def test_e18_a_tenth_of_27_scorers_leaves_out_two_at_each_end():
    marks = sample_marks("0", "0", *("80",) * 23, "100", "100")
    reduction = make_rule("R27", drop_share="10%").reduce_records(marks)

    assert reduction.facets == {"mark": 80}
    assert reduction.lines[0].text.en == "scorers: 27, marks left out at each end: 2, mean 80"


def test_e27_output_per_mu_against_its_standards():
    # The ratio to a standard, each with its own weight, is a completion without a cap that binds.
    parts = [
        {
            "rule": {"method": "target_ratio", "cap": 2},
            "share": share,
            "facets": {"value": facet, "target": f"{facet}_base"},
        }
        for facet, share in (("tax", "45%"), ("sales", "35%"), ("green", "20%"))
    ]
    figures: dict[str, Any] = {"tax": "18", "tax_base": "24", "sales": "310", "sales_base": "400"}
    figures |= {"green": "5200", "green_base": "6500"}

    assert score(make_rule("R33", parts=parts), **figures) == ["76.875"]
    bonus = make_rule("R18", levels={"brand": 3})
    assert score(bonus, points="3", records=(sample_matters("brand"),)) == ["3"]
    assert write_number(Fraction("76.875") + 3, decimals=2) == "79.88"


def test_e29_progress_pace_gap_and_forecast_of_a_task():
    figures: dict[str, Any] = {"value": "870", "target": "1200"}

    def work_out(calculation: str, *, elapsed: str, whole: str) -> list[str]:
        facets = {"elapsed": "已过", "whole": "全期"}
        rule = make_rule("R32", calculation=calculation, facets=facets)
        return score(rule, elapsed=elapsed, whole=whole, decimals=2, **figures)

    months, days = {"elapsed": "9", "whole": "12"}, {"elapsed": "273", "whole": "365"}
    assert score(make_rule("R01"), decimals=2, **figures) == ["72.50"]
    assert work_out("100 * elapsed / whole", **months) == ["75.00"]
    assert work_out("100 * elapsed / whole", **days) == ["74.79"]
    assert work_out("100 * (x / t - elapsed / whole)", **months) == ["-2.50"]
    assert work_out("x / (elapsed / whole)", **months) == ["1160.00"]
    assert work_out("100 * x / (elapsed / whole) / t", **months) == ["96.67"]


def test_e30_the_closing_rate_counts_what_is_due():
    # 84 measures, three of them long-term, 79 closed.
    found = score(make_rule("R01"), value="79 79", target="81 84", decimals=2)

    assert found == ["97.53", "94.05"]


def test_e34_bands_test_the_unrounded_figure():
    bands = [{"edge": 95, "share": 1}, {"edge": 90, "share": "90%"}, {"edge": 85, "share": "75%"}]

    assert score(make_rule("R14", bands=bands), value="94.995 95 85 84.99") == [
        "90",
        "100",
        "75",
        "0",
    ]


def test_e37_eight_departments_with_weights():
    weights = (8, 30, 20, 20, 4, 6, 6, 6)
    names = ("finance", "reform", "trade", "commerce", "farming", "statistics", "science", "safety")
    scores: dict[str, Any] = dict(
        zip(names, ["92", "88", "95", "90", "85", "93", "80", "97"], strict=True)
    )
    parts = [{"facet": name, "weight": weight} for name, weight in zip(names, weights, strict=True)]

    assert score(make_rule("R23", parts=parts, missing="refuse"), **scores) == ["90.36"]


def test_e41_year_end_and_routine_inside_task_and_social():
    def weigh(**weights: str):
        parts = [{"facet": facet, "weight": weight} for facet, weight in weights.items()]
        return make_rule("R23", parts=parts, full=150, missing="refuse")

    task = weigh(year_end="70", routine="30")
    both = weigh(task="80", social="20")

    assert score(task, points="150", year_end="138", routine="141") == ["138.9"]
    assert score(both, points="150", task="138.9", social="132") == ["137.52"]
    assert score(both, task="138.9", social="132") == ["91.68"]


def test_e42_three_parts_with_weights_in_per_cent():
    parts = [
        {"facet": facet, "weight": weight}
        for facet, weight in (("team", 70), ("ballot", 20), ("superior", 10))
    ]
    rule = make_rule("R23", parts=parts, missing="refuse")

    assert score(rule, team="91.09", ballot="94", superior="90") == ["91.563"]


def test_n2_a_group_of_two_is_refused_by_relative_rules():
    refusal = "fewer than three figures in the pool for a relative rule"
    table = make_rule("R06", table=(60, 57))

    assert score(make_rule("R04"), value="7 8") == [refusal, refusal]
    assert score(table, value="7 8 /") == [refusal, refusal, "empty"]


def test_n3_a_target_of_zero_is_refused_by_ratio():
    assert score(make_rule("R01"), value="5", target="0") == [
        "the target must be above zero for a ratio to mean anything; score growth by difference"
    ]


def test_n4_growth_targets_are_scored_by_difference():
    rule = make_rule("R01", mode="difference", per_unit="0.05")

    assert score(rule, points="10", value="-1 -2 -4", target="-2 -2 -2") == ["10", "10", "9"]
