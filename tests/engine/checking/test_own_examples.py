"""The examples beside a rule, worked out as scoring would."""

import pytest

from kaohe.checking.inspected import Inspected
from kaohe.checking.own_examples import EXAMPLE_FAILS
from kaohe.scheme.model import SchemeModel
from tests.engine.checking.samples import sample

FIRST = "{value: 108, target: 120, score: 4.5}"
PLACE = "{value: 90, peers: [95, 80], score: 2.5}"


def find(old, new):
    draft = sample(old, new)
    return EXAMPLE_FAILS.inspect(Inspected(SchemeModel.model_validate(draft.tree), draft))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FIRST, "{value: 100, target: 120, score: 4.1667}"),
        (FIRST, "{value: 100, target: 120, score: 4.17}"),
        (FIRST, "{value: 150, target: 120, score: 5.00}"),
        (PLACE, "{value: 95, peers: [95, 80], score: 3}"),
        (PLACE, "{value: 70, peers: [95, 80, 90, 92], score: 1}"),
    ],
)
def test_a_score_is_compared_at_the_decimals_it_is_written_with(old, new):
    assert find(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "given"),
    [
        (FIRST, "{value: 100, target: 120, score: 4}", "4.17"),
        (FIRST, "{value: 100, target: 120, score: 4.1666}", "4.1667"),
        (FIRST, "{value: 100, target: 0, score: 4}", "no score (the target must be above zero"),
        (FIRST, "{target: 120, score: 4}", "no score, for a figure is missing"),
        (PLACE, "{value: 90, peers: [95], score: 2.5}", "no score (fewer than three figures"),
    ],
)
def test_another_score_than_the_rule_gives_is_found(old, new, given):
    (finding,) = find(old, new)

    assert f"the rule gives {given}" in finding.wrong.en


def test_points_that_differ_by_group_may_be_any_groups():
    points = "        points: 5\n        unit: 亿元"
    by_group = "        points: {towns: 5, bureaus: 10}\n        unit: 亿元"

    assert find(points, by_group) == []
