"""Tables a quota is divided by: headcounts by organ, category and date, and decided unit grades."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from kaohe.files.data.cell_reading import FAULTS, read_count, read_day, read_text
from kaohe.files.data.names import BadCell
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.reading import read_table
from kaohe.files.tables.table import RawCell, Table
from kaohe.grading.headcounts import Headcount
from kaohe.language import Text

_HEADCOUNT_COLUMNS = {
    "organ": ("organ", "unit", "单位代码", "单位"),
    "category": ("category", "人员类别", "类别"),
    "date": ("date", "基准日", "日期"),
    "number": ("number", "人数"),
}
_GRADE_COLUMNS = {
    "unit": ("unit", "organ", "单位代码", "单位"),
    "grade": ("grade", "等次"),
    "decided_by": ("decided_by", "决定人", "决定机构"),
}
_NO_DECIDER = BadCell(
    Text("没有写明由谁决定该等次", "the row does not say who decided the grade"),
    Text("请写机构或会议", "name the body or meeting"),
)

Cells = Mapping[str, tuple[int, RawCell]]
"""The cells of a row by what they hold, each with the index of its column."""
Value = TypeVar("Value")


def read_headcounts(path: Path, *, codes: Mapping[str, str] | None = None) -> list[Headcount]:
    """The headcount rows in a table with the columns organ, category, date and number.

    `codes` are those of organs by name, for tables that name them. Raises BadInput with every cell
    that cannot be read.
    """
    table, gathering = read_table(path), Gathering()
    rows = []
    for row, cells in _iterate_rows(table, _HEADCOUNT_COLUMNS, gathering):
        reading = _Row(table, row, cells, gathering)
        organ = reading.read("organ", _read_needed, "")
        rows.append(
            Headcount(
                (codes or {}).get(organ, organ),
                reading.read("category", _read_needed, ""),
                reading.read("date", _read_date, date.min),
                reading.read("number", _read_headcount, 0),
                table.place(row),
            )
        )
    gathering.raise_findings()
    return rows


def read_decided_grades(path: Path, *, codes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Decided grades by unit; each row names who decided.

    `codes` are those of units by name. Raises BadInput for a row without its decider, since no grade
    arises without one, and for a unit with two rows.
    """
    table, gathering = read_table(path), Gathering()
    grades: dict[str, str] = {}
    for row, cells in _iterate_rows(table, _GRADE_COLUMNS, gathering):
        reading = _Row(table, row, cells, gathering)
        unit = reading.read("unit", _read_needed, "")
        reading.read("decided_by", _read_decider, "", kind="grade-without-decider")
        unit = (codes or {}).get(unit, unit)
        if unit in grades:
            gathering.add(
                "grade-repeated",
                table.place(row),
                Text(f"{unit}的等次写了两次", f"{unit} has two grades"),
                Text("只保留一行", "keep one row"),
            )
        grades[unit] = reading.read("grade", _read_needed, "")
    gathering.raise_findings()
    return grades


class _Row:
    """One row whose cells are read one by one; what cannot be read is gathered."""

    def __init__(self, table: Table, row: int, cells: Cells, gathering: Gathering) -> None:
        self._table, self._row, self._cells, self._gathering = table, row, cells, gathering

    def read(
        self,
        name: str,
        reader: Callable[[RawCell], Value],
        otherwise: Value,
        *,
        kind: str = "cell-unreadable",
    ) -> Value:
        """A cell by its reader; `otherwise` where it raises, and a finding."""
        column, cell = self._cells[name]
        try:
            return reader(cell)
        except FAULTS as fault:
            place = self._table.place(self._row, column)
            self._gathering.add(kind, place, fault.wrong, fault.remedy)
            return otherwise


def _iterate_rows(
    table: Table, columns: Mapping[str, tuple[str, ...]], gathering: Gathering
) -> Iterator[tuple[int, Cells]]:
    places = {name: table.index(*names) for name, names in columns.items()}
    for name, place in places.items():
        if place is None:
            gathering.add(
                "column-missing",
                table.place(None),
                Text(f"缺少“{columns[name][-1]}”列", f'the column "{name}" is missing'),
                Text(f"请在表头加上 {columns[name][-1]}", f'add "{name}" to the header'),
            )
    gathering.raise_findings()
    for number, row in enumerate(table.rows):
        yield (
            number,
            {name: (place, row[place]) for name, place in places.items() if place is not None},
        )


def _read_needed(cell: RawCell) -> str:
    written = read_text(cell)
    if not written:
        raise BadCell(Text("没有填写", "nothing is written"), Text("请填写", "fill it in"))
    return written


def _read_decider(cell: RawCell) -> str:
    written = read_text(cell)
    if not written:
        raise _NO_DECIDER
    return written


def _read_date(cell: RawCell) -> date:
    return date.fromisoformat(read_day(_read_needed(cell)))


def _read_headcount(cell: RawCell) -> int:
    return int(read_count(cell))
