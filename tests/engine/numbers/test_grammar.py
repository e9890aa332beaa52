"""The literal table: what every way of writing a number means, or why it is refused."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.numbers.absence import Absence
from kaohe.numbers.grammar import BadNumber, parse_cell, parse_number
from kaohe.numbers.writing import write_number

ACCEPTED = {
    "0": Fraction(0),
    "1": Fraction(1),
    "123": Fraction(123),
    "-5": Fraction(-5),
    "+7": Fraction(7),
    "0.5": Fraction(1, 2),
    "-0.5": Fraction(-1, 2),
    "+0.25": Fraction(1, 4),
    "1.234": Fraction(617, 500),
    "1.50": Fraction(3, 2),
    "100": Fraction(100),
    "007": Fraction(7),
    "00": Fraction(0),
    "00.10": Fraction(1, 10),
    "-0": Fraction(0),
    "-0.00": Fraction(0),
    "+0": Fraction(0),
    "0.1": Fraction(1, 10),
    "0.000001": Fraction(1, 1000000),
    "98.765": Fraction(19753, 200),
    # commas before every third digit
    "1,234": Fraction(1234),
    "12,345": Fraction(12345),
    "123,456": Fraction(123456),
    "12,345,678.90": Fraction(123456789, 10),
    "-1,234.5": Fraction(-2469, 2),
    "999,999,999,999": Fraction(999999999999),
    # full-width forms, one by one
    "１２３": Fraction(123),
    "０１２３４５６７８９": Fraction(123456789),
    "１．５": Fraction(3, 2),
    "－５": Fraction(-5),
    "＋５": Fraction(5),
    "１，２３４": Fraction(1234),
    "１2３": Fraction(123),
    "−5": Fraction(-5),
    "−１．５": Fraction(-3, 2),
    # spaces around
    " 5": Fraction(5),
    "5 ": Fraction(5),
    "   5   ": Fraction(5),
    "\u00a05": Fraction(5),
    "5\u00a0": Fraction(5),
    "\u30005\u3000": Fraction(5),
    " \u00a0\u3000-1.5 ": Fraction(-3, 2),
    # eighteen digits are kept exactly
    "123456789012345678": Fraction(123456789012345678),
    "0.123456789012345678": Fraction(61728394506172839, 500000000000000000),
    "1234567890.12345678": Fraction(61728394506172839, 50000000),
    "000000000000000000001": Fraction(1),
    "999,999,999,999,999,999": Fraction(999999999999999999),
}

REFUSED = {
    # grouping
    "1,23": "逗号位置不对",
    "1,2345": "逗号位置不对",
    "12,34": "逗号位置不对",
    ",123": "逗号位置不对",
    "1,": "逗号位置不对",
    "1,,234": "逗号位置不对",
    "1234,567": "逗号位置不对",
    "1,234,56": "逗号位置不对",
    "0,123": "逗号位置不对",
    "00,123": "逗号位置不对",
    "12,3.4": "逗号位置不对",
    "1,2.34": "逗号位置不对",
    "１，２３": "逗号位置不对",
    "1.234,5": "把逗号用作小数点",
    "1.234.567,89": "把逗号用作小数点",
    "0.5,1": "把逗号用作小数点",
    "1.234,567": "把逗号用作小数点",
    "1_000": "下划线",
    "1_0.5": "下划线",
    "12 345": "中间有空格",
    "1 234.5": "中间有空格",
    "- 5": "中间有空格",
    "1\u00a0234": "看不见的字符（U+00A0）",
    "1\u3000234": "看不见的字符（U+3000）",
    "1\u2009234": "看不见的字符（U+2009）",
    "1\u202f234": "看不见的字符（U+202F）",
    "1'234": "还有别的字",
    "1，23４5": "逗号位置不对",
    "1、234": "还有别的字",
    # the point
    "12.": "以小数点结尾",
    "-12.": "以小数点结尾",
    "１２．": "以小数点结尾",
    ".5": "缺小数点前的 0",
    "-.5": "缺小数点前的 0",
    "．５": "缺小数点前的 0",
    "1..5": "不止一个小数点",
    "1.2.3": "像日期",
    "1。5": "还有别的字",
    "1·5": "还有别的字",
    # other ways of writing numbers
    "1e3": "科学记数法",
    "1E3": "科学记数法",
    "1e400": "科学记数法",
    "1e-3": "科学记数法",
    "1.5E+10": "科学记数法",
    "-2e5": "科学记数法",
    "1ｅ3": "科学记数法",
    "0x10": "不是十进制数",
    "0XFF": "不是十进制数",
    "0b101": "不是十进制数",
    "0o17": "不是十进制数",
    "٣": "0–9 以外的数字",
    "١٢٣": "0–9 以外的数字",
    "१२": "0–9 以外的数字",
    "②": "0–9 以外的数字",
    "⑫": "0–9 以外的数字",
    "½": "0–9 以外的数字",
    "1½": "0–9 以外的数字",
    "5²": "0–9 以外的数字",
    "Ⅳ": "0–9 以外的数字",
    "一百二十": "0–9 以外的数字",
    "三": "0–9 以外的数字",
    "壹": "0–9 以外的数字",
    "十": "0–9 以外的数字",
    "3千": "0–9 以外的数字",
    "3百万": "0–9 以外的数字",
    "𝟗": "0–9 以外的数字",
    "½%": "0–9 以外的数字",
    "NaN": "不是一个确定的数",
    "nan": "不是一个确定的数",
    "-nan": "不是一个确定的数",
    "Infinity": "不是一个确定的数",
    "inf": "不是一个确定的数",
    "-inf": "不是一个确定的数",
    "∞": "不是一个确定的数",
    "+Infinity": "不是一个确定的数",
    "1/2": "是分数",
    "３/4": "是分数",
    # signs
    "--1": "不止一个正负号",
    "+-1": "不止一个正负号",
    "－－1": "不止一个正负号",
    "++1": "不止一个正负号",
    "5-": "不是负数的写法",
    "(5)": "不是负数的写法",
    "（5）": "不是负数的写法",
    "(1,234.50)": "不是负数的写法",
    "—5": "还有别的字",
    "±5": "还有别的字",
    "~5": "还有别的字",
    "-": "不是数",
    "+": "不是数",
    "－": "不是数",
    ".": "不是数",
    "1.2.3.4": "不止一个小数点",
    ",": "逗号位置不对",
    "/": "不是数",
    # formulas and errors of spreadsheets
    "=1": "看起来是公式",
    "=1+1": "看起来是公式",
    "'=1": "看起来是公式",
    "'5": "看起来是公式",
    "@SUM(1)": "看起来是公式",
    "＝1": "看起来是公式",
    "＠A1": "看起来是公式",
    "#DIV/0!": "错误值",
    "#N/A": "错误值",
    "#REF!": "错误值",
    "#VALUE!": "错误值",
    "####": "错误值",
    # percent and myriads where they are not allowed
    "12%": "带百分号",
    "12.5％": "带百分号",
    "-3%": "带百分号",
    "5‰": "带千分号",
    "1.2万": "带“万”或“亿”",
    "3亿": "带“万”或“亿”",
    "1.5万亿": "带“万”或“亿”",
    "-2万": "带“万”或“亿”",
    # units and words
    "12元": "还有别的字",
    "5个": "还有别的字",
    "3.5 分": "还有别的字",
    "¥5": "还有别的字",
    "￥12.5": "还有别的字",
    "$1,234": "还有别的字",
    "约5": "还有别的字",
    "5+": "还有别的字",
    ">5": "还有别的字",
    "第3": "还有别的字",
    "5*": "还有别的字",
    "l2": "还有别的字",
    "O": "不是数",
    "甲镇": "不是数",
    "True": "不是数",
    "None": "不是数",
    "5-6": "像日期",
    "5~6": "还有别的字",
    "5,5;6": "还有别的字",
    "2026-01-05": "像日期",
    "2026.2.29": "像日期",
    "2026年2月": "像日期",
    "2026/1/5": "像日期",
    "12:30": "像日期",
    "3天5": "还有别的字",
    # invisible characters, wherever they stand
    "\u200b5": "看不见的字符（U+200B）",
    "5\u200b": "看不见的字符（U+200B）",
    "1\u200b2": "看不见的字符（U+200B）",
    "\ufeff5": "看不见的字符（U+FEFF）",
    "1\ufeff2": "看不见的字符（U+FEFF）",
    "5\u200d": "看不见的字符（U+200D）",
    "\u202e5": "看不见的字符（U+202E）",
    "5\u00ad": "看不见的字符（U+00AD）",
    "1\t2": "看不见的字符（U+0009）",
    "5\n": "看不见的字符（U+000A）",
    "5\r": "看不见的字符（U+000D）",
    "5\x00": "看不见的字符（U+0000）",
    "\x1b5": "看不见的字符（U+001B）",
    "5\x7f": "看不见的字符（U+007F）",
    "5\u2028": "看不见的字符（U+2028）",
    # nothing, and too much
    "": "是空白",
    "   ": "是空白",
    "\u3000": "是空白",
    "1234567890123456789": "多于18位",
    "-1234567890123456789": "多于18位",
    "0.1234567890123456789": "多于18位",
    "0.0000000000000000000": "多于18位",
    "1,234,567,890,123,456,789": "多于18位",
    "110101199003070011234": "多于18位",
    "1" * 64: "多于18位",
    "1" * 65: "太长",
    "1" * 100_000: "太长",
}

PERCENT = {
    "12%": Fraction(12),
    "12.5%": Fraction(25, 2),
    "12％": Fraction(12),
    "１２．５％": Fraction(25, 2),
    "-3%": Fraction(-3),
    "1,234%": Fraction(1234),
    "12": Fraction(12),
    "0%": Fraction(0),
}

MYRIADS = {
    "1.2万": Fraction(12000),
    "３万": Fraction(30000),
    "3亿": Fraction(300000000),
    "1.5万亿": Fraction(1500000000000),
    "-2万": Fraction(-20000),
    "0.00001万": Fraction(1, 10),
    "1,234万": Fraction(12340000),
    "12": Fraction(12),
}


def test_the_table_is_long_enough() -> None:
    assert len(ACCEPTED) + len(REFUSED) + len(PERCENT) + len(MYRIADS) >= 200


@pytest.mark.parametrize(("text", "value"), ACCEPTED.items())
def test_a_number_means_one_thing(text: str, value: Fraction) -> None:
    assert parse_number(text) == value
    assert parse_number(text, percent=True, myriads=True) == value
    assert parse_cell(text) == value


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_anything_else_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(BadNumber) as refusal:
        parse_number(text)

    assert reason in refusal.value.wrong.zh
    assert refusal.value.wrong.en != ""
    assert refusal.value.remedy.zh != ""
    assert refusal.value.remedy.en != ""


@pytest.mark.parametrize(("text", "value"), PERCENT.items())
def test_a_percent_sign_where_the_unit_is_percent(text: str, value: Fraction) -> None:
    assert parse_number(text, percent=True) == value


@pytest.mark.parametrize("text", ["%", "12%%", "%12", "12 %", "12‰", "1.%", ".5%", "12%万", "3万%"])
def test_a_percent_sign_in_the_wrong_place(text: str) -> None:
    with pytest.raises(BadNumber):
        parse_number(text, percent=True, myriads=True)


@pytest.mark.parametrize(("text", "value"), MYRIADS.items())
def test_myriads_where_they_are_allowed(text: str, value: Fraction) -> None:
    assert parse_number(text, myriads=True) == value


@pytest.mark.parametrize(
    "text", ["万", "亿", "1万2", "1亿万", "1万万", "3 万", "3萬", "3億", "3千万", "1.万"]
)
def test_myriads_in_the_wrong_place(text: str) -> None:
    with pytest.raises(BadNumber):
        parse_number(text, myriads=True)


@pytest.mark.parametrize(
    ("text", "absence"),
    {
        "": Absence.EMPTY,
        "   ": Absence.EMPTY,
        "\u3000": Absence.EMPTY,
        "\u00a0": Absence.EMPTY,
        "/": Absence.NOT_APPLICABLE,
        "／": Absence.NOT_APPLICABLE,
        " / ": Absence.NOT_APPLICABLE,
        "不适用": Absence.NOT_APPLICABLE,
        "N/A": Absence.NOT_APPLICABLE,
        "n/a": Absence.NOT_APPLICABLE,
        "未到期": Absence.NOT_DUE,
        "not due": Absence.NOT_DUE,
        "Not due": Absence.NOT_DUE,
        "拒报": Absence.REFUSED,
        "refused": Absence.REFUSED,
        "REFUSED": Absence.REFUSED,
    }.items(),
)
def test_four_words_say_why_there_is_no_number(text: str, absence: Absence) -> None:
    assert parse_cell(text) is absence


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "－",
        "—",
        "——",
        "--",
        "无",
        "暂缺",
        "待定",
        "暂无",
        "空",
        "NA",
        "null",
        "None",
        "nan",
        "?",
        "？",
        "…",
        "零",
    ],
)
def test_words_that_can_mean_several_things_are_refused(text: str) -> None:
    with pytest.raises(BadNumber) as refusal:
        parse_cell(text)

    assert refusal.value.wrong.zh == f"“{text}”说不清是什么意思"
    assert refusal.value.remedy.zh == "没有数就留空，或写：不适用、未到期、拒报；是零就写 0"


def test_a_refusal_says_it_in_both_languages() -> None:
    with pytest.raises(BadNumber) as refusal:
        parse_number("1.234,5")

    assert refusal.value.wrong.zh == "“1.234,5”把逗号用作小数点"
    assert refusal.value.remedy.zh == "逗号只作千分位，小数点用“.”，如 1234.5"
    assert str(refusal.value) == (
        '"1.234,5" uses a comma as the decimal point'
        ' → a comma groups thousands and "." is the decimal point: 1234.5'
    )


def test_an_invisible_character_is_made_visible() -> None:
    with pytest.raises(BadNumber) as refusal:
        parse_number("1\u200b2")

    assert refusal.value.wrong.zh == "“1□2”里有看不见的字符（U+200B）"


numbers = st.builds(
    lambda scaled, places: Fraction(scaled, 10**places),
    st.integers(min_value=-(10**17) + 1, max_value=10**17 - 1),
    st.integers(min_value=0, max_value=17),
)


@given(numbers)
def test_what_is_written_reads_back_the_same(value: Fraction) -> None:
    assert parse_number(write_number(value)) == value
    assert parse_cell(write_number(value)) == value


@given(numbers)
def test_full_width_means_the_same(value: Fraction) -> None:
    wide = write_number(value).translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－"))

    assert parse_number(wide) == value


@given(st.integers(min_value=-(10**18) + 1, max_value=10**18 - 1))
def test_thousands_may_be_grouped(value: int) -> None:
    assert parse_number(f"{value:,}") == value


@given(st.text())
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    with suppress(BadNumber):
        assert isinstance(parse_number(text, percent=True, myriads=True), Fraction)


@given(st.text(alphabet="0123456789.,+-%万亿eE_ 　１．，－−²٣", max_size=24))
def test_what_is_accepted_is_what_a_plain_reading_gives(text: str) -> None:
    try:
        value = parse_number(text, percent=True, myriads=True)
    except BadNumber:
        return
    plain = text.translate(str.maketrans("１．，－−　", "1.,-- ")).strip().replace(",", "")
    scale = 1
    for sign, factor in (("万", 10**4), ("亿", 10**8)):
        scale *= factor ** plain.count(sign)
    assert value == Fraction(plain.rstrip("%万亿")) * scale
