"""Whatever figures there are: a finite result for every figure there is, or a refusal; never a warning."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kaohe.analysis.aggregating import AGGREGATIONS, aggregate
from kaohe.analysis.imputing import IMPUTATIONS, impute
from kaohe.analysis.normalising import NORMALISATIONS, normalise
from kaohe.analysis.treating import OutlierRule, treat_outliers
from kaohe.analysis.weighing import WEIGHINGS, weigh
from kaohe.errors import BadInput

EXTREMES = [0.0, -0.0, 0.1 + 0.2, 0.3, 5e-324, 1e-300, 1e100, -1e100, 1.0, float("nan")]
FIGURE = some.one_of(
    some.sampled_from(EXTREMES),
    some.floats(-1e100, 1e100),
    some.integers(-5, 5).map(float),
)
OPTIONS = {"reference": 0, "targets": 3.0, "low": -2.0, "high": 4.0, "power": 0.5}


@some.composite
def matrices(draw):
    rows, columns = draw(some.integers(1, 7)), draw(some.integers(1, 4))
    row = some.lists(FIGURE, min_size=columns, max_size=columns)
    return np.array(draw(some.lists(row, min_size=rows, max_size=rows)))


def options_of(method, methods):
    return {name: OPTIONS[name] for name in methods[method].needs}


@pytest.mark.parametrize("method", NORMALISATIONS)
@given(matrix=matrices(), higher=some.booleans())
def test_normalised_figures_are_finite_where_there_are_any(method, matrix, higher):
    try:
        found = normalise(matrix, method, higher=higher, **options_of(method, NORMALISATIONS))
    except BadInput:
        return

    assert np.array_equal(np.isfinite(found), ~np.isnan(matrix))


@pytest.mark.parametrize("method", AGGREGATIONS)
@given(matrix=matrices())
def test_means_lie_among_what_they_are_of(method, matrix):
    try:
        found = aggregate(matrix, None, method, **options_of(method, AGGREGATIONS))
    except BadInput:
        return

    known = ~np.isnan(matrix).all(axis=1)
    assert np.array_equal(np.isfinite(found), known)
    if method != "copeland" and known.any():
        size = np.nanmax(np.abs(matrix[known]), axis=1) * 1e-9 + 1e-300
        assert (found[known] >= np.nanmin(matrix[known], axis=1) - size).all()
        assert (found[known] <= np.nanmax(matrix[known], axis=1) + size).all()


@pytest.mark.parametrize("method", WEIGHINGS)
@given(matrix=matrices())
def test_weights_add_up_to_one_and_none_is_negative(method, matrix):
    try:
        found = weigh(matrix, method)
    except BadInput:
        return

    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize("method", IMPUTATIONS)
@given(matrix=matrices())
def test_imputed_columns_have_no_gap_where_anybody_has_a_figure(method, matrix):
    found = impute(matrix, method)

    assert np.array_equal(np.isnan(found).any(axis=0), np.isnan(matrix).all(axis=0))


@pytest.mark.parametrize("fallback", ["logarithm", "box_cox", "none"])
@given(matrix=matrices())
def test_treated_figures_are_finite_and_keep_their_order(fallback, matrix):
    treated = treat_outliers(
        matrix, OutlierRule(skewness=0.5, kurtosis=0, most=2, fallback=fallback)
    )

    assert np.array_equal(np.isfinite(treated.values), ~np.isnan(matrix))
    for before, after in zip(matrix.T, treated.values.T, strict=True):
        order = np.argsort(before[~np.isnan(before)], kind="stable")
        assert (np.diff(after[~np.isnan(before)][order]) >= 0).all()
