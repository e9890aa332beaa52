"""A rule tried out: where it turns, and what it gives there."""

from fractions import Fraction

import pytest

from kaohe.checking.probes import list_edges, list_turns, score_alone, settle_peers
from kaohe.rules.catalogue import BY_NAME

STEPS = {
    "gain": 1, "gain_step": 2, "gain_mode": "floor", "gain_cap": 3,
    "loss": 1, "loss_step": 5, "loss_mode": "floor",
}  # fmt: skip
BANDS = {"bands": [{"edge": 95, "share": 1}, {"edge": 90, "share": "0.8"}]}


def express(method, *, higher=True, **parameters):
    rule = BY_NAME[method].model_validate({"method": method, **parameters})
    return rule.expression(higher_is_better=higher)


@pytest.mark.parametrize(
    ("method", "parameters", "turns"),
    [
        ("target_steps", STEPS, [88, 93, 98, 100, 102]),
        ("bands", BANDS, [90, 95]),
        ("control", {}, [98, 196]),
        ("all_or_nothing", {"met_by": "target"}, [98]),
        ("target_ratio", {}, []),
    ],
)
def test_a_rule_turns_where_a_decision_changes(method, parameters, turns):
    expression = express(method, higher=method != "control", **parameters)

    assert list_turns(expression, {"target": Fraction(98)}) == turns


def test_only_fixed_figures_are_edges():
    assert sorted(list_edges(express("bands", **BANDS))) == [90, 95]
    assert sorted(list_edges(express("bands", higher=False, bands=[{"edge": 2, "share": 1}]))) == [
        2
    ]
    assert list(list_edges(express("target_steps", **STEPS))) == []


def test_every_row_is_scored_by_itself():
    expression = express("ratio_to_best")
    values = [Fraction(10), Fraction(20), Fraction(0)]

    assert score_alone(expression, {"value": values}, Fraction(6), rows=3) == [6, 6, None]


def test_peers_are_settled_at_one_figure():
    settled = settle_peers(express("ratio_to_best"), Fraction(40))

    assert score_alone(settled, {"value": [Fraction(10)]}, Fraction(6), rows=1) == [Fraction(3, 2)]
