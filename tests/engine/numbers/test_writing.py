"""Numbers written out."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.numbers.writing import write_exactly, write_number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(5), "5"),
        (Fraction(-5), "-5"),
        (Fraction(100), "100"),
        (Fraction(1, 2), "0.5"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(3, 8), "0.375"),
        (Fraction(1, 1000000), "0.000001"),
        (Fraction(123456789, 10), "12345678.9"),
        (Fraction(1, 1024), "0.0009765625"),
        (Fraction(7, 625), "0.0112"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-22, 7), "-22/7"),
        (Fraction(1, 30), "1/30"),
    ],
)
def test_exactly(value: Fraction, text: str) -> None:
    assert write_number(value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(0), 2, "0.00"),
        (Fraction(5), 2, "5.00"),
        (Fraction(201, 200), 2, "1.01"),
        (Fraction(-201, 200), 2, "-1.01"),
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(2, 3), 0, "1"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(-5, 1000), 2, "-0.01"),
        (Fraction(12345, 100), 1, "123.5"),
    ],
)
def test_for_display(value: Fraction, decimals: int, text: str) -> None:
    assert write_number(value, decimals=decimals) == text


@given(st.fractions())
def test_nothing_is_lost(value: Fraction) -> None:
    assert Fraction(write_number(value)) == value


def test_numbers_of_any_length_are_written_in_full() -> None:
    nines = "9" * 10_000

    assert write_number(Fraction(10**10_000)) == "1" + "0" * 10_000
    assert write_number(Fraction(-(10**10_000) + 1)) == f"-{nines}"
    assert write_number(Fraction(1, 10**9_000)) == "0." + "0" * 8_999 + "1"
    assert write_number(Fraction(-(10**10_000), 3)) == f"-1{'0' * 10_000}/3"
    assert write_number(Fraction(10**10_000 - 1, 10), decimals=1) == f"{nines[1:]}.9"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(5, 4), "1.25"),
        (Fraction(1, 3), "1/3 ≈ 0.333333"),
        (Fraction(-20, 7), "-20/7 ≈ -2.857143"),
    ],
)
def test_a_number_whose_decimals_never_end_is_written_nearly_as_well(
    value: Fraction, written: str
) -> None:
    assert write_exactly(value) == written
