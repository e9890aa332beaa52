"""Schemes scored in a notebook, by the same engines as on the command line."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from kaohe.checking import admit
from kaohe.files.data.observations import read_observations
from kaohe.files.data.population_tables import read_population
from kaohe.files.results.population_outputs import tabulate_result
from kaohe.files.schemes.reading import read_draft
from kaohe.language import Language
from kaohe.notebook.frames import ArrowStream, read_stream
from kaohe.population.scoring import score_population
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


def score_table(scheme: Scheme, table: ArrowStream, *, language: Language = "zh") -> pa.Table:
    """Every subject of a wide table scored over columns, to the figures that the exact engine gives.

    Columns in: `unit`, `group` where the scheme has several, maybe `participation`, then a column for
    each indicator or facet (`A01`, `A01.target`). Columns out: unit, group, participation, total (as the
    scheme shows it), rank, grade, then the score of every indicator and branch; scores are the doubles
    nearest to the exact figures, null is none. `language` is that of the word for an undecided grade.
    """
    result = score_population(scheme, read_population(read_stream(table), scheme))
    scored = tabulate_result(result, language, scores=True)
    for code, column in result.branches.items():
        scored = scored.append_column(code, pa.array(column, from_pandas=True))
    kinds = [(field.name, _choose_kind(field.type)) for field in scored.schema]
    return scored.cast(pa.schema(kinds))


def _choose_kind(kind: pa.DataType) -> pa.DataType:
    """Floats for decimals, with which notebooks cannot compute."""
    return pa.float64() if pa.types.is_decimal(kind) else kind
