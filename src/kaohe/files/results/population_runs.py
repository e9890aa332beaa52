"""A population scored from its files: at once where it fits into memory, else part by part."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from kaohe.files.data.folder_store import FolderStore
from kaohe.files.data.parted_populations import PartedPopulation, Tell
from kaohe.files.data.population_files import PopulationFiles, count_cells
from kaohe.files.data.population_tables import read_files
from kaohe.files.tables.column_files import open_columns
from kaohe.population.columnwise import score_columnwise
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
    tell: Tell = lambda done, of: None,
) -> Iterator[Iterator[PopulationResult]]:
    """The results of the subjects in Parquet or CSV files, or in folders of Parquet files, of one table.

    Mostly one result; of a large table one for each part, groups that are compared being in one part.
    Its figures then wait in a folder made in `scratch`, gone afterwards: a result is good until the next
    is asked for. `tell` is told how far the work is. Raises BadInput with everything that is wrong.
    """
    files = [file for path in paths for file in open_columns(path)]
    if count_cells(files, scheme) <= most_cells:
        yield iter([score_population(scheme, read_files(files, scheme))])
        return
    with TemporaryDirectory(dir=scratch, prefix=".scoring-") as made:
        folder, program = Path(made), compile_scheme(scheme)
        table = PopulationFiles(files, scheme, folder)
        most_rows = most_cells // (2 * len(program.leaves))
        parted = PartedPopulation(table, program, folder / "figures", most_rows, tell)
        yield _score_parts(scheme, parted, folder / "scores", most_rows, tell)


def _score_parts(
    scheme: Scheme, parted: PartedPopulation, folder: Path, most_rows: int, tell: Tell
) -> Iterator[PopulationResult]:
    leaves = len(compile_scheme(scheme).leaves)
    steps = leaves + len(parted.parts)
    for number, rows in enumerate(parted.parts):
        tell(leaves + number, steps)
        count = rows.stop - rows.start
        if count <= most_rows:
            yield score_population(scheme, parted.take(rows))
            continue
        store = FolderStore(folder, leaves, count)
        people, read = parted.take_people(rows), partial(parted.read_leaf, rows=rows)
        yield score_columnwise(scheme, people, read, store)
    tell(steps, steps)
