"""Who may type, review, sign off, check, approve and see a figure."""

from datetime import datetime

from django.utils.timezone import localtime

from kaohe_web.collection.choices import RoundState, Side
from kaohe_web.collection.models import Observation, Round, Sheet
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now, today
from kaohe_web.foundation.roles import Role
from kaohe_web.foundation.verdicts import ALLOWED, Verdict, deny
from kaohe_web.organisation.calendar import count_workdays

REPORTERS = {Side.OWNER: Role.OWNER_REPORTER, Side.UNIT: Role.UNIT_REPORTER}
REVIEWERS = {Side.OWNER: Role.OWNER_REVIEWER, Side.UNIT: Role.UNIT_REVIEWER}
HEADS = {Side.OWNER: Role.OWNER_HEAD, Side.UNIT: Role.UNIT_HEAD}
CHECKERS = (Role.UNIT_REPORTER, Role.UNIT_REVIEWER, Role.UNIT_HEAD)
"""Who, in the unit concerned, checks the figures about it."""


def may_collect(actor: Actor) -> Verdict:
    """Rounds, extensions, approval and locking are the office's."""
    if actor.holds(Role.OFFICE):
        return ALLOWED
    return deny("填报轮次由考核办管理", "Rounds are managed by the assessment office")


def find_close(sheet: Sheet) -> datetime:
    """When a sheet closes: the round's close, or the latest extension's."""
    extended = [each.until for each in sheet.extensions.all()]
    return max([sheet.round.closes_at, *extended])


def is_open(sheet: Sheet, arrived: datetime) -> Verdict:
    """Whether something that arrived at a moment is in time: opens ≤ arrived < closes."""
    round_ = sheet.round
    if round_.state == RoundState.LOCKED:
        return deny(
            "本轮已锁定;确有错误的,由考核办发起更正",
            "The round is locked; a mistake is corrected by the office",
        )
    if arrived < round_.opens_at:
        return deny(
            f"本轮 {_write(round_.opens_at)} 开启填报",
            f"The round opens at {_write(round_.opens_at)}",
        )
    closes = find_close(sheet)
    if arrived >= closes:
        return deny(
            f"已于 {_write(closes)} 截止。可向考核办申请延期",
            f"It closed at {_write(closes)}. Ask the assessment office for an extension",
        )
    return ALLOWED


def _write(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}"


def may_enter(actor: Actor, sheet: Sheet) -> Verdict:
    """The reporter of the reporting unit."""
    if actor.holds_at(sheet.unit_id, REPORTERS[Side(sheet.side)]):
        return ALLOWED
    return deny("由本单位填报员填报", "The reporting unit's own reporter enters figures")


def may_review(actor: Actor, sheet: Sheet) -> Verdict:
    """The reviewer of the reporting unit."""
    if actor.holds_at(sheet.unit_id, REVIEWERS[Side(sheet.side)]):
        return ALLOWED
    return deny("由本单位审核人审核", "The reporting unit's reviewer reviews")


def may_sign(actor: Actor, sheet: Sheet) -> Verdict:
    """The head of the reporting unit."""
    if actor.holds_at(sheet.unit_id, HEADS[Side(sheet.side)]):
        return ALLOWED
    return deny("由本单位负责人签发", "The reporting unit's head signs off")


def is_unsealed(sheet: Sheet) -> bool:
    """Whether the sheet's figures may be seen outside the reporting unit: after the close of all."""
    return now() >= sheet.round.closes_at


def may_see(actor: Actor, sheet: Sheet) -> Verdict:
    """The reporting unit at any time; the office and the lead only once the round has closed."""
    if actor.unit == sheet.unit_id and actor.role in _sides(sheet):
        return ALLOWED
    if not is_unsealed(sheet):
        return deny(
            "截止前数据封存,只有填报单位可见",
            "Figures are sealed until the close; only who reports them sees them",
        )
    is_lead = (
        actor.holds(Role.LEAD_UNIT) and sheet.lead_id is not None and actor.unit == sheet.lead_id
    )
    if actor.holds(Role.OFFICE) or is_lead:
        return ALLOWED
    return deny("无权查看这张表", "This sheet is not yours to see")


def _sides(sheet: Sheet) -> frozenset[Role]:
    side = Side(sheet.side)
    return frozenset({REPORTERS[side], REVIEWERS[side], HEADS[side]})


def may_check(actor: Actor, observation: Observation) -> Verdict:
    """An owner's figure by the unit it is about; a self-reported one by its lead department; after the close."""
    sheet = observation.sheet
    if not is_unsealed(sheet):
        return deny("截止后才能核对", "Figures are checked after the close")
    if sheet.side == Side.OWNER:
        if actor.holds_at(observation.unit_id, *CHECKERS):
            return ALLOWED
        return deny("由数据所涉单位核对", "The unit concerned checks its own figures")
    if sheet.lead_id is not None and actor.holds_at(sheet.lead_id, Role.LEAD_UNIT):
        return ALLOWED
    return deny(
        "自报数据由牵头部门核对", "Self-reported figures are checked by the lead department"
    )


DAYS_TO_CHECK = 3
"""Working days after the close within which figures are checked."""


def may_close_check(actor: Actor, sheet: Sheet) -> Verdict:
    """The office, once the days for checking are over by its own calendar."""
    if not may_collect(actor):
        return may_collect(actor)
    closed = localtime(find_close(sheet)).date()
    if is_unsealed(sheet) and count_workdays(closed, today()) > DAYS_TO_CHECK:
        return ALLOWED
    return deny(
        f"截止后有 {DAYS_TO_CHECK} 个工作日核对,尚未届满",
        f"There are {DAYS_TO_CHECK} working days to check after the close; they are not over",
    )


def may_answer(actor: Actor, sheet: Sheet) -> Verdict:
    """The owner's reviewer or head answers a unit's objection."""
    side = Side(sheet.side)
    if actor.holds_at(sheet.unit_id, REVIEWERS[side], HEADS[side]):
        return ALLOWED
    return deny("由数据来源单位审核人或负责人答复", "The owner's reviewer or head answers")


def may_lock(actor: Actor, round_: Round) -> Verdict:
    """The office, once the round has closed."""
    if not may_collect(actor):
        return may_collect(actor)
    if round_.state == RoundState.LOCKED:
        return deny("本轮已锁定", "The round is locked already")
    if now() < round_.closes_at:
        return deny("未到截止时间,不能锁定", "It has not closed yet")
    return ALLOWED
