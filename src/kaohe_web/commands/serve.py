"""`kaohe serve`: the platform for real use; unsafe settings refuse to start."""

import os
from typing import Annotated

import typer

from kaohe_web.commands.surroundings import (
    need_django,
    run_django,
    start_django,
    start_server,
    wait_for_any,
)

CHECK = ("check", "--deploy", "--fail-level", "WARNING", "--database", "default")
"""Django's own checks and ours, of the settings and of the database behind them."""


def serve(
    host: Annotated[str, typer.Option(help="监听地址 · address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 · port")] = 8000,
    workers: Annotated[int, typer.Option(help="进程数 · processes (0: by cores)")] = 0,
) -> None:
    """启动平台(正式使用) · Start the platform for real use, behind a reverse proxy."""
    need_django()
    if run_django(*CHECK):
        typer.echo(
            "设置不安全,未启动(原因见上) · unsafe settings, not started (above: why)", err=True
        )
        raise typer.Exit(2)
    if run_django("migrate", "--check", quiet=True):
        typer.echo(
            "数据库尚未升级,请先运行 kaohe manage migrate · run kaohe manage migrate first",
            err=True,
        )
        raise typer.Exit(2)
    processes = [start_server(host, port, workers or os.cpu_count() or 1), start_django("qcluster")]
    raise typer.Exit(wait_for_any(processes))
