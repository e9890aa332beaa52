"""A real cluster on this machine scores to the figures of one process, which are the exact ones."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark import SparkContext
from pyspark.sql import SparkSession
from tests.engine.cli.running import run_kaohe
from tests.engine.spark.cluster import Cluster, run_cluster
from tests.engine.spark.tables import make_scheme, write_tables
from tests.engine.spark.worlds import can_be_written, write_world
from tests.engine.worlds.world import make_world

from kaohe.errors import BadInput, Finding
from kaohe.files.data.population_tables import read_population
from kaohe.files.results.population_outputs import tabulate_result
from kaohe.files.schemes.writing import write_scheme
from kaohe.population.layout import lay_out
from kaohe.population.scoring import score_population
from kaohe.scheme.draft import Scheme
from kaohe.spark.frames import score_table
from kaohe.spark.scoring import Outcome, score_on_cluster
from kaohe.spark.session import connect

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]
ROWS = 12_000
WORLDS = 20


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    started = time.perf_counter()
    with (
        run_cluster(tmp_path_factory.mktemp("cluster")) as cluster,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("SPARK_CONF_DIR", str(cluster.settings))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_LOCAL_DIRS", str(cluster.settings / "local"))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        tell(f"cluster: {time.perf_counter() - started:.1f} s")
        yield cluster


@pytest.fixture(scope="module")
def spark_context(cluster: Cluster) -> Iterator[SparkContext]:
    with connect(cluster.master) as spark_context:
        yield spark_context


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "data"
    write_tables(folder, rows=ROWS, files=4)
    return folder


def tell(line: str) -> None:
    print(line)  # noqa: T201 - times, for whoever runs with -s


def read_result(output: Path) -> pa.Table:
    return pq.read_table(output).sort_by("unit")


def score_locally(data: Path, scheme: Scheme) -> pa.Table:
    result = score_population(scheme, read_population(data, scheme))
    return tabulate_result(result, "zh", scores=True).sort_by("unit")


def time_scoring(
    what: str,
    spark_context: SparkContext,
    scheme: Scheme,
    data: Path,
    output: Path,
    bucket_rows: int,
) -> Outcome:
    started = time.perf_counter()
    outcome = score_on_cluster(
        spark_context, scheme, data, output, scores=True, bucket_rows=bucket_rows
    )
    tell(f"{what}: {time.perf_counter() - started:.1f} s")
    return outcome


def test_both_workers_score_buckets_to_the_figures_of_one_process(
    cluster, spark_context, data, tmp_path
):
    scheme, output = make_scheme(), tmp_path / "result"

    outcome = time_scoring("buckets", spark_context, scheme, data, output, 1_000_000)

    assert outcome.subjects == ROWS
    assert cluster.list_workers_of_tasks() == {"worker-1", "worker-2"}
    assert read_result(output).equals(score_locally(data, scheme))
    assert sorted(part.name for part in output.iterdir()) == [
        "part-00000.parquet", "part-00001.parquet", "part-00002.parquet",
    ]  # fmt: skip


def test_a_group_larger_than_a_bucket_is_scored_column_by_column(spark_context, data, tmp_path):
    scheme = make_scheme(tie_break=[{"by": "firsts"}, {"by": "category", "of": "A3"}])
    output = tmp_path / "result"

    time_scoring("columns", spark_context, scheme, data, output, 1_500)

    assert read_result(output).equals(score_locally(data, scheme))
    assert len(list(output.glob("part-00000-*.parquet"))) == 2


def test_a_pool_over_all_groups_is_compared_over_all_buckets(spark_context, data, tmp_path):
    scheme = make_scheme(pool={"groups": ["G0", "G3"], "units": ["U0003000"]})
    output = tmp_path / "result"

    time_scoring("one pool", spark_context, scheme, data, output, 5_000)

    assert read_result(output).equals(score_locally(data, scheme))


def test_a_spark_table_becomes_a_spark_table(spark_context, data):
    scheme = make_scheme(pool={"groups": ["G0", "G3"]})
    table = SparkSession.builder.getOrCreate().read.parquet(str(data))

    scored = score_table(scheme, table.withColumn("note", table["unit"]), scores=True)

    assert scored.toArrow().sort_by("unit").equals(score_locally(data, scheme))


def test_the_command_line_scores_on_a_cluster(cluster, data, tmp_path):
    write_scheme(make_scheme().model, tmp_path / "scheme.yaml")
    options = ("--engine", "spark", "--master", cluster.master, "-o", "out.parquet", "--top", "0")

    done = run_kaohe(tmp_path, "score", "scheme.yaml", data, *options, "--scores")

    assert done.code == 0, done.err
    assert done.out.splitlines()[0] == f"wrote out.parquet: {ROWS:,} subjects"
    assert read_result(tmp_path / "out.parquet").equals(score_locally(data, make_scheme()))


def test_twenty_random_worlds_agree_with_the_exact_engine(spark_context, tmp_path):
    started, agreed, seed = time.perf_counter(), 0, 0
    while agreed < WORLDS:
        world = make_world(seed)
        population = lay_out(world.scheme, world.observations)
        if world.result is not None and can_be_written(world.scheme, population):
            data, output = tmp_path / f"{seed}.parquet", tmp_path / f"result-{seed}"
            write_world(data, world.scheme, population)
            scheme = leave_out_units(world.scheme)
            score_on_cluster(
                spark_context, scheme, data, output, scores=True, bucket_rows=5 + seed % 9
            )
            local = tabulate_result(score_population(world.scheme, population), "zh", scores=True)
            assert read_result(output).equals(local.sort_by("unit")), f"seed {seed}"
            agreed += 1
        seed += 1
    tell(f"{WORLDS} worlds: {time.perf_counter() - started:.1f} s")


def leave_out_units(scheme: Scheme) -> Scheme:
    return Scheme(scheme.model.model_copy(update={"units": ()}))


def test_everything_wrong_is_told_at_once_and_nothing_is_written(spark_context, data, tmp_path):
    wrong = tmp_path / "data"
    wrong.mkdir()
    for part in data.iterdir():
        table = pq.read_table(part)
        figures = table["A1"].cast(pa.string()).to_pylist()
        figures[-1] = "约5"
        pq.write_table(
            table.set_column(table.schema.get_field_index("A1"), "A1", [figures]),
            wrong / part.name,
            row_group_size=700,
        )

    with pytest.raises(BadInput) as refused:
        score_on_cluster(spark_context, make_scheme(), wrong, tmp_path / "result")

    assert sorted(place(finding) for finding in refused.value.findings) == [
        ("bad-figure", f"part-{number}.parquet", ROWS // 4, "A1") for number in range(4)
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_code_that_stands_in_two_buckets_is_refused(spark_context, tmp_path):
    rows = {"unit": ["P1", "P2", "P3", "P1"], "group": ["G0", "G0", "G1", "G1"], "A0": [1, 2, 3, 4]}
    pq.write_table(pa.table(rows), tmp_path / "data.parquet")

    with pytest.raises(BadInput) as refused:
        score_on_cluster(
            spark_context, make_scheme(), tmp_path / "data.parquet", tmp_path / "result"
        )

    assert [(*place(finding), finding.wrong.en) for finding in refused.value.findings] == [
        ("unit-twice", "data.parquet", 4, "unit", "P1 has a row already: row 1")
    ]


def test_a_table_of_nobody_becomes_one_of_nobody(spark_context, data, tmp_path):
    nobody = pq.read_table(data).slice(0, 0)
    pq.write_table(nobody, tmp_path / "data.parquet")
    everybody_exempt = {
        "unit": ["P1", "P2", "P3"],
        "participation": ["exempt"] * 3,
        "group": ["G0"] * 3,
    }
    pq.write_table(pa.table(everybody_exempt), tmp_path / "exempt.parquet")

    for source in ("data", "exempt"):
        outcome = score_on_cluster(
            spark_context,
            make_scheme(),
            tmp_path / f"{source}.parquet",
            tmp_path / source,
            bucket_rows=2,
        )

        assert outcome == Outcome(subjects=0, to_come=0)
        assert pq.read_table(tmp_path / source).num_rows == 0


def place(finding: Finding) -> tuple[str, str, int | None, str]:
    return finding.kind, finding.place.file, finding.place.line, finding.place.key


def test_an_interrupted_job_is_cancelled_and_leaves_nothing(spark_context, data, tmp_path):
    def interrupt(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_on_cluster(spark_context, make_scheme(), data, tmp_path / "result", tell=interrupt)

    assert list(tmp_path.iterdir()) == []
    assert spark_context.statusTracker().getActiveJobsIds() == []
