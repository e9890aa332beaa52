"""Exact columns: sums, bounds, rounding and order, with the figures written out."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.numbers.rounding import scale_fraction
from kaohe.population import quotients
from kaohe.population.quotients import Quotients, TooLarge, add_quotients, multiply_quotients

THIRDS = Quotients(np.array([1, 2, -4]), 3)
MIXED = Quotients(np.array([1, 0, 5]), np.array([2, 1, 4]), np.array([True, False, True]))


def exact(column: Quotients):
    return [column.exact(row) for row in range(len(column))]


def test_a_sum_takes_what_is_known():
    assert exact(add_quotients([THIRDS, MIXED])) == [
        Fraction(5, 6), Fraction(2, 3), Fraction(-1, 12),
    ]  # fmt: skip


def test_a_factor_may_be_one_for_all_or_one_a_row():
    assert exact(THIRDS.scale(Fraction(3, 4))) == [Fraction(1, 4), Fraction(1, 2), Fraction(-1)]
    product = multiply_quotients(MIXED, np.array([3, 1, 2]), np.array([2, 1, 5]))
    assert exact(product) == [Fraction(3, 4), None, Fraction(1, 2)]


def test_bounds_hold_what_is_known():
    held = THIRDS.hold(Fraction(-1, 2), Fraction(1, 2))

    assert exact(held) == [Fraction(1, 3), Fraction(1, 2), Fraction(-1, 2)]
    assert exact(MIXED.hold(Fraction(1), None)) == [Fraction(1), None, Fraction(5, 4)]


def test_a_line_is_reached_exactly():
    assert THIRDS.reaches(Fraction(1, 3)).tolist() == [True, True, False]
    assert MIXED.reaches(Fraction(-9)).tolist() == [True, False, True]
    assert THIRDS.reaches(Fraction(10**30 + 1, 3 * 10**30)).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("half_up", [13, -13, 38]), ("half_even", [12, -12, 38]), ("down", [12, -12, 37])],
)
def test_halves_are_rounded_as_told(mode, expected) -> None:
    eighths = np.array([1, -1, 3])

    assert Quotients(eighths, 8).round_off(2, mode).tolist() == expected
    assert Quotients(eighths.astype(object), 8).round_off(2, mode).tolist() == expected


def test_whole_numbers_beyond_doubles_are_refused_unless_they_are_pythons():
    large = Quotients(np.array([2**52]), 1)
    wide = Quotients(np.array([2**52], dtype=object), 1)

    with pytest.raises(TooLarge):
        large.scale(Fraction(2))
    with pytest.raises(TooLarge):
        large.scale(Fraction(1, 2**53))
    with pytest.raises(TooLarge):
        large.hold(Fraction(1, 2), None)
    with pytest.raises(TooLarge):
        add_quotients([Quotients(np.array([1]), np.array([2**30])), THIRDS.take(slice(0, 1)),
                       Quotients(np.array([1]), np.array([3**20]))])  # fmt: skip
    assert exact(wide.scale(Fraction(2**20, 3))) == [Fraction(2**72, 3)]


def test_close_doubles_are_told_apart():
    """Consecutive fractions whose doubles are the same, and equal ones written differently."""
    above = np.array([2**52, 2**52 - 1, 2, 1], dtype=object)
    below = np.array([2**52 + 1, 2**52, 4, 2], dtype=object)

    assert Quotients(above, below).order().tolist() == [2, 1, 0, 0]


ratios = st.tuples(st.integers(-60, 60), st.integers(1, 12))


@given(st.lists(ratios, min_size=1, max_size=40), st.sampled_from([0, 3]), st.booleans())
def test_the_order_is_that_of_the_fractions(written, few: int, is_wide: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotients, "_FEW", few)
        dtype = object if is_wide else np.int64
        above, below = (np.array(each, dtype=dtype) for each in zip(*written, strict=True))
        numbers = Quotients(above, below).order().tolist()

    figures = [Fraction(*each) for each in written]
    assert sorted(zip(figures, numbers, strict=True)) == list(
        zip(sorted(figures), sorted(numbers), strict=True)
    )
    assert len(set(numbers)) == len(set(figures))


@given(st.lists(ratios, min_size=1, max_size=10), st.integers(0, 6))
def test_rounding_is_that_of_the_fractions(written, decimals: int) -> None:
    above, below = (np.array(each) for each in zip(*written, strict=True))

    assert Quotients(above, below).round_off(decimals, "half_up").tolist() == [
        scale_fraction(Fraction(*each), decimals) for each in written
    ]
