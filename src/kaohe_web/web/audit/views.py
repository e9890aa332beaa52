"""Pages of the log, for the audit administrator; reading it is told to it too."""

import csv
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from kaohe_web.audit import queries
from kaohe_web.audit.actions import record_event
from kaohe_web.audit.models import Event
from kaohe_web.audit.presenters import name_action
from kaohe_web.audit.verification import verify_chain
from kaohe_web.foundation.roles import Role
from kaohe_web.web.audit.forms import SearchForm
from kaohe_web.web.shell.pages import ActorRequest, page
from kaohe_web.web.shell.speech import speak

AUDITOR = (Role.AUDIT_ADMIN,)
PER_PAGE = 50
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@page(roles=AUDITOR)
def list_events(request: ActorRequest) -> HttpResponse:
    """The log, the latest first."""
    form = SearchForm(request.GET or None)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    shown = Paginator(queries.list_events(**wanted), PER_PAGE).get_page(request.GET.get("page"))
    _tell(
        request,
        "audit.read",
        {"filters": {key: str(value) for key, value in wanted.items() if value}},
    )
    rows = [(event, name_action(event.action)) for event in shown]
    context = {"form": form, "shown": shown, "rows": rows, "head": queries.find_head()}
    return render(request, "audit/list.html", context)


@page(roles=AUDITOR)
def show_event(request: ActorRequest, number: int) -> HttpResponse:
    """One event, and what else happened to the same thing."""
    event = get_object_or_404(Event, number=number)
    about = (event.subject, event.subject_key)
    others = queries.list_events(subject=about)[:PER_PAGE] if event.subject else ()
    _tell(request, "audit.read", {"event": number})
    context = {
        "event": event,
        "named": name_action(event.action),
        "others": [(each, name_action(each.action)) for each in others],
    }
    return render(request, "audit/event.html", context)


@page(roles=AUDITOR, methods=("GET", "POST"))
def verify(request: ActorRequest) -> HttpResponse:
    """Go through the whole chain, now."""
    if request.method != "POST":
        return render(request, "audit/verify.html", {"head": queries.find_head()})
    found = verify_chain()
    _tell(request, "audit.verify", {"events": found.count, "breaks": len(found.breaks)})
    return render(request, "audit/verify.html", {"found": found, "head": queries.find_head()})


@page(roles=AUDITOR)
def export(request: ActorRequest) -> HttpResponse:
    """What the list shows, as a file."""
    form = SearchForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="audit.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(
        ["number", "time", "name", "role", "action", "outcome", "subject", "reason", "digest"]
    )
    events = list(queries.list_events(**wanted)[:10_000])
    for event in events:
        writer.writerow([harmless(cell) for cell in _list_cells(event)])
    _tell(request, "audit.export", {"events": len(events)})
    return answer


def _list_cells(event: Event) -> list[str]:
    return [
        str(event.number),
        event.happened_at.isoformat(),
        event.name,
        event.role,
        speak(name_action(event.action)),
        event.outcome,
        event.subject_name,
        event.reason,
        event.digest,
    ]


def harmless(cell: str) -> str:
    """Text that a spreadsheet takes for text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _tell(request: ActorRequest, action: str, detail: dict[str, Any]) -> None:
    with transaction.atomic():
        record_event(by=request.actor, action=action, detail=detail)
