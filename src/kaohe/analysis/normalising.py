"""Figures brought to one scale by a method chosen by name, in binary floats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from kaohe.analysis import scales
from kaohe.analysis.choosing import choose_method
from kaohe.analysis.matrices import (
    LARGEST,
    UNNAMED,
    Floats,
    Names,
    read_directions,
    read_matrix,
    refuse_cells,
    refuse_empty_columns,
)
from kaohe.language import Text


def normalise(
    values: Any,
    method: str = "min_max",
    *,
    higher: Any = None,
    names: Names = UNNAMED,
    **options: Any,
) -> Floats:
    """The matrix on one scale, by a method of `NORMALISATIONS`; `options` are those of its function.

    `higher` says for each column whether more is better; None means that it always is.
    Raises BadInput for an unknown method, for infinite values, and where the method has no meaning.
    """  # fmt: skip
    chosen = choose_method(method, NORMALISATIONS)
    matrix = read_matrix(values, names)
    refuse_empty_columns(matrix, names)
    directions = read_directions(higher, matrix.shape[1])
    with np.errstate(over="ignore"):
        found = chosen.function(matrix, directions, names=names, **options)
    refuse_cells(
        np.abs(found) > LARGEST, names, kind="infinite-value",
        wrong=Text("归一化后是无穷大", "is infinite once normalised"),
        remedy=Text("请换归一化方法，或换参照、目标、门柱",
                    "choose another method, or another reference, target or goalpost"),
    )  # fmt: skip
    return found


@dataclass(frozen=True)
class Normalisation:
    """One way to bring figures to one scale, and what it needs beside the figures."""

    title: Text
    function: Callable[..., Floats]
    needs: tuple[str, ...] = ()


NORMALISATIONS: Mapping[str, Normalisation] = MappingProxyType(
    {
        "min_max": Normalisation(Text("极差法", "min–max"), scales.min_max),
        "z_score": Normalisation(Text("标准化", "z-score"), scales.z_score),
        "rank": Normalisation(Text("名次", "rank"), scales.rank_score),
        "percentile_rank": Normalisation(
            Text("百分位次", "percentile rank"), scales.percentile_rank
        ),
        "borda": Normalisation(Text("博达计数", "Borda points"), scales.borda),
        "distance_to_best": Normalisation(
            Text("距最优", "distance to best"), scales.distance_to_best
        ),
        "distance_to_reference": Normalisation(
            Text("距参照对象", "distance to a reference"),
            scales.distance_to_reference,
            ("reference",),
        ),
        "distance_to_target": Normalisation(
            Text("距目标", "distance to target"), scales.distance_to_target, ("targets",)
        ),
        "goalposts": Normalisation(Text("门柱法", "goalposts"), scales.goalposts, ("low", "high")),
        "fraction_of_max": Normalisation(
            Text("占最大值比例", "fraction of the maximum"), scales.fraction_of_max
        ),
    }
)
"""Every way to normalise, by the name that index files use."""
