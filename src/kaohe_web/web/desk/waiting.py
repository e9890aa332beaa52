"""What waits for a reader, line by line: how much of what, and where it is done."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from kaohe.language import Text
from kaohe_web.collection import queries as figures
from kaohe_web.collection.choices import ENTERED, FigureState
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.roles import OWNER_SIDE, UNIT_SIDE, Role
from kaohe_web.schemes import queries as schemes

STATES = {
    Role.OWNER_REPORTER: ENTERED,
    Role.UNIT_REPORTER: ENTERED,
    Role.OWNER_REVIEWER: (FigureState.SUBMITTED,),
    Role.UNIT_REVIEWER: (FigureState.SUBMITTED,),
    Role.OWNER_HEAD: (FigureState.REVIEWED,),
    Role.UNIT_HEAD: (FigureState.REVIEWED,),
}
"""Which figures of a sheet wait for whom in the reporting unit."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the desk."""

    count: int
    what: Text
    where: Text
    address: str


def list_waiting(actor: Actor) -> list[Waiting]:
    """Everything that waits for one reader, nothing that does not."""
    found = (*_list_sheets(actor), *_list_checks(actor), *_list_schemes(actor))
    return [each for each in found if each.count]


def _list_sheets(actor: Actor) -> Iterator[Waiting]:
    states = STATES.get(Role(actor.role)) if actor.role else None
    for row in figures.count_own(actor, states or ()):
        closes = row.sheet.round.closes_at
        yield Waiting(
            row.waiting,
            _WORK[Role(actor.role)] if actor.role else _CHECK,
            Text(
                f"{row.sheet.round.name},{closes:%m-%d} 截止",
                f"{row.sheet.round.name}, closes {closes:%m-%d}",
            ),
            reverse("sheet", args=(row.sheet.pk,)),
        )


def _list_checks(actor: Actor) -> Iterator[Waiting]:
    if actor.role in UNIT_SIDE | {Role.LEAD_UNIT}:
        waiting = figures.list_to_check(actor).filter(state=FigureState.SIGNED_OFF).count()
        yield Waiting(waiting, _CHECK, Text("核对数据", "check figures"), reverse("checks"))
    if actor.role in OWNER_SIDE:
        objections = figures.list_unanswered(actor).count()
        yield Waiting(objections, _ANSWER, Text("核对异议", "objections"), reverse("objections"))


def _list_schemes(actor: Actor) -> Iterator[Waiting]:
    for consultation in schemes.list_open_consultations(actor):
        name = consultation.version.scheme.name
        address = reverse("consultation", args=(consultation.version_id,))
        if actor.holds(Role.OFFICE):
            count = schemes.list_unanswered(consultation).count()
            yield Waiting(count, _REPLY, Text(name, name), address)
        else:
            answered = schemes.list_answers(consultation, actor).exists()
            yield Waiting(0 if answered else 1, _CONSULT, Text(name, name), address)


_CHECK = Text("个数据待核对", "figures to check")
_ANSWER = Text("条异议待答复", "objections to answer")
_REPLY = Text("条意见待答复", "objections to reply to")
_CONSULT = Text("份方案待答复", "scheme to answer on")
_WORK = {
    Role.OWNER_REPORTER: Text("个数据待填报", "figures to enter"),
    Role.UNIT_REPORTER: Text("个数据待填报", "figures to enter"),
    Role.OWNER_REVIEWER: Text("个数据待审核", "figures to review"),
    Role.UNIT_REVIEWER: Text("个数据待审核", "figures to review"),
    Role.OWNER_HEAD: Text("个数据待签发", "figures to sign off"),
    Role.UNIT_HEAD: Text("个数据待签发", "figures to sign off"),
}
