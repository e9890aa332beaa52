"""Targets that are missing, to come, or without meaning for the rule."""

from fractions import Fraction

import pytest

from kaohe.checking.inspected import Inspected
from kaohe.checking.targets import NO_TARGET, TARGET_NOT_POSITIVE, TARGETS_TO_COME
from kaohe.numbers.absence import Absence
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations
from tests.engine.checking.samples import sample

RATIO = "rule: {method: target_ratio}"
ALL_TARGETS = (
    "        targets: {T1: 120.5, T2: 80.5, T3: 60.5, D1: 20.5, D2: 30.5, D3: 40.5, D4: 10.5}\n"
)


def find(kind, old, new, figures=None):
    draft = sample(old, new)
    observations = None if figures is None else Observations(figures)
    inspected = Inspected(SchemeModel.model_validate(draft.tree), draft, observations)
    return [finding.wrong.en for finding in kind.inspect(inspected)]


def test_units_without_a_target_are_named():
    assert find(NO_TARGET, "T1: 120.5, T2: 80.5, ", "") == ["A1 has no target for T1, T2"]


def test_no_target_at_all_may_come_with_the_data():
    assert find(NO_TARGET, ALL_TARGETS, "") == []
    assert find(TARGETS_TO_COME, ALL_TARGETS, "") == [
        "A1 is scored by its target, and the scheme holds none"
    ]


def test_data_bring_targets_or_excuse_from_them():
    brought = {("A1", "target", "T1"): Fraction(120)}
    excused = {("A1", "value", "T1"): Absence.NOT_APPLICABLE}

    assert find(NO_TARGET, "T1: 120.5, ", "", {}) == ["A1 has no target for T1"]
    assert find(NO_TARGET, "T1: 120.5, ", "", brought) == []
    assert find(NO_TARGET, "T1: 120.5, ", "", excused) == []


def test_a_policy_for_units_without_a_target_settles_it():
    policy = "        missing: {no_target: group_mean}\n        targets: {T2: 80.5}\n"

    assert find(NO_TARGET, ALL_TARGETS, policy) == []


def test_a_stretch_target_that_a_formula_reads_is_a_target_too():
    rule = "rule: {method: custom, calculation: w * x / 挑战目标}"

    assert find(TARGETS_TO_COME, RATIO, rule) == [
        "A1 is scored by its stretch target, and the scheme holds none"
    ]


@pytest.mark.parametrize(
    ("rule", "target", "found"),
    [
        ("target_ratio", "0", 1),
        ("target_ratio", "-2", 1),
        ("target_ratio, mode: difference, per_unit: 0.05", "-2", 0),
        ("control", "0", 1),
        ("contribution", "0", 1),
        ("custom, calculation: w * x / t", "0", 1),
        ("custom, calculation: w * x / t", "-2", 0),
        ("all_or_nothing, met_by: target", "0", 0),
    ],
)
def test_a_target_of_zero_or_below_has_no_ratio(rule, target, found):
    draft_rule = f"target: {target}\n        rule: {{method: {rule}}}"

    assert len(find(TARGET_NOT_POSITIVE, RATIO, draft_rule)) == found
