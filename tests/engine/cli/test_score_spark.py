"""What `kaohe score --engine spark` refuses before Spark starts; tests/engine/spark runs it on a cluster."""

from tests.engine.cli.running import list_names, run_kaohe
from tests.engine.cli.test_score_arrays import write_people

SPARK = ("--engine", "spark", "--master", "spark://127.0.0.1:1")


def test_a_master_that_does_not_answer_is_told_with_what_would_be_right(tmp_path):
    write_people(tmp_path)

    done = run_kaohe(tmp_path, "score", "people.yaml", "data.parquet", *SPARK, "-o", "out.parquet")

    assert (done.code, done.out, done.err) == (
        2,
        "",
        "blocking [no-master] --master: spark://127.0.0.1:1 does not answer → name a cluster that runs: "
        "spark://host:7077, local[2], yarn or k8s://…\n",
    )
    assert list_names(tmp_path) == ["data.parquet", "people.yaml"]


def test_one_source_and_one_output_are_asked_for(tmp_path):
    write_people(tmp_path)

    done = run_kaohe(
        tmp_path, "score", "people.yaml", "a.parquet", "b.parquet", *SPARK, "-o", "out.csv"
    )

    assert (done.code, done.err.splitlines()) == (
        2,
        [
            "blocking [one-source] DATA: Spark reads data from one place → "
            "name one .parquet file, or one folder of them",
            "blocking [one-output] --output: Spark writes one folder of Parquet files → "
            "write -o NAME.parquet",
        ],
    )


def test_what_is_there_already_is_not_written_over(tmp_path):
    write_people(tmp_path)

    done = run_kaohe(tmp_path, "score", "people.yaml", "data.parquet", *SPARK, "-o", "data.parquet")

    assert (done.code, done.err) == (
        2,
        "blocking [file-exists] data.parquet: the file is there already and was left as it is → "
        "choose another name\n",
    )


def test_a_java_that_cannot_run_spark_is_told(monkeypatch, tmp_path):
    write_people(tmp_path)
    java = tmp_path / "jdk" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    options = ("--engine", "spark", "--master", "local[1]", "-o", "out.parquet")

    done = run_kaohe(tmp_path, "score", "people.yaml", "data.parquet", *options)

    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[-1].startswith(
        "blocking [spark-failed] --master: Spark did not start: [JAVA_GATEWAY_EXITED] "
    )
    assert list_names(tmp_path) == ["data.parquet", "jdk", "people.yaml"]
