"""The literal table, first half: what every accepted way of writing a number means."""

from contextlib import suppress
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(("text", "value"), ACCEPTED.items())
def test_a_number_means_one_thing(text: str, value: Fraction) -> None:
    assert parse_number(text) == value
    assert parse_number(text, percent=True, myriads=True) == value
    assert parse_cell(text) == value


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


numbers = st.builds(
    lambda scaled, places: Fraction(scaled, 10**places),
    st.integers(min_value=-(10**17) + 1, max_value=10**17 - 1),
    st.integers(min_value=0, max_value=17),
)


@given(numbers)
def test_what_is_written_reads_back_the_same(value: Fraction) -> None:
    assert parse_number(write_number(value)) == value
    assert parse_cell(write_number(value)) == value


def test_twenty_thousand_numbers_of_every_length_read_back_the_same() -> None:
    random = Random(20191231)  # noqa: S311 – figures, not secrets
    for _ in range(20_000):
        whole = random.randint(0, 10 ** random.randint(1, 18) - 1)
        value = Fraction(random.choice([1, -1]) * whole, 10 ** random.randint(0, 17))
        assert parse_number(write_number(value)) == value


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
