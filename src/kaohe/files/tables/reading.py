"""Tables from files: workbooks, separated text and Parquet, told apart by name and held to it by content."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from kaohe.errors import Finding, Place, Severity
from kaohe.files.tables.delimited import read_delimited
from kaohe.files.tables.formats import expect_format
from kaohe.files.tables.limits import COMMAND_LINE, Limits
from kaohe.files.tables.table import Table
from kaohe.files.tables.workbooks import list_sheets, read_workbook
from kaohe.language import Text


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


def find_unread_sheets(path: Path) -> Iterator[Finding]:
    """A warning for each sheet of a workbook beyond the first, where only that one is read."""
    if expect_format(path) != "xlsx":
        return
    for sheet in list_sheets(path)[1:]:
        yield Finding(
            "data-not-read",
            Severity.WARNING,
            Place(file=path.name, sheet=sheet),
            Text("这张表没有读：只读第一张表", "this sheet is not read: only the first one is"),
            Text("请把数据放在第一张表，不用的请删去", "put the figures on the first sheet, or delete this one"),
        )  # fmt: skip
