"""Targets by unit and year with their history; a request to lower one is a case with an end."""

from django.db import transaction

from kaohe.language import Text
from kaohe.numbers.grammar import parse_number
from kaohe.numbers.refusals import BadNumber
from kaohe.numbers.writing import write_number
from kaohe_web.audit.actions import record_event, refusals_recorded
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now, today
from kaohe_web.foundation.refusals import Refused, Unprocessable
from kaohe_web.foundation.verdicts import require
from kaohe_web.organisation.calendar import add_workdays
from kaohe_web.organisation.models import Unit
from kaohe_web.schemes.choices import Decision
from kaohe_web.schemes.models import Scheme, Target, TargetRequest
from kaohe_web.schemes.policies import may_decide, may_request, may_write

DAYS_TO_DECIDE = 10
"""Working days within which a request is decided."""


def read_target(text: str) -> str:
    """A target as exact text.

    Raises:
        Unprocessable: it is no number.
    """
    try:
        return write_number(parse_number(text))
    except BadNumber as fault:
        wrong, remedy = fault.wrong, fault.remedy
        said = Text(f"{wrong.zh}:{remedy.zh}", f"{wrong.en}: {remedy.en}")
        raise Unprocessable(said) from fault


@refusals_recorded("schemes.set_target")
def set_target(
    *, scheme: Scheme, unit: Unit, indicator: str, value: str, reason: str, by: Actor
) -> Target:
    """Set or change a unit's target; what stood before stays, superseded."""
    require(may_write(by))
    if not reason.strip():
        raise Unprocessable(Text("须写明目标依据", "Say on what grounds the target stands"))
    with transaction.atomic():
        return put_target(scheme, unit, indicator, (read_target(value), reason), by)


def put_target(
    scheme: Scheme, unit: Unit, indicator: str, content: tuple[str, str], by: Actor
) -> Target:
    """Replace the standing target; inside the transaction of the action that decides it."""
    value, reason = content
    standing = Target.objects.select_for_update().filter(
        scheme=scheme, unit=unit, indicator=indicator, superseded_at=None
    )
    before = standing.first()
    standing.update(superseded_at=now())
    target = Target.objects.create(
        scheme=scheme,
        unit=unit,
        indicator=indicator,
        value=value,
        reason=reason,
        set_by=by.require_person(),
        set_by_name=by.name,
        set_at=now(),
    )
    record_event(
        by=by,
        action="schemes.set_target",
        subject=target,
        reason=reason,
        detail={"from": before.value if before else "", "to": value, "indicator": indicator},
    )
    return target


@refusals_recorded("schemes.request_target")
def request_target(*, target: Target, value: str, reason: str, by: Actor) -> TargetRequest:
    """A unit asks for another target, and will hear within the days there are for deciding."""
    require(may_request(by, target.unit_id))
    if not reason.strip():
        raise Unprocessable(Text("须写明申请理由", "Say why"))
    asked = read_target(value)
    with transaction.atomic():
        locked = Target.objects.select_for_update().get(pk=target.pk)
        if locked.superseded_at is not None:
            raise Refused(Text("这一目标已被替代", "This target has been replaced"))
        if locked.requests.filter(decision=Decision.PENDING).exists():
            raise Refused(Text("已有一件待决定的申请", "There is a request to be decided already"))
        request = TargetRequest.objects.create(
            target=locked,
            asked_value=asked,
            reason=reason,
            asked_by=by.require_person(),
            asked_by_name=by.name,
            asked_at=now(),
            due_on=add_workdays(today(), DAYS_TO_DECIDE),
        )
        record_event(
            by=by,
            action="schemes.request_target",
            subject=request,
            reason=reason,
            detail={"from": locked.value, "to": asked},
        )
    return request


@refusals_recorded("schemes.decide_target")
def decide_target(*, request: TargetRequest, grant: bool, reason: str, by: Actor) -> TargetRequest:
    """Grant or refuse, with a reason; granting replaces the target."""
    require(may_decide(by, request))
    if not reason.strip():
        raise Unprocessable(Text("决定须写明理由", "A decision needs its reason"))
    with transaction.atomic():
        locked = TargetRequest.objects.select_for_update().get(pk=request.pk)
        require(may_decide(by, locked))
        locked.decision = Decision.GRANTED if grant else Decision.REFUSED
        locked.decided_by, locked.decided_by_name = by.require_person(), by.name
        locked.decided_at, locked.decision_reason = now(), reason
        locked.save()
        record_event(
            by=by,
            action="schemes.decide_target",
            subject=locked,
            reason=reason,
            detail={"decision": locked.decision},
        )
        if grant:
            old = locked.target
            put_target(old.scheme, old.unit, old.indicator, (locked.asked_value, reason), by)
    return locked
