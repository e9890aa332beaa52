"""A scheme over a table that Spark holds: Arrow batches in, Arrow batches out."""

from collections.abc import Iterable, Iterator

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema

from kaohe.files.data.figure_columns import Source
from kaohe.files.data.names import SchemeNames
from kaohe.files.data.population_columns import PopulationReader
from kaohe.files.data.population_tables import read_population
from kaohe.files.results.population_outputs import tabulate_result
from kaohe.files.tables.gathering import Gathering
from kaohe.language import Language
from kaohe.population.families import list_families
from kaohe.population.program import compile_scheme
from kaohe.population.scoring import score_population
from kaohe.scheme.draft import Scheme
from kaohe.spark.buckets import SPACES
from kaohe.spark.reading import require_no_units
from kaohe.spark.session import ship_package


def score_table(
    scheme: Scheme, table: DataFrame, *, language: Language = "zh", scores: bool = False
) -> DataFrame:
    """The scores, ranks and grades of the subjects in a Spark table, as a Spark table.

    The columns are those of `score_on_cluster` and are read and written in the same way. Groups that are
    compared with one another come together in one task and have to fit into its memory; where they do
    not, write the table to Parquet and use `score_on_cluster`. A code that stands twice is noticed within
    a task only. On other machines the Python of the executors (PYSPARK_PYTHON) must have what Kaohe
    requires. Raises BadInput for wrong headings; what is wrong with rows is told, as everywhere in Spark,
    when the result is asked for.
    """
    require_no_units(scheme)
    ship_package(table.sparkSession.sparkContext)
    gathering = Gathering()
    headings = PopulationReader(scheme, table.columns, Source(), gathering).headings
    gathering.raise_findings()
    names = {f"c{place}": head for place, head in enumerate(headings.used)}
    chosen = table.select(*(_find(head).alias(name) for name, head in names.items()))

    def score_rows(rows: pa.Table) -> pa.Table:
        result = score_population(scheme, read_population(rows, scheme))
        return tabulate_result(result, language, scores=scores)

    def score_partition(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        pa.set_cpu_count(1)
        if found := list(batches):
            rows = pa.Table.from_batches(found).rename_columns(headings.used)
            yield from score_rows(rows).to_batches()

    nobody = pa.table({head: pa.array([], pa.string()) for head in headings.used})
    schema = from_arrow_schema(score_rows(nobody).schema)
    group = next((name for name, head in names.items() if head == headings.group), None)
    return _gather_families(scheme, chosen, group).mapInArrow(score_partition, schema)


def _find(head: str) -> Column:
    """A column by its heading, which may hold dots; mapInArrow itself cannot have such names."""
    return f.col("`" + head.replace("`", "``") + "`")


def _gather_families(scheme: Scheme, table: DataFrame, group: str | None) -> DataFrame:
    """The rows of every family in one partition, by the column of the groups."""
    if group is None:
        return table.coalesce(1)
    families = list_families(compile_scheme(scheme))
    numbers = SchemeNames(scheme.model).number_groups().items()
    pairs = [f.lit(each) for word, number in numbers for each in (word, families[number])]
    family = f.create_map(*pairs)[f.trim(f.col(group), f.lit(SPACES))]
    partitions = min(len(set(families)), table.sparkSession.sparkContext.defaultParallelism * 4)
    return table.repartition(partitions, family)
