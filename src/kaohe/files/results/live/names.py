"""Names and references in a live workbook: defined names that are valid everywhere, and cells of other sheets."""

import re
from collections.abc import Iterable

from xlsxwriter.utility import xl_col_to_name

_FORBIDDEN_IN_SHEETS = re.compile(r"[\[\]:*?/\\'\x00-\x1f\U00010000-\U0010ffff]")
_LAST_OF_ONE_UNIT = "\uffff"
"""Characters beyond it count twice in Excel, and not every spreadsheet takes them in names."""
_LONGEST_NAME, _LONGEST_SHEET = 200, 31


class NameBook:
    """Gives every name once, whatever the case of its letters; a second one gets a number."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """The wanted name, or with a number behind it where it is taken."""
        name, number = wanted[: self._longest], 1
        while name.lower() in self._taken:
            number += 1
            tail = f"_{number}"
            name = wanted[: self._longest - len(tail)] + tail
        self._taken.add(name.lower())
        return name


class DefinedNames(NameBook):
    """The defined names of a workbook.

    Every name has a letter and an underscore in front, so that none reads like a cell (A1, R1C1).
    """

    def __init__(self) -> None:
        super().__init__(_LONGEST_NAME)

    def name(self, kind: str, *parts: str) -> str:
        """A name such as `p_A1_cap` of its kind and parts; what no name may hold becomes an underscore."""
        return self.take("_".join([kind, *(_clean_part(part) for part in parts if part)]))


def _clean_part(part: str) -> str:
    return "".join(character if _may_be_in_a_name(character) else "_" for character in part)


def _may_be_in_a_name(character: str) -> bool:
    """Letters and digits, but no ² and no ①."""
    is_plain = character.isalpha() or character.isdecimal() or character in "._"
    return is_plain and character <= _LAST_OF_ONE_UNIT


class SheetNames(NameBook):
    """The names of the sheets."""

    def __init__(self) -> None:
        super().__init__(_LONGEST_SHEET)

    def name(self, wanted: str) -> str:
        """A sheet's name without the characters that none may hold."""
        return self.take(_FORBIDDEN_IN_SHEETS.sub("_", wanted))


def refer(sheet: str, column: int, line: int) -> str:
    """A cell of another sheet, by its column (from 0) and line (from 1)."""
    return f"{quote_sheet(sheet)}!{xl_col_to_name(column)}{line}"


def quote_sheet(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def cell(column: int, line: int) -> str:
    """A cell of the same sheet."""
    return f"{xl_col_to_name(column)}{line}"


def fixed(column: int, line: int) -> str:
    """A cell that stays where it is when its formula is copied."""
    return f"${xl_col_to_name(column)}${line}"


def span(column: int, first: int, last: int) -> str:
    """The cells of a column from one line to another, in place when copied."""
    return f"{fixed(column, first)}:{fixed(column, last)}"


def across(first: int, last: int, line: int) -> str:
    """The cells of a line from one column to another."""
    return f"{cell(first, line)}:{cell(last, line)}"


def spans(column: int, lines: Iterable[int]) -> str:
    """The cells of a column on these lines, as few ranges as there are gaps."""
    return ",".join(span(column, first, last) for first, last in join_lines(lines))


def join_lines(lines: Iterable[int]) -> list[tuple[int, int]]:
    """Lines as ranges without gaps: 3, 4, 5, 8 are 3…5 and 8…8."""
    ranges: list[tuple[int, int]] = []
    for line in sorted(lines):
        if ranges and ranges[-1][1] == line - 1:
            ranges[-1] = (ranges[-1][0], line)
        else:
            ranges.append((line, line))
    return ranges
