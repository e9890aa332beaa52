"""The exact engine and columns agree on whole random worlds: scores, totals, ranks, refusals.

On 10,000 worlds: KAOHE_AGREEMENT_WORLDS=10000 .venv/bin/python -m pytest tests/engine/population/test_agreement.py
"""

import os

import pytest
from hypothesis import given, note, settings

from kaohe.errors import BadInput
from kaohe.population.layout import lay_out
from kaohe.population.scoring import PopulationResult, score_population
from tests.engine.worlds.agreement import list_differences
from tests.engine.worlds.world import World, make_world, worlds

WORLDS = int(os.environ.get("KAOHE_AGREEMENT_WORLDS", "1000"))
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
@pytest.mark.parametrize("part", range(PARTS))
def test_columns_agree_with_exact_on_worlds(part: int) -> None:
    faults = {seed: list_faults(make_world(seed)) for seed in range(part, WORLDS, PARTS)}
    failing = {seed: found for seed, found in faults.items() if found}
    seed = min(failing, default=0)

    assert failing == {}, f"{failing[seed]} in world {seed}:\n{make_world(seed)}"


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(worlds)
def test_columns_agree_with_exact_on_drawn_worlds(world: World) -> None:
    note(str(world))

    assert list_faults(world) == []
