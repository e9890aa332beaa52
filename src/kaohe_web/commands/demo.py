"""`kaohe demo`: the platform with a seeded district on this machine, gone when it is stopped."""

import os
import secrets
import socket
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from kaohe_web.commands.surroundings import (
    need_django,
    run_django,
    start_django,
    start_server,
    wait_for_any,
)


def demo(
    folder: Annotated[
        Path | None, typer.Option(help="数据存放处,不写则用后即删 · where to keep its data")
    ] = None,
    port: Annotated[int, typer.Option(help="端口,0 为任一空闲端口 · port, 0: any free one")] = 0,
) -> None:
    """启动示例区,浏览器中试用 · The platform with a seeded district, in the browser."""
    need_django()
    with tempfile.TemporaryDirectory(prefix="kaohe-demo-") as temporary:
        raise typer.Exit(_show(folder or Path(temporary), port or find_free_port()))


def _show(folder: Path, port: int) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "static").mkdir(exist_ok=True)
    os.environ.update(describe_demo(folder))
    typer.echo("· 建库 · making the database")
    if run_django("migrate", "--verbosity", "0"):
        return 2
    typer.echo("· 讲述示例区三年 · telling the district's three years")
    if run_django("tell_story"):
        return 2
    typer.echo(f"\n  http://127.0.0.1:{port}/   (Ctrl-C 结束并清除 · stops and removes it)\n")
    return wait_for_any([start_server("127.0.0.1", port, 1), start_django("qcluster")])


def describe_demo(folder: Path) -> dict[str, str]:
    """The environment of a demonstration: plain HTTP on this machine alone."""
    return {
        "KAOHE_MODE": "demo",
        "KAOHE_DATA": str(folder),
        "KAOHE_DATABASE": "sqlite",
        "KAOHE_SECRET_KEY": secrets.token_urlsafe(50),
        "KAOHE_HOSTS": "127.0.0.1,localhost",
        "KAOHE_EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    }


def find_free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
