"""Files of many subjects read a few columns at a time, so that their table may be larger than memory."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from kaohe.files.data.figure_columns import Source
from kaohe.files.data.population_columns import EXEMPT, PopulationReader, keep_column, keep_rows
from kaohe.files.tables.column_files import (
    ColumnFile,
    ParquetColumns,
    join_tables,
    require_one_header,
)
from kaohe.files.tables.gathering import Gathering
from kaohe.population.subjects import FacetKey, Population
from kaohe.renderings.arrays.absences import Kinds
from kaohe.renderings.arrays.columns import FacetColumn, Integers
from kaohe.scheme.draft import Scheme
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.queries import iterate_leaves

_ROWS = 1 << 18
"""Rows of a text file turned into columns at a time."""


def count_cells(files: Sequence[ColumnFile], scheme: Scheme) -> int:
    """How many cells a scheme reads of files; of text, whose rows nobody has counted, as many as its bytes hold."""
    first = files[0]
    source = Source([first.path.name])
    used = PopulationReader(scheme, first.header, source, Gathering()).headings.used
    return sum(_count_rows(file, len(used)) * len(used) for file in files)


def _count_rows(file: ColumnFile, columns: int) -> int:
    if isinstance(file, ParquetColumns):
        return int(pq.read_metadata(file.path).num_rows)
    return file.path.stat().st_size // (_BYTES_OF_TEXT * columns)


_BYTES_OF_TEXT = 4


class PopulationFiles:
    """One table in one or several files, read once in all: first who the subjects are, then indicator by indicator.

    Text files are turned into columns in `folder` first. Raises BadInput for headings that are wrong.
    """

    def __init__(self, files: Sequence[ColumnFile], scheme: Scheme, folder: Path) -> None:
        require_one_header(files)
        names = [file.path.name for file in files]
        header = files[0].header
        self._gathering = Gathering()
        self._headings = PopulationReader(scheme, header, Source(names), Gathering()).headings
        self._files = [
            _turn_to_columns(file, self._headings.used, folder / f"{number}.parquet")
            for number, file in enumerate(files)
        ]
        self.counts = [_count_rows(file, 1) for file in self._files]
        source = Source(names, [0, *accumulate(self.counts[:-1])], files[0].first_line)
        self._reader = PopulationReader(scheme, header, source, self._gathering)
        self._kept: Integers | None = None
        self._count = sum(self.counts)
        self.leaves = tuple(iterate_leaves(scheme.model))
        self._unread = list(self.leaves)

    def read_people(self) -> Population:
        """Who the subjects are; exempt ones are left out. Raises BadInput with what is wrong."""
        people = self._reader.read_people(self._read(self._headings.people))
        self._gathering.raise_findings()
        is_counted = people.participation != EXEMPT
        if is_counted.all():
            return people
        self._kept = np.flatnonzero(is_counted)
        return keep_rows(people, is_counted)

    def number_files(self) -> npt.NDArray[np.int32]:
        """In which file each of the subjects read stands."""
        numbers = np.repeat(np.arange(len(self.counts), dtype=np.int32), self.counts)
        return numbers if self._kept is None else numbers[self._kept]

    def read_leaf(
        self, leaf: IndicatorNode
    ) -> tuple[Mapping[FacetKey, FacetColumn], Mapping[FacetKey, Kinds]]:
        """The figures of one indicator.

        Once any is wrong the other indicators are only looked through. Raises BadInput with everything.
        """
        self._gathering.raise_findings()
        facets, kinds = self._read_leaf(leaf)
        self._unread.remove(leaf)
        if self._gathering.has_findings():
            for other in self._unread:
                self._read_leaf(other)
            self._gathering.raise_findings()
        kept = self._kept
        if kept is None:
            return facets, kinds
        return (
            {key: keep_column(column, kept) for key, column in facets.items()},
            {key: codes[kept] for key, codes in kinds.items()},
        )

    def _read_leaf(
        self, leaf: IndicatorNode
    ) -> tuple[Mapping[FacetKey, FacetColumn], Mapping[FacetKey, Kinds]]:
        return self._reader.read_facets(self._read(self._headings.list_of(leaf)), [leaf])

    def _read(self, heads: Sequence[str]) -> pa.Table:
        if not heads:  # a table without columns still has its rows
            return pa.table({"": pa.nulls(self._count)})
        words = [head for head in self._headings.words if head in heads]
        return join_tables([file.read(heads, words) for file in self._files], self._files)


def _turn_to_columns(file: ColumnFile, heads: Sequence[str], target: Path) -> ParquetColumns:
    if isinstance(file, ParquetColumns):
        return file
    schema = pa.schema([(head, pa.string()) for head in heads])
    with pq.ParquetWriter(target, schema) as writer:
        for piece in file.iterate(heads, _ROWS):
            writer.write_table(piece)
    return ParquetColumns.open(target)
