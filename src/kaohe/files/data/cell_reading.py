"""Single cells read as what their column holds: codes, days, exact numbers, shares."""

import re
from datetime import date
from fractions import Fraction

from kaohe.files.data.names import BadCell
from kaohe.files.tables.table import RawCell
from kaohe.language import Text
from kaohe.numbers.grammar import BadNumber, parse_number
from kaohe.numbers.writing import write_number
from kaohe.rules.parameters import read_share

FAULTS = (BadCell, BadNumber)
"""What the readers raise; each says what is wrong and the remedy."""

_SPACES = " \u00a0\u3000\t\r\n"
_DAY = re.compile(r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})日?")


def read_text(raw: RawCell) -> str:
    """A code, a name or a note, without the spaces around it; a number or a date as it is written."""
    match raw:
        case None:
            return ""
        case Fraction():
            return write_number(raw)
        case bool():
            return str(raw).upper()
        case date():
            return raw.isoformat()
        case _:
            return raw.strip(_SPACES)


def read_day(raw: RawCell) -> str:
    """A day as year-month-day; empty where none is given."""
    written = read_text(raw)
    match = _DAY.fullmatch(written)
    if not written:
        return ""
    try:
        return date(*map(int, match.groups())).isoformat() if match else _refuse_day(written)
    except ValueError:
        return _refuse_day(written)


def read_number(raw: RawCell) -> Fraction:
    """An exact number."""
    if isinstance(raw, date | bool):
        raise refuse_kind(raw)
    return raw if isinstance(raw, Fraction) else parse_number(raw or "")


def read_part(raw: RawCell) -> Fraction:
    """A share between nothing and all: 0.5, 50% or 1/2."""
    if isinstance(raw, date | bool):
        raise refuse_kind(raw)
    part = read_share(raw if isinstance(raw, Fraction) else (raw or "").strip(_SPACES))
    if not 0 <= part <= 1:
        raise BadCell(
            Text(f"{read_text(raw)} 不在 0 到 1 之间", f"{read_text(raw)} is not between 0 and 1"),
            Text("请写份额，如 0.5、50% 或 1/2", "write a share such as 0.5, 50% or 1/2"),
        )
    return part


def read_amount(raw: RawCell) -> Fraction:
    """A number that is not negative."""
    amount = read_number(raw)
    if amount < 0:
        raise BadCell(
            Text(f"{read_text(raw)} 是负数", f"{read_text(raw)} is negative"),
            Text("请写零或正数", "write zero or more"),
        )
    return amount


def read_count(raw: RawCell) -> Fraction:
    """How many: a whole number that is not negative."""
    count = read_amount(raw)
    if count.denominator != 1:
        raise BadCell(
            Text(f"{read_text(raw)} 不是整数", f"{read_text(raw)} is no whole number"),
            Text("请写整数，如 3", "write a whole number such as 3"),
        )
    return count


def refuse_kind(raw: RawCell) -> BadCell:
    """The refusal of a date or a truth value where a number is wanted."""
    zh, en = ("真假值", "a truth value") if isinstance(raw, bool) else ("日期", "a date")
    return BadCell(
        Text(f"{read_text(raw)} 是{zh}，不是数", f"{read_text(raw)} is {en}, not a number"),
        Text(
            "请把单元格格式改为“常规”，再填数",
            'set the cell\'s format to "General" and enter a number',
        ),
    )


def _refuse_day(written: str) -> str:
    raise BadCell(
        Text(f"“{written}”不是日期", f'"{written}" is not a day'),
        Text("请写成 2019-12-31", "write it as 2019-12-31"),
    )
