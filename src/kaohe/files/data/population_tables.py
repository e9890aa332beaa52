"""Wide tables of many subjects: Parquet files, CSV files and Arrow tables in memory, as a Population."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import pyarrow as pa

from kaohe.files.data.figure_columns import Source
from kaohe.files.data.population_columns import PopulationReader
from kaohe.files.tables.column_files import (
    ColumnFile,
    join_tables,
    open_columns,
    require_one_header,
)
from kaohe.files.tables.gathering import Gathering
from kaohe.population.subjects import Population
from kaohe.scheme.draft import Scheme


def read_population(source: Path | pa.Table, scheme: Scheme) -> Population:
    """The population in a Parquet or CSV file, a folder of Parquet files, or an Arrow table.

    A row per subject; columns `unit`, `group` (needed where the scheme has several), maybe
    `participation`, then A01, A01.target, … by code or by name, `total.previous_rank`, and the codes of
    vetoes with how often each was met. Null and empty text are empty. Raises BadInput with everything
    that is wrong, by file, column and row.
    """
    if isinstance(source, Path):
        return read_files(open_columns(source), scheme)
    gathering = Gathering()
    population = PopulationReader(scheme, source.column_names, Source(), gathering).read(source)
    gathering.raise_findings()
    return population


def read_files(
    files: Sequence[ColumnFile], scheme: Scheme, *, are_distinct: bool = False
) -> Population:
    """The population in files of one and the same header, which are one table; as `read_population`.

    `are_distinct` says that no code stands twice, which then is not looked at again.
    """
    names, header = [file.path.name for file in files], files[0].header
    gathering = Gathering()
    require_one_header(files)
    headings = PopulationReader(scheme, header, Source(names), gathering).headings
    tables = [file.read(headings.used, headings.words) for file in files]
    starts = [0, *accumulate(len(table) for table in tables[:-1])]
    source = Source(names, starts, files[0].first_line)
    reader = PopulationReader(scheme, header, source, gathering, are_distinct=are_distinct)
    population = reader.read(join_tables(tables, files))
    gathering.raise_findings()
    return population
