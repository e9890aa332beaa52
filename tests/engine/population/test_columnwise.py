"""An indicator at a time gives what all of them at once give."""

from dataclasses import replace

import numpy as np
import pytest

from kaohe.errors import BadInput
from kaohe.files.data.folder_store import FolderStore
from kaohe.population import columnwise
from kaohe.population.columnwise import score_columnwise
from kaohe.population.layout import lay_out
from kaohe.population.scoring import score_population
from kaohe.renderings.arrays.settling import MISSING_SCORE
from tests.engine.worlds.world import make_world

SEEDS = range(240)


def score_both(world, folder):
    scheme, population = world.scheme, lay_out(world.scheme, world.observations)
    leaves = [*score_leaves_of(scheme)]
    store = FolderStore(folder, len(leaves), len(population))

    def read(leaf):
        return (
            {key: column for key, column in population.facets.items() if key[0] == leaf.code},
            {key: kinds for key, kinds in population.absences.items() if key[0] == leaf.code},
        )

    people = replace(population, facets={}, absences={})
    return (
        catch(lambda: score_population(scheme, population)),
        catch(lambda: score_columnwise(scheme, people, read, store)),
    )


def score_leaves_of(scheme):
    return [node for node in scheme.model.nodes_by_code.values() if not node.children]


def catch(act):
    try:
        return act()
    except BadInput as refusal:
        return sorted(finding.say("en") for finding in refusal.findings)


def list_differences(one, other):
    if isinstance(one, list) or isinstance(other, list):
        return [] if one == other else [one, other]
    same = {
        "scores": all(map(np.array_equal, one.leaves.values(), other.leaves.values())),
        "provisional": one.provisional.keys() == other.provisional.keys()
        and all(
            np.array_equal(mask, other.provisional[code]) for code, mask in one.provisional.items()
        ),
        "totals": [one.exact_total(row) for row in range(len(one.population))]
        == [other.exact_total(row) for row in range(len(one.population))],
        "rounded": np.array_equal(one.rounded_totals, other.rounded_totals),
        "ranks": np.array_equal(one.ranks, other.ranks, equal_nan=True),
        "grades": np.array_equal(one.grades, other.grades),
    }
    return [name for name, holds in same.items() if not holds]


@pytest.mark.slow
def test_random_worlds_are_scored_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(columnwise, "BLOCK", 3)  # so that groups lie across blocks

    faults = {
        seed: found
        for seed in SEEDS
        if (found := list_differences(*score_both(make_world(seed), tmp_path)))
    }

    assert faults == {}


def test_scores_come_back_from_a_folder_as_they_were(tmp_path):
    store = FolderStore(tmp_path, 2, 3)
    small, large = np.array([5, MISSING_SCORE, -7]), np.array([2**40, MISSING_SCORE, -(2**31)])

    store.put(0, small)
    store.put(1, large)

    assert store.shape == (2, 3)
    assert [column.tolist() for column in store] == [small.tolist(), large.tolist()]
    assert store[1, slice(1, 3)].tolist() == [MISSING_SCORE, -(2**31)]
    assert store[0, slice(0, None)].tolist() == small.tolist()
    assert (tmp_path / "00000").stat().st_size == 12
