"""Posts, the three administrators, and lending a post: never more rights than its holder has."""

from datetime import timedelta

import pytest

from kaohe_web.accounts import actions
from kaohe_web.accounts.acting import list_choices
from kaohe_web.accounts.models import Post
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.refusals import Refused, Unprocessable
from kaohe_web.foundation.roles import Role
from tests.web.world import FIRST_DAY, World


def grant(world: World, name: str, role: Role, by: str = "安全管理员") -> Post:
    return actions.grant_post(
        person=world.people[name],
        unit=world.units["DQ01"],
        role=role,
        since=FIRST_DAY,
        by=world.actor(by),
    )


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.OFFICE])
def test_an_administrator_holds_no_other_post(world: World, role: Role) -> None:
    with pytest.raises(Refused, match="three persons"):
        grant(world, "系统管理员", role)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_who_takes_part_becomes_no_administrator(world: World, role: Role) -> None:
    with pytest.raises(Refused, match="three persons"):
        grant(world, "考核办甲", role)


def test_nobody_grants_to_themselves(world: World) -> None:
    with pytest.raises(Refused, match="of their own"):
        grant(world, "安全管理员", Role.LEADER)


@pytest.mark.parametrize(
    "name", ["系统管理员", "审计管理员", "考核办甲", "分管领导", "统计局负责人"]
)
def test_only_the_security_administrator_grants(world: World, name: str) -> None:
    with pytest.raises(Refused, match="security administrator"):
        grant(world, "芦漪填报员", Role.LEADER, by=name)


def test_a_revoked_post_is_gone_at_the_next_request(world: World) -> None:
    client = world.client("芦漪填报员")
    assert client.get("/collection/").status_code == 200

    actions.revoke_post(post=world.post("芦漪填报员"), reason="调离", by=world.actor("安全管理员"))

    assert client.get("/collection/").status_code == 403


def lend(world: World, holder: str, delegate: str, hours: int = 1) -> None:
    actions.delegate_post(
        post=world.post(holder),
        delegate=world.people[delegate],
        until=now() + timedelta(hours=hours),
        reason="出差",
        by=world.actor(holder),
    )


def test_a_delegate_acts_under_their_own_name_until_it_expires(world: World) -> None:
    lend(world, "芦漪负责人", "芦漪审核人")

    choices = list_choices(world.account("芦漪审核人"))

    assert [choice.post.role for choice in choices] == [Role.UNIT_REVIEWER, Role.UNIT_HEAD]
    with pytest.raises(Unprocessable, match="in the future"):
        lend(world, "芦漪负责人", "芦漪审核人", hours=0)


def test_a_lent_post_is_not_lent_on_and_an_administrators_never(world: World) -> None:
    lend(world, "芦漪负责人", "芦漪审核人")
    with pytest.raises(Refused, match="never lent"):
        lend(world, "系统管理员", "考核办甲")
    with pytest.raises(Refused, match="administrator"):
        lend(world, "新城负责人", "审计管理员")
    with pytest.raises(Refused, match="hold and act in"):
        actions.delegate_post(
            post=world.post("芦漪负责人"),
            delegate=world.people["芦漪填报员"],
            until=now() + timedelta(hours=1),
            reason="转委托",
            by=world.actor("芦漪审核人"),
        )


def test_a_lent_post_ends_with_the_post_itself(world: World) -> None:
    lend(world, "芦漪负责人", "芦漪审核人")
    actions.revoke_post(post=world.post("芦漪负责人"), reason="免职", by=world.actor("安全管理员"))

    assert [each.post.role for each in list_choices(world.account("芦漪审核人"))] == [
        Role.UNIT_REVIEWER
    ]


def test_the_first_administrators_come_once(world: World) -> None:
    with pytest.raises(Refused, match="this runs once"):
        actions.bootstrap_administrators(unit=world.units["DQ01"], names={})
