"""Tables as a workbook of plain figures: nothing in it computes, nothing in it can."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter

from kaohe.files.results.tables import Column, ResultTable, TableCell
from kaohe.files.results.words import measure_width
from kaohe.language import Language

_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# No moment of writing goes into a file: the same result is the same bytes.
_NO_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001  (a workbook holds no zone)
_A4 = 9
_LOOKED_AT = 200
_LONGEST_IN_A_HEAD = 100
_NARROWEST, _WIDEST = 6, 48
_MOST_CHARACTERS = 32_767


def write_tables(
    tables: Iterable[ResultTable], path: Path, language: Language, *, title: str, note: str
) -> None:
    """Write tables, a sheet each; title and note stand at the head of every printed page."""
    with xlsxwriter.Workbook(str(path), _TEXT_ONLY) as book:
        book.set_properties({"title": title, "created": _NO_MOMENT})
        pen = _Pen(book, language, f"&L{_escape(title)}&R{_escape(note)}")
        for table in tables:
            pen.write_table(table)


def _escape(text: str) -> str:
    """A text in a page's head, where & begins a command and 255 characters are the most."""
    return text[:_LONGEST_IN_A_HEAD].replace("&", "&&")


class _Pen:
    """Writes tables in one style: frozen heads, declared decimals, widths that fit, ready to print."""

    def __init__(self, book: xlsxwriter.Workbook, language: Language, header: str) -> None:
        self._book = book
        self._language = language
        self._header = header
        self._head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self._formats: dict[int | None, Any] = {}

    def write_table(self, table: ResultTable) -> None:
        """One sheet: a row of heads, then a row each."""
        sheet = self._book.add_worksheet(table.name.say(self._language))
        self._lay_out(sheet, table)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.head.say(self._language), self._head)
        for number, row in enumerate(table.rows, start=1):
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                self._write_cell(sheet, number, place, cell, column)

    def _lay_out(self, sheet: Any, table: ResultTable) -> None:
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(self._header)
        sheet.set_footer("&C&P / &N")
        for place, column in enumerate(table.columns):
            cells = [row[place] for row in table.rows[:_LOOKED_AT]]
            sheet.set_column(place, place, self._measure(column, cells))

    def _measure(self, column: Column, cells: Iterable[TableCell]) -> int:
        head = measure_width(column.head.say(self._language))
        decimals = 0 if column.decimals is None else column.decimals
        widths = [
            measure_width(cell) if isinstance(cell, str) else 5 + decimals
            for cell in cells
            if cell is not None
        ]
        return max(_NARROWEST, min(_WIDEST, max([min(head, 16), *widths]) + 2))

    def _write_cell(
        self, sheet: Any, number: int, place: int, cell: TableCell, column: Column
    ) -> None:
        if isinstance(cell, Fraction):
            sheet.write_number(number, place, float(cell), self._format(column.decimals))
        elif cell:
            sheet.write_string(number, place, cell[:_MOST_CHARACTERS], self._text)

    def _format(self, decimals: int | None) -> Any:
        if decimals not in self._formats:
            shown = "General" if decimals is None else "0." + "0" * decimals if decimals else "0"
            self._formats[decimals] = self._book.add_format({"num_format": shown, "valign": "top"})
        return self._formats[decimals]
