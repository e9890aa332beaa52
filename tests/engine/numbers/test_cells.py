"""Spreadsheet doubles read at fifteen significant digits."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.numbers.cells import number_from_double
from kaohe.numbers.grammar import BadNumber


@pytest.mark.parametrize(
    ("double", "value"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (5.0, "5"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (98.3 - 98, "0.299999999999997"),
        (1.005, "1.005"),
        (-2.675, "-2.675"),
        (1e-7, "0.0000001"),
        (123456789012345.0, "123456789012345"),
        (999999999999999.0, "999999999999999"),
        (12345678.9, "12345678.9"),
        (1 / 3, "0.333333333333333"),
        (2 / 3, "0.666666666666667"),
    ],
)
def test_the_decimal_that_was_meant(double: float, value: str) -> None:
    assert number_from_double(double) == Fraction(value)


@pytest.mark.parametrize("double", [float("nan"), float("inf"), float("-inf")])
def test_nan_and_infinity_are_refused(double: float) -> None:
    with pytest.raises(BadNumber) as refusal:
        number_from_double(double)

    assert refusal.value.wrong.zh == f"{double} 不是一个确定的数"


@pytest.mark.parametrize("double", [1e15, -1e15, 110101199003070011.0, 1e300])
def test_a_long_code_kept_as_a_number_is_refused(double: float) -> None:
    with pytest.raises(BadNumber) as refusal:
        number_from_double(double)

    assert "多于15位" in refusal.value.wrong.zh


@given(
    st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1),
    st.integers(min_value=0, max_value=12),
)
def test_fifteen_digits_survive_a_spreadsheet(scaled: int, places: int) -> None:
    typed = Decimal(scaled).scaleb(-places)

    assert number_from_double(float(typed)) == Fraction(typed)
