"""What every verb needs: Django at hand, and its settings chosen."""

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

import typer

SETTINGS = "kaohe_web.config.settings"


def need_django() -> None:
    """Say in one sentence what is missing, where the platform's packages are not installed."""
    if importlib.util.find_spec("django") is None:
        typer.echo(
            "平台需要安装附加包:pip install 'kaohe[web]' · the platform needs pip install 'kaohe[web]'",
            err=True,
        )
        raise typer.Exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)


def run_django(*arguments: str, quiet: bool = False) -> int:
    """Run one management command in a process of its own; its exit code."""
    command = [sys.executable, "-m", "django", *arguments]
    return subprocess.run(command, check=False, capture_output=quiet).returncode  # noqa: S603 - our own


def start_django(*arguments: str) -> "subprocess.Popen[bytes]":
    """Start one management command beside this process."""
    return subprocess.Popen([sys.executable, "-m", "django", *arguments])  # noqa: S603 - our own


def start_server(host: str, port: int, workers: int) -> "subprocess.Popen[bytes]":
    """Start the web server beside this process."""
    address = ("--host", host, "--port", str(port), "--workers", str(workers))
    threads = ("--blocking-threads", "4", "--no-ws", "--log-level", "warning")
    application = "kaohe_web.config.wsgi:application"
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        *address,
        *threads,
        application,
    ]
    return subprocess.Popen(command)  # noqa: S603 - our own


def wait_for_any(processes: "Sequence[subprocess.Popen[bytes]]") -> int:
    """Wait until somebody stops the processes or one ends by itself, then end them all.

    0 where they were stopped; otherwise the code of the one that ended, and never 0: that was no stop.
    """
    signal.signal(signal.SIGTERM, _stop)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
        return next(code for process in processes if (code := process.poll()) is not None) or 1
    except KeyboardInterrupt:
        return 0
    finally:
        stop_all(processes)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def stop_all(processes: "Sequence[subprocess.Popen[bytes]]") -> None:
    """End all processes together, each with the time it needs; a second Ctrl-C does not interrupt it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
