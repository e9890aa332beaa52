"""What tests of the platform start from."""

import os

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest

from tests.web.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """The small district, new for every test."""
    del db
    return make_world()


@pytest.fixture
def district(transactional_db: None) -> World:
    """The same, really committed: for tests with several connections, threads or processes."""
    del transactional_db
    return make_world()
