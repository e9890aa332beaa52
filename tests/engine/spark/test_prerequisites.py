"""What a cluster needs is asked for before Spark starts, in words of one's own."""

import socket

import pytest

from kaohe.errors import BadInput
from kaohe.spark.prerequisites import require_spark


def refuse(master: str) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as refused:
        require_spark(master)
    return [(finding.kind, finding.wrong.en) for finding in refused.value.findings]


@pytest.mark.parametrize(
    "master", ["local", "local[2]", "local[*]", "yarn", "k8s://https://host:6443"]
)
def test_masters_that_spark_knows_are_accepted(master):
    require_spark(master)


def test_a_standalone_master_that_answers_is_accepted():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        require_spark(f"spark://127.0.0.1:1,127.0.0.1:{port}")


def test_a_master_that_does_not_answer_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert refuse(f"spark://127.0.0.1:{port}") == [
        ("no-master", f"spark://127.0.0.1:{port} does not answer")
    ]


@pytest.mark.parametrize(
    "master", ["", "cluster", "spark://host", "spark://:7077", "http://host:7077"]
)
def test_what_is_no_master_is_refused(master):
    assert refuse(master) == [("no-master", f'"{master}" is no Spark master')]


def test_a_missing_java_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    assert refuse("local") == [("no-java", "there is no Java; Spark needs 17 or newer")]
