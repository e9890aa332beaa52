"""What is done on the pages of collection; each calls one action and goes back to its page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from kaohe.language import Text
from kaohe_web.collection import queries
from kaohe_web.collection.actions import checking, entering, passing, rounds
from kaohe_web.collection.actions.entering import CellChange, Saved
from kaohe_web.collection.models import Observation
from kaohe_web.foundation.refusals import Invisible, Unprocessable
from kaohe_web.foundation.roles import OWNER_SIDE, UNIT_SIDE, Role
from kaohe_web.web.collection.forms import AnswerForm, ExtensionForm, ReasonForm
from kaohe_web.web.collection.tables import say_figure, write_figure
from kaohe_web.web.shell.grid import Answer, answer_grid, read_changes
from kaohe_web.web.shell.pages import ActorRequest, page
from kaohe_web.web.shell.speech import speak

REPORTERS = (Role.OWNER_REPORTER, Role.UNIT_REPORTER)
PASSING = OWNER_SIDE | UNIT_SIDE | {Role.OFFICE}
CHECKING = UNIT_SIDE | {Role.LEAD_UNIT}
STEPS: dict[str, Callable[..., Any]] = {
    "review": passing.review,
    "sign_off": passing.sign_off,
    "approve": passing.approve,
}


@page(roles=REPORTERS, methods=("POST",))
def save_cells(request: ActorRequest, sheet_key: int) -> HttpResponse:
    """Keep what was typed in the grid."""
    sheet = queries.find_sheet(sheet_key, request.actor)
    changes = [
        CellChange(_read_key(each.key), each.rev, each.text) for each in read_changes(request)
    ]
    saved = entering.save_figures(
        sheet=sheet, changes=changes, arrived=request.arrived, by=request.actor
    )
    answer = _answer(saved)
    answer.digest = queries.digest_figures(queries.list_figures(sheet))
    return answer_grid(answer)


def _read_key(key: str) -> int:
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        raise Unprocessable(Text("没有这一格", "There is no such cell"))
    return int(key)


def _answer(saved: Saved) -> Answer:
    return Answer(
        saved={
            str(key): {
                "rev": row.revision,
                "text": write_figure(row),
                "odd": speak(saved.odd[key]) if key in saved.odd else "",
            }
            for key, row in saved.taken.items()
        },
        refused={str(key): speak(reason) for key, reason in saved.refused.items()},
        conflicts={
            str(key): {"rev": row.revision, "text": write_figure(row)}
            for key, row in saved.stale.items()
        },
    )


@page(roles=REPORTERS, methods=("POST",))
def submit_sheet(request: ActorRequest, sheet_key: int) -> HttpResponse:
    """Submit a sheet as it was shown."""
    sheet = queries.find_sheet(sheet_key, request.actor)
    done = entering.submit(
        sheet=sheet,
        shown_digest=request.POST.get("digest", ""),
        once=request.POST.get("once", "")[:64],
        arrived=request.arrived,
        by=request.actor,
    )
    messages.success(
        request,
        speak(Text(f"已提交 {done['figures']} 个数据", f"{done['figures']} figures submitted")),
    )
    return redirect("sheet", sheet.pk)


@page(roles=PASSING, methods=("POST",))
def pass_sheet(request: ActorRequest, sheet_key: int) -> HttpResponse:
    """Review, sign off or approve what was shown."""
    sheet = queries.find_sheet(sheet_key, request.actor)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Invisible
    done = step(sheet=sheet, shown_digest=request.POST.get("digest", ""), by=request.actor)
    messages.success(
        request, speak(Text(f"已办理 {done.count} 个数据", f"{done.count} figures passed"))
    )
    return redirect("sheet", sheet.pk)


@page(roles=PASSING, methods=("POST",))
def return_figures(request: ActorRequest, sheet_key: int) -> HttpResponse:
    """Give chosen figures back with a reason."""
    sheet = queries.find_sheet(sheet_key, request.actor)
    form = ReasonForm(request.POST)
    chosen = [_read_key(key) for key in request.POST.getlist("figure")]
    step = passing.send_back(
        sheet=sheet,
        observations=chosen,
        shown_digest=request.POST.get("digest", ""),
        reason=form.cleaned_data["reason"] if form.is_valid() else "",
        by=request.actor,
    )
    messages.success(
        request, speak(Text(f"已退回 {step.count} 个数据", f"{step.count} figures returned"))
    )
    return redirect("sheet", sheet.pk)


@page(roles=(Role.OFFICE,), methods=("GET", "POST"))
def extend_sheet(request: ActorRequest, sheet_key: int) -> HttpResponse:
    """Give one sheet more time."""
    sheet = queries.find_any_sheet(sheet_key)
    form = ExtensionForm(request.POST or None)
    if form.is_valid():
        rounds.extend(sheet=sheet, **form.cleaned_data, by=request.actor)
        return redirect("round", sheet.round_id)
    return render(request, "collection/extend.html", {"form": form, "sheet": sheet})


@page(roles=(Role.OFFICE,), methods=("POST",))
def close_check(request: ActorRequest, sheet_key: int) -> HttpResponse:
    """Take silence as agreement once the days for checking are over."""
    sheet = queries.find_sheet(sheet_key, request.actor)
    count = checking.close_check(
        sheet=sheet, shown_digest=request.POST.get("digest", ""), by=request.actor
    )
    messages.success(
        request, speak(Text(f"{count} 个数据视为无异议", f"{count} figures taken as agreed to"))
    )
    return redirect("sheet", sheet.pk)


@page(roles=(Role.OFFICE,), methods=("POST",), step_up=True)
def lock_round(request: ActorRequest, round_key: int) -> HttpResponse:
    """Lock a round."""
    revision = request.POST.get("revision", "")
    round_ = queries.find_round(round_key)
    count = rounds.lock_round(
        round_=round_, revision=int(revision) if revision.isdecimal() else 0, by=request.actor
    )
    messages.success(request, speak(Text(f"已锁定 {count} 个数据", f"{count} figures locked")))
    return redirect("round", round_.pk)


@page(roles=CHECKING, methods=("POST",))
def agree(request: ActorRequest, sheet_key: int) -> HttpResponse:
    """Agree to the figures shown about one's own unit."""
    sheet = queries.find_to_check(sheet_key, request.actor)
    checking.agree(
        sheet=sheet,
        observations=[_read_key(key) for key in request.POST.getlist("figure")],
        shown_digest=request.POST.get("digest", ""),
        by=request.actor,
    )
    return redirect("checks")


@page(roles=CHECKING, methods=("GET", "POST"))
def raise_objection(request: ActorRequest, figure_key: int) -> HttpResponse:
    """Object to one figure about one's own unit."""
    figure = queries.list_to_check(request.actor).filter(pk=figure_key).first()
    if figure is None:
        raise Invisible
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        checking.raise_objection(
            sheet=figure.sheet,
            observation=figure.pk,
            shown_digest=request.POST.get("digest", ""),
            reason=form.cleaned_data["reason"],
            by=request.actor,
        )
        return redirect("objections")
    return render(request, "collection/object.html", _describe_objection(figure, form))


def _describe_objection(figure: Observation, form: ReasonForm) -> dict[str, Any]:
    return {
        "figure": figure,
        "form": form,
        "text": say_figure(figure),
        "digest": queries.digest_figures([figure]),
    }


@page(roles=OWNER_SIDE, methods=("POST",))
def answer_objection(request: ActorRequest, objection_key: int) -> HttpResponse:
    """An owner's answer to a unit."""
    objection = get_object_or_404(queries.list_objections(request.actor), pk=objection_key)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Unprocessable(Text("请选择答复并写明理由", "Choose an answer and give its reason"))
    checking.answer_objection(objection=objection, **form.cleaned_data, by=request.actor)
    return redirect("objections")
