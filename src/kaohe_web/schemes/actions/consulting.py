"""Asking the units: opened with a close, answered by each, replied to one by one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kaohe.language import Text
from kaohe_web.audit.actions import record_event, refusals_recorded
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.refusals import CHANGED, OutOfDate, Refused, Unprocessable
from kaohe_web.foundation.verdicts import require
from kaohe_web.organisation.models import Unit
from kaohe_web.schemes import queries
from kaohe_web.schemes.actions.writing import lock_version
from kaohe_web.schemes.choices import Answer, Reply, VersionState
from kaohe_web.schemes.engine import check_sheets
from kaohe_web.schemes.models import Consultation, ConsultationAnswer, SchemeVersion
from kaohe_web.schemes.policies import may_answer, may_edit, may_write


@refusals_recorded("schemes.open_consultation")
def open_consultation(
    *, version: SchemeVersion, units: Sequence[Unit], closes_at: datetime, by: Actor
) -> Consultation:
    """Ask units about a draft without blocking findings; until it is closed the draft stays as it is."""
    require(may_edit(by, version))
    if closes_at <= now():
        raise Unprocessable(Text("截止时间须在将来", "It must close in the future"))
    if not units:
        raise Unprocessable(Text("请选择征求意见的单位", "Choose the units to ask"))
    with transaction.atomic():
        locked = lock_version(version, by)
        blocking = [each for each in check_sheets(queries.read_sheets(locked)) if each.is_blocking]
        if blocking:
            raise Refused(_say_blocking(len(blocking)))
        consultation = Consultation.objects.create(
            version=locked,
            content_digest=queries.digest_sheets(locked),
            opened_at=now(),
            closes_at=closes_at,
        )
        consultation.units.set(units)
        locked.state = VersionState.CONSULTATION
        locked.save(update_fields=["state"])
        record_event(
            by=by,
            action="schemes.open_consultation",
            subject=locked,
            after=consultation.content_digest,
            detail={"units": [unit.code for unit in units], "closes": closes_at.isoformat()},
        )
    return consultation


@refusals_recorded("schemes.answer")
def answer(
    *,
    consultation: Consultation,
    indicator: str,
    answer: Answer,
    by: Actor,
    reason: str = "",
    revision: int = 0,
) -> ConsultationAnswer:
    """A unit agrees or objects, per indicator; it may change its mind until the close.

    Raises:
        OutOfDate: a colleague answered meanwhile.
    """
    require(may_answer(by, consultation))
    if answer == Answer.OBJECT and not reason.strip():
        raise Unprocessable(Text("提出异议须写明理由", "An objection needs its reason"))
    with transaction.atomic():
        rows = consultation.answers.select_for_update()
        row = rows.filter(unit=by.unit, indicator=indicator).first()
        if row is not None and row.revision != revision:
            raise OutOfDate(CHANGED, {"answer": row.answer, "reason": row.reason})
        row = row or ConsultationAnswer(
            consultation=consultation, unit_id=by.unit or 0, indicator=indicator, revision=0
        )
        row.answer, row.reason = answer, reason
        row.answered_by, row.answered_by_name = by.require_person(), by.name
        row.answered_at, row.revision = now(), row.revision + 1
        row.reply, row.reply_reason = "", ""
        row.save()
        record_event(
            by=by,
            action="schemes.answer",
            subject=row,
            reason=reason,
            detail={"indicator": indicator, "answer": answer},
        )
    return row


@refusals_recorded("schemes.reply")
def reply(
    *, answer: ConsultationAnswer, reply: Reply, reason: str, revision: int, by: Actor
) -> ConsultationAnswer:
    """The office's reply to an objection, with its reason, for the unit to read."""
    require(may_write(by))
    if not reason.strip():
        raise Unprocessable(Text("答复须写明理由", "A reply needs its reason"))
    with transaction.atomic():
        row = ConsultationAnswer.objects.select_for_update().get(pk=answer.pk)
        if row.revision != revision:
            raise OutOfDate(CHANGED, {"answer": row.answer, "reason": row.reason})
        row.reply, row.reply_reason = reply, reason
        row.replied_by, row.replied_by_name = by.require_person(), by.name
        row.replied_at = now()
        row.save()
        record_event(
            by=by, action="schemes.reply", subject=row, reason=reason, detail={"reply": reply}
        )
    return row


@refusals_recorded("schemes.close_consultation")
def close_consultation(*, consultation: Consultation, by: Actor) -> None:
    """Close once every objection has its reply; the draft can be edited again, or adopted."""
    require(may_write(by))
    with transaction.atomic():
        version = SchemeVersion.objects.select_for_update().get(pk=consultation.version_id)
        row = Consultation.objects.select_for_update().get(pk=consultation.pk)
        open_ones = queries.list_unanswered(row).count()
        if open_ones:
            raise Refused(_say_unanswered(open_ones))
        if row.closed_at is None and now() < row.closes_at and not _have_all_answered(row):
            raise Refused(_STILL_TIME)
        row.closed_at = row.closed_at or now()
        row.save(update_fields=["closed_at"])
        version.state = VersionState.DRAFT
        version.save(update_fields=["state"])
        record_event(by=by, action="schemes.close_consultation", subject=version)


def _have_all_answered(consultation: Consultation) -> bool:
    answered = consultation.answers.values("unit").distinct().count()
    return answered == consultation.units.count()


def _say_blocking(count: int) -> Text:
    return Text(
        f"还有 {count} 处须改的问题,改好后才能征求意见",
        f"{count} findings block it; mend them before asking the units",
    )


def _say_unanswered(count: int) -> Text:
    return Text(
        f"还有 {count} 条异议没有答复,答复后才能结束征求意见",
        f"{count} objections have no reply yet; reply before closing",
    )


_STILL_TIME = Text(
    "未到截止时间,且还有单位没有答复", "There is time left, and not every unit has answered"
)
