"""An index file computed over a table: binary-float analysis, which decides no score, rank or grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from kaohe.analysis.analysing import Analysis
from kaohe.analysis.analysing import analyse as analyse_figures
from kaohe.analysis.index_model import IndexModel
from kaohe.analysis.index_reading import admit_index
from kaohe.analysis.matrices import Floats
from kaohe.analysis.wide_tables import WideTable
from kaohe.errors import Finding
from kaohe.files.data.wide_tables import read_arrow, read_wide_table
from kaohe.files.schemes.index_files import read_index
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.notebook.frames import ArrowStream, read_stream


@dataclass(frozen=True)
class AnalysisTables:
    """An analysis as Arrow tables, each made when it is first asked for."""

    analysis: Analysis

    @cached_property
    def scores(self) -> pa.Table:
        """subject, rank, and the value of every node: the index, its branches, and normalised indicators."""
        places = {"rank": self.analysis.ranks[self.analysis.index.index]}
        return self._tabulate({**places, **self.analysis.values})

    @cached_property
    def ranks(self) -> pa.Table:
        """subject, and the place on the index and on every branch."""
        return self._tabulate(self.analysis.ranks)

    @cached_property
    def ranks_without(self) -> pa.Table:
        """subject, and the place when one indicator is left out, a column for each."""
        return self._tabulate(self.analysis.ranks_without)

    @cached_property
    def weights(self) -> pa.Table:
        """node, and its effective weight."""
        weights = self.analysis.effective_weights
        return pa.table({"node": list(weights), "effective_weight": list(weights.values())})

    @cached_property
    def correlations(self) -> pa.Table:
        """node, above, levels, coefficient."""
        lines = self.analysis.correlations
        return pa.table(
            {
                "node": [each.code for each in lines],
                "above": [each.above for each in lines],
                "levels": [each.levels for each in lines],
                "coefficient": pa.array([each.coefficient for each in lines], from_pandas=True),
            }
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was done to the figures, and what to beware of."""
        return self.analysis.findings

    def _tabulate(self, columns: Mapping[str, Floats]) -> pa.Table:
        """A row for each subject, NaN as null."""
        floats = {name: pa.array(column, from_pandas=True) for name, column in columns.items()}
        return pa.table({"subject": list(self.analysis.table.subjects), **floats})


def analyse(index: str | Path | IndexModel, data: str | Path | ArrowStream) -> AnalysisTables:
    """Compute an index, given as a file or as YAML text, over a file or a table.

    A text with a line break is YAML, any other the name of a file. Raises BadInput with everything that
    is wrong with either, and where the index has no meaning for the figures.
    """
    model = read_any_index(index)
    return AnalysisTables(analyse_figures(model, read_any_table(data, model)))


def read_any_index(index: str | Path | IndexModel) -> IndexModel:
    """The index in a file, in a YAML text, or as it is."""
    if isinstance(index, IndexModel):
        return index
    if isinstance(index, str) and "\n" in index:
        return admit_index(compose_draft(index, ""))
    return read_index(Path(index))


def read_any_table(data: str | Path | ArrowStream, index: IndexModel) -> WideTable:
    """What an index asks for, from a file or a table."""
    if isinstance(data, str | Path):
        return read_wide_table(Path(data), index)
    return read_arrow(read_stream(data), index)
