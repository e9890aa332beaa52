"""Large tables read by columns, whole or batch by batch: Parquet files, folders of them, text, and workbooks.

For files of one's own: only workbooks are limited in size, and Parquet is not guarded against harm.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.csv as pv
import pyarrow.parquet as pq

from kaohe.errors import Place
from kaohe.files.tables.delimited import add_ragged, find_separator
from kaohe.files.tables.formats import expect_format, require_format
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.limits import COMMAND_LINE
from kaohe.files.tables.text_encodings import detect_encoding
from kaohe.files.tables.workbook_columns import WorkbookColumns
from kaohe.language import Text

_UNLIMITED = replace(COMMAND_LINE, file=1 << 50)
_SPACES = " \u00a0\u3000\t\r\n"
_BLOCK = 1 << 22


class ColumnFile(Protocol):
    """A table that is read by columns: its headings, and on which line its first row stands."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def header(self) -> Sequence[str]:
        """The headings, without spaces around them."""

    @property
    def first_line(self) -> int:
        """The line of the first row."""

    def read(self, columns: Sequence[str], words: Sequence[str] = ()) -> pa.Table:
        """Some of the columns, whole; those of a few `words` each kept once, where the file allows."""

    def iterate(self, columns: Sequence[str], rows: int) -> Iterator[pa.Table]:
        """Some of the columns, at most so many rows at a time."""


def join_tables(tables: Sequence[pa.Table], files: Sequence[ColumnFile]) -> pa.Table:
    """What was read of files that are one table. Raises BadInput where a column is of several kinds."""
    try:
        return pa.concat_tables(tables, promote_options="permissive")
    except (pa.ArrowInvalid, pa.ArrowTypeError) as fault:
        reason = str(fault).partition("\n")[0]
        Gathering().refuse(
            "other-types",
            Place(file=files[0].path.name),
            Text(f"各文件同一列的类型不同：{reason}", f"a column is of several types: {reason}"),
            Text("请用相同的类型导出各文件", "export all files with the same types"),
        )


def require_one_header(files: Sequence[ColumnFile]) -> None:
    """Refuse, as BadInput, files of one table of which one has other columns than the first."""
    gathering, first = Gathering(), files[0]
    for file in files[1:]:
        for head in sorted(set(file.header) ^ set(first.header)):
            is_more = head in file.header
            gathering.add(
                "other-columns",
                Place(file=file.path.name, key=head),
                Text(f"{first.path.name} 没有这一列", f"{first.path.name} has no such column")
                if is_more
                else Text(
                    f"{first.path.name} 有这一列，这里没有",
                    f"{first.path.name} has this column, this file has not",
                ),
                Text("一张表的各文件列须相同", "the files of one table have the same columns"),
            )
    gathering.raise_findings()


def open_columns(path: Path) -> list[ColumnFile]:
    """The table in a file, or in every Parquet file of a folder, in the order of their names.

    Raises BadInput for what is missing, damaged, disguised or of an unknown ending.
    """
    if not path.is_dir():
        return [_open_file(path)]
    files = sorted(path.glob("*.parquet"))
    if not files:
        Gathering().refuse(
            "no-data",
            Place(file=path.name),
            Text("文件夹里没有 .parquet 文件", "the folder holds no .parquet file"),
            Text("请核对路径", "check the path"),
        )
    return [_open_file(file) for file in files]


def _open_file(path: Path) -> ColumnFile:
    kind = expect_format(path)
    if kind == "xlsx":
        return WorkbookColumns.open(path)
    require_format(path, expected=[kind], limits=_UNLIMITED)
    return ParquetColumns.open(path) if kind == "parquet" else TextColumns.open(path)


@dataclass(frozen=True)
class ParquetColumns:
    """A Parquet file; rows are counted from one."""

    path: Path
    names: Sequence[str]
    first_line: int = 1

    @classmethod
    def open(cls, path: Path) -> "ParquetColumns":
        """Look at the file's columns. Raises BadInput."""
        with _refuse_damage(path):
            names = pq.read_schema(path).names
        _refuse_repeated(names, path)
        return cls(path, names)

    @property
    def header(self) -> Sequence[str]:
        """The headings, without spaces around them."""
        return [name.strip(_SPACES) for name in self.names]

    def _find(self, columns: Sequence[str]) -> list[str]:
        return [self.names[self.header.index(column)] for column in columns]

    def read(self, columns: Sequence[str], words: Sequence[str] = ()) -> pa.Table:
        """Some of the columns, whole; the texts of those of `words` each kept once."""
        names, kept_once = self._find(columns), self._find(words)
        with (
            _refuse_damage(self.path),
            pq.ParquetFile(self.path, read_dictionary=kept_once) as file,
        ):
            return file.read(names).select(names).rename_columns(list(columns))

    def iterate(self, columns: Sequence[str], rows: int) -> Iterator[pa.Table]:
        """Some of the columns, at most so many rows at a time."""
        names = self._find(columns)
        with _refuse_damage(self.path), pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(rows, columns=names):
                yield pa.Table.from_batches([batch.select(names)]).rename_columns(list(columns))


@dataclass(frozen=True)
class TextColumns:
    """A text file of separated values, every column as text; the header is on the first line."""

    path: Path
    header: Sequence[str]
    separator: str
    encoding: str
    first_line: int = 2

    @classmethod
    def open(cls, path: Path) -> "TextColumns":
        """Look at the file's encoding and header. Raises BadInput."""
        gathering = Gathering()
        encoding = detect_encoding(path)
        with path.open(encoding=encoding, newline="") as file:
            line = file.readline()
        separator = find_separator(line, path.name, gathering)
        gathering.raise_findings()
        header = [name.strip(_SPACES) for name in next(csv.reader([line], delimiter=separator))]
        _refuse_repeated(header, path)
        return cls(path, header, separator, encoding)

    def read(self, columns: Sequence[str], words: Sequence[str] = ()) -> pa.Table:
        """Some of the columns, whole."""
        del words
        batches = list(self.iterate(columns, 0))
        empty = pa.table({column: pa.array([], pa.string()) for column in columns})
        return pa.concat_tables(batches) if batches else empty

    def iterate(self, columns: Sequence[str], rows: int) -> Iterator[pa.Table]:
        """Some of the columns, some thousand rows at a time, whatever is asked."""
        del rows
        gathering = Gathering()
        with _refuse_damage(self.path), self._open_reader(columns, gathering) as reader:
            for batch in reader:
                gathering.raise_findings()
                yield pa.Table.from_batches([batch])
        gathering.raise_findings()

    def _open_reader(self, columns: Sequence[str], gathering: Gathering) -> pv.CSVStreamingReader:
        def skip(row: pv.InvalidRow) -> str:
            place = Place(file=self.path.name, line=row.number)
            add_ragged(row.actual_columns, row.expected_columns, place, gathering)
            return "skip"

        return pv.open_csv(
            self.path,
            read_options=pv.ReadOptions(
                use_threads=False,
                block_size=_BLOCK,
                skip_rows=1,
                column_names=self.header,
                encoding=self.encoding.removesuffix("-sig"),
            ),
            parse_options=pv.ParseOptions(
                delimiter=self.separator, newlines_in_values=True, invalid_row_handler=skip
            ),
            convert_options=pv.ConvertOptions(
                column_types=dict.fromkeys(self.header, pa.string()),
                include_columns=list(columns),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )


def _refuse_repeated(header: Sequence[str], path: Path) -> None:
    gathering, heads = Gathering(), [head.strip(_SPACES) for head in header]
    for head in sorted({head for head in heads if head and heads.count(head) > 1}):
        gathering.add(
            "column-twice",
            Place(file=path.name, key=head),
            Text("有两列是这个表头", "two columns have this heading"),
            Text("请更改或删去一列", "change or delete one of them"),
        )
    gathering.raise_findings()


@contextmanager
def _refuse_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError) as fault:
        Gathering().refuse(
            "damaged-file",
            Place(file=path.name),
            Text(f"文件读不下去：{fault}", f"the file cannot be read: {fault}"),
            Text("请重新导出", "export it again"),
        )
