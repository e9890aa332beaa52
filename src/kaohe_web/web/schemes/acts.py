"""What is done on the pages of schemes; each calls one action and goes back to its page."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from kaohe.language import Text
from kaohe_web.assessment.queries import is_rehearsed
from kaohe_web.foundation.refusals import Invisible, OutOfDate, Unprocessable
from kaohe_web.foundation.roles import Role
from kaohe_web.organisation.queries import list_versions
from kaohe_web.schemes import queries
from kaohe_web.schemes.actions import adopting, consulting, targets, writing
from kaohe_web.schemes.actions.writing import CellChange
from kaohe_web.schemes.choices import Answer, Reply
from kaohe_web.schemes.engine import check_sheets
from kaohe_web.schemes.models import ConsultationAnswer, SchemeLine, Target, TargetRequest
from kaohe_web.web.schemes.forms import (
    AdoptForm,
    AmendForm,
    AnswerForm,
    ConsultForm,
    DecisionForm,
    ReasonForm,
    ReplyForm,
    RequestForm,
    TargetForm,
)
from kaohe_web.web.shell import grid
from kaohe_web.web.shell.pages import ActorRequest, page

OFFICE = (Role.OFFICE,)
UNITS = (Role.UNIT_HEAD, Role.UNIT_REVIEWER)


@page(roles=OFFICE, methods=("POST",))
def save_cells(request: ActorRequest, version_key: int) -> HttpResponse:
    """Keep what was typed in the editor; lines changed by somebody else come back beside one's own."""
    version = queries.find_version(version_key, request.actor)
    changes = [_read_change(each) for each in grid.read_changes(request)]
    try:
        lines = writing.edit_cells(version=version, changes=changes, by=request.actor)
    except OutOfDate as stale:
        return grid.answer_grid(_answer_stale(changes, stale))
    return grid.answer_grid(_answer(changes, lines))


def _read_change(change: grid.Change) -> CellChange:
    line, _, column = change.key.partition(":")
    if not (line.isascii() and line.isdigit() and column.isascii() and column.isdigit()):
        raise Unprocessable(Text("没有这一格", "There is no such cell"))
    return CellChange(int(line[:15]), change.rev, int(column[:5]), change.text)


def _answer(changes: list[CellChange], lines: dict[int, SchemeLine]) -> grid.Answer:
    saved = {f"{each.line}:{each.column}": {"text": each.text} for each in changes}
    return grid.Answer(saved=saved, rows={str(key): line.revision for key, line in lines.items()})


def _answer_stale(changes: list[CellChange], stale: OutOfDate) -> grid.Answer:
    answer = grid.Answer()
    for each in changes:
        theirs = stale.now.get(str(each.line))
        key = f"{each.line}:{each.column}"
        if theirs is not None:
            cells = [*theirs["cells"], *[""] * (each.column + 1)]
            answer.conflicts[key] = {"rev": theirs["revision"], "text": cells[each.column]}
    return answer


@page(roles=OFFICE, methods=("POST",))
def add_line(request: ActorRequest, version_key: int) -> HttpResponse:
    """An empty line after another."""
    version = queries.find_version(version_key, request.actor)
    sheet, after = request.POST.get("sheet", ""), request.POST.get("after", "")
    writing.add_line(
        version=version, sheet=sheet, after=int(after) if after.isdecimal() else 0, by=request.actor
    )
    return redirect("edit_scheme", version.pk, sheet)


@page(roles=OFFICE, methods=("POST",))
def remove_line(request: ActorRequest, version_key: int, line_key: int) -> HttpResponse:
    """Take a line out."""
    version = queries.find_version(version_key, request.actor)
    line = get_object_or_404(
        SchemeLine.objects.select_related("sheet"), pk=line_key, sheet__version=version
    )
    writing.remove_line(version=version, line=line.pk, revision=line.revision, by=request.actor)
    return redirect("edit_scheme", version.pk, line.sheet.name)


def show_form(
    request: ActorRequest, version: Any, form: forms.Form, words: tuple[str, str], **more: Any
) -> HttpResponse:
    """The page of one form about a version."""
    context = {"version": version, "form": form, "title": Text(*words), **more}
    return render(request, "schemes/form.html", context)


@page(roles=OFFICE, methods=("GET", "POST"))
def open_consultation(request: ActorRequest, version_key: int) -> HttpResponse:
    """Ask units about a draft."""
    version = queries.find_version(version_key, request.actor)
    named = _list_participants(version)
    form = ConsultForm(request.POST or None, units=named, initial={"units": list(named)})
    if form.is_valid():
        consulting.open_consultation(version=version, **form.cleaned_data, by=request.actor)
        return redirect("consultation", version.pk)
    return show_form(request, version, form, ("征求意见", "Ask the units"))


def _list_participants(version: Any) -> dict[int, str]:
    """The units a scheme is about, as they are called."""
    rows = queries.read_sheets(version).get("单位", [])
    codes = {cell.strip() for row in rows[1:] for cell in row[:1]}
    return {each.unit_id: each.name for each in list_versions() if each.unit.code in codes}


@page(roles=UNITS, methods=("POST",))
def answer(request: ActorRequest, version_key: int) -> HttpResponse:
    """A unit's word on an indicator."""
    version = queries.find_version(version_key, request.actor)
    consultation = queries.find_open_consultation(version)
    form = AnswerForm(request.POST)
    if consultation is None:
        raise Invisible
    if not form.is_valid():
        raise Unprocessable(Text("请选择同意或有异议", "Choose whether you agree or object"))
    given = form.cleaned_data
    consulting.answer(
        consultation=consultation,
        indicator=given["indicator"],
        answer=Answer(given["answer"]),
        reason=given["reason"],
        revision=given["revision"],
        by=request.actor,
    )
    return redirect("consultation", version.pk)


@page(roles=OFFICE, methods=("POST",))
def reply(request: ActorRequest, answer_key: int) -> HttpResponse:
    """The office's reply to an objection."""
    found = get_object_or_404(
        ConsultationAnswer.objects.select_related("consultation"), pk=answer_key
    )
    form = ReplyForm(request.POST)
    if not form.is_valid():
        raise Unprocessable(Text("请选择是否采纳并写明理由", "Choose a reply and give its reason"))
    given = form.cleaned_data
    consulting.reply(
        answer=found,
        reply=Reply(given["reply"]),
        reason=given["reason"],
        revision=given["revision"],
        by=request.actor,
    )
    return redirect("consultation", found.consultation.version_id)


@page(roles=OFFICE, methods=("POST",))
def close_consultation(request: ActorRequest, version_key: int) -> HttpResponse:
    """Close the consultation."""
    version = queries.find_version(version_key, request.actor)
    consultation = queries.find_open_consultation(version)
    if consultation is None:
        raise Invisible
    consulting.close_consultation(consultation=consultation, by=request.actor)
    return redirect("scheme", version.pk)


@page(roles=OFFICE, methods=("GET", "POST"), step_up=True)
def adopt(request: ActorRequest, version_key: int) -> HttpResponse:
    """Record the adoption of what is shown."""
    version = queries.find_version(version_key, request.actor)
    digest = queries.digest_sheets(version)
    form = AdoptForm(request.POST or None, initial={"shown_digest": digest})
    rehearsed = is_rehearsed(version, digest)
    if form.is_valid():
        adopting.adopt(
            version=version, **form.cleaned_data, is_rehearsed=rehearsed, by=request.actor
        )
        return redirect("scheme", version.pk)
    blocking = sum(each.is_blocking for each in check_sheets(queries.read_sheets(version)))
    return show_form(
        request, version, form, ("登记审定", "Record the adoption"),
        digest=digest, rehearsed=rehearsed, blocking=blocking, is_adoption=True,
    )  # fmt: skip


@page(roles=OFFICE, methods=("GET", "POST"))
def amend(request: ActorRequest, version_key: int) -> HttpResponse:
    """Begin a new version."""
    version = queries.find_version(version_key, request.actor)
    form = AmendForm(request.POST or None)
    if form.is_valid():
        made = adopting.amend(version=version, **form.cleaned_data, by=request.actor)
        return redirect("scheme", made.pk)
    return show_form(request, version, form, ("调整方案(另立新版本)", "Amend (a new version)"))


@page(roles=OFFICE, methods=("GET", "POST"))
def withdraw(request: ActorRequest, version_key: int) -> HttpResponse:
    """Give a draft up."""
    version = queries.find_version(version_key, request.actor)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        writing.withdraw(version=version, **form.cleaned_data, by=request.actor)
        return redirect("schemes")
    return show_form(request, version, form, ("撤回草稿", "Withdraw the draft"))


@page(roles=OFFICE, methods=("POST",))
def set_target(request: ActorRequest, version_key: int) -> HttpResponse:
    """Set a unit's target."""
    version = queries.find_version(version_key, request.actor)
    form = TargetForm(request.POST)
    if not form.is_valid():
        raise Unprocessable(
            Text(
                "请填写单位代码、指标代码、目标值和依据", "Give unit, indicator, target and grounds"
            )
        )
    targets.set_target(scheme=version.scheme, **form.cleaned_data, by=request.actor)
    return redirect("targets", version.pk)


@page(roles=(Role.UNIT_HEAD,), methods=("POST",))
def request_target(request: ActorRequest, target_key: int) -> HttpResponse:
    """Ask for another target."""
    target = get_object_or_404(Target.objects.filter(unit=request.actor.unit), pk=target_key)
    form = RequestForm(request.POST)
    if not form.is_valid():
        raise Unprocessable(
            Text("请填写申请的目标值和理由", "Give the target asked for and the reason")
        )
    targets.request_target(target=target, **form.cleaned_data, by=request.actor)
    return _back_to_targets(target)


@page(roles=OFFICE, methods=("POST",))
def decide_target(request: ActorRequest, request_key: int) -> HttpResponse:
    """Decide a request."""
    found = get_object_or_404(
        TargetRequest.objects.select_related("target__scheme"), pk=request_key
    )
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Unprocessable(Text("请选择决定并写明理由", "Choose a decision and give its reason"))
    targets.decide_target(request=found, **form.cleaned_data, by=request.actor)
    return _back_to_targets(found.target)


def _back_to_targets(target: Target) -> HttpResponse:
    version = target.scheme.versions.order_by("-number").first()
    return redirect("targets", version.pk) if version else redirect("schemes")
