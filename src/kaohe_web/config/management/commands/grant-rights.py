"""`kaohe manage grant-rights ROLE`: what the platform's own role may do in PostgreSQL, and nothing more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

NAME_ROLE = "SELECT set_config('kaohe.role', %s, true)"
GRANT = """DO $$
DECLARE platform text := current_setting('kaohe.role');
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', platform);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', platform);
  EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %I', platform);
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES ON audit_event FROM %I', platform);
END $$"""
"""The server quotes the role's name; audit events can be added and read, never changed."""


class Command(BaseCommand):
    """Grants, run as the tables' owner after every migration."""

    help = (
        "Grant the platform's own PostgreSQL role what it needs: audit events are only ever added."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The role that `kaohe serve` signs in with."""
        parser.add_argument("role")

    def handle(self, **options: Any) -> None:
        """Grant all of it, or nothing."""
        if connection.vendor != "postgresql":
            raise CommandError("SQLite 没有角色 · only PostgreSQL has roles")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(NAME_ROLE, [options["role"]])
            cursor.execute(GRANT)
