"""A session on this machine: by which Python its tasks run, and what Spark says meanwhile."""

import os
import subprocess
import sys
from pathlib import Path

import pyspark
import pytest
from tests.engine.cli.running import run_kaohe
from tests.engine.spark.tables import make_scheme, write_tables

from kaohe.files.schemes.writing import write_scheme

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]
NOTEBOOK = """
import pyarrow as pa
from pyspark.sql import SparkSession
from kaohe.checking import admit
from kaohe.files.schemes.reading import read_draft
from kaohe.spark.frames import score_table

session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
table = session.read.parquet("data")
scored = score_table(admit(read_draft(Path("scheme.yaml"))), table).toArrow()
print(scored.num_rows, scored.column_names[:2])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_scheme(make_scheme().model, tmp_path / "scheme.yaml")
    write_tables(tmp_path / "data", rows=200, files=1)
    return tmp_path


def test_a_notebook_scores_by_its_own_python_where_none_is_named(folder):
    other = folder / "bin" / "python3"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    other.chmod(0o755)
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYSPARK_PYTHON"},
        "PATH": f"{other.parent}:{os.environ['PATH']}",
        "SPARK_HOME": str(Path(pyspark.__file__).parent),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }

    done = subprocess.run(
        [sys.executable, "-c", f"from pathlib import Path\n{NOTEBOOK}"],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout == "200 ['unit', 'group']\n"


def test_spark_itself_says_nothing_while_the_command_line_scores(folder):
    options = ("--engine", "spark", "--master", "local[1]", "-o", "out.parquet", "--top", "0")

    done = run_kaohe(folder, "score", "scheme.yaml", "data", *options)

    assert (done.code, done.out.splitlines()[0]) == (0, "wrote out.parquet: 200 subjects")
    of_java = "WARNING: Using incubator modules: "  # by Java itself, before any setting counts
    assert [line for line in done.err.splitlines() if not line.startswith(of_java)] == []
