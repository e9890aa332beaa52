"""Cell addresses: columns by letters, rows by number, both counted from one."""

import re

_CELL = r"\$?([A-Z]{1,3})\$?([0-9]{1,7})"
_RANGE = re.compile(f"{_CELL}(?::{_CELL})?")


def name_column(number: int) -> str:
    """The letters of a column: 1 is A, 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def number_column(letters: str) -> int:
    """The number of a column: A is 1, AB is 28."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def name_cell(row: int, column: int) -> str:
    """The address of a cell: row 3 and column 2 are B3."""
    return f"{name_column(column)}{row}"


def split_range(reference: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of a range such as A1:C3 or B2.

    Raises ValueError for anything else.
    """
    match = _RANGE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    left, top, right, bottom = match.groups()
    first = int(top), number_column(left)
    last = (int(bottom), number_column(right)) if right else first
    return *first, *last
