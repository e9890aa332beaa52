"""What runs on an executor: one bucket read, scored and written. Knows nothing of Spark."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from kaohe.errors import BadInput, Finding
from kaohe.files.results.population_outputs import write_population
from kaohe.population.scoring import PopulationResult, score_population
from kaohe.spark.buckets import Bucket
from kaohe.spark.reading import Order, read_bucket

Item = TypeVar("Item")


@dataclass(frozen=True)
class Report:
    """What a task has to say: how many subjects it scored, and how many of their figures are still to come;
    or what must be mended first."""

    rows: int
    to_come: int = 0
    findings: tuple[Finding, ...] = ()


def report_findings(work: Callable[[Order, Item], Report]) -> Callable[[Order, Item], Report]:
    """Let a task report findings, which an exception would not carry to where the job was started."""

    @wraps(work)
    def report(order: Order, item: Item) -> Report:
        pa.set_cpu_count(1)
        try:
            return work(order, item)
        except BadInput as fault:
            return Report(0, findings=fault.findings)

    return report


@report_findings
def score_bucket(order: Order, bucket: Bucket) -> Report:
    """Score one bucket and write its part of the result."""
    result = score_population(order.scheme, read_bucket(order, bucket))
    write_part(result, order, f"part-{bucket.number:05}")
    return Report(
        len(result.population), to_come=sum(int(mask.sum()) for mask in result.provisional.values())
    )


def write_part(result: PopulationResult, order: Order, name: str) -> None:
    """Write one part of a result, whole or not at all."""
    part = Path(order.folder, f"{name}.parquet")
    write_population([result], [part], order.language, scores=order.scores)
