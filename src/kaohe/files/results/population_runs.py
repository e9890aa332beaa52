"""A population scored from its files: at once where it fits into memory, else part by part."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from kaohe.files.data.folder_store import FolderStore
from kaohe.files.data.parted_populations import PartedPopulation, Tell
from kaohe.files.data.population_files import PopulationFiles, count_cells
from kaohe.files.data.population_tables import read_files
from kaohe.files.data.whole_pieces import cut_between_families, read_pieces
from kaohe.files.tables.column_files import ColumnFile, ParquetColumns, open_columns
from kaohe.population.columnwise import score_columnwise
from kaohe.population.families import Families, list_families
from kaohe.population.program import compile_scheme
from kaohe.population.scoring import PopulationResult, score_population
from kaohe.scheme.draft import Scheme

MOST_CELLS = 60_000_000
"""Cells that are scored at once, in about two gigabytes; the parts of a larger table have half as many."""


@contextmanager
def score_files(
    scheme: Scheme,
    paths: Sequence[Path],
    *,
    scratch: Path | None = None,
    most_cells: int = MOST_CELLS,
    threads: int = 1,
    tell: Tell = lambda done, of: None,
) -> Iterator[Iterator[PopulationResult]]:
    """The results of the subjects in Parquet or CSV files, or in folders of Parquet files, of one table.

    Mostly one result; of a large table one for each part, groups that are compared being in one part.
    Its figures then wait in a folder made in `scratch`, gone afterwards: a result is good until the next
    is asked for. So many `threads` share the work. `tell` is told how far the work is. Raises BadInput with everything that is wrong.
    """
    files = [file for path in paths for file in open_columns(path)]
    if count_cells(files, scheme) <= most_cells:
        yield iter([score_population(scheme, read_files(files, scheme), threads=threads)])
        return
    with TemporaryDirectory(dir=scratch, prefix=".scoring-") as made:
        folder, program = Path(made), compile_scheme(scheme)
        table = PopulationFiles(files, scheme, folder)
        people = table.read_people()
        families: Families = np.array(list_families(program), dtype=np.int16)[people.group]
        most_rows = most_cells // (2 * len(program.leaves))
        pieces = _cut_files(files, table, families, most_rows)
        if pieces is not None:
            del people, families, table  # long columns, and all that was needed of them is known
            yield _score_pieces(scheme, files, pieces, threads, tell)
            return
        parted = PartedPopulation(table, people, families, folder / "figures", most_rows, tell)
        yield _score_parts(scheme, parted, folder / "scores", most_rows, threads, tell)


def _cut_files(
    files: Sequence[ColumnFile], table: PopulationFiles, families: Families, most_rows: int
) -> list[slice] | None:
    """Files that can be scored as they are, some at a time; None where they first must be parted."""
    if not all(isinstance(file, ParquetColumns) for file in files):
        return None
    return cut_between_families(families, table.number_files(), table.counts, most_rows)


def _score_pieces(
    scheme: Scheme, files: Sequence[ColumnFile], pieces: Sequence[slice], threads: int, tell: Tell
) -> Iterator[PopulationResult]:
    populations = read_pieces(files, pieces, scheme)
    for number in range(len(pieces)):
        tell(number, len(pieces))
        yield score_population(scheme, next(populations), threads=threads)
    tell(len(pieces), len(pieces))


def _score_parts(
    scheme: Scheme, parted: PartedPopulation, folder: Path, most_rows: int, threads: int, tell: Tell
) -> Iterator[PopulationResult]:
    leaves = len(compile_scheme(scheme).leaves)
    steps = leaves + len(parted.parts)
    for number, rows in enumerate(parted.parts):
        tell(leaves + number, steps)
        count = rows.stop - rows.start
        if count <= most_rows:
            yield score_population(scheme, parted.take(rows), threads=threads)
            continue
        store = FolderStore(folder, leaves, count)
        people, read = parted.take_people(rows), partial(parted.read_leaf, rows=rows)
        yield score_columnwise(scheme, people, read, store)
    tell(steps, steps)
