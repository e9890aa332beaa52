"""A database that could lose or rewrite what it keeps is refused."""

import pytest
from django.db import connection

from kaohe_web.config.durability import check_databases


def found() -> list[str]:
    return [str(message.id) for message in check_databases(databases=["default"])]


@pytest.mark.django_db
def test_the_database_of_the_tests_keeps_what_it_acknowledges() -> None:
    expected = {"sqlite": [], "postgresql": ["kaohe.E033", "kaohe.E034"]}  # tests run as superuser

    assert found() == expected[connection.vendor]


@pytest.mark.django_db(transaction=True)
def test_a_lossy_setting_is_found() -> None:
    """One setting of the connection is loosened; it is put back with the connection."""
    loosen = {"sqlite": "PRAGMA synchronous=NORMAL", "postgresql": "SET synchronous_commit = off"}
    restore = {"sqlite": "PRAGMA synchronous=FULL", "postgresql": "RESET synchronous_commit"}
    expected = {"sqlite": "kaohe.E031", "postgresql": "kaohe.E032"}
    with connection.cursor() as cursor:
        cursor.execute(loosen[connection.vendor])
        assert found()[0] == expected[connection.vendor]
        cursor.execute(restore[connection.vendor])
