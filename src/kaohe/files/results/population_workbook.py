"""The result of a population as one sheet of plain figures, written row by row in little memory."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter

from kaohe.errors import BadInput, Place, blocking
from kaohe.files.data.figure_columns import is_text
from kaohe.language import Text

MOST_ROWS = 1_048_576
"""Of one sheet, its heads included."""

_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
# No moment of writing goes into a file: the same result is the same bytes.
_NO_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001  (a workbook holds no zone)
_WIDTH = 12
_MOST_CHARACTERS = 32_767

Write = Callable[[pa.Table], None]


@contextmanager
def open_workbook(path: Path, schema: pa.Schema) -> Iterator[Write]:
    """A sheet to which tables of this schema are written one after the other; numbers show their decimals.

    Raises BadInput where there are more rows than a sheet has.
    """
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        book.set_properties({"created": _NO_MOMENT})
        pen = _Pen(book, schema)
        yield pen.write


class _Pen:
    """Writes heads once, then every table below the one before."""

    def __init__(self, book: xlsxwriter.Workbook, schema: pa.Schema) -> None:
        self._sheet = book.add_worksheet("result")
        self._sheet.freeze_panes(1, 1)
        self._sheet.set_column(0, len(schema) - 1, _WIDTH)
        head = book.add_format({"bold": True, "bottom": 1})
        for place, name in enumerate(schema.names):
            self._sheet.write_string(0, place, name, head)
        formats = {kind: book.add_format({"num_format": _show(kind)}) for kind in {*schema.types}}
        self._formats = [formats[kind] for kind in schema.types]
        self._next = 1

    def write(self, table: pa.Table) -> None:
        """The rows of one table."""
        require_room(self._next + len(table))
        columns = [
            (place, self._find_writer(column.type), column_format, _list_cells(column))
            for place, (column, column_format) in enumerate(
                zip(table.columns, self._formats, strict=True)
            )
        ]
        for number in range(len(table)):
            row = self._next + number
            for place, write, column_format, cells in columns:
                cell = cells[number]
                if cell is not None:
                    write(row, place, cell, column_format)
        self._next += len(table)

    def _find_writer(self, kind: pa.DataType) -> Callable[..., Any]:
        """What writes cells of one type; a text never becomes anything else."""
        write: Callable[..., Any] = (
            self._sheet.write_string if is_text(kind) else self._sheet.write_number
        )
        return write


def require_room(rows: int) -> None:
    """Refuse, as BadInput, more rows than a sheet has."""
    if rows > MOST_ROWS:
        raise BadInput([
            blocking(
                "too-many-rows",
                Place(),
                Text(f"工作表至多 {MOST_ROWS:,} 行", f"a sheet has at most {MOST_ROWS:,} rows"),
                Text("请写成 .parquet 或 .csv", "write .parquet or .csv instead"),
            )
        ])  # fmt: skip


def _show(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return "0." + "0" * kind.scale if kind.scale else "0"
    return "0" if pa.types.is_integer(kind) else "General" if pa.types.is_floating(kind) else "@"


def _list_cells(column: pa.ChunkedArray) -> Sequence[Any]:
    """The cells of a column, None where there is none; decimals as the doubles nearest to them."""
    array = column.combine_chunks()
    if is_text(array.type):
        return list(pc.utf8_slice_codeunits(array, 0, _MOST_CHARACTERS).to_pylist())
    if not pa.types.is_decimal(array.type) or not len(array):
        return list(array.to_pylist())
    words = np.frombuffer(array.buffers()[1], dtype=np.int64).reshape(-1, 2)
    wholes = words[array.offset : array.offset + len(array), 0]
    cells: list[Any] = (wholes / 10**array.type.scale).tolist()
    for row in np.flatnonzero(array.is_null().to_numpy(zero_copy_only=False)):
        cells[row] = None
    return cells
