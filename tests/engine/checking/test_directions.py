"""Directions that a rule does not allow, and figures that get better and score less."""

import pytest

from kaohe.checking.directions import DIRECTION_CLASH, SCORE_FALLS
from kaohe.checking.inspected import Inspected
from kaohe.scheme.model import SchemeModel
from tests.engine.checking.samples import sample

RATIO = "        rule: {method: target_ratio}\n"


def find(kind, old, new):
    draft = sample(old, new)
    return kind.inspect(Inspected(SchemeModel.model_validate(draft.tree), draft))


@pytest.mark.parametrize(
    ("rule", "direction"),
    [
        ("{method: control}", "lower"),
        ("{method: efficacy_coefficient, worst: 100, best: 80}", "lower"),
        ("{method: components, parts: [{rule: {method: control}, share: 0.5},"
         " {rule: {method: target_ratio}, share: 0.5}]}", "lower"),
    ],
)  # fmt: skip
def test_a_rule_with_one_direction_says_which(rule, direction):
    (finding,) = find(DIRECTION_CLASH, RATIO, f"        rule: {rule}\n")

    assert finding.place.key == "indicators[0].children[0].direction"
    assert finding.remedy.en == f"write direction: {direction}, or mend the parameters"


def test_accidents_of_which_more_were_better_fall():
    (finding,) = find(SCORE_FALLS, "    direction: lower\n", "    direction: higher\n")

    assert finding.wrong.en == "E: a figure improved from 0 to 1 loses points"


@pytest.mark.parametrize(
    ("direction", "rule"),
    [
        ("higher", "{method: target_ratio, cap: 1.2}"),
        ("lower", "{method: target_ratio}"),
        ("lower", "{method: control}"),
        ("higher", "{method: reach_mean, loss: 1, loss_step: 1, loss_mode: floor}"),
        ("higher", "{method: mean_taper}"),
        ("lower", "{method: all_or_nothing, met_by: target}"),
        ("interval", "{method: interval, low: 40, high: 60, lowest: 20, highest: 100}"),
        ("higher", "{method: ratio_to_best}"),
        ("lower", "{method: ratio_to_best}"),
    ],
)
def test_rules_as_they_are_meant_never_fall(direction, rule):
    new = f"        direction: {direction}\n        rule: {rule}\n"

    assert find(SCORE_FALLS, RATIO, new) == []
    assert find(DIRECTION_CLASH, RATIO, new) == []
