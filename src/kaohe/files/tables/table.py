"""A table as it was read, before anybody says what its columns mean."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias, overload

from kaohe.errors import Place
from kaohe.files.tables.addresses import name_cell
from kaohe.files.tables.percentages import Percentage, PercentCells
from kaohe.numbers.cells import number_from_double

RawCell: TypeAlias = str | Fraction | date | bool | None
"""Text as written, an exact number of a numeric cell, a date, a truth value, or nothing."""


class Rows(Sequence[tuple[RawCell, ...]]):
    """The rows of a table; cells become exact when they are looked at, so that a large table stays small.

    `numbers` say where the rows stand, by which `percents` knows the cells that are shown as percentages.
    """

    def __init__(
        self,
        raw: Sequence[Sequence[Any]],
        columns: Sequence[int],
        numbers: Sequence[int],
        percents: PercentCells | None = None,
    ) -> None:
        self._raw = raw
        self._columns = columns
        self._numbers = numbers
        self._percents = percents

    def __len__(self) -> int:
        return len(self._raw)

    @overload
    def __getitem__(self, index: int) -> tuple[RawCell, ...]: ...

    @overload
    def __getitem__(self, index: slice) -> "Rows": ...

    def __getitem__(self, index: int | slice) -> "tuple[RawCell, ...] | Rows":
        if isinstance(index, slice):
            return Rows(self._raw[index], self._columns, self._numbers[index], self._percents)
        return self._read_row(self._raw[index], self._numbers[index])

    def __iter__(self) -> Iterator[tuple[RawCell, ...]]:
        return map(self._read_row, self._raw, self._numbers)

    def list_raw(self) -> list[Sequence[Any]]:
        """Every row as it was parsed: of a workbook doubles, `Percentage` where they are shown so."""
        kept = self._columns
        mark = self._percents.mark if self._percents is not None else lambda row, _: row
        rows = list(map(mark, self._raw, self._numbers))
        if rows and len(kept) == len(rows[0]):
            return rows
        return [[row[column] for column in kept] for row in rows]

    def _read_row(self, row: Sequence[Any], number: int) -> tuple[RawCell, ...]:
        if self._percents is not None:
            row = self._percents.mark(row, number)
        return tuple([read_cell(row[column]) for column in self._columns])


@dataclass(frozen=True)
class Table:
    """Header and rows of one sheet or file; wholly empty rows and columns are left out."""

    file: str
    sheet: str
    """Empty where the file is not a workbook."""
    header: tuple[str, ...]
    rows: Rows
    row_numbers: Sequence[int]
    """Where each row stands: the row of a sheet, the line of a text file, counted from one."""
    column_numbers: Sequence[int]
    header_number: int = 1
    is_workbook: bool = False

    def place(self, row: int | None, column: int | None = None) -> Place:
        """The place of a cell by its index in `rows` and `header`; None for the header, or a whole row."""
        number = self.header_number if row is None else self.row_numbers[row]
        if not self.is_workbook:
            key = "" if column is None else self.header[column]
            return Place(file=self.file, line=number, key=key)
        cell = str(number) if column is None else name_cell(number, self.column_numbers[column])
        return Place(file=self.file, sheet=self.sheet, cell=cell)

    def index(self, *names: str) -> int | None:
        """The index of the first of these columns that there is."""
        return next((self.header.index(name) for name in names if name in self.header), None)


def is_blank(raw: Any) -> bool:
    """Whether nothing is written in a raw cell; spaces alone are nothing."""
    return raw is None or (isinstance(raw, str) and (not raw or raw.isspace()))


def read_cell(raw: Any) -> RawCell:
    """A raw cell as it is meant: doubles at fifteen significant digits, percentages as they are shown."""
    reader = _READERS.get(type(raw))
    return reader(raw) if reader is not None else str(raw)


def _read_text(raw: str) -> str | None:
    return None if not raw or raw.isspace() else raw


def _write_percentage(raw: Percentage) -> str:
    return f"{Decimal(f'{raw:.15g}').scaleb(2):f}%"


def _read_moment(raw: datetime) -> date | str:
    return raw.date() if raw.time() == time() else raw.isoformat(sep=" ")


_READERS: dict[type, Callable[[Any], RawCell]] = {
    str: _read_text,
    # The same few thousand figures come again and again.
    float: lru_cache(maxsize=1 << 16)(number_from_double),
    Percentage: lru_cache(maxsize=1 << 16)(_write_percentage),
    int: Fraction,
    Decimal: Fraction,
    bool: lambda raw: raw,
    date: lambda raw: raw,
    datetime: _read_moment,
    type(None): lambda raw: None,
}
