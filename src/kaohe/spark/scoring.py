"""A scheme over Parquet files on a cluster: the files are parted, each part is a task, the parts are the result."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

import pyarrow as pa
from pyspark import Broadcast, SparkContext

from kaohe.errors import BadInput, Place, blocking
from kaohe.files.data.figure_columns import ColumnPlace, Source
from kaohe.files.data.identity_columns import read_codes
from kaohe.files.data.names import SchemeNames
from kaohe.files.data.population_columns import PopulationReader
from kaohe.files.outputs import keep_existing, refuse_place
from kaohe.files.tables.column_files import ParquetColumns, open_columns, require_one_header
from kaohe.files.tables.gathering import Gathering
from kaohe.language import Language, Text
from kaohe.population.families import list_families
from kaohe.population.program import compile_scheme
from kaohe.scheme.draft import Scheme
from kaohe.spark.buckets import BUCKET_ROWS, Bucket, Piece, plan_buckets, survey_files
from kaohe.spark.jobs import Tell, run_tasks
from kaohe.spark.large_families import (
    Column,
    Family,
    Stretch,
    add_up_stretch,
    cut_rows,
    lay_out_people,
    place_family,
    score_column,
    write_stretch,
)
from kaohe.spark.reading import Order, require_no_units
from kaohe.spark.session import ship_package
from kaohe.spark.shelf import Shelf
from kaohe.spark.tasks import Report, score_bucket

Item = TypeVar("Item")


@dataclass(frozen=True)
class Outcome:
    """How many subjects were scored, and how many of their figures are still to come."""

    subjects: int
    to_come: int


def score_on_cluster(
    context: SparkContext,
    scheme: Scheme,
    data: Path,
    output: Path,
    *,
    language: Language = "zh",
    scores: bool = False,
    bucket_rows: int = BUCKET_ROWS,
    tell: Tell = lambda done, of: None,
) -> Outcome:
    """Score the subjects in a Parquet file, or in a folder of them, into a folder of Parquet files.

    Data and output must be reachable under the same path from every executor. Rows may stand in any
    order; least is read where groups stand together. The output appears whole or not at all. Raises
    BadInput with everything that is wrong with the data.
    """
    require_no_units(scheme)
    ship_package(context)
    order, buckets = _plan(context, scheme, data, bucket_rows)
    small = [bucket for bucket in buckets if bucket.rows <= bucket_rows]
    large = [bucket for bucket in buckets if bucket.rows > bucket_rows]
    with _draft_folder(output) as folder:
        order = replace(order, folder=str(folder), language=language, scores=scores)
        job = _Job(context, context.broadcast(order), tell)
        reports = [*job.run(score_bucket, small), *job.score_large(large, bucket_rows)]
        _require_parts(folder, buckets)
    return Outcome(
        sum(report.rows for report in reports), sum(report.to_come for report in reports)
    )


def _plan(
    context: SparkContext, scheme: Scheme, data: Path, bucket_rows: int
) -> tuple[Order, list[Bucket]]:
    """What the tasks are told, and the buckets: at least one for every core, where families allow."""
    files = _open_files(data)
    header = files[0].header
    gathering = Gathering()
    headings = PopulationReader(scheme, header, Source([data.name]), gathering).headings
    gathering.raise_findings()
    _require_distinct(files, headings.unit)
    group = headings.group
    survey = survey_files(files, group)
    families = list_families(compile_scheme(scheme))
    words = SchemeNames(scheme.model).number_groups() if group else {"": 0}
    family_of = {word: families[number] for word, number in words.items()}
    rows = sum(sum(each.counts.values()) for each in survey)
    most = min(bucket_rows, -(-rows // context.defaultParallelism))
    buckets = plan_buckets(survey, family_of, most)
    nobody = Bucket(0, (Piece(str(files[0].path), (), ()),), 0)
    return Order(scheme, header, group), buckets or [nobody]


@dataclass(frozen=True)
class _Job:
    """Tasks over one set of files, all told the same."""

    context: SparkContext
    order: Broadcast[Order]
    tell: Tell

    def run(self, work: Callable[[Order, Item], Report], items: Sequence[Item]) -> list[Report]:
        """What each task has to say. Raises BadInput with what all of them found."""
        order = self.order
        reports = run_tasks(self.context, lambda item: work(order.value, item), items, self.tell)
        gathering = Gathering()
        gathering.extend(finding for report in reports for finding in report.findings)
        gathering.raise_findings()
        return reports

    def score_large(self, buckets: Sequence[Bucket], stretch: int) -> list[Report]:
        """Score families that are too large for one task each, step by step."""
        families = [self._open_shelf(bucket, stretch) for bucket in buckets]
        people = self.run(lay_out_people, families)
        leaves = range(len(compile_scheme(self.order.value.scheme).leaves))
        columns = [Column(family, leaf) for family in families for leaf in leaves]
        stretches = [
            Stretch(family, number)
            for family, report in zip(families, people, strict=True)
            for number, _ in enumerate(cut_rows(family, report.rows))
        ]
        scored = self.run(score_column, columns)
        self.run(add_up_stretch, stretches)
        self.run(place_family, families)
        return [*scored, *self.run(write_stretch, stretches)]

    def _open_shelf(self, bucket: Bucket, stretch: int) -> Family:
        folder = Path(self.order.value.folder, f".shelf-{bucket.number}")
        folder.mkdir()
        return Family(bucket, Shelf(str(folder)), stretch)


def _open_files(data: Path) -> list[ParquetColumns]:
    files = open_columns(data.resolve())
    require_one_header(files)
    parquet = [file for file in files if isinstance(file, ParquetColumns)]
    if len(parquet) < len(files):
        Gathering().refuse(
            "unknown-ending",
            Place(file=data.name),
            Text("Spark 只读 Parquet", "Spark reads Parquet only"),
            Text(
                "请另存为 .parquet，或用 --engine arrays",
                "save it as .parquet, or use --engine arrays",
            ),
        )
    return parquet


def _require_distinct(files: Sequence[ParquetColumns], unit: str) -> None:
    """Refuse a code that stands twice: in two buckets, no task would notice."""
    columns = [file.read([unit]).column(0) for file in files]
    names = [file.path.name for file in files]
    source = Source(names, [0, *accumulate(map(len, columns[:-1]))])
    codes = pa.chunked_array([chunk for column in columns for chunk in column.chunks])
    gathering = Gathering()
    read_codes(codes, ColumnPlace(source, unit), gathering)
    gathering.raise_findings()


@contextmanager
def _draft_folder(output: Path) -> Iterator[Path]:
    """A folder beside the output that takes its name when all went well, and is gone otherwise."""
    output = output.resolve()
    keep_existing([output])
    folder = _make_folder(output)
    try:
        yield folder
        for stray in list(
            folder.glob(".*")
        ):  # shelves, and what a task left that was stopped half-way
            shutil.rmtree(stray)
        folder.replace(output)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_folder(output: Path) -> Path:
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(mkdtemp(dir=output.parent, prefix=".writing-"))
    except OSError as fault:
        wrong = Text(f"无法写出：{fault.strerror}", f"cannot be written: {fault.strerror}")
        raise BadInput([refuse_place(output, wrong)]) from fault
    folder.chmod(0o755)
    return folder


def _require_parts(folder: Path, buckets: Sequence[Bucket]) -> None:
    """Refuse a result that executors wrote to disks of their own."""
    written = {part.name[:10] for part in folder.glob("part-*.parquet")}
    if len(written) < len(buckets):
        raise BadInput([
            blocking(
                "no-shared-folder",
                Place(file=str(folder.parent)),
                Text("执行节点写出的结果不在这里", "what the executors wrote is not here"),
                Text(
                    "输入和输出须放在各节点以同一路径可达的共享存储上",
                    "keep input and output on storage that every executor reaches under the same path",
                ),
            )
        ])  # fmt: skip
