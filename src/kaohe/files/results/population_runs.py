"""A population scored from its files, at once where it fits into memory, else an indicator at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kaohe.files.data.population_files import PopulationFiles, count_cells
from kaohe.files.data.population_tables import read_files
from kaohe.files.results.score_store import FolderStore
from kaohe.files.tables.column_files import open_columns
from kaohe.population.columnwise import Tell, score_columnwise
from kaohe.population.scoring import PopulationResult, score_population
from kaohe.scheme.draft import Scheme
from kaohe.scheme.queries import iterate_leaves

MOST_CELLS = 60_000_000
"""Cells scored at once: about three gigabytes; beyond, an indicator at a time takes a tenth as much."""


@contextmanager
def score_files(
    scheme: Scheme,
    paths: Sequence[Path],
    *,
    scratch: Path | None = None,
    most_cells: int = MOST_CELLS,
    tell: Tell = lambda done, of: None,
) -> Iterator[PopulationResult]:
    """The result of the subjects in Parquet or CSV files, or in folders of Parquet files, of one table.

    Of a large table scores wait in a folder made in `scratch`, which is gone afterwards: the result is
    good inside the `with` only. `tell` is then told how far the work is. Raises BadInput with everything
    that is wrong with the data.
    """
    files = [file for path in paths for file in open_columns(path)]
    if count_cells(files, scheme) <= most_cells:
        yield score_population(scheme, read_files(files, scheme))
        return
    with TemporaryDirectory(dir=scratch, prefix=".scoring-") as folder:
        table = PopulationFiles(files, scheme, Path(folder))
        people = table.read_people()
        store = FolderStore(Path(folder), len(list(iterate_leaves(scheme.model))), len(people))
        yield score_columnwise(scheme, people, table.read_leaf, store, tell)
