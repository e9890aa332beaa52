"""The seeded district's figures as tables: a sheet for each department that owns figures."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from io import StringIO
from pathlib import Path

import xlsxwriter

from examples.district_draws import Key
from kaohe.expressions.facets import label_facet
from kaohe.expressions.structure import list_facets
from kaohe.files.outputs import write_bytes, write_whole
from kaohe.numbers.writing import write_number
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel

Cell = str | int | float | Fraction
Rows = Sequence[Sequence[Cell]]
UNIT_HEADS = ("单位代码", "单位名称")


def lay_out_owners(
    model: SchemeModel, figures: Mapping[Key, Fraction], written: Mapping[Key, str]
) -> dict[str, Rows]:
    """A wide sheet for each owner; `written` holds cells that stand otherwise than as a plain number."""
    by_owner: dict[str, list[IndicatorNode]] = {}
    for leaf in queries.iterate_leaves(model):
        by_owner.setdefault(leaf.owner, []).append(leaf)
    sheets = {
        owner: lay_out_leaves(model, leaves, {**figures, **written})
        for owner, leaves in by_owner.items()
    }
    return {owner: rows for owner, rows in sheets.items() if len(rows) > 1}


def lay_out_leaves(
    model: SchemeModel, leaves: Sequence[IndicatorNode], cells: Mapping[Key, Cell]
) -> Rows:
    """A wide table of some indicators: a row for each unit with a figure, a column for each facet."""
    columns = [
        (leaf, facet)
        for leaf in leaves
        for facet in dict.fromkeys(facet for code, facet, _ in cells if code == leaf.code)
    ]
    rows = [
        [unit.code, unit.name, *(cells.get((leaf.code, facet, unit.code), "") for leaf, facet in columns)]
        for unit in queries.scored_units(model)
    ]  # fmt: skip
    head = (*UNIT_HEADS, *(head_column(leaf, facet) for leaf, facet in columns))
    return [head, *(row for row in rows if any(cell != "" for cell in row[2:]))]


def head_column(leaf: IndicatorNode, facet: str) -> str:
    """What a column is headed: the indicator, and the facet where it is not the value."""
    if facet == "value":
        return leaf.name
    labels = {each.name: label_facet(each).zh for each in list_facets(leaf.expression)}
    return f"{leaf.name}.{labels[facet]}"


def lay_out_previous(model: SchemeModel, ranks: Mapping[str, Fraction]) -> Rows:
    """Last year's places, which the tie-break chain may ask for."""
    units = [unit for unit in queries.scored_units(model) if unit.code in ranks]
    rows: list[list[Cell]] = [[unit.code, unit.name, ranks[unit.code]] for unit in units]
    return [(*UNIT_HEADS, "总分.上期位次"), *rows]


def write_book(path: Path, sheets: Mapping[str, Rows], year: int) -> None:
    """Write tables as a workbook that is the same every time."""
    write_whole(path, lambda draft: _write_sheets(draft, sheets, year))


def _write_sheets(path: Path, sheets: Mapping[str, Rows], year: int) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime(year + 1, 1, 31, tzinfo=UTC)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 2)
            sheet.set_column(0, len(rows[0]) - 1, 14)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    _write_cell(sheet, number, column, cell, bold if number == 0 else None)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, style: object
) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, cell, style)
    else:
        sheet.write_number(row, column, float(cell), style)


def write_csv(path: Path, rows: Rows) -> None:
    """Write one table as CSV."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(map(_write_row, rows))
    write_bytes(path, text.getvalue().encode())


def _write_row(row: Sequence[Cell]) -> Iterator[str]:
    for cell in row:
        yield write_number(cell) if isinstance(cell, Fraction) else str(cell)
