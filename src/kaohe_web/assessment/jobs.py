"""Rehearsals in the background: progress is shown, stopping loses nothing but the rest of the work."""

from typing import Any

from django.db import transaction

from kaohe.errors import BadInput
from kaohe_web.assessment.choices import UNFINISHED, RehearsalState
from kaohe_web.assessment.engine import ENGINE, rehearse
from kaohe_web.assessment.models import Rehearsal
from kaohe_web.audit.actions import record_event
from kaohe_web.foundation.actor import act_as_platform
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.digests import digest_content
from kaohe_web.schemes.queries import read_sheets

_CHANGED = {
    "zh": "排队期间方案内容已有改动,请重新发起试算",
    "en": "The scheme changed while this waited; ask for a rehearsal again",
}
PLATFORM = act_as_platform("rehearsal")


class Stopped(Exception):
    """Somebody stopped the rehearsal."""


def run_rehearsal(key: int) -> None:
    """Rehearse; run again after a crash, it starts over; ended or stopped ones are left as they are."""
    rehearsal = Rehearsal.objects.select_related("version", "snapshot__version").get(pk=key)
    sheets = read_sheets(rehearsal.version)
    if digest_content(sheets) != rehearsal.content_digest:
        _end(key, RehearsalState.FAILED, {"findings": [_CHANGED]})
        return
    try:
        _report(key, 5)
        outcome = rehearse(
            sheets=sheets,
            basis=rehearsal.snapshot.version.document,
            snapshot=rehearsal.snapshot.content,
            least_coverage=rehearsal.least_coverage,
            report=lambda percent: _report(key, percent),
        )
    except Stopped:
        return
    except BadInput as fault:
        _end(key, RehearsalState.FAILED, {"findings": _write_findings(fault)})
        return
    _end(key, RehearsalState.DONE, outcome.as_content(), coverage=outcome.percent)


def _report(key: int, percent: int) -> None:
    running = Rehearsal.objects.filter(pk=key, state__in=UNFINISHED)
    if not running.update(state=RehearsalState.RUNNING, progress=percent):
        raise Stopped


def _end(key: int, state: RehearsalState, outcome: dict[str, Any], coverage: str = "") -> None:
    with transaction.atomic():
        rehearsal = Rehearsal.objects.select_for_update().get(pk=key)
        if rehearsal.state not in UNFINISHED:
            return
        rehearsal.state, rehearsal.outcome, rehearsal.coverage = state, outcome, coverage
        rehearsal.progress, rehearsal.finished_at, rehearsal.engine = 100, now(), ENGINE
        rehearsal.save()
        record_event(by=PLATFORM, action=f"assessment.rehearsal_{state}", subject=rehearsal)


def _write_findings(fault: BadInput) -> list[dict[str, str]]:
    return [{"zh": finding.say("zh"), "en": finding.say("en")} for finding in fault.findings]
