"""What the tags of a sheet's XML look like, as plain bytes, under whichever namespace prefix it uses."""

import re
from dataclasses import dataclass
from functools import lru_cache

_ATTRIBUTES = rb'((?:\s+[A-Za-z_][\w:.-]*+="[^"<>&]*+")*+)\s*+'
_ADDRESS = rb'\s+r="([A-Z]{1,3})([1-9][0-9]{0,6})"' + _ATTRIBUTES
_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*"
    rb"(?:<\?xml\s+version=[\"']1\.[01][\"'](?:\s+encoding=[\"'](?i:utf-8|us-ascii)[\"'])?"
    rb"(?:\s+standalone=[\"'](?:yes|no)[\"'])?\s*\?>)?\s*"
    rb"<((?:[\w.-]+:)?)worksheet[\s>]"
)
_ATTRIBUTE = re.compile(rb'([\w:.-]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class SheetTags:
    """Patterns for the tags that matter; `cell`, `filled`, `blank` and `row` see every one or none."""

    cell: re.Pattern[bytes]
    filled: re.Pattern[bytes]
    """Column, row and further attributes of a cell that holds something."""
    blank: re.Pattern[bytes]
    uncounted: re.Pattern[bytes]
    """Column, row and further attributes of a formula without a value."""
    string: re.Pattern[bytes]
    """The index of a shared string."""
    any_row: re.Pattern[bytes]
    row: re.Pattern[bytes]
    column: re.Pattern[bytes]
    merged: re.Pattern[bytes]
    text: re.Pattern[bytes]
    """Text so long that it may matter; shorter ones are bounded by the number of cells."""
    inline_text: re.Pattern[bytes]
    disguised: re.Pattern[bytes]
    """Cells and rows under another prefix, which a parser takes for the same."""
    start_of_cell: bytes
    start_of_row: bytes
    start_of_formula: bytes
    start_of_inline: bytes
    start_of_merged: bytes


def recognise_tags(opening: bytes) -> SheetTags | None:
    """The patterns for a sheet that begins like this; None where it is no UTF-8 sheet."""
    match = _OPENING.match(opening)
    return None if match is None else _build_tags(match[1])


def read_count(text: bytes | None) -> int:
    """A whole number as it stands in an attribute; zero where there is none."""
    return int(text) if text is not None and text.isdigit() and len(text) < 10 else 0


def read_attributes(text: bytes) -> dict[bytes, bytes] | None:
    """Attributes by name; None where one is given twice."""
    pairs = _ATTRIBUTE.findall(text)
    attributes = dict(pairs)
    return attributes if len(attributes) == len(pairs) else None


@lru_cache(maxsize=16)
def _build_tags(prefix: bytes) -> SheetTags:
    def build(pattern: bytes) -> re.Pattern[bytes]:
        return re.compile(pattern.replace(b"~", re.escape(prefix)))

    formula = rb"<~f(?:\s[^>]*)?(?:/>|>[^<]*</~f>)"
    no_value = rb"(?:</~c>|<~v\s*/>|<~v></~v>)"
    return SheetTags(
        cell=build(rb"<~c[\s/>]"),
        filled=build(rb"<~c" + _ADDRESS + rb">(?!</)"),
        blank=build(rb"<~c" + _ADDRESS + rb"(?:/>|></)"),
        uncounted=build(rb"<~c" + _ADDRESS + rb">" + formula + no_value),
        string=build(rb' t="s"[^>]*><~v>([0-9]{1,9})<'),
        any_row=build(rb"<~row[\s/>]"),
        row=build(rb"<~row" + _ATTRIBUTES + rb"/?>"),
        column=build(rb"<~col" + _ATTRIBUTES + rb"/?>"),
        merged=build(rb"<~mergeCell" + _ATTRIBUTES + rb"/?>"),
        text=re.compile(rb">([^<>]{40,})<"),
        inline_text=re.compile(rb">([^<>]+)<"),
        disguised=build(rb"<(?!~[cr])[^\s<>/!?:]*:(?:c|row)[\s/>]"),
        start_of_cell=b"<%sc" % prefix,
        start_of_row=b"<%srow" % prefix,
        start_of_formula=b"<%sf" % prefix,
        start_of_inline=b"<%sis" % prefix,
        start_of_merged=b"<%smergeCell " % prefix,
    )
