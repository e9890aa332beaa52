"""Rehearsals: the list, the form to ask for one, how far it is, who moves and why."""

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from kaohe.errors import BadInput
from kaohe_web.assessment import actions, queries
from kaohe_web.assessment.choices import Origin, RehearsalState
from kaohe_web.assessment.engine import read_data
from kaohe_web.assessment.models import Rehearsal
from kaohe_web.assessment.policies import may_stop
from kaohe_web.foundation.refusals import Invisible
from kaohe_web.foundation.roles import Role
from kaohe_web.schemes.models import SchemeVersion
from kaohe_web.web.assessment.forms import AskForm
from kaohe_web.web.assessment.tables import group_moves
from kaohe_web.web.shell.pages import ActorRequest, page
from kaohe_web.web.shell.uploads import UploadForm, read_upload

OFFICE = (Role.OFFICE,)


@page(roles=OFFICE)
def list_all(request: ActorRequest) -> HttpResponse:
    """Every rehearsal, and the drafts that can be rehearsed."""
    drafts = SchemeVersion.objects.select_related("scheme").defer("document")
    return render(
        request,
        "assessment/list.html",
        {
            "rehearsals": queries.list_rehearsals()[:100],
            "snapshots": queries.list_snapshots(),
            "adopted": queries.list_adopted().defer("document"),
            "versions": drafts.order_by(F("scheme__year").desc(), "-number")[:20],
        },
    )


@page(roles=OFFICE, methods=("GET", "POST"))
def ask(request: ActorRequest, version_key: int) -> HttpResponse:
    """Ask for a rehearsal of a version as it stands."""
    version = get_object_or_404(SchemeVersion.objects.select_related("scheme"), pk=version_key)
    form = AskForm(request.POST or None, initial={"revision": version.revision})
    if form.is_valid():
        rehearsal = actions.ask_rehearsal(
            version=version,
            snapshot=form.cleaned_data["snapshot"],
            shown_revision=form.cleaned_data["revision"],
            least_coverage=form.cleaned_data["least_coverage"],
            by=request.actor,
        )
        return redirect("rehearsal", rehearsal.pk)
    return render(request, "assessment/ask.html", {"form": form, "version": version})


@page(roles=OFFICE, methods=("GET", "POST"))
def keep_data(request: ActorRequest, version_key: int) -> HttpResponse:
    """Keep a year's figures, from a file, under the adopted scheme they are read by."""
    version = get_object_or_404(queries.list_adopted(), pk=version_key)
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "version": version}
    if form.is_valid():
        try:
            content, digest = read_upload(form, read_data, by=request.actor, given=version.document)
        except BadInput as fault:
            context["findings"] = fault.findings
            return render(request, "assessment/keep.html", context, status=422)
        actions.keep_snapshot(
            version=version,
            name=form.cleaned_data["file"].name,
            origin=Origin.IMPORTED,
            content=content,
            digest=digest,
            by=request.actor,
        )
        return redirect("assessment")
    return render(request, "assessment/keep.html", context)


def _find(request: ActorRequest, key: int) -> Rehearsal:
    rehearsal = queries.find_rehearsal(key)
    if rehearsal is None:
        raise Invisible
    return rehearsal


@page(roles=OFFICE)
def show(request: ActorRequest, rehearsal_key: int) -> HttpResponse:
    """Coverage, and who moves; reading it is told to the log."""
    rehearsal = _find(request, rehearsal_key)
    if rehearsal.state == RehearsalState.DONE:
        actions.record_reading(rehearsal=rehearsal, by=request.actor)
    return render(
        request,
        "assessment/rehearsal.html",
        {
            "rehearsal": rehearsal,
            "groups": group_moves(rehearsal.outcome),
            "may_stop": may_stop(request.actor, rehearsal),
        },
    )


@page(roles=OFFICE)
def show_progress(request: ActorRequest, rehearsal_key: int) -> HttpResponse:
    """How far it is; once ended, the page is asked to load again."""
    rehearsal = _find(request, rehearsal_key)
    context = {"rehearsal": rehearsal, "may_stop": may_stop(request.actor, rehearsal)}
    answer = render(request, "assessment/rehearsal.html#progress", context)
    if not may_stop(request.actor, rehearsal):
        answer["HX-Refresh"] = "true"
    return answer


@page(roles=OFFICE, methods=("POST",))
def stop(request: ActorRequest, rehearsal_key: int) -> HttpResponse:
    """Stop it."""
    actions.stop_rehearsal(rehearsal=_find(request, rehearsal_key), by=request.actor)
    return redirect("rehearsal", rehearsal_key)


@page(roles=OFFICE)
def show_move(request: ActorRequest, rehearsal_key: int, unit_code: str) -> HttpResponse:
    """Why one unit moves, indicator by indicator."""
    rehearsal = _find(request, rehearsal_key)
    moves = rehearsal.outcome.get("moves", ())
    move = next((each for each in moves if each["unit"] == unit_code), None)
    if move is None:
        raise Invisible
    actions.record_reading(rehearsal=rehearsal, by=request.actor)
    return render(request, "assessment/move.html", {"rehearsal": rehearsal, "move": move})
