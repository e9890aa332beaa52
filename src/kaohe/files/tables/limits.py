"""How large a file may be, so that none can take a machine down."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The most of everything that is read from one file; bytes where nothing else is said."""

    file: int
    unpacked: int
    member: int
    ratio: int
    """Unpacked to packed size, of members that unpack to more than a megabyte."""
    members: int
    sheets: int
    rows: int
    columns: int
    cells: int
    """Of one sheet, counting the whole rectangle from A1 to the last used row and column."""
    text: int
    """Characters in all cells of one sheet."""


UPLOAD = Limits(
    file=10 * MEGABYTE,
    unpacked=100 * MEGABYTE,
    member=50 * MEGABYTE,
    ratio=100,
    members=1_000,
    sheets=20,
    rows=20_000,
    columns=200,
    cells=4_000_000,
    text=20 * MEGABYTE,
)
"""For files that somebody else sends."""

COMMAND_LINE = Limits(
    file=200 * MEGABYTE,
    unpacked=500 * MEGABYTE,
    member=400 * MEGABYTE,
    ratio=200,
    members=1_000,
    sheets=100,
    rows=1_048_576,
    columns=2_000,
    cells=4_000_000,
    text=60 * MEGABYTE,
)
"""For files of one's own: 100,000 units of 30 figures fit."""
