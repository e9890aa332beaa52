"""Weights found in the figures themselves, in binary floats: OECD/JRC Handbook (2008), step 6, and others.

Each function takes normalised figures in which more is better and gives weights that add up to 1. An
indicator on which nobody differs has no weight under all of them but equal weighting.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from kaohe.analysis.choosing import choose_method
from kaohe.analysis.correlations import correlate
from kaohe.analysis.matrices import (
    UNNAMED,
    Floats,
    Names,
    find_constant,
    read_matrix,
    refuse_cells,
    refuse_empty_columns,
)
from kaohe.analysis.scales import UNIT_SCALE, min_max
from kaohe.errors import BadInput, Place, blocking
from kaohe.language import Text

_KEPT = 1 - 1e-9  # Kaiser's eigenvalue of one, as floats reach it


def weigh(values: Any, method: str = "equal", *, names: Names = UNNAMED) -> Floats:
    """A weight for each column, by a method of `WEIGHINGS`.

    A single column has all the weight. Raises BadInput for an unknown method, for columns without
    figures, and where every column would weigh nothing.
    """
    chosen = choose_method(method, WEIGHINGS)
    matrix = read_matrix(values, names)
    refuse_empty_columns(matrix, names)
    return chosen.function(matrix, names) if matrix.shape[1] > 1 else np.ones(1)


def weigh_equally(matrix: Floats, names: Names = UNNAMED) -> Floats:
    """The same weight for every column. OECD/JRC Handbook step 6, "Equal weighting"."""
    del names
    return np.full(matrix.shape[1], 1 / matrix.shape[1])


def weigh_by_deviation(matrix: Floats, names: Names = UNNAMED) -> Floats:
    """Standard deviation of the column ÷ the sum of all: the more it tells subjects apart, the more it weighs.

    Diakoulaki, Mavrotas and Papayannakis (1995), who compare it with CRITIC.
    """
    del names
    return _share(_deviate(matrix))


def weigh_by_entropy(matrix: Floats, names: Names = UNNAMED) -> Floats:
    """1 + Σ p·ln p ÷ ln n of the column's shares p = x ÷ Σ x, ÷ the sum of all (Shannon entropy weights).

    Hwang and Yoon (1981), "Multiple Attribute Decision Making", section on the entropy method. Raises
    BadInput for negative figures, by indicator and subject.
    """
    refuse_cells(
        matrix < 0, names, kind="not-positive",
        wrong=Text("是负数，熵权没有意义", "is negative: entropy weights are not defined"),
        remedy=Text("请先归一化到不为负的区间", "normalise to numbers that are not negative first"),
    )  # fmt: skip
    total = np.nansum(matrix, axis=0)
    shares = np.where(np.isnan(matrix), 0.0, matrix) / np.where(total > 0, total, 1.0)
    logarithms = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    count = np.sum(~np.isnan(matrix), axis=0)
    disorder = -np.sum(shares * logarithms, axis=0) / np.log(np.maximum(count, 2))
    return _share(np.where(find_constant(matrix), 0.0, np.maximum(1 - disorder, 0.0)))


def weigh_by_conflict(matrix: Floats, names: Names = UNNAMED) -> Floats:
    """CRITIC: standard deviation × Σ (1 − correlation with each other column), ÷ the sum of all.

    Taken over min–max values, as Diakoulaki, Mavrotas and Papayannakis (1995), "Determining objective
    weights in multiple criteria problems: the CRITIC method", have it. Columns on which nobody differs
    conflict with none; correlations are over the subjects that have both figures.
    """
    del names
    constant = find_constant(matrix)
    correlation = correlate(matrix)
    counted = ~np.isnan(correlation) & ~constant
    conflict = np.sum(np.where(counted, 1 - np.nan_to_num(correlation), 0.0), axis=1)
    return _share(_deviate(matrix) * conflict)


def weigh_by_components(matrix: Floats, names: Names = UNNAMED) -> Floats:
    """Σ λ·v² ÷ Σ λ over the principal components of the correlations with an eigenvalue λ of one or more.

    v² are the squared loadings of a component scaled to add up to 1. This is the weighting of OECD/JRC
    Handbook step 6, "Principal components and factor analysis", with all components kept (eigenvalue of
    one, Kaiser) weighing by the variance they explain, and without the varimax rotation.
    """
    del names
    varied = ~find_constant(matrix)
    weights = np.zeros(matrix.shape[1])
    if varied.any():
        correlation = np.nan_to_num(correlate(matrix[:, varied]))
        np.fill_diagonal(correlation, 1.0)
        values, vectors = np.linalg.eigh(correlation)
        kept = values >= min(_KEPT, values[-1])
        weights[varied] = vectors[:, kept] ** 2 @ values[kept]
    return _share(weights)


def _deviate(matrix: Floats) -> Floats:
    """The standard deviation (n − 1) of each column's min–max values; zero for a constant one."""
    constant = find_constant(matrix)
    scaled = min_max(matrix, np.ones(matrix.shape[1], np.bool_), to=UNIT_SCALE)
    count = np.sum(~np.isnan(matrix), axis=0)
    squares = np.nansum((scaled - np.nanmean(scaled, axis=0)) ** 2, axis=0)
    return np.where(constant, 0.0, np.sqrt(squares / np.maximum(count - 1, 1)))


def _share(raw: Floats) -> Floats:
    total = raw.sum()
    if total > 0:
        shares: Floats = raw / total
        return shares
    raise BadInput([
        blocking(
            "no-weight",
            Place(),
            Text("指标都没有差别，或彼此完全一致，每个权重都得零",
                 "indicators on which nobody differs, or that all agree, would weigh nothing each"),
            Text("请用等权，或写明权重", "weigh equally, or give the weights"),
        )
    ])  # fmt: skip


@dataclass(frozen=True)
class Weighing:
    """One way to find weights."""

    title: Text
    function: Callable[[Floats, Names], Floats]


WEIGHINGS: Mapping[str, Weighing] = MappingProxyType(
    {
        "equal": Weighing(Text("等权", "equal weights"), weigh_equally),
        "standard_deviation": Weighing(
            Text("标准差权", "standard-deviation weights"), weigh_by_deviation
        ),
        "entropy": Weighing(Text("熵权", "entropy weights"), weigh_by_entropy),
        "critic": Weighing(Text("CRITIC 权", "CRITIC weights"), weigh_by_conflict),
        "pca": Weighing(Text("主成分权", "principal-component weights"), weigh_by_components),
    }
)
"""Every way to find weights, by the name that index files use."""
