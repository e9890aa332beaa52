"""Pages of collection: rounds and their boards, sheets, what a unit checks, objections."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kaohe.language import Text
from kaohe_web.collection import queries
from kaohe_web.collection.actions import rounds
from kaohe_web.collection.choices import ENTERED, FigureState
from kaohe_web.collection.models import Sheet
from kaohe_web.collection.policies import (
    find_close,
    is_open,
    is_unsealed,
    may_close_check,
    may_collect,
    may_enter,
    may_lock,
    may_review,
    may_sign,
)
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.roles import OWNER_SIDE, UNIT_SIDE, Role
from kaohe_web.organisation.queries import name_units
from kaohe_web.web.collection.forms import AnswerForm, ExtensionForm, ReasonForm, RoundForm
from kaohe_web.web.collection.tables import group_by_sheet, list_for_review, make_grid
from kaohe_web.web.shell.pages import ActorRequest, page
from kaohe_web.web.shell.speech import speak

WAY: list[FigureState] = [state for state in FigureState if state != FigureState.RETURNED]
KINDS = {
    "submit": Text("提交", "submitted"),
    "review": Text("审核通过", "reviewed"),
    "sign_off": Text("签发", "signed off"),
    "approve": Text("核定", "approved"),
    "send_back": Text("退回", "returned"),
    "check": Text("核对无异议", "agreed"),
    "close_check": Text("逾期未核对,视为无异议", "left unchecked, taken as agreed"),
}
FIGURES = OWNER_SIDE | UNIT_SIDE | {Role.OFFICE, Role.LEAD_UNIT}
OFFICE = (Role.OFFICE,)


@page(roles=FIGURES)
def show_rounds(request: ActorRequest) -> HttpResponse:
    """Every round, and the sheets this reader's unit owes."""
    sheets = list(queries.list_own_sheets(request.actor).order_by("-round__opens_at", "id"))
    context = {
        "rounds": queries.list_rounds()[:50],
        "sheets": sheets,
        "names": name_units({sheet.lead_id for sheet in sheets if sheet.lead_id}),
        "may_collect": may_collect(request.actor),
        "moment": now(),
    }
    return render(request, "collection/rounds.html", context)


@page(roles=OFFICE, methods=("GET", "POST"))
def open_round(request: ActorRequest) -> HttpResponse:
    """Open a round by adopted schemes."""
    form = RoundForm(request.POST or None)
    if form.is_valid():
        round_, pointers = rounds.open_round(**form.cleaned_data, by=request.actor)
        request.session["pointers"] = [speak(pointer) for pointer in pointers[:20]]
        return redirect("round", round_.pk)
    return render(request, "collection/open_round.html", {"form": form})


@page(roles=FIGURES)
def show_round(request: ActorRequest, round_key: int) -> HttpResponse:
    """One round's board: who has reported how far, never what."""
    round_ = queries.find_round(round_key)
    board = queries.count_board(round_)
    units = {row["unit"] for row in board} | {row["lead"] for row in board if row["lead"]}
    is_closed = now() >= round_.closes_at
    context = {
        "round": round_,
        "board": board,
        "names": name_units(units),
        "extensions": queries.list_extensions(round_)
        if is_closed or may_collect(request.actor)
        else (),
        "may_collect": may_collect(request.actor),
        "may_lock": may_lock(request.actor, round_),
        "is_closed": is_closed,
        "pointers": request.session.pop("pointers", ()),
    }
    return render(request, "collection/round.html", context)


@page(roles=FIGURES)
def show_sheet(request: ActorRequest, sheet_key: int) -> HttpResponse:
    """One sheet: typed in by its reporter, passed on by the others, seen as the seal allows."""
    actor = request.actor
    sheet = queries.find_sheet(sheet_key, actor)
    figures = list(queries.list_shown(sheet, actor))
    state = queries.find_state(each.state for each in figures)
    waits = any(each.state in ENTERED for each in figures)
    entering = waits and bool(may_enter(actor, sheet)) and bool(is_open(sheet, now()))
    context = {
        "sheet": sheet,
        "unit_name": name_units([sheet.unit_id])[sheet.unit_id],
        "names": name_units({each.unit_id for each in figures}),
        "closes_at": find_close(sheet),
        "why_closed": is_open(sheet, now()).reason,
        "entering": entering,
        "grid": make_grid(sheet, figures) if entering else None,
        "rows": list_for_review(figures),
        "digest": queries.digest_figures(figures),
        "way": [(state.value, state.label) for state in WAY],
        "here": WAY.index(FigureState(state)) if state in WAY else 0,
        "kinds": KINDS,
        "step": find_step(actor, sheet, {each.state for each in figures}),
        "steps": sheet.steps.order_by("id"),
        "may_collect": may_collect(actor),
        "may_close_check": may_close_check(actor, sheet),
        "reason_form": ReasonForm(),
        "extension_form": ExtensionForm(),
        "burden": (
            queries.count_burden(sheet.unit_id, sheet.round.year),
            queries.count_burden(sheet.unit_id, sheet.round.year - 1),
        ),
    }
    return render(request, "collection/sheet.html", context)


def find_step(actor: Actor, sheet: Sheet, states: set[str]) -> str:
    """The step this reader can take on the sheet now; empty where none."""
    if FigureState.SUBMITTED in states and may_review(actor, sheet):
        return "review"
    if FigureState.REVIEWED in states and may_sign(actor, sheet):
        return "sign_off"
    if FigureState.CHECKED in states and may_collect(actor) and is_unsealed(sheet):
        return "approve"
    return ""


@page(roles=UNIT_SIDE | {Role.LEAD_UNIT})
def show_checks(request: ActorRequest) -> HttpResponse:
    """The figures about this reader's unit that are to be checked, sheet by sheet."""
    figures = list(queries.list_to_check(request.actor).order_by("sheet", "position", "unit__code"))
    units = {each.unit_id for each in figures} | {each.sheet.unit_id for each in figures}
    context = {"sheets": group_by_sheet(figures), "names": name_units(units)}
    return render(request, "collection/checks.html", context)


@page(roles=FIGURES)
def show_objections(request: ActorRequest) -> HttpResponse:
    """Objections to figures and their answers."""
    objections = list(queries.list_objections(request.actor))
    units = {each.observation.unit_id for each in objections}
    context = {
        "objections": objections,
        "names": name_units(units),
        "form": AnswerForm(),
        "actor_unit_key": request.actor.unit,
        "is_answering": request.actor.holds(Role.OWNER_REVIEWER, Role.OWNER_HEAD),
    }
    return render(request, "collection/objections.html", context)
