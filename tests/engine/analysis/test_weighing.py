"""Weights found in the figures, and correlations."""

import numpy as np
import pytest

from kaohe.analysis.correlations import correlate
from kaohe.analysis.weighing import WEIGHINGS, weigh
from kaohe.errors import BadInput

NAN = float("nan")


def weights(values, method):
    return [round(each, 6) for each in weigh(values, method).tolist()]


# Two uncorrelated columns and the second again: deviations of min–max values are 0.57735, 0.5, 0.5.
CROSSED = [[0, 2], [0, 0], [10, 2], [10, 0]]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("equal", [0.333333, 0.333333, 0.333333]),
        ("standard_deviation", [0.333333, 0.333333, 0.333333]),
        # Each column is half zeros: p = ½ twice, disorder ln 2 ÷ ln 4 = ½ in each.
        ("entropy", [0.333333, 0.333333, 0.333333]),
        # Conflicts are 1 + 1, 1 + 0, 1 + 0.
        ("critic", [0.5, 0.25, 0.25]),
        # Eigenvalues 2 (the pair), 1 (the other), 0: (0 + 1) ÷ 3 and (2 · ½) ÷ 3 each.
        ("pca", [0.333333, 0.333333, 0.333333]),
    ],
)
def test_weights_are_as_written_out(method, expected):
    values = [[a, b, b] for a, b in CROSSED]

    assert weights(values, method) == expected


def test_components_of_small_variance_are_left_out():
    # r = 0.6 of the first two: eigenvalues 1.6, 0.4 and 1; only 1.6 and 1 are kept.
    first, second = np.array([1.0, -1, 1, -1]), np.array([1.0, -1, -1, 1])
    values = np.column_stack([first, 0.6 * first + 0.8 * second, [1.0, 1, -1, -1]])

    assert weights(values, "pca") == [0.307692, 0.307692, 0.384615]


def test_spread_and_disorder_weigh():
    values = [[1, 0], [2, 0], [3, 0], [4, 8]]

    # Min–max deviations 0.430331 and 0.5.
    assert weights(values, "standard_deviation") == [0.462557, 0.537443]
    # Disorder of 0.1, 0.2, 0.3, 0.4 is 0.923220, of a single holder 0.
    assert weights(values, "entropy") == [0.071305, 0.928695]


@pytest.mark.parametrize("method", [name for name in WEIGHINGS if name != "equal"])
def test_an_indicator_on_which_nobody_differs_weighs_nothing(method):
    values = [[1, 5, 3], [2, 5, 1], [4, 5, 2], [3, NAN, 9]]

    found = weights(values, method)

    assert found[1] == 0
    assert sum(found) == pytest.approx(1)


@pytest.mark.parametrize("method", [name for name in WEIGHINGS if name != "equal"])
def test_no_difference_at_all_is_refused(method):
    with pytest.raises(BadInput) as refused:
        weigh([[1, 2], [1, 2]], method)

    assert [each.kind for each in refused.value.findings] == ["no-weight"]


@pytest.mark.parametrize("method", WEIGHINGS)
def test_missing_figures_kill_no_weight(method):
    values = [[1, 8, 3], [2, NAN, 1], [4, 6, 2], [3, 7, 9], [NAN, 1, 4]]

    found = weights(values, method)

    assert all(each > 0 for each in found)
    assert sum(found) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("method", WEIGHINGS)
def test_a_single_column_has_all_the_weight(method):
    assert weights([[7], [7]], method) == [1]


def test_negative_figures_have_no_entropy():
    with pytest.raises(BadInput) as refused:
        weigh([[1, 2], [3, -4]], "entropy")

    assert "column 2 of row 2 is negative" in refused.value.say("en")


def test_correlations_are_over_what_both_have():
    values = np.array([[1, 2, 5, 1], [2, 1, 5, NAN], [3, 5, 5, 4], [4, 3, 5, NAN], [NAN, 9, 5, 2]])

    found = correlate(values)

    assert found[0, 1] == pytest.approx(0.529150262)
    # 2, 5, 9 beside 1, 4, 2: covariance 4 ÷ 3, deviations 3.511885 and 1.527525.
    assert found[1, 3] == pytest.approx(0.248548, abs=1e-6)
    assert np.isnan(found[:, 2]).all()
    assert np.isnan(found[0, 3])
    assert np.array_equal(found, found.T, equal_nan=True)
    assert found[0, 0] == 1


def test_correlations_stand_great_offsets():
    values = np.array([[1.0, 2], [2, 1], [3, 5], [4, 3]]) + 1e9

    assert correlate(values)[0, 1] == pytest.approx(0.529150262, abs=1e-6)
