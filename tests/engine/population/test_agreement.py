"""The exact engine and columns agree on whole random worlds: scores, gaps, totals, ranks, grades, refusals.

1,000 worlds, 10,000 while soaking; KAOHE_AGREEMENT_WORLDS chooses another figure.
"""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, note, settings

from kaohe.errors import BadInput
from kaohe.population.layout import lay_out
from kaohe.population.scoring import PopulationResult, score_population
from kaohe.results.result import Result, score
from kaohe.scoring.observations import Observations
from tests.engine.worlds.agreement import list_differences
from tests.engine.worlds.world import World, make_world, worlds
from tests.figures import choose_figure

WORLDS = choose_figure("KAOHE_AGREEMENT_WORLDS", usual=1000, full=10_000)
PARTS = 10


def score_columns(world: World) -> PopulationResult | None:
    """What columns make of a world; None where they refuse."""
    try:
        return score_population(world.scheme, lay_out(world.scheme, world.observations))
    except BadInput:
        return None


def list_faults(world: World) -> list[str]:
    """Where the two disagree on a world."""
    columns = score_columns(world)
    if world.result is None or columns is None:
        sides = {"exact": world.result, "columns": columns}
        refusing = [name for name, result in sides.items() if result is None]
        return [] if len(refusing) == 2 else [f"only {refusing} refuse"]
    return list_differences(world.result, columns)


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_columns_agree_with_exact_on_worlds(part: int) -> None:
    faults = {seed: list_faults(make_world(seed)) for seed in range(part, WORLDS, PARTS)}
    failing = {seed: found for seed, found in faults.items() if found}
    seed = min(failing, default=0)

    assert failing == {}, f"{failing[seed]} in world {seed}:\n{make_world(seed)}"


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(worlds)
def test_columns_agree_with_exact_on_drawn_worlds(world: World) -> None:
    note(str(world))

    assert list_faults(world) == []


@pytest.mark.slow
def test_the_comparison_notices_every_figure_that_moves_a_total() -> None:
    world = make_world(7)
    columns = score_columns(world)
    assert columns is not None
    moved = [result for result in score_without_each(world) if list_totals(result) != list_totals(world.result)]  # fmt: skip

    assert len(moved) >= 10
    assert all(list_differences(result, columns) for result in moved)


def score_without_each(world: World) -> Iterator[Result]:
    """The results of the world with each of its figures left out in turn."""
    figures = world.observations.figures
    for key in figures:
        others = {each: cell for each, cell in figures.items() if each != key}
        yield score(world.scheme, Observations(others, world.observations.records))


def list_totals(result: Result | None) -> list[Fraction | None]:
    return [] if result is None else [unit.total.total for unit in result.units]
