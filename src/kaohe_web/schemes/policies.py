"""Who may write a scheme, answer about it, adopt it, and move its targets."""

from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.roles import Role
from kaohe_web.foundation.verdicts import ALLOWED, Verdict, deny
from kaohe_web.schemes.choices import FROZEN, Decision, VersionState
from kaohe_web.schemes.models import Consultation, SchemeVersion, TargetRequest

ANSWERING = (Role.UNIT_HEAD, Role.UNIT_REVIEWER)
"""Who speaks for a unit in consultation."""


def may_write(actor: Actor) -> Verdict:
    """Schemes are the office's."""
    if actor.holds(Role.OFFICE):
        return ALLOWED
    return deny("方案由考核办编制", "Schemes are written by the assessment office")


def may_edit(actor: Actor, version: SchemeVersion) -> Verdict:
    """A draft; what is being asked about or stands adopted is not edited."""
    if not may_write(actor):
        return may_write(actor)
    if version.state == VersionState.DRAFT:
        return ALLOWED
    if version.state == VersionState.CONSULTATION:
        return deny(
            "正在征求意见,结束征求意见后才能修改",
            "It is being consulted on; it can be changed once the consultation is closed",
        )
    return deny(
        "已审定的版本不得改动,如需调整请另立新版本并写明理由",
        "An adopted version never changes; make a new version and say why",
    )


def may_see(actor: Actor, version: SchemeVersion) -> Verdict:
    """The office sees all; others what is consulted on or adopted."""
    if actor.holds(Role.OFFICE):
        return ALLOWED
    if version.state in (VersionState.CONSULTATION, *FROZEN):
        return ALLOWED
    return deny("草拟中的方案只有考核办可见", "A draft is the office's alone")


def may_answer(actor: Actor, consultation: Consultation) -> Verdict:
    """The head or reviewer of a unit that was asked, until the close."""
    if not actor.holds(*ANSWERING):
        return deny("由考核对象的负责人或审核人答复", "A unit's head or reviewer answers")
    if not consultation.units.filter(pk=actor.unit or 0).exists():
        return deny("本单位不在征求意见范围内", "Your unit was not asked")
    if consultation.closed_at is not None or now() >= consultation.closes_at:
        closed = consultation.closed_at or consultation.closes_at
        return deny(
            f"征求意见已于 {closed:%Y-%m-%d %H:%M} 截止",
            f"The consultation closed at {closed:%Y-%m-%d %H:%M}",
        )
    return ALLOWED


def may_adopt(actor: Actor, version: SchemeVersion) -> Verdict:
    """The office, by another hand than the one that edited last."""
    if not may_write(actor):
        return may_write(actor)
    if version.state != VersionState.DRAFT:
        return deny("只有草拟中的版本可以审定", "Only a draft can be adopted")
    if version.edited_by in actor.persons:
        return deny(
            "最后修改人不得登记审定,请由考核办另一人办理",
            "Who edited last does not record the adoption; let a colleague do it",
        )
    return ALLOWED


def may_request(actor: Actor, unit: int) -> Verdict:
    """The unit's own head."""
    if actor.holds_at(unit, Role.UNIT_HEAD):
        return ALLOWED
    return deny("目标调整由本单位负责人提出", "The unit's own head asks for another target")


def may_decide(actor: Actor, request: TargetRequest) -> Verdict:
    """The office; never who asked."""
    if not may_write(actor):
        return may_write(actor)
    if request.decision != Decision.PENDING:
        return deny("这一申请已有决定", "This request has been decided")
    if request.asked_by in actor.persons:
        return deny("申请人不得自行决定", "Who asked does not decide")
    return ALLOWED
