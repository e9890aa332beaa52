"""Sums, means, bounds and caps over columns, with every number written out."""

from fractions import Fraction

import numpy as np
import pytest

from kaohe.numbers.absence import Absence
from kaohe.population import rollup
from tests.engine.population.agreement import list_differences
from tests.engine.population.writing import score_table, scores, totals, write
from tests.engine.scoring.schemes import branch, figures, leaf, make_scheme
from tests.engine.worlds.world import make_world

ONE = ("U1",)
NOT = Absence.NOT_APPLICABLE


def score_one(scheme, **values):
    return score_table(scheme, {code: {"U1": value} for code, value in values.items()})


def test_without_any_figure_there_is_no_total():
    result = score_one(make_scheme(leaf("A"), leaf("B"), units=ONE), A=NOT, B=NOT)

    assert totals(result) == {"U1": None}
    assert np.isnan(result.totals).tolist() == [True]
    assert np.isnan(result.ranks).tolist() == [True]


def test_a_mean_is_over_the_weights_present():
    parts = (leaf("A", weight="0.5"), leaf("B", weight="0.3"), leaf("C", weight="0.2"))
    scheme = make_scheme(branch("K", *parts, combine="weighted_mean"), units=ONE)

    assert totals(score_one(scheme, A=80, B=60, C=40)) == {"U1": "66"}
    assert totals(score_one(scheme, A=80, B=NOT, C=40)) == {"U1": "480/7"}


def test_a_sum_is_scaled_to_what_all_would_count_for():
    parts = (leaf("A", "20"), leaf("B", "30"), leaf("C", "50"))
    scheme = make_scheme(branch("K", *parts), units=ONE)

    result = score_one(scheme, A=100, B=NOT, C=50)

    assert scores(result, "K") == {"U1": "1500/7"}
    assert result.rounded_totals.tolist() == [21429]


def test_a_branch_is_held_within_its_bounds():
    scheme = make_scheme(
        branch("K", leaf("A"), maximum=70), branch("L", leaf("B"), minimum=-5), units=ONE
    )

    result = score_one(scheme, A=80, B=-30)

    assert scores(result, "K") == {"U1": "70"}
    assert scores(result, "L") == {"U1": "-5"}
    assert totals(result) == {"U1": "65"}


def test_a_leaf_is_held_within_its_bounds_before_it_is_rounded():
    scheme = make_scheme(
        leaf("A", minimum=0, maximum="50.00005"), leaf("D", family="deduction"), units=ONE
    )

    result = score_one(scheme, A=80, D=3)

    assert scores(result, "A") == {"U1": "500001/10000"}
    assert scores(result, "D") == {"U1": "0"}


def test_bonus_and_deduction_stand_beside_the_base_within_their_caps():
    policy = {"bonus_cap": 4, "deduction_cap": 3}
    bonus, loss = leaf("J", family="bonus"), leaf("K", family="deduction")
    scheme = make_scheme(leaf("A"), bonus, loss, units=ONE, total=policy)

    result = score_one(scheme, A=80, J=5, K="-3.5")

    assert write(result, result.sums.bonus) == {"U1": "5"}
    assert write(result, result.sums.deduction) == {"U1": "7/2"}
    assert totals(result) == {"U1": "81"}


def test_bonus_for_ties_only_stays_out_of_the_total():
    scheme = make_scheme(
        leaf("A"), leaf("J", family="bonus"), units=ONE, total={"bonus": "tie_break"}
    )

    assert totals(score_one(scheme, A=80, J=5)) == {"U1": "80"}


def test_a_total_is_held_within_its_bounds():
    scheme = make_scheme(leaf("A"), units=ONE, total={"minimum": 0, "maximum": 60})

    assert totals(score_one(scheme, A=80)) == {"U1": "60"}
    assert totals(score_one(scheme, A=-80)) == {"U1": "0"}


def test_a_branch_of_bonus_alone_has_a_score_where_anything_is_there():
    inside = (leaf("J", family="bonus"), leaf("L", family="bonus"))
    scheme = make_scheme(leaf("A"), branch("K", *inside), units=("U1", "U2"))

    result = score_table(
        scheme, {"A": {"U1": 1, "U2": 1}, "J": {"U1": 2, "U2": NOT}, "L": {"U1": NOT, "U2": NOT}}
    )

    assert scores(result, "K") == {"U1": "2", "U2": None}
    assert totals(result) == {"U1": "3", "U2": "1"}


def test_a_half_of_the_last_decimal_shown_is_rounded_as_the_scheme_says():
    third = leaf("A", weight="0.5")
    up = make_scheme(third, units=ONE)
    even = make_scheme(third, units=ONE, rounding={"mode": "half_even"})

    assert score_one(up, A="0.25").rounded_totals.tolist() == [13]
    assert score_one(even, A="0.25").rounded_totals.tolist() == [12]


def test_sums_beyond_int64_are_exact(monkeypatch):
    leaves = [leaf(f"A{number}", weight=f"0.{number}00000000007") for number in (1, 2, 3)]
    inside = branch("K", *leaves, combine="weighted_mean", weight="0.10000000000007")
    scheme = make_scheme(inside, leaf("B"), units=("U1", "U2", "U3"))
    table = {code: {"U1": 10, "U2": 20, "U3": NOT} for code in ("A1", "A2")}
    table |= {"A3": {"U1": 30, "U2": NOT, "U3": 30}, "B": {"U1": 1, "U2": 1, "U3": 1}}
    monkeypatch.setattr(rollup, "_FEW", 1)

    result = score_table(scheme, table)

    assert result.sums.total.above.dtype == object
    assert result.exact_total(2) == 30 * Fraction("0.10000000000007") + 1
    assert list_differences(scheme, figures(table)) == []


@pytest.mark.slow
def test_blocks_of_few_rows_come_to_the_same(monkeypatch):
    monkeypatch.setattr(rollup, "BLOCK", 3)
    made = (make_world(seed) for seed in range(60))
    worlds = [world for world in made if world.result is not None]

    assert len(worlds) > 50
    assert [list_differences(each.scheme, each.observations) for each in worlds] == [[]] * len(
        worlds
    )
