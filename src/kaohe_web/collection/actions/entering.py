"""Typing figures, and submitting them: sealed until the close, exactly once, in time by the hour of arrival."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from kaohe.language import Text
from kaohe_web.audit.actions import record_event, refusals_recorded
from kaohe_web.collection import queries
from kaohe_web.collection.actions.stepping import lock_sheet, record_step
from kaohe_web.collection.choices import ENTERED, FigureState
from kaohe_web.collection.engine import BadFigure, find_odd, find_scheme, read_cell
from kaohe_web.collection.models import Contribution, Observation, Sheet
from kaohe_web.collection.policies import is_open, may_enter
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.crashpoints import crashpoint
from kaohe_web.foundation.once import do_once
from kaohe_web.foundation.refusals import CHANGED, OutOfDate, Refused
from kaohe_web.foundation.verdicts import require


@dataclass(frozen=True, slots=True)
class CellChange:
    """One figure as somebody wants it: the revision they saw, what they typed, and their note if it changes."""

    observation: int
    revision: int
    text: str
    note: str | None = None


@dataclass(slots=True)
class Saved:
    """What became of a batch of cells: taken, refused with a reason, or changed by somebody else meanwhile."""

    taken: dict[int, Observation] = field(default_factory=dict)
    refused: dict[int, Text] = field(default_factory=dict)
    stale: dict[int, Observation] = field(default_factory=dict)
    odd: dict[int, Text] = field(default_factory=dict)


@refusals_recorded("collection.save_figures")
def save_figures(
    *,
    sheet: Sheet,
    changes: Sequence[CellChange],
    arrived: datetime,
    by: Actor,
    whole: bool = False,
) -> Saved:
    """Keep what was typed, cell by cell; with `whole` all of it or nothing, as an import does.

    A cell somebody else changed meanwhile is not overwritten: it comes back with what stands there now.
    """
    require(may_enter(by, sheet))
    require(is_open(sheet, arrived))
    with transaction.atomic():
        locked = lock_sheet(sheet)
        saved = _sort_changes(locked, changes)
        if whole and (saved.refused or saved.stale):
            return Saved(refused=saved.refused, stale=saved.stale)
        if saved.taken:
            _keep(locked, list(saved.taken.values()), by)
            odd = find_odd(queries.list_figures(locked))
            saved.odd = {key: odd[key] for key in saved.taken if key in odd}
    return saved


def _sort_changes(sheet: Sheet, changes: Sequence[CellChange]) -> Saved:
    wanted = {change.observation: change for change in changes}
    rows = sheet.observations.select_for_update().filter(pk__in=wanted).order_by("pk")
    there = {row.pk: row for row in rows}
    scheme = find_scheme(sheet.version)
    saved = Saved()
    for key, change in wanted.items():
        row = there.get(key)
        if row is None:
            saved.refused[key] = _NOT_HERE
        elif row.state not in ENTERED:
            saved.refused[key] = _ALREADY_SUBMITTED
        elif row.revision != change.revision:
            saved.stale[key] = row
        else:
            _take(row, change, scheme, saved)
    return saved


def _take(row: Observation, change: CellChange, scheme: Any, saved: Saved) -> None:
    try:
        typed = read_cell(scheme, row.indicator, row.facet, change.text)
    except BadFigure as fault:
        saved.refused[row.pk] = fault.reason
        return
    row.value, row.absence = typed.value, typed.absence
    row.note = row.note if change.note is None else change.note[:500]
    row.revision += 1
    saved.taken[row.pk] = row


def _keep(sheet: Sheet, rows: list[Observation], by: Actor) -> None:
    moment, person = now(), by.require_person()
    for row in rows:
        row.entered_by, row.entered_at = person, moment
    Observation.objects.bulk_update(
        rows, ["value", "absence", "note", "revision", "entered_by", "entered_at"]
    )
    Contribution.objects.bulk_create(
        [Contribution(observation=row, person=each) for row in rows for each in sorted(by.persons)],
        ignore_conflicts=True,
    )
    if sheet.first_saved_at is None:
        sheet.first_saved_at = moment
        sheet.save(update_fields=["first_saved_at"])
    crashpoint("collection.save_figures")
    record_event(
        by=by,
        action="collection.save_figures",
        subject=sheet,
        after=queries.digest_figures(rows),
        detail={"figures": [row.pk for row in rows]},
    )


@refusals_recorded("collection.submit")
def submit(
    *, sheet: Sheet, shown_digest: str, once: str, arrived: datetime, by: Actor
) -> dict[str, Any]:
    """Submit a sheet as it was shown; sealed until the close. The same key again is the same submission.

    Raises:
        OutOfDate: a figure changed after it was shown.
        Refused: figures are still empty without a reason; the sentence names them.
    """
    require(may_enter(by, sheet))
    require(is_open(sheet, arrived))
    body = {"sheet": sheet.pk, "digest": shown_digest}
    answer: dict[str, Any] = do_once(
        once=once,
        action="collection.submit",
        by=by,
        body=body,
        doing=lambda: _submit(sheet, shown_digest, arrived, by),
    )
    return answer


def _submit(sheet: Sheet, shown_digest: str, arrived: datetime, by: Actor) -> dict[str, Any]:
    locked = lock_sheet(sheet)
    rows = list(queries.list_figures(locked).select_for_update(of=("self",)))
    if queries.digest_figures(rows) != shown_digest:
        raise OutOfDate(CHANGED)
    due = [row for row in rows if row.state in ENTERED]
    _refuse_gaps(due)
    for row in due:
        row.state, row.submitted_by = FigureState.SUBMITTED, by.require_person()
        row.reviewed_by = row.signed_by = row.checked_by = row.approved_by = None
        row.revision += 1
    Observation.objects.bulk_update(
        due,
        [
            "state",
            "revision",
            "submitted_by",
            "reviewed_by",
            "signed_by",
            "checked_by",
            "approved_by",
        ],
    )
    Contribution.objects.bulk_create(
        [Contribution(observation=row, person=each) for row in due for each in sorted(by.persons)],
        ignore_conflicts=True,
    )
    crashpoint("collection.submit")
    locked.submitted_at = arrived
    locked.is_late = arrived >= locked.round.closes_at
    locked.revision += 1
    locked.save(update_fields=["submitted_at", "is_late", "revision"])
    step = record_step(locked, due, kind="submit", by=by)
    return {"sheet": locked.pk, "figures": len(due), "digest": step.digest}


def _refuse_gaps(due: Sequence[Observation]) -> None:
    if not due:
        raise Refused(Text("没有待报的数据", "There is nothing left to submit"))
    empty = [row for row in due if not row.value and not row.absence]
    if empty:
        named = "、".join(f"{row.unit.code} {row.indicator_name}" for row in empty[:3])
        raise Refused(
            Text(
                f"还有 {len(empty)} 格未填:{named}…;没有数据的请写“不适用”“未到期”或“拒报”",
                f"{len(empty)} cells are empty: {named}…; where there is no figure write 不适用, 未到期 or 拒报",
            )
        )


_NOT_HERE = Text("不在这张表中", "Not on this sheet")
_ALREADY_SUBMITTED = Text(
    "已提交,退回后才能修改", "Submitted; it can be changed once it is returned"
)
