"""Workbooks of random worlds agree with the exact engine, before and after random changes.

Four workbooks with three changes each, twenty with ten while soaking; KAOHE_LIVE_WORKBOOKS and KAOHE_LIVE_CHANGES
choose other figures.
"""

from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from random import Random

import pytest
from tests.engine.files.results.live.books import (
    Cells,
    edit_book,
    list_differences,
    read_cells,
    recalculate_books,
)
from tests.engine.files.results.live.edits import Edits, draw_edits
from tests.engine.worlds.world import make_world
from tests.figures import choose_figure

from kaohe.files.results.outputs import write_outputs
from kaohe.results.result import Result

pytestmark = [pytest.mark.slow, pytest.mark.soak]
BOOKS = choose_figure("KAOHE_LIVE_WORKBOOKS", usual=4, full=20)
CHANGES = choose_figure("KAOHE_LIVE_CHANGES", usual=3, full=10)
FIXED = ("说明", "规则", "事项")
"""Sheets of words, which a change of a number does not reword."""


def make_results() -> Iterator[tuple[int, Result]]:
    """Scored worlds whose grades all follow; promotions within the share are plain figures."""
    for seed in count():
        result = make_world(seed).result
        if result is not None and all(
            promotion.outside_share
            for rule in result.scheme.model.grades
            for promotion in rule.promotions
        ):
            yield seed, result


def keep_live(cells: Cells) -> Cells:
    return {name: rows for name, rows in cells.items() if name not in FIXED}


def test_workbooks_recalculate_to_the_exact_figures_before_and_after_changes(
    tmp_path: Path,
) -> None:
    edited: list[tuple[int, Edits]] = []
    for seed, result in islice(make_results(), BOOKS):
        edits = draw_edits(Random(seed), result, CHANGES)  # noqa: S311 – changes, not secrets
        edited.append((seed, edits))
        write_outputs(result, [tmp_path / f"before{seed}.xlsx"], "zh")
        write_outputs(edits.result, [tmp_path / f"fresh{seed}.xlsx"], "zh")
        before, after = (tmp_path / f"{name}{seed}.xlsx" for name in ("before", "after"))
        edit_book(before, after, figures=edits.figures, parameters=edits.parameters)

    names = [f"{name}{seed}" for seed, _ in edited for name in ("before", "after")]
    books = recalculate_books([tmp_path / f"{name}.xlsx" for name in names], tmp_path)
    found = {name: keep_live(cells) for name, cells in zip(names, books, strict=True)}

    for seed, edits in edited:
        for written, recalculated in (("before", "before"), ("fresh", "after")):
            exact = keep_live(read_cells(tmp_path / f"{written}{seed}.xlsx"))
            shown = found[f"{recalculated}{seed}"]
            assert list_differences(exact, shown) == [], f"world {seed} {recalculated}: {edits}"
