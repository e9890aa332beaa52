"""Adoption, after which nothing of a version changes, and amendment, which is a new version."""

from datetime import date

from django.db import transaction

from kaohe.errors import BadInput
from kaohe.language import Text
from kaohe_web.audit.actions import record_event, refusals_recorded
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now, today
from kaohe_web.foundation.refusals import CHANGED, OutOfDate, Refused, Unprocessable
from kaohe_web.foundation.verdicts import require
from kaohe_web.schemes import queries
from kaohe_web.schemes.actions.writing import make_version
from kaohe_web.schemes.choices import FROZEN, VersionState
from kaohe_web.schemes.engine import admit_sheets, write_document
from kaohe_web.schemes.models import SchemeVersion
from kaohe_web.schemes.policies import may_adopt, may_write


@refusals_recorded("schemes.adopt")
def adopt(
    *,
    version: SchemeVersion,
    shown_digest: str,
    body: str,
    meeting: str,
    minutes_number: str,
    adopted_on: date,
    by: Actor,
    is_rehearsed: bool,
    rehearsal_waived: str = "",
) -> SchemeVersion:
    """Record that a body adopted the version, exactly as it was shown; from then on it is immutable.

    Raises:
        OutOfDate: the content is not what was shown.
        Refused: findings block it, the units were not asked, or it was not rehearsed and no reason is given.
    """
    require(may_adopt(by, version))
    _refuse_unrecorded(body, meeting, minutes_number, adopted_on)
    with transaction.atomic():
        locked = SchemeVersion.objects.select_for_update().get(pk=version.pk)
        require(may_adopt(by, locked))
        if queries.digest_sheets(locked) != shown_digest:
            raise OutOfDate(CHANGED)
        _refuse_unasked(locked)
        if not is_rehearsed and not rehearsal_waived.strip():
            raise Refused(_NOT_REHEARSED)
        _freeze(locked)
        locked.body, locked.meeting, locked.minutes_number = body, meeting, minutes_number
        locked.adopted_on, locked.adopted_at = adopted_on, now()
        locked.adopted_by, locked.rehearsal_waived = by.require_person(), rehearsal_waived
        _refuse_backdated(locked, adopted_on)
        locked.effective_from = locked.effective_from or adopted_on
        _supersede_others(locked)
        locked.state = VersionState.ADOPTED
        locked.save()
        record_event(
            by=by,
            action="schemes.adopt",
            subject=locked,
            after=locked.digest,
            reason=rehearsal_waived,
            detail={"body": body, "meeting": meeting, "minutes": minutes_number},
        )
    return locked


def _refuse_unrecorded(body: str, meeting: str, minutes_number: str, adopted_on: date) -> None:
    if not all(each.strip() for each in (body, meeting, minutes_number)):
        raise Unprocessable(
            Text(
                "须写明审定机构、会议和纪要文号",
                "Name the body, the meeting and the minutes number",
            )
        )
    if adopted_on > today():
        raise Unprocessable(
            Text("审定日期不得晚于今天", "The day of adoption is not in the future")
        )


def _refuse_unasked(version: SchemeVersion) -> None:
    last = version.consultations.order_by("-id").first()
    if last is None or last.closed_at is None:
        raise Refused(_NOT_ASKED)


def _refuse_backdated(version: SchemeVersion, adopted_on: date) -> None:
    """An amendment whose day has passed while it was being adopted would act backwards."""
    if version.effective_from is not None and version.effective_from < adopted_on:
        raise Refused(
            Text(
                f"拟生效日期 {version.effective_from:%Y-%m-%d} 已过,调整不得溯及既往;请另立版本改期",
                f"It was to take effect on {version.effective_from:%Y-%m-%d}, which has passed; amend again for a later day",
            )
        )


def _freeze(version: SchemeVersion) -> None:
    try:
        scheme = admit_sheets(queries.read_sheets(version))
    except BadInput as fault:
        raise Refused(
            Text(
                f"还有 {len(fault.findings)} 处须改的问题,改好后才能审定",
                f"{len(fault.findings)} findings block it; mend them before adoption",
            )
        ) from fault
    version.document, version.digest = write_document(scheme), scheme.digest


def _supersede_others(version: SchemeVersion) -> None:
    standing = version.scheme.versions.filter(state=VersionState.ADOPTED).exclude(pk=version.pk)
    standing.update(state=VersionState.SUPERSEDED)


@refusals_recorded("schemes.amend")
def amend(*, version: SchemeVersion, reason: str, effective_from: date, by: Actor) -> SchemeVersion:
    """A new draft version of an adopted scheme, with its reason; it acts from a day that is still to come."""
    require(may_write(by))
    if version.state not in FROZEN:
        raise Refused(Text("只有已审定的方案才需要另立版本", "Only an adopted scheme is amended"))
    if not reason.strip():
        raise Unprocessable(Text("须写明调整理由", "Say why it is amended"))
    if effective_from < today():
        raise Unprocessable(
            Text(
                "调整不溯及既往,生效日期不得早于今天",
                "It does not act backwards: from today at the earliest",
            )
        )
    with transaction.atomic():
        scheme = type(version.scheme).objects.select_for_update().get(pk=version.scheme_id)
        if scheme.versions.filter(
            state__in=(VersionState.DRAFT, VersionState.CONSULTATION)
        ).exists():
            raise Refused(Text("已有一个正在草拟的版本", "There is a draft version already"))
        number = scheme.versions.order_by("-number").values_list("number", flat=True)[0] + 1
        made = make_version(
            scheme=scheme,
            number=number,
            sheets=queries.read_sheets(version),
            by=by,
            basis=version,
        )
        made.reason, made.effective_from = reason, effective_from
        made.save(update_fields=["reason", "effective_from"])
        record_event(
            by=by, action="schemes.amend", subject=made, reason=reason, before=version.digest
        )
    return made


_NOT_ASKED = Text(
    "须先征求考核对象意见并结束征求意见,才能审定",
    "The units must have been asked, and the consultation closed, before adoption",
)
_NOT_REHEARSED = Text(
    "须先用往年数据试算;确实无法试算的,写明理由",
    "Rehearse it on another year's figures first; where that cannot be done, say why",
)
