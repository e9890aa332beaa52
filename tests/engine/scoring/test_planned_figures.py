"""Targets, stretch targets and constraints: from the data, the unit, all, or the units merged into it."""

from kaohe.numbers.absence import Absence
from tests.engine.scoring.schemes import cell, column, leaf, make_scheme, score, unit

RATIO = {"method": "target_ratio"}


def test_a_target_comes_from_the_data_then_the_unit_then_all():
    a = leaf("A", "10", rule=RATIO, target=100, targets={"U1": 50, "U2": 50})

    scores = score(make_scheme(a), {
        "A": {"U1": 20, "U2": 20, "U3": 20}, "A.target": {"U1": 40, "U2": Absence.EMPTY}
    })  # fmt: skip

    assert column(scores, "A") == {"U1": "5", "U2": "4", "U3": "2"}


def test_a_stretch_target_leaves_the_target_for_all_in_force():
    a = leaf("A", "10", rule=RATIO, target=100, targets={"U1": {"challenge": 200}})

    scores = score(make_scheme(a, units=("U1",)), {"A": {"U1": 20}})

    assert column(scores, "A") == {"U1": "2"}
    assert scores.leaves["A"].evaluation.frame.facets == {
        "challenge": [200], "target": [100], "value": [20]
    }  # fmt: skip


def test_figures_that_only_the_scheme_plans_are_read():
    parts = [{"facet": "challenge", "weight": 1}, {"facet": "constraint", "weight": 1}]
    rule = {"method": "weighted_scores", "missing": "refuse", "parts": parts}
    planned = {"U1": {"challenge": 90, "constraint": 70}, "U2": {"challenge": 90, "constraint": 0}}
    a = leaf("A", rule=rule, targets=planned)

    assert column(score(make_scheme(a, units=("U1", "U2")), {}), "A") == {"U1": "80", "U2": "45"}


def test_a_constraint_of_zero_is_planned_too():
    rule = {
        "method": "weighted_scores", "missing": "refuse",
        "parts": [{"facet": "constraint", "weight": 1}],
    }  # fmt: skip
    a = leaf("A", rule=rule, targets={"U1": {"constraint": 0}})

    assert column(score(make_scheme(a, units=("U1",)), {}), "A") == {"U1": "0"}


def test_stretch_targets_and_constraints_are_read_as_facets_too():
    a = leaf("A", "10", rule=RATIO, targets={"U1": {"target": 40, "challenge": 200}})

    scores = score(make_scheme(a, units=("U1", "U2")), {
        "A": {"U1": 20, "U2": 5}, "A.target": {"U2": 10}, "A.challenge": {"U2": 30}
    })  # fmt: skip

    assert scores.leaves["A"].evaluation.frame.facets == {
        "challenge": [200, 30],
        "target": [40, 10],
        "value": [20, 5],
    }


def test_nothing_written_is_no_target_or_empty():
    scores = score(make_scheme(leaf("A", rule=RATIO), units=("U1",)), {})

    assert scores.leaves["A"].evaluation.frame.facets == {
        "target": [Absence.NO_TARGET],
        "value": [Absence.EMPTY],
    }


MERGED = (
    unit("U1", inherit_targets="sum"),
    unit("U2", merged_into="U1"),
    unit("U3", merged_into="U1", left="2019-06-30"),
    unit("U4", merged_into="U1", left="2020-01-01"),
)


def test_targets_of_merged_units_are_added_wherever_they_stand():
    a = leaf("A", "10", rule=RATIO, targets={"U1": 100, "U2": 50, "U3": 30, "U4": 7})

    scores = score(make_scheme(a, units=MERGED), {
        "A": {"U1": 95, "U4": 7}, "A.target": {"U3": 40}
    })  # fmt: skip

    assert scores.units == ("U1", "U4")
    assert column(scores, "A") == {"U1": "5", "U4": "10"}


def test_one_target_for_all_stays_one_after_a_merger():
    scores = score(
        make_scheme(leaf("A", "10", rule=RATIO, target=98), units=MERGED), {"A": {"U1": 49}}
    )

    assert column(scores, "A")["U1"] == "5"


def test_a_merged_unit_without_targets_of_its_own_inherits_the_others():
    a = leaf("A", "10", rule=RATIO, targets={"U2": 50})

    assert column(score(make_scheme(a, units=MERGED), {"A": {"U1": 25}}), "A")["U1"] == "5"


def test_inheriting_from_units_without_targets_gives_no_target():
    scores = score(make_scheme(leaf("A", "10", rule=RATIO), units=MERGED), {"A": {"U1": 25}})

    assert cell(scores, "A", "U1").absence == Absence.NO_TARGET


def test_own_targets_stay_alone_unless_the_unit_inherits():
    units = (unit("U1"), unit("U2", merged_into="U1"))
    a = leaf("A", "10", rule=RATIO, targets={"U1": 100, "U2": 50})

    assert column(score(make_scheme(a, units=units), {"A": {"U1": 50}}), "A") == {"U1": "5"}


def test_a_target_said_not_to_apply_is_not_replaced_by_inherited_ones():
    a = leaf("A", "10", rule=RATIO, targets={"U2": 50})
    table = {"A": {"U1": 25}, "A.target": {"U1": Absence.NOT_APPLICABLE}}

    scores = score(make_scheme(a, units=MERGED), table)

    assert cell(scores, "A", "U1").absence == Absence.NOT_APPLICABLE


def test_values_are_never_inherited():
    a = leaf("A", "10", rule=RATIO, targets={"U1": 100, "U2": 50})
    table = {"A": {"U1": 75, "U2": 999}}

    assert column(score(make_scheme(a, units=MERGED[:2]), table), "A") == {"U1": "5"}
