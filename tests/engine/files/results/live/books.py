"""Live workbooks under test: read, edited, falsified, recalculated and compared cell by cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from tests.engine.office import recalculate_all

Cells = dict[str, list[list[Any]]]
_CACHED_NUMBER = re.compile(r"(</f><v>)-?[0-9.e+-]+(</v>)")


def read_cells(path: Path) -> Cells:
    """What every cell of every sheet shows; an error by its name."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    cells = {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book
    }
    book.close()
    return cells


def recalculate_books(paths: Sequence[Path], folder: Path) -> list[Cells]:
    """What every cell shows once LibreOffice has recalculated it."""
    recalculate_all(paths, folder)
    return [read_cells(folder / "recalculated" / path.name) for path in paths]


def list_differences(one: Cells, other: Cells) -> list[tuple[Any, ...]]:
    """Sheet, line, column and both contents wherever they differ; noise of doubles apart."""
    assert list(one) == list(other)
    return [
        (name, line, column, *pair)
        for name in one
        for line, column, *pair in _walk(one[name], other[name])
        if not _is_same(*pair)
    ]


def _walk(one: list[list[Any]], other: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    for line in range(max(len(one), len(other))):
        left, right = (rows[line] if line < len(rows) else [] for rows in (one, other))
        for column in range(max(len(left), len(right))):
            cells = (row[column] if column < len(row) else None for row in (left, right))
            yield line + 1, column + 1, *cells


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return (one or "") == (other or "") and isinstance(one, str | None) == isinstance(
        other, str | None
    )


def falsify(path: Path, target: Path) -> int:
    """A copy in which every number a formula shows is wrong; how many that were."""
    count = 0
    with ZipFile(path) as book, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for member in book.infolist():
            content = book.read(member)
            if member.filename.startswith("xl/worksheets/sheet"):
                text, found = _CACHED_NUMBER.subn(r"\g<1>12345\2", content.decode())
                content, count = text.encode(), count + found
            copy.writestr(member, content)
    return count


def edit_book(
    path: Path,
    target: Path,
    *,
    figures: Mapping[tuple[str, str, str], object] | None = None,
    parameters: Mapping[str, float] | None = None,
) -> None:
    """A copy with other figures, by unit code, indicator code and head, and other named numbers."""
    book = openpyxl.load_workbook(path)
    data = book["数据"]
    lines = {data.cell(line, 1).value: line for line in range(5, data.max_row + 1)}
    columns = {
        (data.cell(2, column).value, data.cell(4, column).value): column
        for column in range(1, data.max_column + 1)
    }
    for (unit, code, head), value in (figures or {}).items():
        data.cell(lines[unit], columns[code, head]).value = value
    for name, number in (parameters or {}).items():
        sheet, cell = next(iter(book.defined_names[name].destinations))
        book[sheet][cell.replace("$", "")].value = number
    book.save(target)
