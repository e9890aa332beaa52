"""The platform's own role in PostgreSQL adds audit events and reads them; it cannot touch one (D3)."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg.errors import InsufficientPrivilege

from kaohe_web.audit.models import Event
from kaohe_web.config.durability import check_databases
from tests.web.world import World

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = f"kaohe_app_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
REWRITING = [
    "UPDATE audit_event SET reason = 'other'",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event",
    "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "DROP TABLE audit_event",
    "CREATE TRIGGER other BEFORE INSERT ON audit_event EXECUTE FUNCTION refuse_audit_change()",
]


@pytest.fixture
def as_platform(district: World) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A connection of the platform's role, where the database has roles."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN")
    call_command("grant-rights", ROLE)
    chosen = connection.get_connection_params()
    where = {name: chosen[name] for name in ("host", "dbname") if name in chosen}
    with psycopg.connect(user=ROLE, autocommit=True, **where) as opened:
        yield opened
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")


def test_the_role_adds_and_reads_events_and_rewrites_none(request: pytest.FixtureRequest) -> None:
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="only PostgreSQL has roles"):
            call_command("grant-rights", ROLE)
        return
    role = request.getfixturevalue("as_platform")
    count = Event.objects.count()

    for statement in REWRITING:
        with pytest.raises(InsufficientPrivilege):
            role.execute(statement)

    assert role.execute("SELECT count(*) FROM audit_event").fetchone() == (count,)
    assert role.execute("UPDATE audit_head SET number = number").rowcount == 1
    assert role.execute("SELECT has_table_privilege('audit_event', 'INSERT')").fetchone() == (True,)


def test_the_platform_starts_with_that_role(request: pytest.FixtureRequest) -> None:
    if connection.vendor == "sqlite":
        assert check_databases(databases=["default"]) == []
        return
    request.getfixturevalue("as_platform")
    with connection.cursor() as cursor:
        cursor.execute(f"SET SESSION AUTHORIZATION {ROLE}")
        found = check_databases(databases=["default"])
        cursor.execute("RESET SESSION AUTHORIZATION")

    assert found == []
