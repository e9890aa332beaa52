"""A random world's population as the wide table that a cluster reads."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kaohe.files.data.population_columns import list_defaults
from kaohe.numbers.absence import Absence
from kaohe.population.subjects import PARTICIPATIONS, Population
from kaohe.renderings.arrays.absences import ABSENCES
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme

WORDS = {
    Absence.EMPTY: "",
    Absence.NOT_APPLICABLE: "不适用",
    Absence.NOT_DUE: "未到期",
    Absence.REFUSED: "拒报",
    Absence.NO_TARGET: "",
}


def can_be_written(scheme: Scheme, population: Population) -> bool:
    """Whether a wide table holds everything: not the levels of records, nor thirds, nor that a tally of
    records is missing where the table would take none for nothing recorded."""
    if population.levels or population.exact or population.findings:
        return False
    if any(10**12 % column.denominator for column in population.facets.values()):
        return False
    return not any(
        np.isnan(column.figures).any()
        for leaf in queries.iterate_leaves(scheme.model)
        for facet, column in population.facets_of(leaf.code).items()
        if facet in list_defaults(leaf)
    )


def write_world(path: Path, scheme: Scheme, population: Population) -> None:
    """The population as a Parquet file of several row groups."""
    groups = [group.code for group in scheme.model.groups]
    columns = {
        "unit": population.codes,
        "group": [groups[number] for number in population.group],
        "participation": [PARTICIPATIONS[number] for number in population.participation],
    }
    for (leaf, facet), column in population.facets.items():
        kinds = population.absences.get((leaf, facet), np.zeros(len(population), dtype=np.int8))
        columns[f"{leaf}.{facet}"] = [
            write_cell(figure, kind) for figure, kind in zip(column.figures, kinds, strict=True)
        ]
    if population.previous_rank is not None:
        columns["total.previous_rank"] = pa.array(
            population.previous_rank.figures, from_pandas=True
        )
    columns |= {code: pa.array(hits) for code, hits in population.vetoes.items()}
    pq.write_table(pa.table(columns), path, row_group_size=max(len(population) // 3, 1))


def write_cell(figure: float, kind: int) -> str:
    """A figure, or the word for why there is none."""
    if np.isnan(figure):
        return WORDS[ABSENCES[kind - 1]] if kind else ""
    return np.format_float_positional(figure, trim="-")
