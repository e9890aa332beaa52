"""What every step of a sheet shares: the lock, four eyes, the record."""

from collections.abc import Sequence

from kaohe.language import Text
from kaohe_web.audit.actions import record_event
from kaohe_web.collection import queries
from kaohe_web.collection.models import Contribution, Observation, Sheet, Step
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.refusals import Refused


def lock_sheet(sheet: Sheet) -> Sheet:
    """The sheet under lock: its steps happen one after another."""
    return (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("round", "version__scheme", "unit")
        .get(pk=sheet.pk)
    )


def refuse_own_hand(rows: Sequence[Observation], by: Actor) -> None:
    """Nobody takes a second step on a figure they typed or already passed, for themselves or for another."""
    earlier = {
        person
        for row in rows
        for person in (row.entered_by, row.submitted_by, row.reviewed_by, row.signed_by)
        if person is not None
    }
    typed = Contribution.objects.filter(observation__in=rows, person__in=by.persons)
    if earlier & by.persons or typed.exists():
        raise Refused(_OWN_HAND)


def record_step(
    sheet: Sheet, rows: Sequence[Observation], *, kind: str, by: Actor, reason: str = ""
) -> Step:
    """Keep the step and tell the log, on the digest of the figures as they now stand."""
    digest = queries.digest_figures(rows)
    step = Step.objects.create(
        sheet=sheet,
        observation=rows[0] if len(rows) == 1 else None,
        kind=kind,
        person=by.require_person(),
        name=by.name,
        role=by.role or "",
        acting_for=by.acting_for,
        at=now(),
        digest=digest,
        reason=reason,
        count=len(rows),
    )
    record_event(
        by=by,
        action=f"collection.{kind}",
        subject=sheet,
        after=digest,
        reason=reason,
        detail={"figures": [row.pk for row in rows]},
    )
    return step


_OWN_HAND = Text(
    "四眼原则:填报、审核、签发、核定须由不同的人办理(含代行)",
    "Four eyes: entering, reviewing, signing off and approving are done by different people, also by proxy",
)
