"""Review, sign-off, approval, and return with a reason; each bound to the digest of what was shown."""

from collections.abc import Callable, Sequence

from django.db import transaction

from kaohe.language import Text
from kaohe_web.audit.actions import refusals_recorded
from kaohe_web.collection import queries
from kaohe_web.collection.actions.stepping import lock_sheet, record_step, refuse_own_hand
from kaohe_web.collection.choices import FigureState
from kaohe_web.collection.models import Observation, Sheet, Step
from kaohe_web.collection.policies import (
    is_unsealed,
    may_collect,
    may_review,
    may_sign,
)
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.refusals import CHANGED, OutOfDate, Refused, Unprocessable
from kaohe_web.foundation.verdicts import Verdict, deny, require

Rows = list[Observation]


@refusals_recorded("collection.review")
def review(*, sheet: Sheet, shown_digest: str, by: Actor) -> Step:
    """The reviewer's word that the submitted figures are right."""
    return _pass(
        sheet,
        shown_digest,
        by,
        kind="review",
        may=may_review,
        way=(FigureState.SUBMITTED, FigureState.REVIEWED, "reviewed_by"),
    )


@refusals_recorded("collection.sign_off")
def sign_off(*, sheet: Sheet, shown_digest: str, by: Actor) -> Step:
    """The head's signature under the reviewed figures."""
    return _pass(
        sheet,
        shown_digest,
        by,
        kind="sign_off",
        may=may_sign,
        way=(FigureState.REVIEWED, FigureState.SIGNED_OFF, "signed_by"),
    )


@refusals_recorded("collection.approve")
def approve(*, sheet: Sheet, shown_digest: str, by: Actor) -> Step:
    """The office's approval of the figures that were checked."""
    return _pass(
        sheet,
        shown_digest,
        by,
        kind="approve",
        may=_may_approve,
        way=(FigureState.CHECKED, FigureState.APPROVED, "approved_by"),
    )


def _may_approve(actor: Actor, sheet: Sheet) -> Verdict:
    if not may_collect(actor):
        return may_collect(actor)
    if not is_unsealed(sheet):
        return deny("截止后才能核定", "Figures are approved after the close")
    return may_collect(actor)


def _pass(
    sheet: Sheet,
    shown_digest: str,
    by: Actor,
    *,
    kind: str,
    may: Callable[[Actor, Sheet], Verdict],
    way: tuple[str, str, str],
) -> Step:
    """Move every figure that stands at the first state to the second, by one more person."""
    before, after, whose = way
    require(may(by, sheet))
    with transaction.atomic():
        locked = lock_sheet(sheet)
        rows = list(queries.list_shown(locked, by).select_for_update(of=("self",)))
        if queries.digest_figures(rows) != shown_digest:
            raise OutOfDate(CHANGED)
        ready = [row for row in rows if row.state == before]
        if not ready:
            raise Refused(_NOTHING_TO_PASS)
        refuse_own_hand(ready, by)
        for row in ready:
            row.state, row.revision = after, row.revision + 1
            setattr(row, whose, by.require_person())
        Observation.objects.bulk_update(ready, ["state", "revision", whose])
        return record_step(locked, ready, kind=kind, by=by)


@refusals_recorded("collection.send_back")
def send_back(
    *, sheet: Sheet, observations: Sequence[int], shown_digest: str, reason: str, by: Actor
) -> Step:
    """Return figures to their reporter with a reason; every later word on them is void."""
    require(_may_send_back(by, sheet))
    if not reason.strip():
        raise Unprocessable(Text("退回须写明理由", "A return needs its reason"))
    with transaction.atomic():
        locked = lock_sheet(sheet)
        rows = list(queries.list_shown(locked, by).select_for_update(of=("self",)))
        if queries.digest_figures(rows) != shown_digest:
            raise OutOfDate(CHANGED)
        chosen = [row for row in rows if row.pk in set(observations)]
        returnable = [row for row in chosen if row.state in _RETURNABLE]
        if not returnable:
            raise Refused(Text("没有可以退回的数据", "None of these can be returned"))
        return return_figures(locked, returnable, by=by, reason=reason)


_RETURNABLE = (
    FigureState.SUBMITTED,
    FigureState.REVIEWED,
    FigureState.SIGNED_OFF,
    FigureState.CHECKED,
    FigureState.APPROVED,
)


def return_figures(sheet: Sheet, rows: Rows, *, by: Actor, reason: str) -> Step:
    """Void what was said on figures and give them back; inside the transaction of who decides it."""
    for row in rows:
        row.state, row.revision = FigureState.RETURNED, row.revision + 1
        row.reviewed_by = row.signed_by = row.checked_by = row.approved_by = None
    Observation.objects.bulk_update(
        rows, ["state", "revision", "reviewed_by", "signed_by", "checked_by", "approved_by"]
    )
    return record_step(sheet, rows, kind="send_back", by=by, reason=reason)


def _may_send_back(actor: Actor, sheet: Sheet) -> Verdict:
    """The reporting unit's reviewer or head, and after the close the office."""
    if may_review(actor, sheet) or may_sign(actor, sheet):
        return may_review(actor, sheet) if may_review(actor, sheet) else may_sign(actor, sheet)
    return _may_approve(actor, sheet)


_NOTHING_TO_PASS = Text("没有到这一步的数据", "No figure has come to this step")
