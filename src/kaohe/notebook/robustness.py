"""How firmly a ranking stands, in a notebook: binary-float analysis, which decides no score, rank or grade."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from kaohe.analysis.index_model import IndexModel
from kaohe.analysis.index_studies import make_index_study
from kaohe.analysis.rank_shifts import measure_shifts
from kaohe.analysis.ranking_studies import RankingStudy, RankInterval, Robustness, Settings
from kaohe.analysis.robustness import count_ranks
from kaohe.analysis.scheme_studies import make_scheme_studies
from kaohe.errors import BadInput, Place, blocking
from kaohe.files.results.robustness_tables import describe_study, label_cut, list_cut_labels
from kaohe.language import Text
from kaohe.notebook.arguments import require_options, require_values
from kaohe.notebook.frames import ArrowStream
from kaohe.notebook.indexes import read_any_index, read_any_table
from kaohe.results.result import Result


@dataclass(frozen=True)
class RobustnessTables:
    """What came of the draws as Arrow tables; `group` is empty for an index."""

    ranks: pa.Table
    """group, subject, rank (that stands), expected, best, low (5 %), median, high (95 %), worst, above each line."""
    acceptability: pa.Table
    """group, subject, rank, and the share of draws in which it stood there."""
    central_weights: pa.Table
    """group, subject, indicator, and its mean weight in the draws that put the subject first."""
    sensitivity: pa.Table
    """group, factor, first_order, total_order: Sobol' indices of the mean shift in rank."""
    notes: tuple[Text, ...]
    """How it was drawn, and where the study's own ranking is another than the one that stands."""


def study_robustness(
    ranking: Result | str | Path | IndexModel,
    data: str | Path | ArrowStream | None = None,
    *,
    samples: int = 512,
    **settings: Any,
) -> RobustnessTables:
    """Draw weights around those of a scored result, or of an index over a file or table, and rank every draw.

    `settings` are those of `Settings`: spread (`Band(0.25)` or `Dirichlet(5)` of kaohe.analysis.draws),
    draws, seed, decimals, normalisations, aggregations, imputations, cuts. No sensitivity is measured for
    `samples` of 0. Raises BadInput for what has no meaning.
    """
    require_options(settings, Settings)
    require_values(samples=samples)
    asked = Settings(**settings)
    found = [
        Robustness(
            of,
            count_ranks(of.study),
            measure_shifts(of.study, samples=samples) if samples else None,
        )
        for of in _list_studies(ranking, data, asked)
    ]
    return RobustnessTables(
        _tabulate_ranks(found),
        _tabulate_acceptability(found),
        _tabulate_central_weights(found),
        _tabulate_sensitivity(found),
        tuple(line for each in found for line in describe_study(each)),
    )


def _list_studies(
    ranking: Result | str | Path | IndexModel,
    data: str | Path | ArrowStream | None,
    settings: Settings,
) -> list[RankingStudy]:
    if isinstance(ranking, Result):
        return make_scheme_studies(ranking, settings)
    if data is None:
        raise BadInput([_NO_DATA])
    index = read_any_index(ranking)
    return [make_index_study(index, read_any_table(data, index), settings)]


_NO_DATA = blocking(
    "no-data-file",
    Place(),
    Text("指数没有数据", "the index has no data"),
    Text("请在指数后面给出数据", "give a file or a table after the index"),
)


def _tabulate_ranks(found: Sequence[Robustness]) -> pa.Table:
    """A row for each subject, in the order of the data."""
    labels = list_cut_labels(found)
    rows: list[dict[str, Any]] = []
    for each in found:
        cuts = [f"above {label_cut(cut)}" for cut in each.of.cuts]
        for row, interval in enumerate(each.list_intervals()):
            places = asdict(interval)
            above = dict(zip(cuts, places.pop("above"), strict=True))
            known = {"group": each.of.code, "subject": each.of.study.subjects[row]}
            rows.append({**known, "rank": each.of.reference[row], **places, **above})
    heads = ["group", "subject", "rank", *_PLACES, *(f"above {label}" for label in labels)]
    return _write_rows(heads, rows)


_PLACES = [field.name for field in fields(RankInterval) if field.name != "above"]


def _tabulate_acceptability(found: Sequence[Robustness]) -> pa.Table:
    rows = [
        {"group": each.of.code, "subject": each.of.study.subjects[row], "rank": place + 1,
         "share": shares[row, place]}
        for each in found
        for shares in [each.counts.acceptability()]
        for row, place in np.argwhere(shares).tolist()
    ]  # fmt: skip
    return _write_rows(["group", "subject", "rank", "share"], rows)


def _tabulate_central_weights(found: Sequence[Robustness]) -> pa.Table:
    rows = [
        {"group": each.of.code, "subject": each.of.study.subjects[row],
         "indicator": each.of.study.indicators[column], "weight": weights[row, column]}
        for each in found
        for weights in [each.counts.central_weights()]
        for row, column in np.argwhere(~np.isnan(weights)).tolist()
    ]  # fmt: skip
    return _write_rows(["group", "subject", "indicator", "weight"], rows)


def _tabulate_sensitivity(found: Sequence[Robustness]) -> pa.Table:
    rows = [
        {"group": each.of.code, "factor": factor.en, "first_order": first, "total_order": total}
        for each in found
        if each.sensitivity is not None
        for factor, first, total in zip(
            each.sensitivity.factors, each.sensitivity.indices.first,
            each.sensitivity.indices.total, strict=True,
        )
    ]  # fmt: skip
    return _write_rows(["group", "factor", "first_order", "total_order"], rows)


def _write_rows(heads: Sequence[str], rows: Sequence[dict[str, Any]]) -> pa.Table:
    columns = {head: [row.get(head) for row in rows] for head in heads}
    return pa.table({head: pa.array(cells, from_pandas=True) for head, cells in columns.items()})
