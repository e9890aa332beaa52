"""Exact figures as doubles with a common denominator, and back."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.numbers.absence import Absence
from kaohe.renderings.arrays.columns import PoolOrder, make_facet


def test_figures_keep_a_common_denominator() -> None:
    facet = make_facet([Fraction("1.25"), Absence.REFUSED, Fraction(1, 3)])

    assert facet.denominator == 12
    assert facet.numerators.tolist() == [15, 0, 4]
    assert [facet.exact(0), facet.exact(2)] == [Fraction(5, 4), Fraction(1, 3)]
    assert np.isnan(facet.figures).tolist() == [False, True, False]


def test_a_column_without_any_figure_is_all_missing() -> None:
    facet = make_facet([Absence.EMPTY, Absence.NOT_DUE])

    assert facet.denominator == 1
    assert np.isnan(facet.figures).all()


@pytest.mark.parametrize("figure", ["1000000000000000", "-123456789012345.67"])
def test_more_digits_than_a_double_keeps_are_refused(figure: str) -> None:
    with pytest.raises(ValueError, match="more than 15 significant digits"):
        make_facet([Fraction(figure)])


@given(
    st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1),
    st.sampled_from([1, 10**2, 10**6, 7, 999_999_937, 10**20]),
)
def test_every_figure_comes_back(numerators: list[int], denominator: int) -> None:
    figures = [Fraction(numerator, denominator) for numerator in numerators]
    facet = make_facet(figures)

    assert [facet.exact(row) for row in range(len(figures))] == figures


def test_rows_are_put_in_the_order_of_their_pools() -> None:
    pools = PoolOrder.sort(np.array([7, 3, 7, 3, 9]))

    assert pools.order.tolist() == [1, 3, 0, 2, 4]
    assert pools.starts.tolist() == [0, 2, 4]
    assert pools.number.tolist() == [1, 0, 1, 0, 2]
    assert pools.widest == 2
