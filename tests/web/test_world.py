"""The district of the tests stands, and everybody can sign in to it."""

from kaohe_web.audit.models import Event
from tests.web.world import World


def test_everybody_has_a_desk(world: World) -> None:
    statuses = {name: world.client(name).get("/").status_code for name in world.names}

    assert set(statuses.values()) == {200}
    assert len(statuses) == 27


def test_all_of_it_was_told_to_the_log(world: World) -> None:
    del world
    counts = {
        action: Event.objects.filter(action=action).count()
        for action in ("accounts.bootstrap", "accounts.grant_post", "organisation.create_unit")
    }

    assert counts == {
        "accounts.bootstrap": 3,
        "accounts.grant_post": 24,
        "organisation.create_unit": 7,
    }
