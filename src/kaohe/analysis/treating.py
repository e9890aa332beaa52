"""Figures made comparable and outliers tamed before they are normalised, in binary floats.

OECD/JRC Handbook (2008), step 5, which has outliers, scale adjustments and skewed indicators seen to before
normalisation; the rule and its order are those of the JRC as the COINr package writes them down (`Treat`).
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from kaohe.analysis.matrices import (
    UNNAMED,
    Flags,
    Floats,
    Names,
    read_matrix,
    refuse_cells,
    round_significant,
)
from kaohe.language import Text

Fallback = Literal["logarithm", "box_cox", "none"]
_FEWEST = 4  # a kurtosis needs so many figures


@dataclass(frozen=True)
class OutlierRule:
    """When a column has outliers, and what is done: |skewness| and kurtosis both beyond their limits.

    `most` points of a column are winsorised at the most; a column still beyond its limits then gets
    the `fallback` instead, made of its figures as they were.
    """

    skewness: float = 2.0
    kurtosis: float = 3.5
    most: int = 5
    fallback: Fallback = "logarithm"
    power: float = 0.0
    """Lambda of the Box–Cox transform."""


JRC_RULE = OutlierRule()


@dataclass(frozen=True)
class Treated:
    """Figures after treatment, which of them were changed, and by what; a column has one treatment or none."""

    values: Floats
    changed: Flags
    methods: tuple[str, ...]
    """For each column: `winsorised`, `logarithm`, `box_cox`, or empty."""


def denominate(
    values: Any, denominators: Any, *, scale: Any = 1.0, names: Names = UNNAMED
) -> Floats:
    """x ÷ denominator × scale; denominators in the shape of the figures, or one column for all of them.

    A missing denominator makes the figure missing. OECD/JRC Handbook step 5 (scale adjustments); COINr
    `Denominate`. Raises BadInput for denominators that are zero or negative, by indicator and subject.
    """
    matrix = read_matrix(values, names)
    divisors = np.broadcast_to(np.asarray(denominators, np.float64), matrix.shape)
    refuse_cells(
        ~(divisors > 0) & ~np.isnan(divisors), names, kind="bad-denominator",
        wrong=Text("的分母是零或负数", "has a denominator that is zero or negative"),
        remedy=Text("请核对分母；没有的留空", "check the denominator; leave it empty where there is none"),
    )  # fmt: skip
    return read_matrix(matrix / divisors * np.asarray(scale, np.float64), names)


def take_logarithm(matrix: Floats, *, names: Names = UNNAMED) -> Floats:
    """The natural logarithm. Raises BadInput for figures that are not positive, by indicator and subject."""
    refuse_cells(
        matrix <= 0, names, kind="not-positive",
        wrong=Text("是零或负数，没有对数", "is zero or negative and has no logarithm"),
        remedy=Text("请核对数据，或去掉对数变换", "check the figure, or leave the transform out"),
    )  # fmt: skip
    return np.log(matrix)


def measure_skewness(column: Floats) -> float:
    """Skewness of a sample as spreadsheets give it (SKEW); NaN for fewer than three figures or one value."""
    deviations = _centre(column)
    n = len(deviations)
    if n < 3 or not deviations.any():
        return float("nan")
    moment = np.mean(deviations**3) / np.mean(deviations**2) ** 1.5
    return float(moment * np.sqrt(n * (n - 1)) / (n - 2))


def measure_kurtosis(column: Floats) -> float:
    """Excess kurtosis of a sample as spreadsheets give it (KURT); NaN for fewer than four figures or one value."""
    deviations = _centre(column)
    n = len(deviations)
    if n < _FEWEST or not deviations.any():
        return float("nan")
    excess = np.mean(deviations**4) / np.mean(deviations**2) ** 2 - 3
    return float(((n + 1) * excess + 6) * (n - 1) / ((n - 2) * (n - 3)))


def _centre(column: Floats) -> Floats:
    """Deviations from the mean of what is there, the greatest being 1 so that no power overflows; or zeros."""
    present = column[~np.isnan(column)]
    if len(np.unique(round_significant(present))) < 2:
        return np.zeros_like(present)
    deviations = present - present.mean()
    scaled: Floats = deviations / np.abs(deviations).max()
    return scaled


def treat_outliers(values: Any, rule: OutlierRule = JRC_RULE, *, names: Names = UNNAMED) -> Treated:
    """Winsorise columns with outliers; where that does not help, transform their original figures.

    A column with fewer than four figures cannot be judged and is left alone. COINr `Treat`: `winsorise`,
    then `log_CT` or `boxcox`.
    """
    matrix = read_matrix(values, names)
    columns = [_treat_column(column, rule) for column in matrix.T]
    treated = np.column_stack([column for column, _ in columns])
    changed = (treated != matrix) & ~np.isnan(matrix)
    return Treated(treated, changed, tuple(method for _, method in columns))


def _treat_column(column: Floats, rule: OutlierRule) -> tuple[Floats, str]:
    if not _has_outliers(column, rule):
        return column, ""
    winsorised = winsorise(column, rule)
    if rule.fallback == "none" or not _has_outliers(winsorised, rule):
        return winsorised, "winsorised"
    if rule.fallback == "logarithm":
        return shift_logarithm(column), "logarithm"
    return box_cox(column, rule.power), "box_cox"


def _has_outliers(column: Floats, rule: OutlierRule) -> bool:
    """The JRC's criterion; a column that cannot be judged has none."""
    is_skewed = abs(measure_skewness(column)) > rule.skewness
    return is_skewed and measure_kurtosis(column) > rule.kurtosis


def winsorise(column: Floats, rule: OutlierRule = JRC_RULE) -> Floats:
    """Move the outermost points on the skewed side to the next value until the criterion holds.

    Never more than `most` points in all. COINr `winsorise`, which may exceed its number where points tie.
    """
    current, moved = column.copy(), np.zeros(len(column), np.bool_)
    while _has_outliers(current, rule):
        high = measure_skewness(current) > 0
        edge = np.nanmax(current) if high else np.nanmin(current)
        outermost = current == edge
        if (moved | outermost).sum() > rule.most:
            break
        inner = current[~outermost & ~np.isnan(current)]
        current[outermost] = inner.max() if high else inner.min()
        moved |= outermost
    return current


def shift_logarithm(column: Floats) -> Floats:
    """ln(x − min + 0.01·(max − min)), defined for any figures; COINr `log_CT`."""
    least, greatest = np.nanmin(column), np.nanmax(column)
    shifted: Floats = np.log(column - least + 0.01 * (greatest - least))
    return shifted


def box_cox(column: Floats, power: float) -> Floats:
    """((x − min + 1)ᵖ − 1) ÷ p, and the logarithm for p = 0; COINr `boxcox`, after Box and Cox (1964)."""
    positive = column - np.nanmin(column) + 1
    transformed: Floats = np.log(positive) if power == 0 else (positive**power - 1) / power
    return transformed
