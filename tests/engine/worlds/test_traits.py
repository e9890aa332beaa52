"""Random worlds are worth comparing renderings on: everything the domain knows is among them."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings

from kaohe.checking import check_draft
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.numbers.absence import Absence
from kaohe.rules.catalogue import METHODS
from tests.engine.worlds.indicators import POLICIES
from tests.engine.worlds.traits import list_traits
from tests.engine.worlds.world import World, make_world, worlds

COUNT = 300
MODES = ("half_up", "half_even")

EXPECTED = {
    "of schemes": [
        *(method.code for method in METHODS),
        *(f"groups: {count}" for count in (1, 2, 3, 4)),
        *(f"levels: {count}" for count in (1, 2, 3)),
        "one scored", "several scored", "more than twenty scored", "guests", "peers listed apart",
        *(f"unit {how}" for how in ("ranked", "listed_apart", "ungraded", "exempt")),
        *(f"unit {how}" for how in ("joined", "left", "merged", "apart until")),
        "targets of merged units: sum", "targets of merged units: own",
        *(f"family {name}" for name in ("common", "unit_specific", "special", "bonus", "deduction")),
        "branch sum", "branch weighted_mean", "branch stating points", "branch with points by group",
        *(f"{kind} with {what}" for kind in ("leaf", "branch") for what in ("weight", "minimum", "maximum")),
        "leaf with points by group", "leaf applicable", "leaf not applicable", "leaf compares peers",
        "leaf one target", "leaf own targets", "leaf in a pool of all", "leaf in a pool with guests",
        "direction higher", "direction lower",
        *(f"rounding {mode}" for mode in MODES),
        *(f"decimals {count}" for count in (0, 1, 2, 3, 4, 6, 8)),
        *(f"{absence} {policy}" for absence, policy in product(Absence, POLICIES)),
        *(f"ties {ties}" for ties in ("lowest", "average", "highest", "dense")),
        "bonus added", "bonus tie_break",
        *(f"total with {bound}" for bound in ("minimum", "maximum", "bonus_cap", "deduction_cap", "points")),
        *(f"tie-break by {key}" for key in ("category", "firsts", "bonus", "previous_rank", "decision")),
        *(f"veto {effect}" for effect in ("no_top_grade", "grade_down", "zero_indicator", "fail", "no_award")),
        *(f"cut ties {how}" for how in ("all_in", "none_in", "tie_break")),
        "places of vetoed units successor", "places of vetoed units vacant",
        *(f"shares rounded {mode}" for mode in ("floor", "half_up", "ceil")),
        "share of a number", "share of units", "grades with pass line", "grades with fail",
        "grades with dates",
        *(f"promotion by {by}" for by in ("special_award", "matter_level", "indicator_score")),
        "tilt additional", "tilt redistributed",
        *(f"band by {limit}" for limit in ("share", "up_to", "number", "minimum_score")),
    ],
    "of data": [
        *(f"written {absence}" for absence in ("empty", "not_applicable", "not_due", "refused")),
        *(f"record {kind}" for kind in ("Matter", "Item", "Mark", "Vote")),
        *(f"matter {status}" for status in ("counted", "pending", "refused")),
        "negative",
    ],
    "of results": [
        "refused", "an indicator nobody has", "clamped", "rounded", "vetoed score", "vetoed unit",
        "no total", "tied", "different totals", "bonus capped", "deduction capped", "total on a half",
        "total without end", "no grade rule",
        *(f"gap {absence} {policy}" for absence, policy in product(Absence, POLICIES)),
        *(f"tie broken by {key}" for key in ("category", "firsts", "bonus", "previous_rank", "decision")),
        *(f"grade by {basis}" for basis in ("place", "promotion", "failed", "undecided", "outside")),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def seen() -> Counter[str]:
    """How many of the first worlds have each trait."""
    return Counter(trait for seed in range(COUNT) for trait in list_traits(make_world(seed)))


@pytest.mark.slow
@pytest.mark.parametrize("part", EXPECTED)
def test_every_trait_occurs(seen: Counter[str], part: str) -> None:
    assert {trait: seen[trait] for trait in EXPECTED[part] if seen[trait] < 2} == {}


@pytest.mark.slow
def test_most_worlds_are_scored_and_their_units_differ(seen: Counter[str]) -> None:
    assert COUNT * 0.02 <= seen["refused"] <= COUNT * 0.1
    assert seen["different totals"] >= COUNT * 0.7
    assert seen["tied"] >= COUNT * 0.2
    assert seen["grade by place"] >= COUNT * 0.4


def test_a_seed_makes_the_same_world_every_time() -> None:
    one, other = make_world(11), make_world(11)

    assert (one.scheme.digest, one.observations) == (other.scheme.digest, other.observations)
    assert make_world(12).scheme.digest != one.scheme.digest


def test_a_world_is_shown_as_a_scheme_that_can_be_read_and_its_figures() -> None:
    world = make_world(3)
    written, _, figures = str(world).partition("\nunit\t")

    assert written.startswith("\nkaohe: 1\ncode: world\n")
    assert "blocking" not in {str(each.severity) for each in check_draft(compose_draft(written, "w.yaml"))}  # fmt: skip
    assert len(figures.splitlines()) > len(world.scheme.model.units)


@settings(max_examples=50, deadline=None)
@given(worlds)
def test_drawn_worlds_are_valid(world: World) -> None:
    assert world.scheme.model.indicators
    assert world.result is None or len(world.result.units) <= len(world.scheme.model.units)
