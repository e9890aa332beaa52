"""What a database must keep through a power cut, and must not let the platform's own role do."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
"""Pragmas as SQLite answers them; 2 is FULL."""
ASK_SQLITE = "SELECT * FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys"
POSTGRES = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_apply"),
    "data_checksums": ("on",),
}
"""Settings of the server, with the values under which an acknowledged change is kept."""
RIGHTS_THAT_REWRITE = ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
EVENTS = "audit_event"


def check_databases(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """What the databases lack; asked for only where a check names a database."""
    found: list[CheckMessage] = []
    for name in databases or ():
        connection = connections[name]
        found += (
            check_sqlite(connection)
            if connection.vendor == "sqlite"
            else check_postgres(connection)
        )
    return found


def check_sqlite(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Whether the file is written so that a power cut loses nothing that was acknowledged."""
    with connection.cursor() as cursor:
        cursor.execute(ASK_SQLITE)
        answers = dict(zip(SQLITE, cursor.fetchone(), strict=True))
    wrong = [f"{name}={value}" for name, value in answers.items() if value != SQLITE[name]]
    if not _begins_immediate(connection):
        wrong.append("transaction_mode")
    if not wrong:
        return []
    return [_describe(31, "SQLite 的设置不足以保证不丢数据", "SQLite may lose data", wrong)]


def _begins_immediate(connection: BaseDatabaseWrapper) -> bool:
    options = connection.settings_dict["OPTIONS"]
    return bool(options.get("transaction_mode") == "IMMEDIATE")


def check_postgres(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Whether the server keeps what it acknowledged, and whether the platform's role is a small one."""
    with connection.cursor() as cursor:
        found = [
            _describe(32, "PostgreSQL 的设置不足以保证不丢数据", "PostgreSQL may lose data", each)
            for each in [_list_lossy(cursor)]
            if each
        ]
        if _is_superuser(cursor):
            found.append(
                _describe(33, "数据库角色是超级用户", "the role is a superuser", ["rolsuper"])
            )
        rights = _list_rewriting_rights(cursor)
        if rights:
            found.append(
                _describe(
                    34, "数据库角色可改写审计事件", "the role can rewrite audit events", rights
                )
            )
        return found


def _list_lossy(cursor: Any) -> list[str]:
    answers = {}
    for name in POSTGRES:
        cursor.execute("SELECT current_setting(%s)", [name])
        answers[name] = cursor.fetchone()[0]
    return [f"{name}={value}" for name, value in answers.items() if value not in POSTGRES[name]]


def _is_superuser(cursor: Any) -> bool:
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    return bool(cursor.fetchone()[0])


def _list_rewriting_rights(cursor: Any) -> list[str]:
    cursor.execute("SELECT to_regclass(%s)", [EVENTS])
    if cursor.fetchone()[0] is None:
        return []
    held = []
    for right in RIGHTS_THAT_REWRITE:
        cursor.execute("SELECT has_table_privilege(%s, %s)", [EVENTS, right])
        if cursor.fetchone()[0]:
            held.append(right)
    return held


def _describe(number: int, zh: str, en: str, what: list[str]) -> CheckMessage:
    return Error(
        f"{zh} · {en}: {', '.join(what)}",
        hint="见 docs/guide/operators.zh-CN.md · see docs/guide/operators.en.md",
        id=f"kaohe.E{number:03}",
    )
