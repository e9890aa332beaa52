"""From raw rows to a table: the header, and which rows and columns hold anything."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from kaohe.errors import Place
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.percentages import PercentCells
from kaohe.files.tables.table import RawCell, Rows, Table, is_blank, read_cell
from kaohe.language import Text
from kaohe.numbers.writing import write_number

_SPACES = " \u00a0\u3000\t\r\n"


def shape_table(
    raw: Sequence[Sequence[Any]],
    numbers: Sequence[int],
    *,
    file: str,
    sheet: str,
    is_workbook: bool,
    gathering: Gathering,
    percents: PercentCells | None = None,
) -> Table:
    """The table in rows of equal width, of which the first is the header; adds what is wrong with it."""
    kept = [index for index, row in enumerate(raw) if not all(map(is_blank, row))]
    if not kept:
        _refuse_empty(Place(file=file, sheet=sheet), gathering)
    top, *body = kept
    rows = [raw[index] for index in body]
    columns = [
        column
        for column, cell in enumerate(raw[top])
        if not is_blank(cell) or not all(is_blank(row[column]) for row in rows)
    ]
    head = raw[top] if percents is None else percents.mark(raw[top], numbers[top])
    row_numbers = [numbers[index] for index in body]
    table = Table(
        file=file,
        sheet=sheet,
        header=tuple(_write_heading(read_cell(head[column])) for column in columns),
        rows=Rows(rows, columns, row_numbers, percents),
        row_numbers=row_numbers,
        column_numbers=[column + 1 for column in columns],
        header_number=numbers[top],
        is_workbook=is_workbook,
    )
    _check_header(table, gathering)
    return table


def _refuse_empty(place: Place, gathering: Gathering) -> None:
    gathering.refuse(
        "empty-table",
        place,
        Text("是空表", "the table is empty"),
        Text(
            "第一行写表头，下面每行一条",
            "put the header in the first row and one record in each row below",
        ),
    )


def _write_heading(cell: RawCell) -> str:
    match cell:
        case str():
            return cell.strip(_SPACES)
        case Fraction():
            return write_number(cell)
        case date():
            return cell.isoformat()
        case _:
            return ""


_MOST_UNDER_ONE_HEAD = 2
"""In wider tables a first row with a single text is a title and no header."""


def _check_header(table: Table, gathering: Gathering) -> None:
    named = [index for index, name in enumerate(table.header) if name]
    if len(named) == 1 and len(table.header) > _MOST_UNDER_ONE_HEAD:
        gathering.add(
            "bad-header",
            table.place(None, named[0]),
            Text(
                "这一行只有一格有字，像标题，不像表头",
                "a single text in this row: a title, no header",
            ),
            Text("请删去表头上方的标题行", "delete the title above the header"),
        )
        return
    first: dict[str, int] = {}
    for index, name in enumerate(table.header):
        wrong = _find_fault(name, is_repeated=name in first)
        if wrong is not None:
            place = table.place(None, index)
            gathering.add(
                "bad-header",
                place,
                wrong,
                Text(
                    "每列的表头要有，且不重复；表头上方的标题请删去",
                    "every column needs a header of its own; delete a title above it",
                ),
            )
        first.setdefault(name, index)


def _find_fault(name: str, *, is_repeated: bool) -> Text | None:
    if not name:
        return Text("这一列有内容，但没有表头", "this column has content but no header")
    if any(unicodedata.category(sign) in ("Cc", "Cf") for sign in name):
        return Text(
            "表头里有换行或看不见的字符", "the header holds a line break or an invisible character"
        )
    return Text(f"表头“{name}”重复了", f'the header "{name}" occurs twice') if is_repeated else None
