"""The rows of one bucket: as a population, or a few columns of them at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kaohe.errors import Place
from kaohe.files.data.figure_columns import Source
from kaohe.files.data.population_columns import EXEMPT, PopulationReader, keep_rows
from kaohe.files.tables.column_files import ParquetColumns
from kaohe.files.tables.gathering import Gathering
from kaohe.language import Language, Text
from kaohe.population.subjects import Population
from kaohe.renderings.arrays.columns import Integers
from kaohe.scheme.draft import Scheme
from kaohe.scheme.indicators import IndicatorNode
from kaohe.spark.buckets import Bucket, Piece


@dataclass(frozen=True)
class Order:
    """What every task of one job is told: the scheme, the columns of the files, where results go and how.

    `group` is the column of the groups; with `scores` every score is written too.
    """

    scheme: Scheme
    header: Sequence[str]
    group: str | None
    folder: str = ""
    language: Language = "zh"
    scores: bool = False


def require_no_units(scheme: Scheme) -> None:
    """Refuse a scheme that says who is assessed, and maybe what is planned for each: the data would not."""
    if scheme.model.units:
        Gathering().refuse(
            "units-listed",
            Place(key="units"),
            Text("方案列出了考核对象，集群只按数据表里的对象计分",
                 "the scheme lists its units; a cluster scores those that the data list"),
            Text("请删去方案里的 units，或用 --engine exact、arrays",
                 "leave `units` out of the scheme, or use --engine exact or arrays"),
        )  # fmt: skip


def read_bucket(order: Order, bucket: Bucket) -> Population:
    """The population of one bucket. Raises BadInput with the file and row of everything wrong in it."""
    reader, table, gathering = _open(order, bucket, None)
    population = reader.read(table)
    gathering.raise_findings()
    return population


def read_people(order: Order, bucket: Bucket) -> Population:
    """Who the subjects of a bucket are, exempt ones among them. Raises BadInput."""
    reader, table, gathering = _open(order, bucket, ())
    people = reader.read_people(table)
    gathering.raise_findings()
    return people


def read_leaf(
    order: Order, bucket: Bucket, leaf: IndicatorNode, everybody: Population
) -> Population:
    """The people of a bucket with the figures of one indicator, without those exempt. Raises BadInput."""
    reader, table, gathering = _open(order, bucket, (leaf,))
    facets, absences = reader.read_facets(table, [leaf])
    gathering.raise_findings()
    return drop_exempt(replace(everybody, facets=facets, absences=absences))


def drop_exempt(people: Population) -> Population:
    """The people who are scored."""
    is_counted = people.participation != EXEMPT
    return people if is_counted.all() else keep_rows(people, is_counted)


def _open(
    order: Order, bucket: Bucket, leaves: Sequence[IndicatorNode] | None
) -> tuple[PopulationReader, pa.Table, Gathering]:
    """A reader and the table for it: the columns of some leaves, or of the people for none; all for None."""
    gathering = Gathering()
    headings = PopulationReader(order.scheme, order.header, Source(), gathering).headings
    columns = headings.used if leaves is None else headings.people
    columns = [*columns, *(head for leaf in leaves or () for head in headings.list_of(leaf))]
    table, source = _read_pieces(bucket, columns, order.group)
    return PopulationReader(order.scheme, order.header, source, gathering), table, gathering


@dataclass(frozen=True)
class PickedRows(Source):
    """Where each row of a table stands whose rows were picked from several files."""

    file_of: Integers | tuple[()] = ()
    line_of: Integers | tuple[()] = ()

    def find(self, heading: str, row: int | None = None) -> Place:
        """The place of a column, or of one row in it."""
        if row is None:
            return Place(file=self.files[0], key=heading)
        file = self.files[int(self.file_of[row])]
        return Place(file=file, line=int(self.line_of[row]), key=heading)


def _read_pieces(
    bucket: Bucket, columns: Sequence[str], group: str | None
) -> tuple[pa.Table, PickedRows]:
    read = [_read_piece(piece, columns, group, bucket.words) for piece in bucket.pieces]
    table = pa.concat_tables([part for part, _ in read], promote_options="permissive")
    names = [Path(piece.path).name for piece in bucket.pieces]
    files = np.repeat(np.arange(len(read)), [len(part) for part, _ in read])
    lines = np.concatenate([line for _, line in read])
    return table, PickedRows(names, file_of=files, line_of=lines)


def _read_piece(
    piece: Piece, columns: Sequence[str], group: str | None, words: Sequence[str] | None
) -> tuple[pa.Table, Integers]:
    """The rows of a piece that belong to the words, and the lines they stand on, counted from 1."""
    words_once = None if group is None else _find_names(piece.path, [group])
    with pq.ParquetFile(piece.path, read_dictionary=words_once) as file:
        sizes = [file.metadata.row_group(number).num_rows for number in piece.row_groups]
        names = _find_names(piece.path, columns)
        table = file.read_row_groups(piece.row_groups, columns=names, use_threads=False)
    table = table.select(names).rename_columns(list(columns))
    starts = zip(piece.first_rows, sizes, strict=True)
    numbers = [np.arange(first + 1, first + 1 + size) for first, size in starts]
    lines = np.concatenate([np.arange(0), *numbers])
    if words is None or group is None:
        return table, lines
    found = pc.fill_null(table.column(group).cast(pa.string()), "")
    mask = pc.is_in(found, value_set=pa.array(words, pa.string()))
    return table.filter(mask), lines[mask.to_numpy(zero_copy_only=False)]


def _find_names(path: str, columns: Sequence[str]) -> list[str]:
    """The columns as a file itself spells them, which may be with spaces around."""
    file = ParquetColumns.open(Path(path))
    stored = dict(zip(file.header, file.names, strict=True))
    return [stored[column] for column in columns]
