"""The one grammar of typed and imported numbers: whatever does not fit is refused, never guessed.

Accepted are 0–9 (also full-width), one sign, one decimal point with digits on both sides, and
commas before every third digit; `%`, 万 and 亿 only where the indicator allows them. Characters are
mapped one by one: no Unicode normalisation and no number parser of Python, which accept far more.
"""

import re
from fractions import Fraction

from kaohe.language import Text
from kaohe.numbers.absence import ABSENCE_WORDS, UNCLEAR_WORDS, Cell
from kaohe.numbers.refusals import MOST_CHARACTERS, MOST_DIGITS, BadNumber, explain_refusal

__all__ = ["BadNumber", "parse_cell", "parse_number"]

_SPACES = " \u00a0\u3000"
_ORDINARY = str.maketrans("０１２３４５６７８９．，＋－−％", "0123456789.,+--%")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<rest>[0-9]+))?"
    r"(?P<suffix>%|万亿|万|亿|)"
)
_SUFFIXES = {"": 1, "%": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}


def parse_number(text: str, *, percent: bool = False, myriads: bool = False) -> Fraction:
    """The number a text stands for; with `percent` 12% is 12, with `myriads` 3万 is 30000.

    Raises BadNumber, with the reason and the remedy, for everything else.
    """
    trimmed = text.strip(_SPACES)
    plain = trimmed.translate(_ORDINARY)
    match = _NUMBER.fullmatch(plain) if len(plain) <= MOST_CHARACTERS else None
    if match is None or not _allows(match["suffix"], percent=percent, myriads=myriads):
        raise explain_refusal(trimmed, plain)
    whole = match["whole"].replace(",", "").lstrip("0")
    rest = match["rest"] or ""
    if len(whole) + len(rest) > MOST_DIGITS:
        raise explain_refusal(trimmed, plain)
    scaled = int(f"0{whole}{rest}") * _SUFFIXES[match["suffix"]]
    return Fraction(-scaled if match["sign"] == "-" else scaled, 10 ** len(rest))


def _allows(suffix: str, *, percent: bool, myriads: bool) -> bool:
    if suffix == "%":
        return percent
    return myriads or not suffix


def parse_cell(text: str, *, percent: bool = False, myriads: bool = False) -> Cell:
    """A number, or why there is none: empty, 不适用 or /, 未到期, 拒报.

    Raises BadNumber where neither is meant without doubt (无, -, 暂缺 …).
    """
    trimmed = text.strip(_SPACES)
    word = trimmed.lower()
    if word in ABSENCE_WORDS:
        return ABSENCE_WORDS[word]
    if word in UNCLEAR_WORDS:
        raise BadNumber(
            Text(f"“{trimmed}”说不清是什么意思", f'"{trimmed}" can mean several things'),
            Text(
                "没有数就留空，或写：不适用、未到期、拒报；是零就写 0",
                "leave it empty, or write 不适用 (N/A), 未到期 (not due) or 拒报 (refused); write 0 for zero",
            ),
        )
    return parse_number(trimmed, percent=percent, myriads=myriads)
