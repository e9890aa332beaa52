"""What every test starts from."""

import pytest
from hypothesis import settings

# Machines differ in speed; a slow one must not fail a property that holds.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """On which database the platform is tested; read by tests/web/settings.py before this."""
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite")
