"""A small invented district in which the tests of the platform play, built through the real actions."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

import time_machine
from django.test import Client

from kaohe_web.accounts import actions as accounts
from kaohe_web.accounts.acting import act, list_choices
from kaohe_web.accounts.models import Account, Post
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.roles import Role
from kaohe_web.organisation import actions as organisation
from kaohe_web.organisation.choices import Participation, UnitKind
from kaohe_web.organisation.models import Group, Person, Unit

YEAR = 2026
FIRST_DAY = date(2020, 1, 1)
LONG_AGO = datetime(2020, 1, 1, 9, tzinfo=UTC)
PASSWORD = "Ting-Yu-2026"  # noqa: S105 - of the tests' invented people
DEPARTMENT, TOWN = UnitKind.DEPARTMENT, UnitKind.TOWN
UNITS = (
    ("DQ01", DEPARTMENT, "区委办公室"),
    ("DQ03", DEPARTMENT, "区委组织部"),
    ("JJ04", DEPARTMENT, "区财政局"),
    ("JJ11", DEPARTMENT, "区统计局"),
    ("JJ02", DEPARTMENT, "区工业和信息化局"),
    ("QZ01", TOWN, "汀屿经济开发区"),
    ("QZ02", TOWN, "屿东新城"),
    ("QZ03", TOWN, "芦漪镇"),
)
_SIDES = {
    "填报员": (Role.OWNER_REPORTER, Role.UNIT_REPORTER),
    "审核人": (Role.OWNER_REVIEWER, Role.UNIT_REVIEWER),
    "负责人": (Role.OWNER_HEAD, Role.UNIT_HEAD),
}
PEOPLE: tuple[tuple[str, str, str, Role], ...] = (
    ("考核办甲", "office1", "DQ01", Role.OFFICE),
    ("考核办乙", "office2", "DQ01", Role.OFFICE),
    *(
        (f"{short}{side}", f"{code.lower()}-{number}", code, roles[0])
        for code, short in (("JJ11", "统计局"), ("JJ04", "财政局"))
        for number, (side, roles) in enumerate(_SIDES.items(), start=1)
    ),
    *(
        (f"{short}{side}", f"{code.lower()}-{number}", code, roles[1])
        for code, short in (("QZ01", "开发区"), ("QZ02", "新城"), ("QZ03", "芦漪"))
        for number, (side, roles) in enumerate(_SIDES.items(), start=1)
    ),
    ("工信牵头", "lead", "JJ02", Role.LEAD_UNIT),
    ("考核组员", "team", "DQ01", Role.ASSESSMENT_TEAM),
    ("分管领导", "leader", "DQ01", Role.LEADER),
    ("督查员", "supervision", "DQ01", Role.SUPERVISION),
    ("巡察员", "inspection", "DQ03", Role.INSPECTION),
    ("纪检员", "discipline", "DQ03", Role.DISCIPLINE),
    ("组织部", "personnel", "DQ03", Role.PERSONNEL),
)
"""Who there is: what tests call them, their account, unit and role."""

ADMINISTRATORS = {
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
}


@dataclass
class World:
    """The district: units by code, and people by what the tests call them."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)

    def account(self, name: str) -> Account:
        """The account of somebody."""
        return Account.objects.select_related("person").get(person=self.people[name])

    def post(self, name: str) -> Post:
        """The post of somebody who has but one."""
        return Post.objects.get(person=self.people[name])

    def actor(self, name: str) -> Actor:
        """Somebody acting in their first post, signed in with everything asked for."""
        account = self.account(name)
        return act(_Request(), account, list_choices(account)[0])  # type: ignore[arg-type]

    def client(self, name: str) -> Client:
        """A browser in which somebody has signed in."""
        client = Client()
        client.force_login(self.account(name), backend=BACKEND)
        return client

    @cached_property
    def names(self) -> list[str]:
        """Everybody, in the order they came."""
        return list(self.people)


BACKEND = "django.contrib.auth.backends.ModelBackend"


class _Request:
    META = {"REMOTE_ADDR": "127.0.0.1"}
    id = "00000000-0000-0000-0000-000000000000"
    session: dict[str, object] = {}


def make_world() -> World:
    """Units, groups, a year's participation, and everybody with account and post."""
    world = World()
    host = _bootstrap(world)
    system, security = world.actor("系统管理员"), world.actor("安全管理员")
    office = _add_person(world, ("考核办甲", "office1", "DQ01", Role.OFFICE), system, security)
    for code, kind, name in UNITS:
        if code != host.code:
            world.units[code] = organisation.create_unit(
                code=code,
                kind=kind,
                name=name,
                short_name=name,
                since=FIRST_DAY,
                document="汀政发〔2020〕1号",
                by=office,
            )
    for person in PEOPLE[1:]:
        _add_person(world, person, system, security)
    _take_part(world, office)
    return world


def _bootstrap(world: World) -> Unit:
    """The office's host unit must be there before anybody who could create it."""
    from kaohe_web.organisation.models import UnitVersion  # noqa: PLC0415 - only here

    host = Unit.objects.create(code="DQ01", kind=DEPARTMENT, is_office_host=True)
    UnitVersion.objects.create(unit=host, name="区委办公室", short_name="区委办", since=FIRST_DAY)
    world.units["DQ01"] = host
    with time_machine.travel(LONG_AGO, tick=False):
        accounts.bootstrap_administrators(unit=host, names=ADMINISTRATORS)
    for role, name in ADMINISTRATORS.items():
        world.people[name] = Person.objects.get(number=f"ADM-{role}")
        _choose_password(world.account(name))
    return host


def _add_person(
    world: World, described: tuple[str, str, str, Role], system: Actor, security: Actor
) -> Actor:
    name, username, code, role = described
    person = organisation.add_person(number=username.upper(), name=name, by=system)
    world.people[name] = person
    account, _ = accounts.open_account(person=person, username=username, by=system)
    _choose_password(account)
    accounts.grant_post(
        person=person, unit=world.units[code], role=role, since=FIRST_DAY, by=security
    )
    return world.actor(name)


def _choose_password(account: Account) -> None:
    """The password all of them share, chosen by themselves."""
    account.set_password(PASSWORD)
    account.must_change_password = False
    account.save()


def _take_part(world: World, office: Actor) -> None:
    for position, (code, name) in enumerate((("QZ", "区镇"), ("BM", "部门"))):
        world.groups[code] = organisation.set_group(
            year=YEAR, code=code, name=name, position=position, by=office
        )
    for code, kind, _ in UNITS:
        apart = code == "DQ01"
        organisation.set_participation(
            unit=world.units[code],
            year=YEAR,
            group=world.groups["QZ" if kind == TOWN else "BM"],
            participation=Participation.LISTED_APART if apart else Participation.RANKED,
            reason="承担考核组织工作" if apart else "",
            by=office,
        )
