from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.numbers.sums import as_integers, sum_exactly, sum_products


def test_as_integers_takes_the_least_common_denominator():
    assert as_integers([Fraction(1, 2), Fraction(-2, 3), Fraction(4)]) == ([3, -4, 24], 6)


def test_sum_of_none_is_zero():
    assert sum_exactly([]) == Fraction(0)


def test_sum_is_exact():
    assert sum_exactly([Fraction("0.1"), Fraction("0.2"), Fraction(1, 3)]) == Fraction(19, 30)


def test_products_are_weighed_in_order():
    weights, values = [Fraction("0.7"), Fraction("0.3")], [Fraction(138), Fraction(141)]

    assert sum_products(weights, values) == Fraction("138.9")


def test_products_need_as_many_weights_as_values():
    with pytest.raises(ValueError, match="zip"):
        sum_products([Fraction(1)], [Fraction(1), Fraction(2)])


@given(st.lists(st.fractions(max_denominator=1000), max_size=20))
def test_sum_equals_adding_one_by_one(values):
    total = Fraction(0)
    for value in values:
        total += value

    assert sum_exactly(values) == total
