"""Denominators, logarithms and outliers."""

import numpy as np
import pytest

from kaohe.analysis.matrices import Names
from kaohe.analysis.treating import (
    OutlierRule,
    box_cox,
    denominate,
    measure_kurtosis,
    measure_skewness,
    shift_logarithm,
    take_logarithm,
    treat_outliers,
    winsorise,
)
from kaohe.errors import BadInput

NAN = float("nan")
NAMES = Names(("QX", "QY", "QZ"), ("A1", "A2"))
TWO_OUTLIERS = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100]


def column(*values):
    return np.array(values, dtype=float)


def test_skewness_and_kurtosis_are_those_of_spreadsheets():
    found = column(*TWO_OUTLIERS, NAN)

    assert measure_skewness(found) == pytest.approx(3.063241034)
    assert measure_kurtosis(found) == pytest.approx(9.741390835)


@pytest.mark.parametrize(
    "values", [(), (1,), (1, 2), (3, 3, 3, 3), (0.3, 0.1 + 0.2, 0.3, 0.3, 0.3)]
)
def test_too_few_or_constant_figures_have_neither(values):
    assert np.isnan(measure_skewness(column(*values)))
    assert np.isnan(measure_kurtosis(column(*values)))


def test_great_figures_have_a_kurtosis():
    assert measure_kurtosis(column(*TWO_OUTLIERS) * 1e90) == pytest.approx(9.741390835)


def test_outliers_move_to_the_next_value_until_the_criterion_holds():
    treated = treat_outliers([[each] for each in [*TWO_OUTLIERS, NAN]])

    assert treated.values[:12, 0].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 30]
    assert np.isnan(treated.values[12, 0])
    assert treated.changed[:, 0].tolist() == [False] * 11 + [True, False]
    assert treated.methods == ("winsorised",)


def test_low_outliers_move_up():
    assert winsorise(-column(*TWO_OUTLIERS)).tolist()[-2:] == [-30, -30]


def test_no_more_points_are_moved_than_allowed():
    values = column(*range(1, 40), 500, 500, 500)

    assert winsorise(values, OutlierRule(most=2)).tolist() == values.tolist()
    assert winsorise(values, OutlierRule(most=3)).tolist() == [*range(1, 40), 39, 39, 39]


@pytest.mark.parametrize(
    ("fallback", "last"), [("logarithm", 4.605070181), ("box_cox", 18), ("none", 100)]
)
def test_what_winsorising_cannot_tame_is_transformed_from_what_it_was(fallback, last):
    rule = OutlierRule(most=0, fallback=fallback, power=0.5)

    treated = treat_outliers([[each] for each in TWO_OUTLIERS], rule)

    assert treated.values[-1, 0] == pytest.approx(last)
    assert treated.methods == ("winsorised" if fallback == "none" else fallback,)


def test_columns_without_outliers_or_with_too_few_figures_stay():
    values = np.array([[1, 1], [2, 900], [3, NAN], [4, NAN], [6, 2]])

    treated = treat_outliers(values)

    assert np.array_equal(treated.values, values, equal_nan=True)
    assert treated.methods == ("", "")


def test_a_logarithm_for_any_figures_keeps_their_order():
    assert shift_logarithm(column(-5, 0, NAN, 95))[[0, 1, 3]].tolist() == pytest.approx(
        [0, np.log(6), np.log(101)]
    )


@pytest.mark.parametrize(
    ("power", "expected"), [(0, [0, np.log(3)]), (2, [0, 4]), (-1, [0, 2 / 3])]
)
def test_box_cox_is_as_written_out(power, expected):
    assert box_cox(column(-7, -5), power).tolist() == pytest.approx(expected)


def test_figures_are_divided_by_what_they_are_measured_by():
    found = denominate([[10, 20], [30, 40], [5, 5]], [[2, 4], [3, NAN], [1, 5]], scale=[1, 100])

    assert found[[0, 0, 1, 2, 2], [0, 1, 0, 0, 1]].tolist() == [5, 500, 10, 5, 100]
    assert np.isnan(found[1, 1])


@pytest.mark.parametrize("divisor", [0, -3])
def test_a_denominator_of_zero_or_less_is_refused_by_name(divisor):
    with pytest.raises(BadInput) as refused:
        denominate([[1, 2], [3, 4]], [[1, 1], [1, divisor]], names=NAMES)

    assert refused.value.say("en").startswith(
        "A2: A2 of QY has a denominator that is zero or negative"
    )


def test_zero_has_no_logarithm():
    with pytest.raises(BadInput) as refused:
        take_logarithm(np.array([[1.0, 2], [0, 3]]), names=NAMES)

    assert "A1 of QY is zero or negative and has no logarithm" in refused.value.say("en")
