"""Rules of every method with parameters that put scores on edges: a stock of choices for each."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from kaohe.rules.catalogue import BY_NAME
from kaohe.rules.method import Method

UNSET = object()
"""Among choices: the parameter is not written."""

MODES = ("linear", "floor", "ceil")
TIES = ("lowest", "average", "highest", "dense")
SHARES = ("0.4", "1/3", "50%", "0", "1")
LEVELS = {"national": "2", "provincial": "1.0001", "city": "0.35"}
KINDS = {"late": "2", "poor": "0.75", "lost": "1/3"}

Choices = Mapping[str, Sequence[Any]]

CHOICES: Mapping[str, Sequence[Choices]] = {
    "target_ratio": (
        {"cap": (UNSET, "1.2", "1.00005", "3")},
        {
            "mode": ("difference",), "per_unit": ("0.05", "10%", "1/3"),
            "cap": (UNSET, "1.05"), "zero_if_negative": ("true", "false"),
        },
    ),
    "control": ({"zero_at": (UNSET, "1.5", "4/3")},),
    "target_steps": (
        {
            "gain": ("1", "0.5", "0.12345"), "gain_step": ("1", "0.1", "0.3"),
            "gain_mode": MODES, "gain_cap": ("2", "1.50005", "points"),
            "loss": ("1", "0.03215"), "loss_step": ("1", "0.2", "3"), "loss_mode": MODES,
            "step_in": (UNSET, "percent_of_target"),
        },
    ),
    "efficacy_coefficient": (
        {"base": (UNSET, "0", "70"), "span": (UNSET, "30", "100")},
        {"worst": ("2",), "best": ("11",)},
    ),
    "static_dynamic": (
        {
            "static_share": SHARES, "change": ("0.1", "0.15"), "change_step": ("1", "0.3"),
            "change_mode": MODES, "change_cap": (UNSET, "0.5"), "deductions": (UNSET, KINDS),
        },
    ),
    "place": (
        {"step": ("0.5", "0.33", "1/3"), "ties": TIES, "floor": (UNSET, "0.2")},
        {
            "table": (["5", "4.55005", "4", "3.25"], ["3", "1"], ["2"]),
            "ties": TIES, "beyond": (UNSET, "0", "-1"),
        },
    ),
    "ratio_to_best": ({},),
    "mean_taper": (
        {
            "band": (UNSET, "2.5", "1"), "gains": (UNSET, ["3", "7"]), "losses": (UNSET, ["3"]),
            "cap": (UNSET, "12.5"), "floor": (UNSET, "-1"), "not_started": (UNSET, "0.33005"),
        },
    ),
    "increment_growth": (
        {
            "measured_by": ("ratio_to_best", "efficacy", "target_ratio"),
            "increment_share": (UNSET, "0.5", "1/3"), "cap": (UNSET, "1.1"),
        },
    ),
    "movement": (
        {
            "place_from": ("rank", "value"), "table": (UNSET, ["10", "8", "6"]),
            "gain": ("0.5", "1/3"), "gain_cap": ("2", "1"), "loss": ("0.5",), "loss_cap": ("1",),
            "first_kept": (UNSET, "0.3"), "ties": TIES,
        },
    ),
    "upper_places": (
        {
            "place_from": ("rank", "value"), "gains": (["5", "3", "1"], ["1.00005"]),
            "losses": (["4", "2"], ["3", "3", "1"]), "precedence": ("gain", "loss", "both"),
            "ties": ("lowest", "highest"),
        },
    ),
    "reach_mean": (
        {
            "standard": (UNSET, "mean_of_others", "target"), "allowance": (UNSET, "5%"),
            "loss": ("0.1", "0.7"), "loss_step": ("1", "0.3"), "loss_mode": MODES,
            "floor": (UNSET, "-2"),
        },
        {"standard": ("fixed",), "fixed": ("6.5",), "loss": ("0.1",), "loss_step": ("1",), "loss_mode": MODES},
    ),
    "events": (
        {"start": ("points", "zero"), "per_event": ("0.5", "1/3"), "cap": (UNSET, "3")},
        {"start": ("points", "zero"), "losses": (["0.5", "points"], ["1", "2.5"])},
        {"start": ("points",), "per_event": ("0.4",), "counted_from": ("value",)},
    ),
    "bands": (
        {
            "bands": ([{"edge": "9", "share": "1"}, {"edge": "6", "share": "90%"}, {"edge": "2.5", "share": "1/3"}],),
            "below": (UNSET, "0.2"),
        },
        {
            "bands": ([{"edge": "3", "share": "1"}, {"edge": "8", "share": "2/3"}],),
            "below": (UNSET, "0.1"),
        },
    ),
    "difficulty": ({"combine": ("mean",)}, {"combine": ("sum",), "cap": (UNSET, "3.5")}),
    "over_fulfilment": ({"rates": ({"key": "8%", "city": "1/3"},), "cap": (UNSET, "0.3")},),
    "all_or_nothing": ({"met_by": ("mark", "target")},),
    "awards": (
        {"levels": (LEVELS,), "level_caps": (UNSET, {"city": "0.5"}), "cap": (UNSET, "1.50005")},
    ),
    "deductions": (
        {"start": ("points", "zero"), "kinds": (KINDS,), "kind_caps": (UNSET, {"poor": "1"}), "cap": (UNSET, "3")},
    ),
    "contribution": ({"completion_share": (UNSET, "0", "2/3"), "cap": (UNSET, "1.3")},),
    "specials": (
        {"grades": ({"good": "0.3", "poor": "-0.3", "bad": "-0.5"},), "most_lost": (UNSET, "0.7"), "most_gained": (UNSET, "0.5")},
    ),
    "case_handling": (
        {
            "kinds": (UNSET, {"praised": "0.5", "late": "-1.5"}), "team_share": (UNSET, "0"),
            "street_share": (UNSET, "0"), "missing": ("refuse", "renormalise"),
        },
    ),
    "weighted_scores": (
        {
            "parts": (
                [{"facet": "finance", "weight": "2"}, {"facet": "reform", "weight": "1"}],
                [{"facet": "a", "weight": "8"}, {"facet": "b", "weight": "30"}, {"facet": "c", "weight": "0.5"}],
            ),
            "full": (UNSET, "150"), "missing": ("refuse", "renormalise"),
        },
    ),
    "reference": (
        {"by": ("score",), "full": (UNSET, "12", "150")},
        {"by": ("rank",), "table": (["5", "4.5", "4"], ["1.00005"])},
    ),
    "interval": ({"low": ("4", "3"), "high": ("7", "4"), "lowest": ("1", "-2"), "highest": ("12", "9")},),
    "five_grades": (
        {"standards": (["11", "9", "6", "4", "2"],), "below": ("0", "0.1")},
        {"standards": (["1", "3", "5", "8", "10"],), "below": ("0",)},
    ),
    "panel": (
        {"fewest": ("1", "3"), "drop": (UNSET, "1"), "drop_from": (UNSET, "3"), "full": (UNSET, "10")},
        {"drop_share": ("10%", "1/3"), "drop_from": ("3",), "fewest": ("2",)},
        {"classes": ({"leaders": "0.6", "staff": "0.4"},), "fewest": ("1",), "full": ("10",)},
    ),
    "ballot": (
        {"options": ({"good": "10", "fair": "7", "poor": "10/3"},), "full": (UNSET, "10"), "uncounted": (UNSET, ["unknown"]), "fewest": (UNSET, "3")},
        {"options": ({"good": "10", "fair": "7", "poor": "1"},), "full": ("10",), "uncounted": (["unknown"],), "classes": ({"leaders": "3", "staff": "1"},)},
    ),
    "custom": (
        {
            "calculation": (
                "x / t * w",
                "gap = max(0, t - x)\nscore = max(0, w - 进步数(gap, 3))",
                "w * (x - pool_min(x)) / (pool_max(x) - pool_min(x))",
                "rate = x / t\nscore = if rate >= 1 then w else if rate >= 90% then w * 0.8 else 0",
                "x * x - 7.5",
            )
        },
        {"facets": ({"tax": "税收收入", "gdp": "生产总值"},), "calculation": ("share = 税收收入 / 生产总值; w * share / pool_max(share)",)},
    ),
    "components": (
        {
            "parts": (
                [{"rule": {"method": "target_ratio"}, "share": "80%"}, {"rule": {"method": "contribution", "completion_share": "0"}, "share": "20%"}],
                [
                    {"name": "静态", "rule": {"method": "efficacy_coefficient"}, "share": "1/3"},
                    {"name": "动态", "rule": {"method": "place", "step": "0.5"}, "share": "2/3", "facets": {"value": "growth"}},
                ],
                [{"rule": {"method": "awards", "levels": LEVELS}, "share": "0.5"}, {"rule": {"method": "panel", "fewest": "1"}, "share": "0.5"}],
            )
        },
    ),
}  # fmt: skip
"""For every method the forms it is written in, each with the choices for its parameters."""

BONUSES = ("awards", "over_fulfilment", "specials", "reference", "upper_places", "movement")
DEDUCTIONS = ("events", "deductions", "specials", "upper_places")


def draw_rule(random: Random, methods: Sequence[str] = tuple(CHOICES)) -> dict[str, Any]:
    """A rule as a scheme writes it, of one of the methods; every form allows all of its choices."""
    method = random.choice(methods)
    form = random.choice(CHOICES[method])
    drawn = {key: random.choice(choices) for key, choices in form.items()}
    return {"method": method} | {key: each for key, each in drawn.items() if each is not UNSET}


def read_rule(written: Mapping[str, Any]) -> Method:
    """The method of a rule as written."""
    parameters = {key: value for key, value in written.items() if key != "method"}
    return BY_NAME[written["method"]](**parameters)
