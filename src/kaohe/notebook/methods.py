"""Analysts' methods on tables, in binary floats: for studying figures, never for deciding a score, rank or grade.

Every column of numbers is an indicator; the others are handed through, and the first of them (or `subject`)
says whom a row is about. Tables of pandas, polars and Arrow are taken; Arrow tables are given back, on which
`.to_pandas()` works. Whatever has no meaning is refused as BadInput, in both languages.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from kaohe.analysis.aggregating import AGGREGATIONS, Availability, OnMissing
from kaohe.analysis.aggregating import aggregate as aggregate_matrix
from kaohe.analysis.choosing import choose_method
from kaohe.analysis.imputing import impute as impute_matrix
from kaohe.analysis.normalising import NORMALISATIONS
from kaohe.analysis.normalising import normalise as normalise_matrix
from kaohe.analysis.ranking import rank_values
from kaohe.analysis.treating import OutlierRule, treat_outliers
from kaohe.analysis.weighing import weigh as weigh_matrix
from kaohe.errors import BadInput, Place, blocking
from kaohe.files.data.wide_tables import read_texts
from kaohe.language import Text
from kaohe.notebook.arguments import require_new_columns, require_options, require_values
from kaohe.notebook.frames import ArrowStream, Frame, read_frame
from kaohe.numbers.ranking import Ties


def normalise(
    table: ArrowStream,
    method: str = "min_max",
    *,
    lower: str | Iterable[str] = (),
    subject: str | None = None,
    **options: Any,
) -> pa.Table:
    """Every indicator on one scale, more being better; `lower` names those of which less is better.

    Methods: min_max (to), z_score (mean, deviation), rank, borda and percentile_rank (ties),
    distance_to_best (to), distance_to_reference (reference: a subject; cap), distance_to_target
    (targets; cap), goalposts (low, high; cap, to), fraction_of_max. `targets`, `low`, `high` and `cap`
    are one value, or a mapping from indicators to values.
    """
    chosen = choose_method(method, NORMALISATIONS)
    require_options(options, chosen.function, chosen.needs)
    frame = read_frame(table, subject)
    values = normalise_matrix(
        frame.matrix,
        method,
        higher=~frame.flag(lower),
        names=frame.names,
        **_read_options(frame, options),
    )
    return _write_matrix(frame, values)


def _read_options(frame: Frame, options: Mapping[str, Any]) -> dict[str, Any]:
    read = dict(options)
    for name, otherwise in (("targets", np.nan), ("low", np.nan), ("high", np.nan)):
        if name in read:
            read[name] = frame.spread(read[name], otherwise)
    if isinstance(read.get("cap"), Mapping):
        read["cap"] = frame.spread(read["cap"], 1.0).astype(np.bool_)
    if isinstance(read.get("reference"), str):
        read["reference"] = _find_subject(frame, read["reference"])
    return read


def _find_subject(frame: Frame, code: str) -> int:
    if code in frame.subjects:
        return frame.subjects.index(code)
    raise BadInput([
        blocking(
            "no-reference",
            Place(),
            Text(f"没有对象“{code}”", f'there is no subject "{code}"'),
            Text("请写表中的一个对象，或用 subject 指明对象所在列",
                 "name one in the table, or say by `subject` which column names them"),
        )
    ])  # fmt: skip


def _write_matrix(frame: Frame, values: Any) -> pa.Table:
    return frame.write(**dict(zip(frame.indicators, values.T, strict=True)))


def aggregate(
    table: ArrowStream,
    method: str = "arithmetic",
    *,
    weights: Mapping[str, float] | None = None,
    into: str = "index",
    ties: Ties = "lowest",
    missing: OnMissing = "renormalise",
    least_weight: float = 0.0,
    least_indicators: float = 0.0,
    subject: str | None = None,
    **options: Any,
) -> pa.Table:
    """One column made of all indicators, and the places on it (`rank`, 1 is the best).

    Methods: arithmetic, geometric, harmonic, power (power), copeland. Indicators that `weights` does not
    name count for nothing; None weighs all equally. A row of which less than `least_weight` of the
    weight or `least_indicators` of the indicators is known has no result.
    """
    chosen = choose_method(method, AGGREGATIONS)
    require_options(options, chosen.function, chosen.needs)
    require_values(
        ties=ties, missing=missing, least_weight=least_weight, least_indicators=least_indicators
    )
    if weights is not None:
        require_values(weights=weights)
    frame = read_frame(table, subject)
    require_new_columns([into, "rank"], frame.others)
    given = None if weights is None else frame.spread(weights, 0.0)
    values = aggregate_matrix(
        frame.matrix,
        given,
        method,
        names=frame.names,
        missing=missing,
        availability=Availability(least_weight, least_indicators),
        **options,
    )
    return frame.write(**{into: values, "rank": rank_values(values, ties=ties)})


def weigh(table: ArrowStream, method: str = "equal", *, subject: str | None = None) -> pa.Table:
    """A weight for each indicator (columns `indicator` and `weight`), adding up to 1.

    Methods: equal, standard_deviation, entropy, critic, pca; they take normalised figures.
    """
    frame = read_frame(table, subject)
    found = weigh_matrix(frame.matrix, method, names=frame.names)
    return pa.table({"indicator": list(frame.indicators), "weight": found})


def impute(
    table: ArrowStream, method: str = "mean", *, by: str | None = None, subject: str | None = None
) -> pa.Table:
    """Missing figures replaced by the mean or median of their indicator, or of their group in column `by`."""
    frame = read_frame(table, subject)
    if by is not None and by not in frame.others:
        raise BadInput([
            blocking(
                "missing-column",
                Place(key=by),
                Text(f"没有分组的列“{by}”", f'there is no column of groups "{by}"'),
                Text("请写一个不是数的列", "name a column that is not numbers"),
            )
        ])  # fmt: skip
    groups = None if by is None else read_texts(frame.others[by])
    return _write_matrix(
        frame, impute_matrix(frame.matrix, method, groups=groups, names=frame.names)
    )


def treat(table: ArrowStream, *, subject: str | None = None, **rule: Any) -> pa.Table:
    """Outliers winsorised, or their column transformed; `rule` sets skewness, kurtosis, most, fallback, power."""
    require_options(rule, OutlierRule)
    frame = read_frame(table, subject)
    treated = treat_outliers(frame.matrix, OutlierRule(**rule), names=frame.names)
    return _write_matrix(frame, treated.values)
