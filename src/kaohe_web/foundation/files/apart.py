"""Reading a file that somebody sent in a process of its own: whatever the file does to it, the platform lives on."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any

from kaohe.errors import BadInput, Finding, Place, Severity, blocking
from kaohe.language import Text
from kaohe_web.foundation.files.markings import Classified
from kaohe_web.foundation.refusals import Refused

LONGEST = 40.0
"""Seconds after which a reading is ended, whatever it is waiting for; the process itself has 30 s of work."""

_AT_ONCE = BoundedSemaphore(2)
_log = logging.getLogger(__name__)


def read_apart(reader: Callable[..., Any], path: Path, given: Any = None) -> Any:
    """What a reader makes of a file; the reader is a function of a module, its answer JSON-like.

    With `given`, JSON-like too, the reader takes it after the path: the scheme a table is read by.

    Raises:
        BadInput: the reader's findings, or that reading took more time or memory than is allowed.
        Classified: the file's first text is marked as classified.
        Refused: too many files are being read.
    """
    if not _AT_ONCE.acquire(timeout=LONGEST):
        raise Refused(_BUSY)
    try:
        said = _run(f"{reader.__module__}:{reader.__qualname__}", path, given)
    finally:
        _AT_ONCE.release()
    if said is None:
        raise BadInput([blocking("unreadable-file", Place(file=path.name), _TOO_MUCH, _SIMPLER)])
    if said["markings"]:
        raise Classified
    if said["findings"]:
        raise BadInput(_read_finding(each) for each in said["findings"])
    return said["value"]


def _run(reader: str, path: Path, given: Any) -> dict[str, Any] | None:
    """The process's answer; None where it was ended or failed."""
    program = "kaohe_web.foundation.files.reading"
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as complaint:
        try:
            ran = subprocess.run(  # noqa: S603 - this program itself
                [sys.executable, "-m", program, reader, str(path)],
                input=json.dumps(given).encode(),
                stdout=told,
                stderr=complaint,
                env=_choose_environment(),
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        if ran.returncode != 0:
            _log.warning("reading apart ended with %s: %s", ran.returncode, _read_end(complaint))
            return None
        told.seek(0)
        answer: dict[str, Any] = json.load(told)
        return answer


def _choose_environment() -> dict[str, str]:
    """No secret of the platform is in the process that reads what strangers wrote."""
    kept = ("PATH", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"PYTHONUTF8": "1"}


def _read_end(complaint: IO[bytes]) -> str:
    size = complaint.seek(0, 2)
    complaint.seek(max(0, size - 500))
    return complaint.read().decode(errors="replace")


def _read_finding(written: dict[str, Any]) -> Finding:
    return Finding(
        kind=written["kind"],
        severity=Severity(written["severity"]),
        place=Place(**written["place"]),
        wrong=Text(**written["wrong"]),
        remedy=Text(**written["remedy"]),
    )


_TOO_MUCH = Text(
    "读取这个文件所需的时间或内存超出上限",
    "reading this file takes more time or memory than is allowed",
)
_SIMPLER = Text(
    "请只保留需要的工作表和内容,另存为新文件再上传",
    "keep only the sheets and content that are needed, save it as a new file and upload that",
)
_BUSY = Text(
    "正在读取的文件较多,请稍候再上传", "Many files are being read now; upload it again in a while"
)
