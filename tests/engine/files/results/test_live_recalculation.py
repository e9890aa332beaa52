"""A live workbook recalculated from scratch shows what it showed: the exact figures."""

from pathlib import Path

import pytest
from tests.engine.files.results.live_books import (
    falsify,
    list_differences,
    read_cells,
    recalculate_books,
)
from tests.engine.results.town import score_town

from kaohe.files.results.outputs import write_outputs

pytestmark = pytest.mark.slow


def test_every_cell_recalculates_to_the_exact_figure_however_wrong_it_was(tmp_path: Path) -> None:
    """With a falsified figure in every formula: were it not computed again, it would stay wrong."""
    path, falsified = tmp_path / "town.xlsx", tmp_path / "falsified.xlsx"
    write_outputs(score_town(tmp_path), [path], "zh")
    assert falsify(path, falsified) > 700

    (recalculated,) = recalculate_books([falsified], tmp_path)
    assert list_differences(read_cells(path), recalculated) == []
