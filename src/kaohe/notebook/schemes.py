"""Schemes scored in a notebook, by the same engines as on the command line."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa

from kaohe.checking import admit
from kaohe.files.data.observations import read_observations
from kaohe.files.data.population_tables import read_population
from kaohe.files.schemes.reading import read_draft
from kaohe.notebook.frames import ArrowStream, read_stream
from kaohe.population.scoring import PopulationResult, score_population
from kaohe.renderings.settling import MISSING_SCORE
from kaohe.results.result import Result
from kaohe.results.result import score as score_exactly
from kaohe.scheme.draft import Scheme


def read_scheme(path: str | Path) -> Scheme:
    """The scheme in a YAML file or workbook. Raises BadInput with every blocking finding."""
    return admit(read_draft(Path(path)))


def score(scheme: Scheme, data: str | Path | Iterable[str | Path]) -> Result:
    """The official result, exact, of one or several files of data. Raises BadInput with every finding."""
    paths = [data] if isinstance(data, str | Path) else list(data)
    return score_exactly(scheme, read_observations([Path(path) for path in paths], scheme))


def score_table(scheme: Scheme, table: ArrowStream) -> pa.Table:
    """Every subject of a wide table scored over columns, to the figures that the exact engine gives.

    Columns in: `unit`, `group` where the scheme has several, maybe `participation`, then a column for
    each indicator or facet (`A01`, `A01.target`). Columns out: unit, rank, total (rounded as the scheme
    shows it), then the score of every node; the doubles nearest to the exact figures.
    """
    return _tabulate(score_population(scheme, read_population(read_stream(table), scheme)))


def _tabulate(result: PopulationResult) -> pa.Table:
    model = result.program.model
    leaves = {code: _scale(column, result.decimals[code]) for code, column in result.leaves.items()}
    nodes = {**leaves, **result.branches}
    columns = {
        "rank": result.ranks,
        "total": _scale(result.rounded_totals, model.rounding.display),
        **{code: nodes[code] for code in model.nodes_by_code if code in nodes},
    }
    floats = {name: pa.array(column, from_pandas=True) for name, column in columns.items()}
    return pa.table({"unit": result.population.codes, **floats})


def _scale(whole: np.typing.NDArray[np.int64], decimals: int) -> np.typing.NDArray[np.float64]:
    """Whole numbers of a last decimal as the nearest doubles, NaN where there is none."""
    return np.where(whole == MISSING_SCORE, np.nan, whole / 10.0**decimals)
