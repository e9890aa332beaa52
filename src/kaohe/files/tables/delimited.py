"""Tables as text: values separated by commas, semicolons or tabs."""

import csv
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

from kaohe.errors import Place
from kaohe.files.tables.formats import require_format
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.limits import COMMAND_LINE, Limits
from kaohe.files.tables.table import Table, is_blank
from kaohe.files.tables.table_shape import shape_table
from kaohe.files.tables.text_encodings import read_lines
from kaohe.language import Text

_SEPARATORS = ",;\t"
_NEAR_SEPARATORS = "，；|"
_MOST_LINES = 1_000


def read_delimited(path: Path, *, limits: Limits = COMMAND_LINE) -> Table:
    """The table in a text file; the separator is the one that the header line uses most.

    Raises BadInput for undecodable bytes, broken quotes, and rows longer or shorter than the header.
    """
    require_format(path, expected=["text"], limits=limits)
    gathering = Gathering()
    raw: list[list[str]] = []
    numbers: list[int] = []
    with closing(_split_records(path, gathering)) as records:
        for number, row in records:
            place = Place(file=path.name, line=number)
            if raw and len(row) != len(raw[0]):
                add_ragged(len(row), len(raw[0]), place, gathering)
                continue
            raw.append(row)
            numbers.append(number)
            _check_size(raw, place, limits, gathering)
    table = shape_table(
        raw, numbers, file=path.name, sheet="", is_workbook=False, gathering=gathering
    )
    gathering.raise_findings()
    return table


class _Lines(Iterator[str]):
    """Lines for one record after the other; a record of thousands of lines has an open quote."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._count = 0
        self.first = 1

    def __next__(self) -> str:
        line = next(self._lines)
        self._count += 1
        if self._count - self.first >= _MOST_LINES:
            raise csv.Error
        return line

    def begin_record(self) -> None:
        """Whatever comes next is the first line of a record."""
        self.first = self._count + 1


def _split_records(
    path: Path, gathering: Gathering
) -> Generator[tuple[int, list[str]], None, None]:
    """The line on which each record begins, and its fields; blank records are left out."""
    with closing(read_lines(path)) as source:
        leading = list(_take_header(source))
        separator = find_separator("".join(leading), path.name, gathering)
        lines = _Lines(chain(leading, source))
        records = csv.reader(lines, delimiter=separator, strict=True)
        while (row := _read_record(records, lines, path.name, gathering)) is not None:
            if not all(map(is_blank, row)):
                yield lines.first, row
            lines.begin_record()


def _read_record(
    records: Iterator[list[str]], lines: _Lines, file: str, gathering: Gathering
) -> list[str] | None:
    try:
        return next(records, None)
    except csv.Error:
        gathering.refuse(
            "bad-quotes",
            Place(file=file, line=lines.first),
            Text("从这一行起引号没有成对", "from this line on, quotation marks do not pair"),
            Text(
                '含引号的内容请写成 "…""…"，或另存为 .xlsx',
                'write quotes inside a value as "", or save it as .xlsx',
            ),
        )


def _take_header(lines: Iterator[str]) -> Iterator[str]:
    """The first line that is not blank, and those before it."""
    for line in lines:
        yield line
        if line.strip():
            return


def find_separator(header: str, file: str, gathering: Gathering) -> str:
    """What separates the columns of a header line; adds a finding where it is none of the usual signs."""
    bare = "".join(header.split('"')[::2])
    separator = max(_SEPARATORS, key=bare.count)
    if separator not in bare and any(sign in bare for sign in _NEAR_SEPARATORS):
        gathering.add(
            "bad-separator",
            Place(file=file, line=1),
            Text(
                "表头没有用英文逗号、分号或制表符分列",
                "the header is not separated by commas, semicolons or tabs",
            ),
            Text(
                "请用英文逗号“,”分列，或另存为 .xlsx",
                'separate the columns by ",", or save it as .xlsx',
            ),
        )
    return separator


def add_ragged(found: int, expected: int, place: Place, gathering: Gathering) -> None:
    """Add that a line has more or fewer columns than the header."""
    gathering.add(
        "ragged-line",
        place,
        Text(
            f"这一行有 {found} 列，表头有 {expected} 列",
            f"this line has {found} columns, the header has {expected}",
        ),
        Text(
            "请补齐或删去多余的分隔符；值里有逗号时请加引号",
            "add or remove separators; quote values that hold a comma",
        ),
    )


def _check_size(raw: list[list[str]], place: Place, limits: Limits, gathering: Gathering) -> None:
    rows, columns = len(raw), len(raw[0])
    if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
        gathering.refuse(
            "too-large",
            place,
            Text(
                f"表太大：到这一行已有 {rows:,} 行 {columns:,} 列",
                f"the table is too large: up to here {rows:,} rows of {columns:,} columns",
            ),
            Text(
                f"上限 {limits.rows:,} 行、{limits.columns:,} 列、{limits.cells:,} 格；请分成几个文件",
                f"at most {limits.rows:,} rows, {limits.columns:,} columns and {limits.cells:,} cells; split it",
            ),
        )
