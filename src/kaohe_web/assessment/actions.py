"""Keeping a year's data as a snapshot; asking for a rehearsal and stopping it."""

from typing import Any

from django.db import transaction

from kaohe.language import Text
from kaohe_web.assessment.choices import Origin, RehearsalState
from kaohe_web.assessment.models import DataSnapshot, Rehearsal
from kaohe_web.assessment.policies import may_rehearse, may_stop
from kaohe_web.audit.actions import record_event, refusals_recorded
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.jobs import enqueue
from kaohe_web.foundation.refusals import CHANGED, OutOfDate, Unprocessable
from kaohe_web.foundation.verdicts import require
from kaohe_web.schemes.models import SchemeVersion
from kaohe_web.schemes.queries import digest_sheets

JOB = "kaohe_web.assessment.jobs.run_rehearsal"


@refusals_recorded("assessment.keep_snapshot")
def keep_snapshot(
    *,
    version: SchemeVersion,
    name: str,
    origin: Origin,
    content: dict[str, Any],
    digest: str,
    by: Actor,
) -> DataSnapshot:
    """Keep a year's data under the scheme version it was read with; the same data again is found, not doubled."""
    require(may_rehearse(by))
    if not version.digest:
        raise Unprocessable(_ONLY_ADOPTED)
    with transaction.atomic():
        snapshot, is_new = DataSnapshot.objects.get_or_create(
            version=version,
            digest=digest,
            defaults={
                "year": version.scheme.year,
                "name": name,
                "origin": origin,
                "content": content,
                "kept_by": by.require_person(),
                "kept_at": now(),
            },
        )
        if is_new:
            record_event(by=by, action="assessment.keep_snapshot", subject=snapshot, after=digest)
    return snapshot


@refusals_recorded("assessment.ask_rehearsal")
def ask_rehearsal(
    *,
    version: SchemeVersion,
    snapshot: DataSnapshot,
    shown_revision: int,
    by: Actor,
    least_coverage: int = 80,
) -> Rehearsal:
    """Rehearse a version, as it was shown, on a snapshot; the work itself goes on in the background."""
    require(may_rehearse(by))
    if not 0 <= least_coverage <= 100:
        raise Unprocessable(_NO_PERCENTAGE)
    with transaction.atomic():
        locked = SchemeVersion.objects.select_for_update().get(pk=version.pk)
        if locked.revision != shown_revision:
            raise OutOfDate(CHANGED, {"revision": locked.revision})
        rehearsal = Rehearsal.objects.create(
            version=locked,
            content_digest=digest_sheets(locked),
            snapshot=snapshot,
            least_coverage=least_coverage,
            asked_by=by.require_person(),
            asked_by_name=by.name,
            asked_at=now(),
        )
        record_event(
            by=by,
            action="assessment.ask_rehearsal",
            subject=rehearsal,
            after=rehearsal.content_digest,
            detail={"snapshot": snapshot.digest, "least_coverage": least_coverage},
        )
        enqueue(JOB, rehearsal.pk)
    return rehearsal


@refusals_recorded("assessment.stop_rehearsal")
def stop_rehearsal(*, rehearsal: Rehearsal, by: Actor) -> Rehearsal:
    """Stop before the end; what it has found so far is not kept."""
    require(may_stop(by, rehearsal))
    with transaction.atomic():
        locked = Rehearsal.objects.select_for_update().get(pk=rehearsal.pk)
        require(may_stop(by, locked))
        locked.state, locked.finished_at = RehearsalState.STOPPED, now()
        locked.save(update_fields=["state", "finished_at"])
        record_event(by=by, action="assessment.stop_rehearsal", subject=locked)
    return locked


def record_reading(*, rehearsal: Rehearsal, by: Actor) -> None:
    """Opening an outcome is a sensitive read."""
    with transaction.atomic():
        record_event(by=by, action="assessment.read_rehearsal", subject=rehearsal)


_ONLY_ADOPTED = Text(
    "数据须对应一个已审定的方案版本,请先审定该年度方案",
    "Data are kept under an adopted version; adopt that year's scheme first",
)
_NO_PERCENTAGE = Text(
    "覆盖率下限须为 0 至 100 的整数", "The least coverage is a whole number from 0 to 100"
)
