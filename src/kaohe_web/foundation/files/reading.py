"""The process that reads one file and ends: `python -m … MODULE:FUNCTION FILE`, with little memory and time."""

import json
import resource
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

MEMORY = 512 * 1024 * 1024
SECONDS = 30
MOST_SAID = 32 * 1024 * 1024
"""Bytes of the answer: it goes into the platform's own memory."""


def set_limits() -> None:
    """Take away what reading a file does not need; none of it can be taken back."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, MOST_SAID),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def read(reader: str, path: Path, given: Any) -> dict[str, Any]:
    """The markings found in the file's first text, and the reader's answer or findings."""
    from kaohe.errors import BadInput  # noqa: PLC0415 - after the limits are set
    from kaohe_web.foundation.files.markings import find_markings  # noqa: PLC0415 - the same

    said: dict[str, Any] = {"markings": find_markings(path), "findings": [], "value": None}
    if said["markings"]:
        return said
    module, _, name = reader.partition(":")
    try:
        more = () if given is None else (given,)
        said["value"] = getattr(import_module(module), name)(path, *more)
    except BadInput as fault:
        said["findings"] = [asdict(finding) for finding in fault.findings]
    return said


if __name__ == "__main__":
    set_limits()
    json.dump(
        read(sys.argv[1], Path(sys.argv[2]), json.load(sys.stdin)), sys.stdout, ensure_ascii=False
    )
