"""Django's flush, which test cases end with, where triggers refuse that rows are deleted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from kaohe_web.audit.chain import BEGINNING
from kaohe_web.audit.models import Head


class Command(Flush):
    """Empties every table with the triggers out of the way, and begins the audit chain anew."""

    def handle(self, **options: Any) -> None:
        with without_triggers(connections[options["database"]]):
            super().handle(**options)
        Head.objects.create(pk=1, number=0, digest=BEGINNING)


@contextmanager
def without_triggers(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """No trigger acts inside; all of them do again afterwards."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)
