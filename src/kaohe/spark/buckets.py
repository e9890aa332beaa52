"""Parquet files parted into buckets: whole families of groups, each small enough for one task."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kaohe.files.tables.column_files import ParquetColumns

BUCKET_ROWS = 1_000_000
"""A task holds its bucket in memory: about a gigabyte for a million subjects of 30 indicators."""

SPACES = " \u00a0\u3000\t\r\n"
"""What may stand around a word of a table without being part of it."""


@dataclass(frozen=True)
class Piece:
    """Some row groups of one file; `first_rows` are the rows of the file they begin with, from 0."""

    path: str
    row_groups: tuple[int, ...]
    first_rows: tuple[int, ...]


@dataclass(frozen=True)
class Bucket:
    """The rows of whole families: those of `words` in the pieces, by the words of the group column.

    `words` is None where every row of the pieces belongs. `number` tells buckets apart.
    """

    number: int
    pieces: tuple[Piece, ...]
    rows: int
    words: tuple[str, ...] | None = None


@dataclass(frozen=True)
class RowGroup:
    """One row group of a file, and how many rows of each word of the group column it has."""

    path: str
    number: int
    first_row: int
    counts: Mapping[str, int]


def survey_files(files: Sequence[ParquetColumns], group: str | None) -> list[RowGroup]:
    """Every row group of the files; only the column of the groups is read, whose heading is `group`."""
    return [found for file in files for found in _survey_file(file, group)]


def _survey_file(columns: ParquetColumns, group: str | None) -> Iterator[RowGroup]:
    name = None if group is None else columns.names[columns.header.index(group)]
    first_row = 0
    with pq.ParquetFile(columns.path, read_dictionary=[name] if name else None) as file:
        for number in range(file.num_row_groups):
            rows = file.metadata.row_group(number).num_rows
            counts = {"": rows}
            if name is not None:
                counts = _count_words(file.read_row_group(number, columns=[name]).column(0))
            yield RowGroup(str(columns.path), number, first_row, counts)
            first_row += rows


def _count_words(column: pa.ChunkedArray) -> dict[str, int]:
    """How often each word stands; nothing is the empty word."""
    counts: dict[str, int] = defaultdict(int)
    for found in pc.value_counts(column).to_pylist():
        word = found["values"]
        counts["" if word is None else str(word)] += found["counts"]
    return dict(counts)


def plan_buckets(
    survey: Sequence[RowGroup], family_of: Mapping[str, int], most: int
) -> list[Bucket]:
    """Families in the order they are met, as many to a bucket as have at most `most` rows together.

    A larger family is a bucket alone. `family_of` gives the family of a word; unknown words go together.
    """
    rows: dict[int, int] = defaultdict(int)
    for row_group in survey:
        for word, count in row_group.counts.items():
            rows[find_family(word, family_of)] += count
    return [
        _fill_bucket(number, families, survey, family_of)
        for number, families in enumerate(_pack(rows, most))
    ]


def find_family(word: str, family_of: Mapping[str, int]) -> int:
    """The family of a word, whatever spaces are around it; -1 where no group has it."""
    return family_of.get(word.strip(SPACES), -1)


def _pack(rows: Mapping[int, int], most: int) -> Iterator[set[int]]:
    packed: set[int] = set()
    filled = 0
    for family, count in rows.items():
        if packed and filled + count > most:
            yield packed
            packed, filled = set(), 0
        packed.add(family)
        filled += count
    if packed:
        yield packed


def _fill_bucket(
    number: int, families: set[int], survey: Sequence[RowGroup], family_of: Mapping[str, int]
) -> Bucket:
    chosen: dict[str, list[RowGroup]] = defaultdict(list)
    words: set[str] = set()
    is_mixed, rows = False, 0
    for row_group in survey:
        own = {word for word in row_group.counts if find_family(word, family_of) in families}
        if own:
            chosen[row_group.path].append(row_group)
            words |= own
            is_mixed |= len(own) < len(row_group.counts)
            rows += sum(row_group.counts[word] for word in own)
    pieces = tuple(
        Piece(path, tuple(each.number for each in found), tuple(each.first_row for each in found))
        for path, found in chosen.items()
    )
    return Bucket(number, pieces, rows, tuple(sorted(words)) if is_mixed else None)
