"""`kaohe manage …`: the platform's management commands."""

import typer

from kaohe_web.commands.surroundings import need_django, run_django

SETTINGS = {
    "context_settings": {"ignore_unknown_options": True, "allow_extra_args": True},
    "add_help_option": False,
}
"""How the command line takes this verb: everything behind it is the management command's."""


def manage(context: typer.Context) -> None:
    """平台管理命令,如 migrate、verify-audit · Management: migrate, verify-audit, createcachetable …"""
    need_django()
    raise typer.Exit(run_django(*(context.args or ["help"])))


manage.settings = SETTINGS  # type: ignore[attr-defined]
