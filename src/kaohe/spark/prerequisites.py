"""What a session needs before PySpark is so much as imported: the package, Java, a master that answers."""

import os
import re
import shutil
import socket
from contextlib import suppress
from importlib.util import find_spec

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text

_STANDALONE = re.compile(r"spark://([^,:]+:\d+)(,[^,:]+:\d+)*$")
_OTHERS = re.compile(r"local(\[(\d+|\*)\])?$|yarn$|k8s://.+")
_PATIENCE = 5  # seconds until a master that does not answer is called unreachable


def require_spark(master: str) -> None:
    """Refuse where PySpark, Java or the master is not to be found. Raises BadInput with all of it."""
    findings = [
        *([] if find_spec("pyspark") else [_NO_SPARK]),
        *([] if _find_java() else [_NO_JAVA]),
        *_check_master(master),
    ]
    if findings:
        raise BadInput(findings)


_NO_SPARK = blocking(
    "no-spark",
    Place(key="--engine"),
    Text("没有安装 PySpark", "PySpark is not installed"),
    Text("请运行 pip install 'kaohe[spark]'", "run pip install 'kaohe[spark]'"),
)
_NO_JAVA = blocking(
    "no-java",
    Place(key="--engine"),
    Text("没有 Java，Spark 要 17 或更新的", "there is no Java; Spark needs 17 or newer"),
    Text(
        "请安装（Debian：apt-get install openjdk-17-jre-headless），或设 JAVA_HOME",
        "install it (Debian: apt-get install openjdk-17-jre-headless), or set JAVA_HOME",
    ),
)


def _find_java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")


def _check_master(master: str) -> list[Finding]:
    """What is no master, and a standalone master that does not answer."""
    standalone = _STANDALONE.match(master)
    if standalone is None and not _OTHERS.match(master):
        wrong = Text(f"“{master}”不是 Spark 主节点的写法", f'"{master}" is no Spark master')
        return [_refuse_master(wrong)]
    hosts = master.removeprefix("spark://").split(",") if standalone else []
    if hosts and not any(map(_answers, hosts)):
        return [_refuse_master(Text(f"{master} 没有应答", f"{master} does not answer"))]
    return []


def _answers(host: str) -> bool:
    name, _, port = host.rpartition(":")
    with suppress(OSError), socket.create_connection((name, int(port)), timeout=_PATIENCE):
        return True
    return False


def _refuse_master(wrong: Text) -> Finding:
    remedy = Text(
        "请写正在运行的集群：spark://主机:7077、local[2]、yarn、k8s://…",
        "name a cluster that runs: spark://host:7077, local[2], yarn or k8s://…",
    )
    return blocking("no-master", Place(key="--master"), wrong, remedy)
