"""Tables of figures for analysis: a row for each subject, read as floats from CSV, XLSX, Parquet or Arrow."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kaohe.analysis.index_model import IndexModel
from kaohe.analysis.matrices import Floats
from kaohe.analysis.wide_tables import WantedColumns, WideTable, find_subject_faults, want_columns
from kaohe.errors import BadInput, Finding, Place
from kaohe.files.data.cell_reading import FAULTS, read_text, refuse_kind
from kaohe.files.tables.formats import expect_format, require_format
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.limits import COMMAND_LINE
from kaohe.files.tables.reading import find_unread_sheets, read_table
from kaohe.files.tables.table import RawCell, Table
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.numbers.grammar import parse_cell


def read_wide_table(path: Path, index: IndexModel) -> WideTable:
    """The columns an index asks for; others are left unread. Absent figures of any kind are missing.

    Raises BadInput with everything that is wrong, each with its place.
    """
    if expect_format(path) == "parquet":
        require_format(path, expected=["parquet"], limits=COMMAND_LINE)
        return read_arrow(_read_parquet(path), index, file=path.name)
    table = _read_cells(read_table(path), index)
    return replace(table, findings=tuple(find_unread_sheets(path)))


def _read_parquet(path: Path) -> pa.Table:
    try:
        with pq.ParquetFile(path) as file:
            return file.read()
    except (pa.ArrowException, OSError):
        Gathering().refuse(
            "damaged-file",
            Place(file=path.name),
            Text("Parquet 文件已损坏", "the Parquet file is damaged"),
            Text("请重新导出", "export it again"),
        )


def _read_cells(table: Table, index: IndexModel) -> WideTable:
    wanted = _require(*want_columns(index, table.header, table.place(None)))
    gathering = Gathering()
    rows = list(table.rows)
    at = {name: place for place, name in enumerate(table.header)}
    _require_rows(len(rows), table.place(None), gathering)
    subjects = tuple(read_text(row[at[wanted.subject]]) for row in rows)
    places = (table.place(row) for row in range(len(rows)))
    gathering.extend(find_subject_faults(subjects, places))
    columns = {
        name: _read_column([row[at[name]] for row in rows], table, at[name], gathering)
        for name in wanted.figures
    }
    labels = {name: tuple(read_text(row[at[name]]) for row in rows) for name in wanted.labels}
    gathering.raise_findings()
    return WideTable(subjects, columns, labels, Place(file=table.file, sheet=table.sheet))


def _require(wanted: WantedColumns | None, findings: list[Finding]) -> WantedColumns:
    if wanted is None:
        raise BadInput(findings)
    return wanted


def _read_column(cells: list[RawCell], table: Table, column: int, gathering: Gathering) -> Floats:
    figures = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        try:
            figures[row] = _read_figure(cell)
        except FAULTS as fault:
            gathering.add("bad-figure", table.place(row, column), fault.wrong, fault.remedy)
    return figures


def _read_figure(raw: RawCell) -> float:
    """A figure as a float, NaN where there is none. Raises BadNumber or BadCell."""
    if raw is None:
        return float("nan")
    if isinstance(raw, Fraction):
        return float(raw)
    if not isinstance(raw, str):
        raise refuse_kind(raw)
    cell = parse_cell(raw)
    return float("nan") if isinstance(cell, Absence) else float(cell)


def read_arrow(table: pa.Table, index: IndexModel, *, file: str = "") -> WideTable:
    """The same from an Arrow table, whose columns of figures are numbers; NaN and null are missing.

    Raises BadInput for columns that are not there or no numbers, and for rows without a subject of their own.
    """
    place = Place(file=file)
    require_names(table, place)
    wanted = _require(*want_columns(index, table.column_names, place))
    kinds = {name: table.schema.field(name).type for name in wanted.figures}
    gathering = Gathering()
    for name, kind in kinds.items():
        if not is_number(kind):
            gathering.add(
                "bad-type",
                Place(file=file, key=name),
                Text(
                    f"这一列的类型是 {kind}，不是数", f"this column is of type {kind}, not numbers"
                ),
                Text("请转成整数或小数", "convert it to integers, decimals or doubles"),
            )
    _require_rows(len(table), place, gathering)
    subjects = read_texts(table.column(wanted.subject))
    gathering.extend(find_subject_faults(subjects, _count_rows(file, len(subjects))))
    gathering.raise_findings()
    return WideTable(
        subjects,
        {name: read_floats(table.column(name)) for name in wanted.figures},
        {name: read_texts(table.column(name)) for name in wanted.labels},
        place,
    )


def require_names(table: pa.Table, place: Place) -> pa.Table:
    """The table, unless two of its columns have one name. Raises BadInput naming those that do."""
    heads, gathering = table.column_names, Gathering()
    for head in dict.fromkeys(head for head in heads if heads.count(head) > 1):
        gathering.add(
            "column-twice",
            replace(place, key=head),
            Text("有两列是这个名称", "two columns have this name"),
            Text("请更改或删去一列", "change or delete one of them"),
        )
    gathering.raise_findings()
    return table


def _require_rows(count: int, place: Place, gathering: Gathering) -> None:
    if not count:
        gathering.add(
            "no-rows",
            place,
            Text("表里一行数据也没有", "the table has no rows"),
            Text("请给每个对象写一行", "give each subject a row"),
        )


def _count_rows(file: str, count: int) -> Iterator[Place]:
    return (Place(file=file, line=number) for number in range(1, count + 1))


def is_number(kind: pa.DataType) -> bool:
    """Whether a column of this type holds figures; one of nothing but nulls does."""
    is_one_of = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_null)
    return any(is_kind(kind) for is_kind in is_one_of)


def read_floats(column: pa.ChunkedArray) -> Floats:
    """A column of numbers as float64, NaN where there is none."""
    floats = pc.fill_null(column.cast(pa.float64(), safe=False), float("nan"))
    return np.asarray(floats.to_numpy(), dtype=np.float64)


def read_texts(column: pa.ChunkedArray) -> tuple[str, ...]:
    """A column of anything as texts, empty where there is nothing."""
    return tuple("" if each is None else str(each).strip() for each in column.to_pylist())
