"""Writes cells of a live workbook in one style: what may be changed stands out, the rest is calm."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kaohe.files.results.words import measure_width

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# No moment of writing goes into a file: the same result is the same bytes.
_NO_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001  (a workbook holds no zone)
_A4 = 9
_MOST_CHARACTERS = 32_767
_MOST_DECIMALS = 4
_MOST_LINES = 27
"""No line of a sheet is higher."""
_INDENT, _CHARACTERS_IN_A_DIGIT = 2, 1.05
"""Of a column as wide as so many digits, what the margin takes, and how many characters of text a digit holds."""
_LONGEST_HEADER = 100
_INK, _RULE, _HEAD, _INPUT, _PALE = "#1F2933", "#C9D1D9", "#EEF2F5", "#FFF8E1", "#6B7785"

Value = Fraction | int | str | None
"""What a cell shows: a number, a text, or nothing."""

_BAND: dict[str, Any] = {
    "bold": True, "bg_color": _HEAD, "bottom": 1, "bottom_color": _RULE, "text_wrap": True,
}  # fmt: skip
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "block": {"bold": True, "font_size": 11},
    "head": {**_BAND, "indent": 1},
    "number head": {**_BAND, "align": "right"},
    "text": {"num_format": "@", "indent": 1},
    "bold text": {"num_format": "@", "indent": 1, "bold": True},
    "wrapped": {"text_wrap": True, "valign": "top", "indent": 1},
    "note": {"font_color": _PALE, "indent": 1},
    "absent": {"font_color": _PALE, "align": "right"},
    "figure": {"align": "right"},
    "result": {"bold": True, "align": "right"},
    "input": {"bg_color": _INPUT, "align": "right"},
}  # fmt: skip


class PlainFormulas(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet that takes formulas, and what they show, as they are written.

    XlsxWriter looks for some thirty functions that came after Excel 2010 in each; none is used here.
    """

    def _prepare_formula(self, formula: str, *_: object) -> str:
        return formula.removeprefix("=")

    def _xml_formula_element(
        self, formula: str, result: object, attributes: list[tuple[str, object]]
    ) -> None:
        """A formula that shows nothing shows an empty text, as Excel writes it, and no number without digits."""
        kind = [("t", "str")] if result == "" else []
        super()._xml_formula_element(formula, result, [*attributes, *kind])


class Book:
    """A workbook being written; nothing in it is a formula but what is written as one."""

    def __init__(self, opened: xlsxwriter.Workbook, title: str, digest: str) -> None:
        self._book = opened
        self._book.set_properties({"title": title, "created": _NO_MOMENT})
        self._header = f"&L{title[:_LONGEST_HEADER].replace('&', '&&')}&R{digest[:12]}"
        self._formats: dict[tuple[str, str], Any] = {}
        self._rule: Any = None

    def add_sheet(self, name: str) -> "SheetPen":
        """One more sheet, ready to print on paper lying across."""
        sheet = self._book.add_worksheet(name, PlainFormulas)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
        sheet.set_header(self._header)
        sheet.set_footer("&L&A&C&P / &N")
        sheet.hide_gridlines(2)
        return SheetPen(self, sheet)

    def define(self, name: str, target: str) -> None:
        """A name for a cell or a range, given with its sheet and in absolute terms."""
        self._book.define_name(name, f"={target}")

    def rule(self) -> Any:
        """The format of a line above."""
        if self._rule is None:
            self._rule = self._book.add_format({"top": 1, "top_color": _RULE})
        return self._rule

    def style(self, name: str, number: str = "") -> Any:
        """A format by the name of its style and its number format."""
        key = name, number
        if key not in self._formats:
            properties = {"font_name": "Microsoft YaHei", "font_size": 10, "font_color": _INK}
            properties |= {"valign": "vcenter"} | _STYLES[name]
            if number:
                properties["num_format"] = number
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]


def show_decimals(decimals: int | None) -> str:
    """The number format of so many decimals; None shows numbers as they are."""
    if decimals is None:
        return "General"
    return "0." + "0" * decimals if decimals else "0"


def fit_decimals(figures: Iterable[object]) -> str:
    """The number format in which a column of figures stands in line: with four decimals at the most."""
    decimals = 0
    for figure in figures:
        if isinstance(figure, Fraction):
            while decimals < _MOST_DECIMALS and 10**decimals % figure.denominator:
                decimals += 1
    return show_decimals(decimals)


class SheetPen:
    """Writes one sheet; columns count from 0, lines from 1 as readers see them."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book = book
        self.sheet = sheet
        self._widths: dict[int, int] = {}

    def text(self, line: int, column: int, text: str, style: str = "text") -> None:
        """A text, never a formula, a link or a number; an empty one leaves a cell of its style."""
        form = self._book.style(style)
        if text:
            self.sheet.write_string(line - 1, column, text[:_MOST_CHARACTERS], form)
        else:
            self.sheet.write_blank(line - 1, column, None, form)

    def texts(
        self, line: int, texts: Iterable[str], *, first: int = 0, style: str = "text"
    ) -> None:
        """Texts side by side."""
        for place, text in enumerate(texts):
            self.text(line, first + place, text, style)

    def wrapped(self, line: int, column: int, text: str) -> None:
        """A text in as many lines as it takes; not every spreadsheet makes room for them by itself."""
        self.text(line, column, text, "wrapped")
        width = int((self._widths[column] - _INDENT) * _CHARACTERS_IN_A_DIGIT)
        lines = sum(-(-measure_width(part) // width) or 1 for part in text.split("\n"))
        if lines > 1:
            self.height(line, min(lines, _MOST_LINES))

    def figure(
        self, line: int, column: int, value: Value, style: str = "figure", number: str = "General"
    ) -> None:
        """A plain figure, or a word where there is none."""
        form = self._book.style(style, number)
        if isinstance(value, Fraction | int):
            self.sheet.write_number(line - 1, column, float(value), form)
        elif value:
            self.sheet.write_string(line - 1, column, value, form)
        else:
            self.sheet.write_blank(line - 1, column, None, form)

    def formula(
        self,
        line: int,
        column: int,
        formula: str,
        value: Value,
        style: str = "figure",
        number: str = "General",
    ) -> None:
        """A formula with the exact engine's figure as what it shows before anything recalculates."""
        shown = float(value) if isinstance(value, Fraction | int) else value or ""
        form = self._book.style(style, number)
        self.sheet.write_formula(line - 1, column, f"={formula.removeprefix('=')}", form, shown)

    def keep_positive(self, line: int, column: int, otherwise: str) -> None:
        """Excel refuses a number that is not above zero, and says so."""
        check = {"validate": "decimal", "criteria": ">", "value": 0, "error_message": otherwise}
        self.sheet.data_validation(line - 1, column, line - 1, column, check)

    def height(self, line: int, lines: int) -> None:
        """Room for so many lines of text in one line of cells."""
        self.sheet.set_row(line - 1, 3 + 13.5 * lines)

    def widths(self, widths: Sequence[int], *, first: int = 0) -> None:
        """Column widths, in digits."""
        for place, width in enumerate(widths):
            self._widths[first + place] = width
            self.sheet.set_column(first + place, first + place, width)

    def print_only(self, last_line: int, last_column: int) -> None:
        """Leave out of print what stands to the right, on one page across."""
        self.sheet.print_area(0, 0, last_line - 1, last_column)
        self.sheet.fit_to_pages(1, 0)

    def rule_off(self, first_line: int, last_line: int, last_column: int, changing: int) -> None:
        """A line above every row in which a column says something else than the row before."""
        own, before = (
            f"${xl_col_to_name(changing)}{line}" for line in (first_line, first_line - 1)
        )
        self.sheet.conditional_format(
            first_line - 1, 0, last_line - 1, last_column,
            {"type": "formula", "criteria": f"={own}<>{before}", "format": self._book.rule()},
        )  # fmt: skip

    def print_wide(self, heads: int, *, columns: int = 0, fit: bool = True) -> None:
        """Frozen and repeated heads; the whole width on one page, or in parts with the first columns repeated."""
        self.sheet.freeze_panes(heads, columns)
        self.sheet.repeat_rows(0, heads - 1)
        if columns:
            self.sheet.repeat_columns(0, columns - 1)
        if fit:
            self.sheet.fit_to_pages(1, 0)
        else:
            self.sheet.set_print_scale(70)
