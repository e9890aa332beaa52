"""A scheme's workbook form without a workbook: sheets as rows of text, as an editor holds them.

Reading gives the same drafts and the same places as the file would: the first row holds the heads, and
the cell under the first head is A2.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kaohe.files.schemes.cells import write_scalar
from kaohe.files.schemes.sheets import NOTE_SHEETS
from kaohe.files.schemes.workbook_reading import read_scheme_tables
from kaohe.files.schemes.workbook_writing import Pen, write_scheme_sheets
from kaohe.files.tables.limits import Limits
from kaohe.files.tables.table import Rows, Table
from kaohe.files.tables.workbooks import read_workbook
from kaohe.scheme.draft import Draft
from kaohe.scheme.model import SchemeModel

PlainSheets = Mapping[str, Sequence[Sequence[str]]]
"""Sheets by name, in order; of each the rows, the first of them the heads; empty text for an empty cell."""


def read_plain_sheets(sheets: PlainSheets, file: str = "") -> Draft:
    """The draft that sheets hold. Raises BadInput with every cell that cannot be read."""
    tables = {name: _make_table(name, rows, file) for name, rows in sheets.items() if rows}
    return read_scheme_tables(tables, file)


def _make_table(name: str, rows: Sequence[Sequence[str]], file: str) -> Table:
    header = tuple(cell.strip() for cell in rows[0])
    columns = [column for column, head in enumerate(header) if head]
    numbered = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(row)]
    width = len(header)
    raw = [[cell or None for cell in row] + [None] * (width - len(row)) for _, row in numbered]
    numbers = [number for number, _ in numbered]
    return Table(
        file=file,
        sheet=name,
        header=tuple(header[column] for column in columns),
        rows=Rows(raw, columns, numbers),
        row_numbers=numbers,
        column_numbers=[column + 1 for column in columns],
        is_workbook=True,
    )


def list_plain_sheets(model: SchemeModel) -> dict[str, list[list[str]]]:
    """The sheets of a scheme, such that reading them gives it back."""
    book = _PlainBook()
    write_scheme_sheets(Pen(book), model)
    return {sheet.name: sheet.list_rows() for sheet in book.sheets}


def read_workbook_cells(path: Path, *, limits: Limits) -> dict[str, list[list[str]]]:
    """The sheets of a workbook as text, whatever they hold; notes for people are left out.

    Raises BadInput for a file that is no harmless workbook.
    """
    tables = read_workbook(path, ignored=NOTE_SHEETS, limits=limits)
    return {name: _list_cells(table) for name, table in tables.items()}


def _list_cells(table: Table) -> list[list[str]]:
    rows = [["" if cell is None else write_scalar(cell) for cell in row] for row in table.rows]
    return [list(table.header), *rows]


class _PlainSheet:
    """What a pen writes on, kept as text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._cells: dict[tuple[int, int], str] = {}

    def get_name(self) -> str:
        return self.name

    def write_string(self, row: int, column: int, text: str, _: Any = None) -> int:
        self._cells[row, column] = text
        return 0

    def set_column(self, *_: Any) -> None:
        """Widths are the editor's."""

    def freeze_panes(self, *_: Any) -> None:
        """So is what stays in sight."""

    def list_rows(self) -> list[list[str]]:
        height = max(row for row, _ in self._cells) + 1
        width = max(column for _, column in self._cells) + 1
        return [
            [self._cells.get((row, column), "") for column in range(width)] for row in range(height)
        ]


class _PlainBook:
    """A workbook of plain sheets."""

    def __init__(self) -> None:
        self.sheets: list[_PlainSheet] = []

    def add_format(self, _: Any) -> None:
        """Text has no format."""

    def add_worksheet(self, name: str) -> _PlainSheet:
        self.sheets.append(_PlainSheet(name))
        return self.sheets[-1]
