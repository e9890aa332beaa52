"""A real Spark cluster on this machine alone: a master and two workers, started and ended by tests."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyspark

_SPARK_HOME = Path(pyspark.__file__).parent
_DEPLOY = "org.apache.spark.deploy"
_PATIENCE = 60  # seconds


_DEFAULTS = """
spark.cores.max 2
spark.executor.cores 1
spark.executor.memory 600m
spark.scheduler.minRegisteredResourcesRatio 1.0
spark.eventLog.enabled true
spark.eventLog.compress false
spark.eventLog.rolling.enabled false
"""
"""One executor on each worker, none working before both are there; what they do is written down."""


@dataclass(frozen=True)
class Cluster:
    """Where the master answers, the folders of the workers, and that of the settings and the events."""

    master: str
    workers: tuple[Path, ...]
    settings: Path

    def list_workers_of_tasks(self) -> set[str]:
        """The names of the workers on which any task has succeeded so far, in any session."""
        return {
            worker.name
            for events in self.settings.glob("events/*")
            for executor in _list_busy(events)
            for worker in self.workers
            if list(worker.glob(f"{events.name.removesuffix('.inprogress')}/{executor}"))
        }


def _list_busy(events: Path) -> set[str]:
    """The executors that finished a task."""
    told = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]
    return {
        event["Task Info"]["Executor ID"]
        for event in told
        if event["Event"] == "SparkListenerTaskEnd"
        and event["Task End Reason"]["Reason"] == "Success"
    }


@contextmanager
def run_cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A master and workers of one core each on 127.0.0.1; every process of them is gone at the end."""
    with ExitStack() as processes:
        log = processes.enter_context(
            _run(folder / "master", f"{_DEPLOY}.master.Master", "--port", "0")
        )
        master = _await(log, r"Starting Spark master at (spark://\S+)")
        settings = folder / "settings"
        (settings / "events").mkdir(parents=True)
        directory = f"spark.eventLog.dir {(settings / 'events').as_uri()}\n"
        (settings / "spark-defaults.conf").write_text(_DEFAULTS + directory)
        homes = tuple(folder / f"worker-{number}" for number in range(1, workers + 1))
        for home in homes:
            limits = ("--cores", "2", "--memory", "2g", "--work-dir", str(home), master)
            log = processes.enter_context(_run(home, f"{_DEPLOY}.worker.Worker", *limits))
        for home in homes:
            _await(home / "log", "Successfully registered with master")
        yield Cluster(master, homes, settings)


@contextmanager
def _run(home: Path, program: str, *arguments: str) -> Iterator[Path]:
    home.mkdir(parents=True)
    log = home / "log"
    command = [_SPARK_HOME / "bin" / "spark-class", program, "--host", "127.0.0.1"]
    environment = {
        **os.environ,
        "SPARK_HOME": str(_SPARK_HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(home / "local"),
    }
    with log.open("wb") as target:
        process = subprocess.Popen(
            [*map(str, command), "--webui-port", "0", *arguments],
            cwd=home,
            env=environment,
            stdout=target,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield log
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _await(log: Path, pattern: str) -> str:
    """What a log says, as soon as it says it."""
    for _ in range(_PATIENCE * 10):
        found = re.search(f"({pattern})", log.read_text(encoding="utf-8"))
        if found:
            return found.groups()[-1]
        time.sleep(0.1)
    raise TimeoutError(log.read_text(encoding="utf-8"))
