"""Deductions that would add, and those that take away."""

import pytest

from kaohe.checking.additions import DEDUCTION_ADDS
from kaohe.checking.inspected import Inspected
from kaohe.scheme.model import SchemeModel
from tests.engine.checking.samples import sample

EVENTS = "rule: {method: events, start: zero, per_event: 0.5, counted_from: value}"


def find(rule):
    draft = sample(EVENTS, f"rule: {rule}")
    return DEDUCTION_ADDS.inspect(Inspected(SchemeModel.model_validate(draft.tree), draft))


@pytest.mark.parametrize(
    "rule",
    [
        "{method: events, start: points, per_event: 0.5, counted_from: value}",
        "{method: deductions, start: points, kinds: {late: 1}}",
        "{method: awards, levels: {city: 1}}",
        "{method: target_ratio, mode: difference, per_unit: 0.1}",
    ],
)
def test_a_rule_that_gives_points_is_no_deduction(rule):
    (finding,) = find(rule)

    assert finding.wrong.en == (
        "E is a deduction, yet its rule gives points above zero, which are added"
    )


@pytest.mark.parametrize(
    "rule",
    [
        "{method: events, start: zero, losses: [1, points], counted_from: value}",
        "{method: deductions, start: zero, kinds: {late: 1}}",
        "{method: custom, calculation: 0 - x}",
    ],
)
def test_a_rule_that_takes_points_away_is_one(rule):
    assert find(rule) == []
