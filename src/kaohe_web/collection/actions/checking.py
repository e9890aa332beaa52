"""Each unit checks the figures about itself: agrees, or objects and is answered by the owner."""

from collections.abc import Sequence

from django.db import transaction

from kaohe.language import Text
from kaohe_web.audit.actions import record_event, refusals_recorded
from kaohe_web.collection import queries
from kaohe_web.collection.actions.passing import return_figures
from kaohe_web.collection.actions.stepping import lock_sheet, record_step
from kaohe_web.collection.choices import Answer, FigureState
from kaohe_web.collection.models import CheckObjection, Observation, Sheet, Step
from kaohe_web.collection.policies import may_answer, may_check, may_close_check
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.refusals import CHANGED, OutOfDate, Refused, Unprocessable
from kaohe_web.foundation.verdicts import require


@refusals_recorded("collection.check")
def agree(*, sheet: Sheet, observations: Sequence[int], shown_digest: str, by: Actor) -> Step:
    """Agree to figures about one's own unit (or, for self-reported ones, as their lead department)."""
    with transaction.atomic():
        locked, rows = _lock_shown(sheet, observations, shown_digest, by)
        for row in rows:
            row.state, row.revision = FigureState.CHECKED, row.revision + 1
            row.checked_by = by.require_person()
        Observation.objects.bulk_update(rows, ["state", "revision", "checked_by"])
        return record_step(locked, rows, kind="check", by=by)


@refusals_recorded("collection.object")
def raise_objection(
    *, sheet: Sheet, observation: int, shown_digest: str, reason: str, by: Actor
) -> CheckObjection:
    """Do not agree with a figure; its owner answers."""
    if not reason.strip():
        raise Unprocessable(Text("异议须写明理由", "An objection needs its reason"))
    with transaction.atomic():
        _, (row,) = _lock_shown(sheet, [observation], shown_digest, by)
        if row.objections.filter(answer=Answer.OPEN).exists():
            raise Refused(
                Text("这一数据已有待答复的异议", "There is an open objection to this figure")
            )
        objection = CheckObjection.objects.create(
            observation=row,
            reason=reason,
            raised_by=by.require_person(),
            raised_by_name=by.name,
            raised_at=now(),
        )
        record_event(by=by, action="collection.object", subject=row, reason=reason)
    return objection


def _lock_shown(
    sheet: Sheet, observations: Sequence[int], shown_digest: str, by: Actor
) -> tuple[Sheet, list[Observation]]:
    locked = lock_sheet(sheet)
    wanted = set(observations)
    found = queries.list_figures(locked).filter(pk__in=wanted).select_for_update(of=("self",))
    rows = list(found.select_related("sheet__round", "unit"))
    if not rows or len(rows) < len(wanted):
        raise Refused(Text("没有这些数据", "There are no such figures"))
    for row in rows:
        require(may_check(by, row))
    if any(row.state != FigureState.SIGNED_OFF for row in rows):
        raise Refused(_NOT_SIGNED)
    if queries.digest_figures(rows) != shown_digest:
        raise OutOfDate(CHANGED)
    return locked, rows


@refusals_recorded("collection.answer_objection")
def answer_objection(
    *, objection: CheckObjection, correct: bool, reason: str, by: Actor
) -> CheckObjection:
    """The owner corrects the figure, which then goes the whole way again, or keeps it and says why."""
    sheet = objection.observation.sheet
    require(may_answer(by, sheet))
    if not reason.strip():
        raise Unprocessable(Text("答复须写明理由", "An answer needs its reason"))
    with transaction.atomic():
        locked = lock_sheet(sheet)
        row = CheckObjection.objects.select_for_update().get(pk=objection.pk)
        if row.answer != Answer.OPEN:
            raise OutOfDate(CHANGED)
        row.answer = Answer.CORRECTING if correct else Answer.KEPT
        row.answer_reason, row.answered_at = reason, now()
        row.answered_by, row.answered_by_name = by.require_person(), by.name
        row.save()
        record_event(
            by=by,
            action="collection.answer_objection",
            subject=row,
            reason=reason,
            detail={"answer": row.answer},
        )
        if correct:
            figure = Observation.objects.select_for_update().get(pk=row.observation_id)
            return_figures(locked, [figure], by=by, reason=reason)
    return row


@refusals_recorded("collection.close_check")
def close_check(*, sheet: Sheet, shown_digest: str, by: Actor) -> int:
    """Take figures nobody objected to as checked once the days for checking are over; the office records it.

    Raises:
        OutOfDate: the figures are not as they were shown.
    """
    require(may_close_check(by, sheet))
    with transaction.atomic():
        locked = lock_sheet(sheet)
        shown = list(queries.list_shown(locked, by).select_for_update(of=("self",)))
        if queries.digest_figures(shown) != shown_digest:
            raise OutOfDate(CHANGED)
        disputed = set(queries.list_disputed(locked))
        rows = [
            row for row in shown if row.state == FigureState.SIGNED_OFF and row.pk not in disputed
        ]
        if not rows:
            raise Refused(Text("没有逾期未核对的数据", "No figure has been left unchecked"))
        for row in rows:
            row.state, row.revision = FigureState.CHECKED, row.revision + 1
        Observation.objects.bulk_update(rows, ["state", "revision"])
        record_step(locked, rows, kind="close_check", by=by, reason="逾期未核对,视为无异议")
    return len(rows)


_NOT_SIGNED = Text("数据尚未签发,或已经核对", "Not signed off yet, or checked already")
