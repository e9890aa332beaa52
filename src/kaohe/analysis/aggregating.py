"""Several indicators as one figure, in binary floats: OECD/JRC Handbook (2008), step 6, and the COINr package.

Each function takes a matrix in which more is better and a positive weight for each column. A missing figure
leaves the others' weights to count for more; what share must be there, the caller says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from kaohe.analysis.choosing import choose_method
from kaohe.analysis.copeland import copeland
from kaohe.analysis.matrices import UNNAMED, Flags, Floats, Names, read_matrix, refuse_cells
from kaohe.analysis.weights import read_weights
from kaohe.language import Text

OnMissing = Literal["renormalise", "refuse"]
_SLACK = 1e-12  # of a share that was added up in floats


@dataclass(frozen=True)
class Availability:
    """What must be there: the share of the weight, and of the indicators, from nothing (0) to all (1)."""

    weight: float = 0.0
    indicators: float = 0.0


ANY = Availability()


def aggregate(
    values: Any,
    weights: Any = None,
    method: str = "arithmetic",
    *,
    names: Names = UNNAMED,
    missing: OnMissing = "renormalise",
    availability: Availability = ANY,
    **options: Any,
) -> Floats:
    """One figure a subject, by a method of `AGGREGATIONS`; NaN where too little of a subject is known.

    `weights` are relative (None: equal); columns of weight zero count for nothing and are not looked at.
    Raises BadInput for an unknown method, negative or infinite numbers, for missing figures where
    `missing` is `refuse`, and where the method has no meaning.
    """
    chosen = choose_method(method, AGGREGATIONS)
    matrix = read_matrix(values, names)
    shares = read_weights(weights, matrix.shape[1], names)
    used = shares > 0
    if not used.all():
        matrix, shares, names = matrix[:, used], shares[used], names.choose(used)
    if missing == "refuse":
        _refuse_missing(matrix, names)
    enough = _find_covered(matrix, shares, availability)
    found = chosen.function(
        np.where(enough[:, np.newaxis], matrix, np.nan), shares, names=names, **options
    )
    return np.where(enough, found, np.nan)


def _find_covered(matrix: Floats, shares: Floats, least: Availability) -> Flags:
    """The rows of which enough is known, and anything at all."""
    is_there = ~np.isnan(matrix)
    by_weight = is_there @ shares >= least.weight - _SLACK
    by_count = is_there.mean(axis=1) >= least.indicators - _SLACK
    covered: Flags = by_weight & by_count & is_there.any(axis=1)
    return covered


def _refuse_missing(matrix: Floats, names: Names) -> None:
    refuse_cells(
        np.isnan(matrix), names, kind="missing-value",
        wrong=Text("没有数", "is missing"),
        remedy=Text("请补数、插补，或允许缺数后按余下的权重折算",
                    "supply it, impute it, or let the weights of the others stand in"),
    )  # fmt: skip


def arithmetic_mean(matrix: Floats, weights: Floats, *, names: Names = UNNAMED) -> Floats:
    """Σ w·x ÷ Σ w over what is there.

    OECD/JRC Handbook step 6, "Additive aggregation methods" (linear); COINr `a_amean`.
    """
    del names
    return _mean(matrix, weights)


def geometric_mean(matrix: Floats, weights: Floats, *, names: Names = UNNAMED) -> Floats:
    """exp(Σ w·ln x ÷ Σ w). Raises BadInput for figures that are not positive.

    OECD/JRC Handbook step 6, "Geometric aggregation"; COINr `a_gmean`.
    """
    _refuse_not_positive(matrix <= 0, names, Text("几何平均", "a geometric mean"))
    return np.exp(_mean(np.log(matrix), weights))


def harmonic_mean(matrix: Floats, weights: Floats, *, names: Names = UNNAMED) -> Floats:
    """Σ w ÷ Σ (w ÷ x). Raises BadInput for figures that are not positive.

    COINr `a_hmean`, which takes negative figures and gives what is no mean.
    """
    return _power(matrix, weights, -1.0, names, Text("调和平均", "a harmonic mean"))


def power_mean(matrix: Floats, weights: Floats, *, power: float, names: Names = UNNAMED) -> Floats:
    """(Σ w·xᵖ ÷ Σ w)^(1 ÷ p), the generalised mean: arithmetic for 1, geometric for 0, harmonic for −1.

    Raises BadInput for negative figures (unless p = 1), and for zero where p ≤ 0. COINr `a_genmean`.
    """
    if power == 1:
        return arithmetic_mean(matrix, weights, names=names)
    if power == 0:
        return geometric_mean(matrix, weights, names=names)
    called = Text(f"{power:g} 次幂平均", f"a mean of power {power:g}")
    return _power(matrix, weights, power, names, called)


def _power(matrix: Floats, weights: Floats, power: float, names: Names, called: Text) -> Floats:
    _refuse_not_positive(matrix < 0 if power > 0 else matrix <= 0, names, called)
    is_there = ~np.isnan(matrix)
    # Each row is measured by its greatest value (least, for a negative power): no power overflows then.
    unit = (
        np.max(matrix, axis=1, initial=0.0, where=is_there)
        if power > 0
        else np.min(matrix, axis=1, initial=np.inf, where=is_there)
    )
    unit = np.where(np.isfinite(unit) & (unit > 0), unit, 1.0)
    with np.errstate(under="ignore", over="ignore"):
        powers = (matrix / unit[:, np.newaxis]) ** power
    found: Floats = unit * _mean(powers, weights) ** (1 / power)
    return found


def _mean(matrix: Floats, weights: Floats) -> Floats:
    """The weighted mean of each row over what is there; NaN where nothing is."""
    is_there = ~np.isnan(matrix)
    counted = is_there @ weights
    total = np.where(is_there, matrix, 0.0) @ weights
    nothing: Floats = np.full(len(matrix), np.nan)
    return np.divide(total, counted, out=nothing, where=counted > 0)


def _refuse_not_positive(wrong_cells: Flags, names: Names, called: Text) -> None:
    refuse_cells(
        wrong_cells, names, kind="not-positive",
        wrong=Text(f"是零或负数，{called.zh}没有意义",
                   f"is zero or negative: {called.en} is not defined"),
        remedy=Text("请换汇总方法，或归一化到正数区间，如 1 到 100",
                    "choose another method, or normalise to positive numbers, such as 1 to 100"),
    )  # fmt: skip


@dataclass(frozen=True)
class Aggregation:
    """One way to make several figures one, and what it needs beside figures and weights."""

    title: Text
    function: Callable[..., Floats]
    needs: tuple[str, ...] = ()


AGGREGATIONS: Mapping[str, Aggregation] = MappingProxyType(
    {
        "arithmetic": Aggregation(Text("算术平均", "arithmetic mean"), arithmetic_mean),
        "geometric": Aggregation(Text("几何平均", "geometric mean"), geometric_mean),
        "harmonic": Aggregation(Text("调和平均", "harmonic mean"), harmonic_mean),
        "power": Aggregation(Text("广义平均", "generalised mean"), power_mean, ("power",)),
        "copeland": Aggregation(Text("科普兰法", "Copeland"), copeland),
    }
)
"""Every way to aggregate, by the name that index files use."""
