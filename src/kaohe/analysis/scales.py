"""Figures brought to one scale, in binary floats: OECD/JRC Handbook (2008), step 5, and the COINr package.

Each function takes a matrix (a row for each subject, a column for each indicator, NaN where a figure is
missing) and a flag for each column saying whether more is better; it gives a matrix of the same shape in
which more is always better, and NaN where the figure was missing. Where a column is constant the methods
that divide by its spread have no formula: they give the middle of their scale, so that the indicator
moves nobody.
"""

from typing import Any

import numpy as np

from kaohe.analysis.matrices import (
    UNNAMED,
    Flags,
    Floats,
    Names,
    find_constant,
    refuse_cells,
    refuse_columns,
)
from kaohe.analysis.ranking import rank_columns
from kaohe.language import Text
from kaohe.numbers.ranking import Ties

Scale = tuple[float, float]
UNIT_SCALE = (0.0, 1.0)
HUNDRED_SCALE = (0.0, 100.0)


def min_max(
    matrix: Floats, higher: Flags, *, to: Scale = HUNDRED_SCALE, names: Names = UNNAMED
) -> Floats:
    """(x − min) ÷ (max − min), from the low to the high end of `to`; a constant column is in the middle.

    OECD/JRC Handbook step 5, table 3, "Min-Max"; COINr `n_minmax`.
    """
    del names
    signed = _turn(matrix, higher)
    share = _share_of_span(signed, _least(signed), _greatest(signed), find_constant(matrix), 0.5)
    return _spread(share, to)


def z_score(
    matrix: Floats,
    higher: Flags,
    *,
    mean: float = 0.0,
    deviation: float = 1.0,
    names: Names = UNNAMED,
) -> Floats:
    """(x − mean) ÷ standard deviation (of a sample, n − 1), scaled to `mean` and `deviation`.

    A constant column is at the mean. OECD/JRC Handbook step 5, table 3, "Standardization (or z-scores)";
    COINr `n_zscore`.
    """  # fmt: skip
    del names
    signed, constant = _turn(matrix, higher), find_constant(matrix)
    centred = signed - np.nanmean(signed, axis=0)
    # Measured by the greatest of them, so that no square is lost or infinite.
    unit = np.where(constant, 1.0, np.nanmax(np.abs(centred), axis=0))
    centred = np.where(constant & ~np.isnan(matrix), 0.0, centred / unit)
    count = np.sum(~np.isnan(matrix), axis=0)
    spread = np.sqrt(np.nansum(centred**2, axis=0) / np.maximum(count - 1, 1))
    return centred / np.where(constant, 1.0, spread) * deviation + mean


def rank_score(
    matrix: Floats, higher: Flags, *, ties: Ties = "average", names: Names = UNNAMED
) -> Floats:
    """How high a subject stands from below: the worst has 1, the best the number of subjects with a figure.

    `ties` are those of places counted from the top; COINr `n_rank` takes the worse one, `highest`.
    OECD/JRC Handbook step 5, table 3, "Ranking".
    """
    del names
    return _count_from_below(matrix, higher, ties) + 1


def borda(
    matrix: Floats, higher: Flags, *, ties: Ties = "average", names: Names = UNNAMED
) -> Floats:
    """Borda points: how many subjects are worse, tied ones counting half by default.

    OECD/JRC Handbook step 6, "Borda rule"; COINr `n_borda` (`ties="highest"`).
    """  # fmt: skip
    del names
    return _count_from_below(matrix, higher, ties)


def percentile_rank(
    matrix: Floats,
    higher: Flags,
    *,
    ties: Ties = "average",
    to: Scale = UNIT_SCALE,
    names: Names = UNNAMED,
) -> Floats:
    """The share of the other subjects that are worse, from the low to the high end of `to`.

    A single subject is in the middle. COINr `n_prank` (`ties="highest"`).
    """  # fmt: skip
    del names
    worse = _count_from_below(matrix, higher, ties)
    others = np.sum(~np.isnan(matrix), axis=0) - 1
    share = np.where(others > 0, worse / np.maximum(others, 1), worse + 0.5)
    return _spread(share, to)


def distance_to_best(
    matrix: Floats, higher: Flags, *, to: Scale = UNIT_SCALE, names: Names = UNNAMED
) -> Floats:
    """1 − (best − x) ÷ (best − worst); in a constant column nobody is away from the best.

    OECD/JRC Handbook step 5, "Distance to a reference", of the leader; COINr `n_dist2max`.
    """
    del names
    signed = _turn(matrix, higher)
    share = _share_of_span(signed, _least(signed), _greatest(signed), find_constant(matrix), 1.0)
    return _spread(share, to)


def distance_to_reference(
    matrix: Floats,
    higher: Flags,
    *,
    reference: int,
    cap: bool = False,
    to: Scale = UNIT_SCALE,
    names: Names = UNNAMED,
) -> Floats:
    """1 − (x of the reference − x) ÷ (x of the reference − worst); `reference` is the row of a subject.

    A constant column gives everybody the reference's 1; `cap` lets nobody exceed it. OECD/JRC Handbook
    step 5, table 3, "Distance to a reference"; COINr `n_dist2ref`. Raises BadInput where the reference
    has no figure, or is itself the worst.
    """
    signed, constant = _turn(matrix, higher), find_constant(matrix)
    best, worst = signed[reference], _least(signed)
    subject = names.subject(reference)
    refuse_columns(
        np.isnan(best), names, kind="no-reference",
        wrong=Text(f"没有参照对象 {subject.zh} 的数", f"has no figure of the reference {subject.en}"),
        remedy=_OTHER_REFERENCE,
    )  # fmt: skip
    refuse_columns(
        ~constant & (best <= worst), names, kind="no-reference",
        wrong=Text(f"参照对象 {subject.zh} 是最差的，距离没有意义",
                   f"has its reference {subject.en} as the worst: no distance is defined"),
        remedy=_OTHER_REFERENCE,
    )  # fmt: skip
    return _spread(_cap(_share_of_span(signed, worst, best, constant, 1.0), cap), to)


_OTHER_REFERENCE = Text("请换一个参照对象或方法", "choose another reference, or another method")


def distance_to_target(
    matrix: Floats,
    higher: Flags,
    *,
    targets: Any,
    cap: bool = False,
    to: Scale = UNIT_SCALE,
    names: Names = UNNAMED,
) -> Floats:
    """1 − (target − x) ÷ (target − worst), a target for each column; `cap` lets nobody exceed 1.

    OECD/JRC Handbook step 5, table 3, "Distance to a reference", of a target; COINr `n_dist2targ`.
    Raises BadInput for a column without a target, or whose target is not better than its worst figure.
    """
    targets = np.broadcast_to(np.asarray(targets, np.float64), (matrix.shape[1],))
    _require_numbers(targets, names, Text("目标值", "target"))
    signed = _turn(matrix, higher)
    aims, worst = np.where(higher, targets, -targets), _least(signed)
    refuse_columns(
        aims <= worst, names, kind="bad-target",
        wrong=Text("的目标值不优于最差的数，距离没有意义",
                   "has a target no better than its worst figure: no distance is defined"),
        remedy=Text("请换目标值或方法", "set another target, or choose another method"),
    )  # fmt: skip
    nothing = np.zeros(len(aims), np.bool_)
    return _spread(_cap(_share_of_span(signed, worst, aims, nothing, 1.0), cap), to)


def goalposts(
    matrix: Floats,
    higher: Flags,
    *,
    low: Any,
    high: Any,
    cap: Any = True,
    to: Scale = UNIT_SCALE,
    names: Names = UNNAMED,
) -> Floats:
    """(x − low) ÷ (high − low), or (high − x) ÷ (high − low) where less is better; both for each column.

    Where `cap` is set, nobody is below the low or above the high end of `to`. COINr `n_goalposts`; the
    dimension indices of UNDP's Human Development Report, technical note 1. Raises BadInput for a column
    without goalposts, or whose high one is not above its low one.
    """
    width = (matrix.shape[1],)
    low, high = (np.broadcast_to(np.asarray(each, np.float64), width) for each in (low, high))
    _require_numbers(low, names, Text("下门柱", "low goalpost"))
    _require_numbers(high, names, Text("上门柱", "high goalpost"))
    refuse_columns(
        high <= low, names, kind="bad-goalposts",
        wrong=Text("的上门柱不高于下门柱", "has a high goalpost not above the low one"),
        remedy=Text("请写 low 小于 high；方向由指标的方向决定",
                    "low is less than high; which is better is the indicator's direction"),
    )  # fmt: skip
    share = (matrix - low) / (high - low)
    share = np.where(higher, share, 1 - share)
    return _spread(np.where(cap, np.clip(share, 0.0, 1.0), share), to)


def fraction_of_max(
    matrix: Floats, higher: Flags, *, to: Scale = UNIT_SCALE, names: Names = UNNAMED
) -> Floats:
    """x ÷ max where more is better, min ÷ x where less is, so that the best has 1.

    OECD/JRC Handbook step 5, "Distance to a reference" (x ÷ the leader's x); COINr `n_fracmax`, which
    has no meaning where less is better. Raises BadInput for negative figures, for a maximum of zero, and
    for zero where less is better.
    """
    less = np.where(higher, matrix < 0, matrix <= 0) & ~np.isnan(matrix)
    refuse_cells(
        less, names, kind="not-positive",
        wrong=Text("是负数或零，占最大值的比例没有意义",
                   "is negative or zero: a fraction of the best is not defined"),
        remedy=Text("请换归一化方法，或先平移数据", "choose another method, or shift the figures first"),
    )  # fmt: skip
    greatest, least = _greatest(matrix), _least(matrix)
    refuse_columns(
        higher & (greatest <= 0), names, kind="not-positive",
        wrong=Text("的最大值是零", "has a maximum of zero"),
        remedy=Text("请换归一化方法，或去掉这个指标", "choose another method, or leave it out"),
    )  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):  # in the way not taken
        return _spread(np.where(higher, matrix / greatest, least / matrix), to)


def _turn(matrix: Floats, higher: Flags) -> Floats:
    """The same figures with those counted negative of which less is better."""
    return np.where(higher, matrix, -matrix)


def _least(matrix: Floats) -> Floats:
    found: Floats = np.nanmin(matrix, axis=0)
    return found


def _greatest(matrix: Floats) -> Floats:
    found: Floats = np.nanmax(matrix, axis=0)
    return found


def _share_of_span(
    matrix: Floats, worst: Floats, best: Floats, constant: Flags, otherwise: float
) -> Floats:
    """(x − worst) ÷ (best − worst); in constant columns `otherwise`, and NaN stays NaN."""
    span = np.where(constant, 1.0, best - worst)
    share = np.where(constant, otherwise, (matrix - worst) / span)
    return np.where(np.isnan(matrix), np.nan, share)


def _spread(share: Floats, to: Scale) -> Floats:
    low, high = to
    return low + share * (high - low)


def _cap(share: Floats, cap: bool) -> Floats:  # noqa: FBT001 - the caller's own flag
    return np.minimum(share, 1.0) if cap else share


_FROM_BELOW: dict[Ties, Ties] = {"lowest": "highest", "highest": "lowest"}


def _count_from_below(matrix: Floats, higher: Flags, ties: Ties) -> Floats:
    """How many places a subject is above the last; `ties` are those of places counted from the top."""
    return rank_columns(-_turn(matrix, higher), ties=_FROM_BELOW.get(ties, ties)) - 1


def _require_numbers(values: Floats, names: Names, kind: Text) -> None:
    refuse_columns(
        ~np.isfinite(values), names, kind="no-target",
        wrong=Text(f"没有{kind.zh}", f"has no {kind.en}"),
        remedy=Text(f"请写明{kind.zh}，或换方法", f"set a {kind.en}, or choose another method"),
    )  # fmt: skip
