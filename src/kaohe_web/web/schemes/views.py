"""Pages of schemes: the list, a version with its findings, the editor, consultation, differences, targets."""

import tempfile
from pathlib import Path

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from kaohe.errors import BadInput
from kaohe.language import Text
from kaohe_web.foundation.refusals import Invisible, Refused, Unprocessable
from kaohe_web.foundation.roles import OWNER_SIDE, UNIT_SIDE, Role
from kaohe_web.organisation.queries import name_units
from kaohe_web.schemes import queries
from kaohe_web.schemes.actions import exporting, writing
from kaohe_web.schemes.engine import (
    admit_document,
    admit_sheets,
    check_sheets,
    list_differences,
    read_rules,
)
from kaohe_web.schemes.files import read_scheme_file, write_scheme_file
from kaohe_web.schemes.models import SchemeVersion
from kaohe_web.schemes.policies import may_adopt, may_answer, may_edit, may_write
from kaohe_web.schemes.sheets import INDICATORS
from kaohe_web.web.schemes.forms import (
    AnswerForm,
    DecisionForm,
    FileForm,
    ReplyForm,
    RequestForm,
    TargetForm,
)
from kaohe_web.web.schemes.tables import list_findings, make_grid
from kaohe_web.web.shell.pages import ActorRequest, page
from kaohe_web.web.shell.uploads import read_upload

READERS = OWNER_SIDE | UNIT_SIDE | {Role.OFFICE, Role.LEAD_UNIT, Role.LEADER}
OFFICE = (Role.OFFICE,)


@page(roles=READERS)
def list_all(request: ActorRequest) -> HttpResponse:
    """The schemes this reader may see."""
    context = {
        "versions": queries.list_versions(request.actor)[:100],
        "may_write": may_write(request.actor),
    }
    return render(request, "schemes/list.html", context)


@page(roles=OFFICE, methods=("GET", "POST"))
def import_file(request: ActorRequest) -> HttpResponse:
    """Take a scheme in from a file; what cannot be read is said with its place."""
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        try:
            sheets = read_upload(form, read_scheme_file, by=request.actor)
        except BadInput as fault:
            return render(
                request, "schemes/import.html", {**context, "findings": fault.findings}, status=422
            )
        return redirect("scheme", writing.import_scheme(sheets=sheets, by=request.actor).pk)
    return render(request, "schemes/import.html", context)


@page(roles=READERS)
def show(request: ActorRequest, version_key: int) -> HttpResponse:
    """One version: its state, the checker's findings, what can be done next."""
    version = queries.find_version(version_key, request.actor)
    sheets = queries.read_sheets(version)
    findings = check_sheets(sheets) if may_write(request.actor) else []
    context = {
        "version": version,
        "findings": list_findings(findings, version),
        "blocking": sum(each.is_blocking for each in findings),
        "sheets": [(name, len(rows) - 1) for name, rows in sheets.items()],
        "consultation": version.consultations.order_by("-id").first(),
        "digest": queries.digest_sheets(version),
        "rehearsals": version.rehearsals.order_by("-id").only("state", "coverage", "asked_at")[:3],
        "may_edit": may_edit(request.actor, version),
        "may_adopt": may_adopt(request.actor, version),
        "may_write": may_write(request.actor),
    }
    return render(request, "schemes/version.html", context)


@page(roles=READERS)
def edit(request: ActorRequest, version_key: int, sheet: str) -> HttpResponse:
    """One sheet as a grid, with the findings that concern it."""
    version = queries.find_version(version_key, request.actor)
    found = version.sheets.filter(name=sheet).first()
    if found is None:
        raise Invisible
    findings = [each for each in check_sheets(queries.read_sheets(version)) if each.sheet == sheet]
    is_open = bool(may_edit(request.actor, version))
    context = {
        "version": version,
        "sheet": found,
        "sheets": version.sheets.all(),
        "grid": make_grid(version, found, findings, is_open=is_open),
        "findings": list_findings(findings, version),
        "may_edit": is_open,
        "why_closed": may_edit(request.actor, version).reason,
        "lines": [
            (line.pk, line.position, (line.cells or [""])[0])
            for line in queries.list_lines(version, sheet)
        ],
    }
    return render(request, "schemes/edit.html", context)


@page(roles=READERS)
def show_rules(request: ActorRequest, version_key: int) -> HttpResponse:
    """Every rule twice: as written, and as it is read."""
    version = queries.find_version(version_key, request.actor)
    rules = read_rules(queries.read_sheets(version))
    return render(request, "schemes/rules.html", {"version": version, "rules": rules})


@page(roles=READERS)
def export(request: ActorRequest, version_key: int, ending: str) -> HttpResponseBase:
    """The scheme as a file; taking it away is told to the log."""
    version = queries.find_version(version_key, request.actor)
    if ending not in ("xlsx", "yaml"):
        raise Invisible
    name = f"{version.scheme.code}-v{version.number}.{ending}"
    with tempfile.TemporaryDirectory(prefix="kaohe-export-") as folder:
        path = Path(folder) / name
        try:
            write_scheme_file(queries.read_sheets(version), path)
        except BadInput as fault:
            raise Unprocessable(Text(fault.say("zh"), fault.say("en"))) from fault
        exporting.record_export(version=version, ending=ending, by=request.actor)
        content = path.read_bytes()
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return answer


@page(roles=READERS)
def show_consultation(request: ActorRequest, version_key: int) -> HttpResponse:
    """What is asked, and what was answered: all of it for the office, a unit's own for the unit."""
    version = queries.find_version(version_key, request.actor)
    consultation = version.consultations.order_by("-id").first()
    if consultation is None:
        raise Invisible
    answers = list(queries.list_answers(consultation, request.actor))
    units = list(consultation.units.order_by("code").values_list("pk", flat=True))
    mine = {each.indicator: each for each in answers if each.unit_id == request.actor.unit}
    context = {
        "version": version,
        "consultation": consultation,
        "answers": answers,
        "counts": queries.count_answers(consultation) if may_write(request.actor) else {},
        "units": units,
        "names": name_units(units),
        "rules": read_rules(queries.read_sheets(version)),
        "mine": mine,
        "may_answer": may_answer(request.actor, consultation),
        "may_write": may_write(request.actor),
        "answer_form": AnswerForm(),
        "reply_form": ReplyForm(),
    }
    return render(request, "schemes/consultation.html", context)


@page(roles=READERS)
def show_differences(request: ActorRequest, version_key: int) -> HttpResponse:
    """What differs from the version this one amends, field by field."""
    version = queries.find_version(version_key, request.actor)
    if version.basis is None:
        raise Invisible
    try:
        after = admit_sheets(queries.read_sheets(version))
    except BadInput as fault:
        raise Refused(
            Text("方案还有须改的问题,改好后才能比较", "Mend the blocking findings first")
        ) from fault
    rows = list_differences(admit_document(_read_document(version.basis)), after)
    return render(request, "schemes/differences.html", {"version": version, "rows": rows})


def _read_document(version: SchemeVersion) -> object:
    return version.document


@page(roles=READERS)
def show_targets(request: ActorRequest, version_key: int) -> HttpResponse:
    """The targets that stand, their history, and requests to move one."""
    version = queries.find_version(version_key, request.actor)
    own = None if may_write(request.actor) else request.actor.unit
    targets = list(queries.list_targets(version, own))
    requests = list(queries.list_requests(request.actor).filter(target__scheme=version.scheme))
    units = {each.unit_id for each in targets} | {each.target.unit_id for each in requests}
    context = {
        "version": version,
        "targets": targets,
        "requests": requests,
        "names": name_units(units),
        "may_write": may_write(request.actor),
        "may_request": request.actor.holds(Role.UNIT_HEAD),
        "target_form": TargetForm(),
        "request_form": RequestForm(),
        "decision_form": DecisionForm(),
        "indicators": INDICATORS,
    }
    return render(request, "schemes/targets.html", context)
