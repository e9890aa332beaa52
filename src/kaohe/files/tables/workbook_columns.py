"""The first sheet of a workbook read by columns: numbers as doubles, columns with words in them as text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.reading import read_table
from kaohe.files.tables.table import Table, is_blank, read_cell
from kaohe.language import Text
from kaohe.numbers.writing import write_number


@dataclass(frozen=True)
class WorkbookColumns:
    """A table on the first sheet, held in memory; its rows follow one another without a gap."""

    path: Path
    table: Table

    @classmethod
    def open(cls, path: Path) -> "WorkbookColumns":
        """Read the sheet, guarded as every workbook is. Raises BadInput."""
        table = read_table(path)
        _refuse_gaps(table)
        return cls(path, table)

    @property
    def header(self) -> Sequence[str]:
        """The headings, without spaces around them."""
        return self.table.header

    @property
    def first_line(self) -> int:
        """The row of the sheet on which the first row stands."""
        return self.table.row_numbers[0] if self.table.row_numbers else self.table.header_number + 1

    def read(self, columns: Sequence[str], words: Sequence[str] = ()) -> pa.Table:
        """Some of the columns, whole."""
        del words
        places = [self.header.index(column) for column in columns]
        return pa.table([_make_column(self._cells[place]) for place in places], list(columns))

    @cached_property
    def _cells(self) -> Sequence[Sequence[Any]]:
        """The cells column by column."""
        return list(zip(*self.table.rows.list_raw(), strict=True)) or [()] * len(self.header)

    def iterate(self, columns: Sequence[str], rows: int) -> Iterator[pa.Table]:
        """All rows of some of the columns at once, as text; a sheet has not many."""
        del rows
        cells = [self._cells[self.header.index(column)] for column in columns]
        yield pa.table([_write_cells(each) for each in cells], list(columns))


def _refuse_gaps(table: Table) -> None:
    numbers = table.row_numbers
    if not numbers or numbers[-1] - numbers[0] < len(numbers):
        return
    row = next(row for row, number in enumerate(numbers) if number != numbers[0] + row)
    Gathering().refuse(
        "empty-row",
        table.place(row),
        Text("上面有空行", "an empty row stands above"),
        Text("请删去表中的空行", "delete the empty rows inside the table"),
    )


def _make_column(cells: Sequence[Any]) -> pa.Array:
    """Numbers where nothing else is written in a column, else every cell as text."""
    if not all(type(cell) is float or is_blank(cell) for cell in cells):
        return _write_cells(cells)
    figures = pa.array([cell if type(cell) is float else None for cell in cells], pa.float64())
    try:
        return figures.cast(pa.int64())  # codes may be whole numbers
    except pa.ArrowInvalid:
        return figures


def _write_cells(cells: Sequence[Any]) -> pa.Array:
    return pa.array([_write_cell(cell) for cell in cells], pa.string())


def _write_cell(raw: Any) -> str | None:
    """A cell as a text file would hold it; doubles have fifteen digits."""
    if type(raw) is float and "e" not in (plain := f"{raw:.15g}"):
        return plain
    match read_cell(raw):
        case Fraction() as number:
            return write_number(number)
        case bool() as truth:
            return str(truth).upper()
        case date() as day:
            return day.isoformat()
        case text:
            return text
