"""Weights as they are given: relative, finite, none negative."""

from typing import Any

import numpy as np

from kaohe.analysis.matrices import UNNAMED, Floats, Names, refuse_columns
from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text


def read_weights(weights: Any, count: int, names: Names = UNNAMED) -> Floats:
    """A weight for each of `count` indicators, adding up to 1; None stands for equal ones.

    Raises BadInput for negative, infinite or missing weights, for another number of them, and where all
    are zero.
    """
    given = np.ones(count) if weights is None else np.asarray(weights, dtype=np.float64)
    if given.shape != (count,):
        raise BadInput([_refuse_count(given.size, count)])
    refuse_columns(
        ~np.isfinite(given) | (given < 0), names, kind="bad-weight",
        wrong=Text("的权重是负数，或不是有限的数", "has a weight that is negative, or no finite number"),
        remedy=Text("权重须为零或正数", "weights are zero or positive"),
    )  # fmt: skip
    greatest = given.max()
    if greatest == 0:
        raise BadInput([_refuse_nothing()])
    relative = given / greatest
    shares: Floats = relative / relative.sum()
    return shares


def _refuse_count(given: int, wanted: int) -> Finding:
    return blocking(
        "bad-weight",
        Place(),
        Text(f"有 {given} 个权重，指标有 {wanted} 个", f"there are {given} weights for {wanted} indicators"),
        Text("每个指标写一个权重", "give one weight for each indicator"),
    )  # fmt: skip


def _refuse_nothing() -> Finding:
    return blocking(
        "bad-weight",
        Place(),
        Text("权重全是零", "all weights are zero"),
        Text("至少一个权重须为正数", "at least one weight is positive"),
    )
