"""Why a text is no number: the reason that fits best, and what to write instead."""

import re
import unicodedata
from collections.abc import Callable

from kaohe.errors import KaoheError
from kaohe.language import Text

MOST_DIGITS = 18
MOST_CHARACTERS = 64


class BadNumber(KaoheError):
    """A text that is no number here: what is wrong with it, and the remedy."""

    def __init__(self, wrong: Text, remedy: Text) -> None:
        self.wrong = wrong
        self.remedy = remedy
        super().__init__(f"{wrong.en} → {remedy.en}")


_PLAIN = Text("请写十进制数，如 1234.5", "write a decimal number such as 1234.5")
_FULL = Text("请把数写全，如 1200", "write the number in full, such as 1200")


def explain_refusal(text: str, plain: str) -> BadNumber:
    """Why `text` is refused; `plain` is the same with its full-width characters made ordinary."""
    if len(text) > MOST_CHARACTERS:
        return _complain(
            f"{text[:12]}…", ("太长，不是一个数", "is too long to be a number"), _PLAIN
        )
    hidden = next((sign for sign in text if _is_invisible(sign)), None)
    if hidden is not None:
        return _explain_invisible(text, hidden)
    for matches, reason, remedy in _REASONS:
        if matches(plain):
            return _complain(text, reason, remedy)
    return _complain(text, ("不是数", "is not a number"), _PLAIN)


def _complain(text: str, reason: tuple[str, str], remedy: Text) -> BadNumber:
    return BadNumber(Text(f"“{text}”{reason[0]}", f'"{text}" {reason[1]}'), remedy)


def _is_invisible(sign: str) -> bool:
    return sign != " " and unicodedata.category(sign) in (
        "Cc",
        "Cf",
        "Zs",
        "Zl",
        "Zp",
        "Cs",
        "Co",
        "Cn",
    )


def _explain_invisible(text: str, sign: str) -> BadNumber:
    shown = "".join("□" if _is_invisible(each) else each for each in text)
    code = f"U+{ord(sign):04X}"
    return BadNumber(
        Text(
            f"“{shown}”里有看不见的字符（{code}）",
            f'"{shown}" holds an invisible character ({code})',
        ),
        Text("请删去后重新输入这个数", "delete it and type the number again"),
    )


def _matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE | re.ASCII)
    return lambda plain: compiled.search(plain) is not None


def _has_foreign_digit(plain: str) -> bool:
    return any(
        sign not in "0123456789万亿" and unicodedata.numeric(sign, None) is not None
        for sign in plain
    )


def _has_many_digits(plain: str) -> bool:
    return (
        _matching(r"^[+-]?[\d,]+(\.\d+)?[%万亿]*$")(plain)
        and sum(map(str.isdigit, plain)) > MOST_DIGITS
    )


_REASONS: tuple[tuple[Callable[[str], bool], tuple[str, str], Text], ...] = (
    (_matching(r"^$"), ("是空白，不是数", "is empty, not a number"), _PLAIN),
    (
        _matching(r"^'?[=@＝＠]|^'"),
        ("看起来是公式", "looks like a formula"),
        Text("请只写算好的数", "write the resulting number only"),
    ),
    (
        _matching(r"^#"),
        ("是表格的错误值", "is an error value of a spreadsheet"),
        Text("请改正公式，再填算好的数", "mend the formula and enter its result"),
    ),
    (
        _matching(r"^[+-]?(nan|inf(inity)?|∞)$"),
        ("不是一个确定的数", "is not a definite number"),
        _PLAIN,
    ),
    (_matching(r"^[+-]?0[xob]"), ("不是十进制数", "is not decimal"), _PLAIN),
    (
        _matching(r"^[+-]?[\d.,]+[eｅＥ][+-]?\d+$"),
        ("是科学记数法", "is in scientific notation"),
        _FULL,
    ),
    (
        _matching(r"_"),
        ("里有下划线", "holds an underscore"),
        Text(
            "千分位请用逗号，如 1,000，或不用",
            "group thousands by commas, such as 1,000, or not at all",
        ),
    ),
    (
        _has_foreign_digit,
        ("里有 0–9 以外的数字", "holds digits other than 0–9"),
        Text("请用 0–9 写，如 120 或 0.5", "write it with 0–9, such as 120 or 0.5"),
    ),
    (
        _has_many_digits,
        (
            f"多于{MOST_DIGITS}位，超出可精确保存的范围",
            f"has more than {MOST_DIGITS} digits, more than can be kept exactly",
        ),
        Text("请核对是不是编码；数请减少位数", "is it a code? a number needs fewer digits"),
    ),
    (
        _matching(r"^[+-]?[\d.,]+‰$"),
        ("带千分号", "has a per-mille sign"),
        Text(
            "请换算成指标的计量单位，只写数",
            "convert it to the indicator's unit and write the number only",
        ),
    ),
    (
        _matching(r"^[+-]?[\d.,]+%$"),
        ("带百分号，而这里的单位不是 %", "has a percent sign, and the unit here is not %"),
        Text("请按指标的计量单位填，不写 %", "write it in the indicator's unit, without the sign"),
    ),
    (
        _matching(r"^[+-]?[\d.,]+[万亿]+$"),
        ("带“万”或“亿”，而这里不允许", "uses 万 or 亿, which is not allowed here"),
        _FULL,
    ),
    (
        _matching(r"^[+-]?\d[\d.]*\.\d+,\d*$"),
        ("把逗号用作小数点", "uses a comma as the decimal point"),
        Text(
            "逗号只作千分位，小数点用“.”，如 1234.5",
            'a comma groups thousands and "." is the decimal point: 1234.5',
        ),
    ),
    (
        _matching(r"^[+-]?[\d,]*,[\d,]*(\.\d*)?[%万亿]?$"),
        ("的逗号位置不对", "has a comma in the wrong place"),
        Text(
            "逗号只能每三位一个，如 1,234；或不用",
            "a comma stands before every third digit, such as 1,234; or use none",
        ),
    ),
    (
        _matching(r"^[+-]?\d+\.[%万亿]?$"),
        ("以小数点结尾", "ends in a decimal point"),
        Text("请写全小数，或去掉小数点，如 12", "write the decimals, or drop the point: 12"),
    ),
    (
        _matching(r"^[+-]?\.\d+[%万亿]?$"),
        ("缺小数点前的 0", "lacks the 0 before its decimal point"),
        Text("请写 0.5 这样的数", "write it as 0.5"),
    ),
    (_matching(r"^[+-]{2,}[\d.,]+"), ("有不止一个正负号", "has more than one sign"), _PLAIN),
    (
        _matching(r"^\(.*\)$|^（.*）$|^[\d.,]+-$"),
        ("不是负数的写法", "is not how a negative number is written"),
        Text("负数请在前面写“-”，如 -5", 'put "-" in front: -5'),
    ),
    (
        _matching(r"^[+-]?\d+/\d+$"),
        ("是分数", "is a ratio"),
        Text("请写成小数，如 0.5", "write it as a decimal such as 0.5"),
    ),
    (
        _matching(r"^\d{1,4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?|月)?$|^\d+:\d+"),
        ("像日期或时间，不是一个数", "looks like a date or a time, not a number"),
        _PLAIN,
    ),
    (
        _matching(r"^[+-]?[\d.]*\.[\d.]*\.[\d.]*$"),
        ("有不止一个小数点", "has more than one decimal point"),
        _PLAIN,
    ),
    (
        _matching(r"\d\s+\d|^[+-]\s|\s[%万亿]"),
        ("中间有空格", "has a space inside"),
        Text("请去掉空格", "remove the space"),
    ),
    (
        _matching(r"\d"),
        ("里除了数还有别的字", "holds more than the number"),
        Text("请只写数，不写单位和符号", "write the number only, without unit or symbol"),
    ),
)
