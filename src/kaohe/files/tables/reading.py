"""Tables from files: workbooks, separated text and Parquet, told apart by name and held to it by content."""

from importlib import import_module
from pathlib import Path

from kaohe.files.tables.delimited import read_delimited
from kaohe.files.tables.formats import expect_format
from kaohe.files.tables.limits import COMMAND_LINE, Limits
from kaohe.files.tables.table import Table
from kaohe.files.tables.workbooks import list_sheets, read_workbook


def read_table(path: Path, *, sheet: str | None = None, limits: Limits = COMMAND_LINE) -> Table:
    """The table in a file; of a workbook the named sheet, or the first one.

    Raises BadInput with everything that is wrong with it, each with its place and remedy.
    """
    match expect_format(path):
        case "xlsx":
            name = sheet if sheet is not None else list_sheets(path, limits=limits)[0]
            return read_workbook(path, sheets=[name], limits=limits)[name]
        case "parquet":
            # Loaded only where it is needed: the library is large, and most tables are workbooks.
            table: Table = import_module("kaohe.files.tables.parquet").read_parquet(
                path, limits=limits
            )
            return table
        case _:
            return read_delimited(path, limits=limits)
