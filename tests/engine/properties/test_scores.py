"""What holds for every scheme and every year of data."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.results.package import pack_result
from kaohe.results.result import Result
from kaohe.results.writing import write_result
from kaohe.rules.families import method_name
from kaohe.scheme import queries
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations
from tests.engine.properties.years import Year, years

pytestmark = pytest.mark.slow

RANDOMS = st.randoms(use_true_random=False)


def shuffle_tree(tree: Mapping[str, Any], random: Random) -> dict[str, Any]:
    """The same scheme with groups, units and the children of every node in another order."""
    shuffled = dict(tree)
    for key in ("groups", "units", "indicators", "children"):
        if key in shuffled:
            shuffled[key] = random.sample(shuffled[key], len(shuffled[key]))
    for key in ("indicators", "children"):
        if key in shuffled:
            shuffled[key] = [shuffle_tree(node, random) for node in shuffled[key]]
    return shuffled


def shuffle_data(observations: Observations, random: Random) -> Observations:
    figures = list(observations.figures.items())
    records = list(observations.records)
    random.shuffle(figures)
    random.shuffle(records)
    return Observations(dict(figures), tuple(records))


def write_by_unit(result: Result) -> dict[str, Any]:
    """The whole result without the order of units and indicators."""
    written = write_result(result)
    del written["scheme"]
    for each in written["units"]:
        each["provisional"] = sorted(each["provisional"])
    return {**written, "units": {each["code"]: each for each in written["units"]}}


@given(year=years(), random=RANDOMS)
def test_the_order_of_units_indicators_and_data_changes_nothing(year: Year, random: Random):
    shuffled = Year(shuffle_tree(year.tree, random), shuffle_data(year.observations, random))

    assert write_by_unit(shuffled.score()) == write_by_unit(year.score())


@given(year=years(), random=RANDOMS)
def test_the_order_of_the_data_changes_no_byte(year: Year, random: Random):
    shuffled = replace(year, observations=shuffle_data(year.observations, random))

    assert pack_result(shuffled.score()) == pack_result(year.score())


@given(year=years(), random=RANDOMS, step=st.integers(1, 200))
def test_a_better_figure_never_lowers_the_unit_s_total(year: Year, random: Random, step: int):
    before = year.score()
    model = before.scheme.model
    figures = dict(year.observations.figures)
    key, cell = random.choice(
        [(key, cell) for key, cell in figures.items() if isinstance(cell, Fraction)]
    )
    leaf = queries.node_by_code(model, key[0])
    assert queries.leaf_rule(leaf).is_monotone
    better = Fraction(step, 4) if leaf.direction == "higher" else -Fraction(step, 4)
    figures[key] = max(cell + better, Fraction(1, 4))

    after = replace(year, observations=replace(year.observations, figures=figures)).score()

    row = before.scores.units.index(key[2])
    assert_not_lower(before.scores.score_of(key[0], row), after.scores.score_of(key[0], row))
    assert_not_lower(before.scores.totals[row].total, after.scores.totals[row].total)


def assert_not_lower(before: Fraction | None, after: Fraction | None) -> None:
    assert (before is None) == (after is None)
    assert before is None or after is None or before <= after


@given(year=years())
def test_scores_stay_within_their_bounds(year: Year):
    result = year.score()
    model, scores = result.scheme.model, result.scores

    for code, column in scores.branches.items():
        node = queries.node_by_code(model, code)
        for branch in column:
            assert is_within(branch.score, None, node.maximum)
            assert 0 <= branch.present <= branch.full
    for total in scores.totals:
        policy = model.total
        assert is_within(total.total, policy.minimum, policy.maximum)
        assert is_within(total.bonus_counted, Fraction(0), policy.bonus_cap)
        assert is_within(total.deduction_counted, Fraction(0), policy.deduction_cap)
    for code, leaf in scores.leaves.items():
        for cell, unit in zip(leaf.cells, result.units, strict=True):
            low, high = bounds_of(model, code, unit.unit.group)
            assert is_within(cell.score, low, high)


BOUNDED: dict[str, Fraction | int] = {
    "target_ratio": Fraction(6, 5), "control": 1, "efficacy_coefficient": 1, "ratio_to_best": 1,
    "reach_mean": 1, "bands": 1, "awards": 1, "events": 0,
}  # fmt: skip
"""Methods that promise a share of the points at most; what they are set to in these years."""


def bounds_of(model: SchemeModel, code: str, group: str) -> tuple[Fraction, Fraction | None]:
    """The least and the greatest score of a leaf that its rule allows; deductions cost 3 at most."""
    leaf = queries.node_by_code(model, code)
    share = BOUNDED.get(method_name(type(queries.leaf_rule(leaf))))
    low = Fraction(-3 if leaf.family == "deduction" else 0)
    return low, None if share is None else queries.group_points(leaf, group) * share


def is_within(value: Fraction | None, low: Fraction | None, high: Fraction | None) -> bool:
    if value is None:
        return True
    return (low is None or low <= value) and (high is None or value <= high)


@given(year=years())
def test_the_totals_follow_from_the_scores_shown(year: Year):
    result = year.score()
    model = result.scheme.model

    for row, total in enumerate(result.scores.totals):
        tops = [
            (node, result.scores.score_of(node.code, row) or Fraction(0))
            for node in model.indicators
        ]
        bonus = sum(score * node.weight for node, score in tops if node.family == "bonus")
        taken = -sum(score * node.weight for node, score in tops if node.family == "deduction")
        assert (total.bonus, total.deduction) == (bonus, taken)
        if total.total is None or total.base is None:
            assert total.total is total.base is None
            continue
        free = total.base + total.bonus_counted - total.deduction_counted
        low, high = model.total.minimum, model.total.maximum
        held = free if low is None or high is None else min(max(free, low), high)
        assert total.total == held
