"""Tables a quota is divided by: headcounts by organ, category and date, and decided unit grades."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from kaohe.files.gathering import Gathering
from kaohe.files.table import RawCell, Table
from kaohe.files.tables import read_table
from kaohe.grading.headcounts import Headcount
from kaohe.language import Text
from kaohe.numbers.grammar import BadNumber, parse_number

_HEADCOUNT_COLUMNS = {
    "organ": ("organ", "单位", "单位代码"),
    "category": ("category", "类别", "人员类别"),
    "date": ("date", "日期", "基准日"),
    "number": ("number", "人数"),
}
_GRADE_COLUMNS = {
    "unit": ("unit", "单位", "单位代码"),
    "grade": ("grade", "等次"),
    "decided_by": ("decided_by", "决定人", "决定机构"),
}


def read_headcounts(path: Path) -> list[Headcount]:
    """The headcount rows in a table with the columns organ, category, date and number.

    Raises BadInput with every cell that cannot be read.
    """
    table, gathering = read_table(path), Gathering()
    rows = [
        Headcount(
            _text(row["organ"]),
            _text(row["category"]),
            _read_date(row["date"], table, number, gathering),
            _read_count(row["number"], table, number, gathering),
            table.place(number),
        )
        for number, row in _iterate_rows(table, _HEADCOUNT_COLUMNS, gathering)
    ]
    gathering.raise_findings()
    return rows


def read_decided_grades(path: Path) -> dict[str, str]:
    """Decided grades by unit; each row names who decided.

    Raises BadInput for a row without its decider, since no grade arises without one.
    """
    table, gathering = read_table(path), Gathering()
    grades = {}
    for number, row in _iterate_rows(table, _GRADE_COLUMNS, gathering):
        if not _text(row["decided_by"]):
            gathering.add(
                "grade-without-decider",
                table.place(number),
                Text("没有写明由谁决定该等次", "the row does not say who decided the grade"),
                Text("请在“决定人”栏写明机构或会议", "name the body or meeting under decided_by"),
            )
        grades[_text(row["unit"])] = _text(row["grade"])
    gathering.raise_findings()
    return grades


def _iterate_rows(
    table: Table, columns: Mapping[str, tuple[str, ...]], gathering: Gathering
) -> Iterator[tuple[int, dict[str, RawCell]]]:
    places = {name: table.index(*names) for name, names in columns.items()}
    for name, place in places.items():
        if place is None:
            gathering.add(
                "column-missing",
                table.place(None),
                Text(f"缺少“{columns[name][1]}”列", f'the column "{name}" is missing'),
                Text(f"请在表头加上 {columns[name][1]}", f'add "{name}" to the header'),
            )
    gathering.raise_findings()
    for number, row in enumerate(table.rows):
        yield number, {name: row[place] for name, place in places.items() if place is not None}


def _text(cell: RawCell) -> str:
    return "" if cell is None else str(cell).strip()


def _read_date(cell: RawCell, table: Table, row: int, gathering: Gathering) -> date:
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(_text(cell))
    except ValueError:
        gathering.add(
            "not-a-date",
            table.place(row, table.index(*_HEADCOUNT_COLUMNS["date"])),
            Text(f"“{_text(cell)}”不是日期", f'"{_text(cell)}" is not a date'),
            Text("请写成 2019-12-31", "write it like 2019-12-31"),
        )
        return date.min


def _read_count(cell: RawCell, table: Table, row: int, gathering: Gathering) -> int:
    try:
        number = cell if isinstance(cell, Fraction) else parse_number(_text(cell))
    except BadNumber as fault:
        number = Fraction(-1, 2)
        wrong, remedy = fault.wrong, fault.remedy
    else:
        wrong = Text("人数须为整数", "a headcount is a whole number")
        remedy = Text("请写整数，如 12", "write a whole number such as 12")
    if number.denominator != 1:
        place = table.place(row, table.index(*_HEADCOUNT_COLUMNS["number"]))
        gathering.add("not-a-count", place, wrong, remedy)
        return 0
    return int(number)
