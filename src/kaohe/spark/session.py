"""A connection to a cluster that knows Kaohe's code."""

import os
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext, SparkFiles
from pyspark.errors import PySparkException

import kaohe
from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text
from kaohe.spark.prerequisites import require_spark

_LOOPBACK = ("127.", "localhost:")
_QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
_LOGGING = str(Path(__file__).with_name("log4j2.properties"))
_ONE_THREAD = {f"spark.executorEnv.{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
"""Spark runs a task a core; threads of linear algebra would only get in the way."""


@contextmanager
def connect(master: str) -> Iterator[SparkContext]:
    """A connection to `master` (spark://host:port, local[n], yarn, k8s://…), closed at the end.

    Executors must have a Python with what Kaohe requires (numpy, pyarrow, pydantic, …) where the variable
    PYSPARK_PYTHON says, by default at the path of this one; Kaohe's own code is sent to them. Further
    settings are read from Spark's spark-defaults.conf. Spark's own log tells only what ends it, unless the
    variable LOG4J_CONFIGURATION_FILE names other settings. Raises BadInput where Spark cannot start.
    """
    require_spark(master)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("LOG4J_CONFIGURATION_FILE", _LOGGING)
    settings = SparkConf().setMaster(master).setAppName("kaohe").setAll(_list_settings(master))
    try:
        started = SparkContext(conf=settings)
    except (PySparkException, Py4JError) as fault:
        raise BadInput([_explain_start(fault)]) from fault
    with started as context:
        ship_package(context)
        yield context


def _explain_start(fault: Exception) -> Finding:
    lines = [line for line in str(fault).splitlines() if line.strip()]
    reason = " ".join(lines[:2])
    return blocking(
        "spark-failed",
        Place(key="--master"),
        Text(f"Spark 没有启动：{reason}", f"Spark did not start: {reason}"),
        Text(
            "请确认 Java 是17或更新的，原因见上面 Spark 自己的话",
            "see that Java is 17 or newer; what Spark itself said stands above",
        ),
    )


def _list_settings(master: str) -> list[tuple[str, str]]:
    settings = {**_QUIET, **_ONE_THREAD}
    if _is_loopback(master):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return list(settings.items())


def _is_loopback(master: str) -> bool:
    return master.removeprefix("spark://").startswith(_LOOPBACK)


def ship_package(context: SparkContext) -> None:
    """Send Kaohe's code to the executors of a session, once; it goes before any Kaohe installed there.

    Executors on this machine run it by this Python where PYSPARK_PYTHON names no other.
    """
    master = context.master or ""
    if (master.startswith("local") or _is_loopback(master)) and "PYSPARK_PYTHON" not in os.environ:
        context.pythonExec = sys.executable
    package = Path(kaohe.__file__).parent
    files = [
        file for file in sorted(package.rglob("*")) if file.is_file() and file.suffix != ".pyc"
    ]
    digest = sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    name = f"kaohe-{digest[:16]}.zip"
    if any(sent.endswith(name) for sent in context.listFiles):
        return
    folder = Path(SparkFiles.getRootDirectory(), "code")  # Spark removes it with the session
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.relative_to(package.parent))
    context.addPyFile(str(folder / name))
