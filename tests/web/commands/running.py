"""The command line as people start it, and the platform behind it."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kaohe_web.commands.demo import find_free_port

KAOHE = str(Path(sys.executable).with_name("kaohe"))
PATIENCE = 60


def clean_environment(**chosen: str) -> dict[str, str]:
    """This machine's environment without what the tests themselves set."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO", "KAOHE"))
    }
    return kept | {"PYTHONIOENCODING": "utf-8"} | chosen


def run_kaohe(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One verb, until it ends."""
    return subprocess.run(
        [KAOHE, *arguments],
        env=clean_environment(**environment),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


@contextmanager
def serving(**environment: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """`kaohe serve` on a free port, answering; it is stopped as systemd stops it."""
    port = find_free_port()
    process = subprocess.Popen(
        [KAOHE, "serve", "--port", str(port), "--workers", "1"],
        env=clean_environment(**environment),
    )
    try:
        wait_for(port, process)
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=40)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until something answers on the port."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        assert process.poll() is None, "it ended before it answered"
        try:
            ask(port, "/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("nobody answered")


def ask(
    port: int, path: str, *, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage]:
    """Status and headers of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers
    finally:
        connection.close()
