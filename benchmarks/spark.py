"""A scheme over Spark, beside the same arithmetic written by hand in mapInArrow, in one warm session.

Everything runs on this machine's cores: the master is local. Ours reads buckets of files in its tasks; by
hand Spark reads, brings every group together and hands over Arrow batches.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark import cloudpickle
from pyspark.sql import DataFrame, SparkSession

from benchmarks import population
from benchmarks.measuring import compare, measure_in_turn, say
from benchmarks.population import Task, make_task, score_by_hand
from kaohe.spark.frames import score_table
from kaohe.spark.scoring import score_on_cluster
from kaohe.spark.session import connect

SUBJECTS, INDICATORS, POOLS, FILES = 1_000_000, 50, 20, 4
RUNS = 5
MASTER = "local[*]"


def write_task(task: Task, folder: Path) -> None:
    """The task's table, a row group for each group, in several files; no tally of matters is none."""
    people, groups = task.population, [group.code for group in task.scheme.model.groups]
    columns = {"unit": people.codes, "group": pa.array(groups).take(pa.array(people.group))}
    for (leaf, facet), column in people.facets.items():
        figures = np.nan_to_num(column.figures) if facet == "tally" else column.figures
        columns[f"{leaf}.{facet}"] = pa.array(figures, from_pandas=True)
    table = pa.table(columns)
    stops = [*task.starts[1:].tolist(), len(table)]
    parts = [
        table.slice(one, two - one) for one, two in zip(task.starts.tolist(), stops, strict=True)
    ]
    for number in range(FILES):
        with pq.ParquetWriter(folder / f"{number}.parquet", table.schema) as writer:
            for part in parts[number * POOLS // FILES : (number + 1) * POOLS // FILES]:
                writer.write_table(part)


def score_in_arrow(table: DataFrame, task: Task) -> DataFrame:
    """By hand: every group brought together, its batches made arrays, scored in NumPy."""
    bare = replace(task, scheme=None, population=None, starts=None, values=[], targets={})
    facets = [f"{leaf}_{facet}" for leaf, facet in task.population.facets if facet != "target"]

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        found = list(batches)
        if found:
            rows = pa.Table.from_batches(found).sort_by("group")
            words = rows["group"].combine_chunks().dictionary_encode().indices.to_numpy()
            starts = np.flatnonzero(np.r_[True, words[1:] != words[:-1]])
            scored = score_by_hand(
                replace(
                    bare,
                    starts=starts,
                    values=[rows[facet].to_numpy() for facet in facets],
                    targets={row: rows[f"I{row}_target"].to_numpy() for row in task_targets},
                )
            )
            columns = {"unit": rows["unit"], "group": rows["group"]}
            totals, ranks = pa.array(scored.totals), pa.array(scored.ranks)
            yield from pa.table(columns | {"total": totals, "rank": ranks}).to_batches()

    task_targets = list(task.targets)
    schema = "unit string, `group` string, total double, rank double"
    names = [name.replace(".", "_") for name in table.columns]  # mapInArrow knows no dots
    return table.toDF(*names).repartition(POOLS, "group").mapInArrow(work, schema)


def main() -> None:
    """Files and tables, each beside the program by hand."""
    cloudpickle.register_pickle_by_value(population)
    task = make_task(SUBJECTS, INDICATORS, POOLS)
    with TemporaryDirectory() as made, connect(MASTER):
        folder = Path(made)
        data = folder / "data"
        data.mkdir()
        write_task(task, data)
        _measure(task, data, folder / "results")


def _measure(task: Task, data: Path, results: Path) -> None:
    session, numbers = SparkSession.builder.getOrCreate(), count()

    def name_output() -> Path:
        shutil.rmtree(results, ignore_errors=True)
        return results / f"{next(numbers)}"

    def read() -> DataFrame:
        return session.read.parquet(str(data))

    def over_files() -> None:
        score_on_cluster(session.sparkContext, task.scheme, data, name_output())

    def over_table() -> None:
        score_table(task.scheme, read()).write.parquet(str(name_output()))

    def by_hand() -> None:
        score_in_arrow(read(), task).write.parquet(str(name_output()))

    medians = measure_in_turn(
        {
            "kaohe over files": over_files,
            "mapInArrow by hand": by_hand,
            "kaohe over a Spark table": over_table,
        },
        RUNS,
    )
    _check_same(session, task, data)
    files, hand, table = medians.values()
    title = f"Spark, {SUBJECTS:,} subjects × {INDICATORS} indicators, {POOLS} pools, warm"
    compare(title, {"kaohe over files": files, "mapInArrow by hand": hand}, "≤ 1.2 ×")
    compare(title, {"kaohe over a Spark table": table, "mapInArrow by hand": hand}, "none")


def _check_same(session: SparkSession, task: Task, data: Path) -> None:
    table = session.read.parquet(str(data))
    ours: Any = score_table(task.scheme, table).toArrow().sort_by("unit")
    hand: Any = score_in_arrow(table, task).toArrow().sort_by("unit")
    totals, by_hand = ours["total"].cast(pa.float64()).to_numpy(), hand["total"].to_numpy()
    if not np.allclose(totals, by_hand, rtol=0, atol=0.00501, equal_nan=True):
        raise SystemExit("the program by hand scores another scheme")
    ranks, ranks_by_hand = ours["rank"].cast(pa.float64()).to_numpy(), hand["rank"].to_numpy()
    differ = int((~((ranks == ranks_by_hand) | np.isnan(ranks_by_hand))).sum())
    if differ:
        say(f"    {differ} places differ by hand (floats that nearly tie)")


if __name__ == "__main__":
    main()
