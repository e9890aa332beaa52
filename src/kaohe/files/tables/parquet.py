"""Tables in Parquet files: columns of declared types."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kaohe.errors import Place
from kaohe.files.tables.formats import require_format
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.limits import COMMAND_LINE, Limits
from kaohe.files.tables.table import Table
from kaohe.files.tables.table_shape import shape_table
from kaohe.language import Text
from kaohe.numbers.cells import number_from_double
from kaohe.numbers.refusals import BadNumber


def read_parquet(path: Path, *, limits: Limits = COMMAND_LINE) -> Table:
    """The table in a Parquet file: integers and decimals exactly, doubles at fifteen significant digits.

    For files of one's own, not for uploads: the format's own reader is not guarded against harm.
    Raises BadInput for types that are no table cells, and for NaN and infinity.
    """
    require_format(path, expected=["parquet"], limits=limits)
    gathering = Gathering()
    try:
        columns = _read_columns(path, limits, gathering)
    except (pa.ArrowException, OSError):
        gathering.refuse(
            "damaged-file",
            Place(file=path.name),
            Text("Parquet 文件已损坏", "the Parquet file is damaged"),
            Text("请重新导出", "export it again"),
        )
    for name, cells in columns:
        _check_doubles(cells, Place(file=path.name, key=name), gathering)
    rows = [[name for name, _ in columns], *zip(*(cells for _, cells in columns), strict=True)]
    table = shape_table(
        rows, range(len(rows)), file=path.name, sheet="", is_workbook=False, gathering=gathering
    )
    gathering.raise_findings()
    return table


def _read_columns(path: Path, limits: Limits, gathering: Gathering) -> list[tuple[str, list[Any]]]:
    schema = pq.read_schema(path)
    texts = [field.name for field in schema if _is_text(field.type)]
    with pq.ParquetFile(path, read_dictionary=texts) as file:
        _check_size(file.metadata, Place(file=path.name), limits, gathering)
        _check_types(schema, path.name, gathering)
        table = file.read()
    _check_text(table, Place(file=path.name), limits, gathering)
    return [
        (name, _list_cells(column))
        for name, column in zip(table.column_names, table.columns, strict=True)
    ]


def _check_size(metadata: Any, place: Place, limits: Limits, gathering: Gathering) -> None:
    rows, columns = metadata.num_rows, metadata.num_columns
    unpacked = sum(
        metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups)
    )
    if rows * columns > limits.cells or columns > limits.columns or unpacked > limits.unpacked:
        gathering.refuse(
            "too-large",
            place,
            Text(
                f"表太大：{rows:,} 行 {columns:,} 列，{unpacked:,} 字节",
                f"the table is too large: {rows:,} rows of {columns:,} columns, {unpacked:,} bytes",
            ),
            Text(
                f"上限 {limits.cells:,} 格；请分成几个文件",
                f"at most {limits.cells:,} cells; split it",
            ),
        )


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _check_types(schema: Any, file: str, gathering: Gathering) -> None:
    for field in schema:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        if not _is_cell_type(kind):
            gathering.add(
                "bad-type",
                Place(file=file, key=field.name),
                Text(
                    f"这一列的类型是 {kind}，不能作为表格的值",
                    f"this column is of type {kind}, which is no table cell",
                ),
                Text(
                    "请转成整数、小数（decimal 或 double）、文本或日期",
                    "convert it to integers, decimals, doubles, text or dates",
                ),
            )
    gathering.raise_findings()


def _is_cell_type(kind: Any) -> bool:
    """Whether a value means one thing; single precision does not, it has no decimal digits of its own."""
    is_one_of = (pa.types.is_integer, pa.types.is_float64, pa.types.is_decimal, pa.types.is_boolean)
    return _is_text(kind) or any(
        is_kind(kind) for is_kind in (*is_one_of, pa.types.is_date, pa.types.is_null)
    )


def _check_text(table: Any, place: Place, limits: Limits, gathering: Gathering) -> None:
    """Texts are kept once each until here, so that one repeated a million times is foreseen."""
    total = 0
    for column in table.columns:
        for chunk in column.chunks if pa.types.is_dictionary(column.type) else ():
            lengths = pc.take(pc.binary_length(chunk.dictionary), chunk.indices)
            total += pc.sum(lengths).as_py() or 0
    if total > limits.text:
        gathering.refuse(
            "too-large",
            place,
            Text(
                f"文字太多：{total:,} 字节，上限 {limits.text:,}",
                f"too much text: {total:,} bytes of at most {limits.text:,}",
            ),
            Text("请删去用不到的列", "leave out the columns that are not needed"),
        )


def _list_cells(column: Any) -> list[Any]:
    if not pa.types.is_dictionary(column.type):
        return list(column.to_pylist())
    cells: list[Any] = []
    for chunk in column.chunks:
        words = chunk.dictionary.to_pylist()
        cells += [None if index is None else words[index] for index in chunk.indices.to_pylist()]
    return cells


def _check_doubles(cells: list[Any], column: Place, gathering: Gathering) -> None:
    for number, cell in enumerate(cells, start=1):
        if isinstance(cell, float):
            try:
                number_from_double(cell)
            except BadNumber as fault:
                place = Place(file=column.file, line=number, key=column.key)
                gathering.add("bad-cell", place, fault.wrong, fault.remedy)
