"""Missing figures estimated from those there, in binary floats: OECD/JRC Handbook (2008), step 3."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from kaohe.analysis.choosing import choose_method
from kaohe.analysis.matrices import UNNAMED, Floats, Names, read_matrix
from kaohe.errors import BadInput, Place, blocking
from kaohe.language import Text


def impute(
    values: Any,
    method: str = "mean",
    *,
    groups: Sequence[object] | None = None,
    names: Names = UNNAMED,
) -> Floats:
    """Every missing figure replaced by the mean or median of its indicator; with `groups`, of its own group.

    What cannot be estimated, because nobody of the group has a figure, stays missing. OECD/JRC Handbook
    step 3, "Unconditional mean imputation"; COINr `i_mean`, `i_median`, `i_mean_grp`, `i_median_grp`.
    """
    estimate = choose_method(method, IMPUTATIONS).function
    matrix = read_matrix(values, names)
    for rows in _list_groups(groups, len(matrix)):
        part = matrix[rows]
        matrix[rows] = np.where(np.isnan(part), _estimate(part, estimate), part)
    return matrix


def _list_groups(groups: Sequence[object] | None, rows: int) -> list[list[int]]:
    if groups is None:
        return [list(range(rows))]
    if len(groups) != rows:
        raise BadInput([
            blocking(
                "bad-shape",
                Place(),
                Text(f"有 {len(groups)} 个组别，对象有 {rows} 个", f"{len(groups)} groups for {rows} subjects"),
                Text("每个对象写一个组别", "give one group for each subject"),
            )
        ])  # fmt: skip
    members: dict[object, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    return list(members.values())


def _estimate(part: Floats, estimate: Callable[[Floats], float]) -> Floats:
    """One estimate for each column; NaN where nobody has a figure."""
    columns = [column[~np.isnan(column)] for column in part.T]
    return np.array([estimate(each) if len(each) else np.nan for each in columns])


def _find_mean(present: Floats) -> float:
    return float(np.mean(present))


def _find_median(present: Floats) -> float:
    return float(np.median(present))


@dataclass(frozen=True)
class Imputation:
    """One way to estimate a missing figure from those there."""

    title: Text
    function: Callable[[Floats], float]


IMPUTATIONS: Mapping[str, Imputation] = MappingProxyType(
    {
        "mean": Imputation(Text("均值插补", "mean imputed"), _find_mean),
        "median": Imputation(Text("中位数插补", "median imputed"), _find_median),
    }
)
"""Every way to estimate a missing figure, by the name that index files use."""
