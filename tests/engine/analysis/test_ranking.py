"""Places of floats: ties in twelve significant digits, missing figures, rounding first."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kaohe.analysis.matrices import find_constant, round_significant
from kaohe.analysis.ranking import rank_columns, rank_values, round_decimals
from kaohe.numbers.ranking import rank_values as rank_exactly

NAN = float("nan")


def place(values, **options):
    found = rank_values(np.array(values, dtype=float), **options)
    return [None if each != each else each for each in found.tolist()]


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("lowest", [1, 2, 2, 4]),
        ("average", [1, 2.5, 2.5, 4]),
        ("highest", [1, 3, 3, 4]),
        ("dense", [1, 2, 2, 3]),
    ],
)
def test_what_differs_by_float_noise_alone_is_tied(ties, expected):
    assert place([0.5, 0.1 + 0.2, 0.3, 0.2], ties=ties) == expected


def test_a_missing_value_has_no_place_and_takes_none():
    assert place([3, NAN, 5, 4]) == [3, None, 1, 2]
    assert place([NAN, NAN]) == [None, None]


def test_less_can_be_better():
    assert place([3, 1, 2], higher_is_better=False) == [3, 1, 2]


def test_values_can_be_rounded_before_they_are_ranked():
    assert place([0.9366, 0.9374, 0.9355, 0.93449]) == [2, 1, 3, 4]
    assert place([0.9366, 0.9374, 0.9355, 0.93449], decimals=3) == [1, 1, 3, 4]


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(1.005, 2, 1.01), (2.5, 0, 3), (-2.5, 0, -3), (0.1249999, 2, 0.12), (1.0, 3, 1)],
)
def test_halves_are_rounded_up_as_they_are_written(value, decimals, expected):
    assert round_decimals(np.array([value]), decimals).tolist() == [expected]


def test_columns_are_ranked_one_by_one():
    assert rank_columns(np.array([[1.0, 9.0], [2.0, 8.0]])).tolist() == [[2, 1], [1, 2]]


@pytest.mark.parametrize("value", [0.0, -1.5, 1e-300, 5e-324, 1e100, 123456789012.0])
def test_values_keep_their_twelve_digits(value):
    assert round_significant(np.array([value]))[0] == pytest.approx(value, rel=1e-11, abs=1e-300)


def test_columns_are_constant_in_twelve_digits():
    matrix = np.array([[0.3, 1.0, NAN, 2.0], [0.1 + 0.2, 2.0, NAN, NAN]])

    assert find_constant(matrix).tolist() == [True, False, True, True]


@given(some.lists(some.integers(-50, 50), min_size=1, max_size=30))
def test_whole_numbers_are_ranked_as_exact_ones_are(values):
    for ties in ("lowest", "average", "highest", "dense"):
        exact = rank_exactly(values, ties=ties)
        assert place(values, ties=ties) == [float(each) for each in exact]
