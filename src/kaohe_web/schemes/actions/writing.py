"""Taking a scheme in and editing its lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from kaohe.language import Text
from kaohe_web.audit.actions import record_event, refusals_recorded
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.refusals import CHANGED, OutOfDate, Unprocessable
from kaohe_web.foundation.verdicts import require
from kaohe_web.schemes import queries
from kaohe_web.schemes.choices import VersionState
from kaohe_web.schemes.engine import read_headline
from kaohe_web.schemes.models import Scheme, SchemeLine, SchemeSheet, SchemeVersion
from kaohe_web.schemes.policies import may_edit, may_write
from kaohe_web.schemes.sheets import Sheets

_LONGEST_CELL = 20_000


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell as somebody wants it: the line it is in, the revision they saw, the column from 0, the text."""

    line: int
    revision: int
    column: int
    text: str


@refusals_recorded("schemes.import_scheme")
def import_scheme(*, sheets: Sheets, by: Actor) -> SchemeVersion:
    """A scheme from its sheets, as a first draft; one of the same code must not be there yet.

    Raises:
        Unprocessable: code, name or year are not there, or the code is taken.
    """
    require(may_write(by))
    code, name, year = _read_headline(sheets)
    if Scheme.objects.filter(code=code).exists():
        raise Unprocessable(
            Text(
                f"已有代码为 {code} 的方案,请在其中另立版本,或改用其他代码",
                f"There is a scheme {code} already: amend it, or use another code",
            )
        )
    with transaction.atomic():
        scheme = Scheme.objects.create(code=code, name=name, year=year)
        version = make_version(scheme=scheme, number=1, sheets=sheets, by=by)
        record_event(
            by=by,
            action="schemes.import_scheme",
            subject=version,
            after=queries.digest_sheets(version),
            detail={"code": code, "year": year},
        )
    return version


def _read_headline(sheets: Sheets) -> tuple[str, str, int]:
    code, name, year = read_headline(sheets)
    if not code or not name or not year:
        raise Unprocessable(_NO_HEADLINE)
    return code, name, year


def make_version(
    *, scheme: Scheme, number: int, sheets: Sheets, by: Actor, basis: SchemeVersion | None = None
) -> SchemeVersion:
    """A draft version with its sheets; inside the transaction of the action that asks for it."""
    moment, person = now(), by.require_person()
    version = SchemeVersion.objects.create(
        scheme=scheme,
        number=number,
        basis=basis,
        made_by=person,
        made_at=moment,
        edited_by=person,
        edited_at=moment,
    )
    for position, (name, (heads, *rows)) in enumerate(sheets.items()):
        sheet = SchemeSheet.objects.create(
            version=version, name=name, position=position, heads=heads
        )
        SchemeLine.objects.bulk_create(
            SchemeLine(sheet=sheet, position=place, cells=cells)
            for place, cells in enumerate(rows, start=1)
        )
    return version


@refusals_recorded("schemes.edit_cells")
def edit_cells(
    *, version: SchemeVersion, changes: Sequence[CellChange], by: Actor
) -> dict[int, SchemeLine]:
    """Change cells of a draft; all of them, or none where a line was changed by somebody else meanwhile.

    Raises:
        OutOfDate: lines were changed since they were shown; `now` holds their cells by line.
    """
    require(may_edit(by, version))
    with transaction.atomic():
        locked = lock_version(version, by)
        lines = _lock_lines(locked, {change.line for change in changes})
        _refuse_stale(lines, changes)
        before = {line.pk: list(line.cells) for line in lines.values()}
        for change in changes:
            _put_cell(lines[change.line], change)
        for line in lines.values():
            line.revision += 1
        SchemeLine.objects.bulk_update(lines.values(), ["cells", "revision"])
        mark_edited(locked, by)
        record_event(
            by=by,
            action="schemes.edit_cells",
            subject=locked,
            detail={"lines": _tell_changes(before, changes)},
        )
    return lines


def lock_version(version: SchemeVersion, by: Actor) -> SchemeVersion:
    """The version under lock, still open to editing."""
    locked = SchemeVersion.objects.select_for_update().defer("document").get(pk=version.pk)
    require(may_edit(by, locked))
    return locked


def _lock_lines(version: SchemeVersion, keys: set[int]) -> dict[int, SchemeLine]:
    found = SchemeLine.objects.select_for_update().filter(sheet__version=version, pk__in=keys)
    lines = {line.pk: line for line in found.select_related("sheet")}
    if len(lines) < len(keys):
        raise OutOfDate(_GONE, {"gone": sorted(keys - set(lines))})
    return lines


def _refuse_stale(lines: dict[int, SchemeLine], changes: Sequence[CellChange]) -> None:
    stale = {change.line for change in changes if lines[change.line].revision != change.revision}
    if stale:
        now_there = {
            str(key): {"cells": lines[key].cells, "revision": lines[key].revision} for key in stale
        }
        raise OutOfDate(CHANGED, now_there)


def _put_cell(line: SchemeLine, change: CellChange) -> None:
    width = len(line.sheet.heads)
    if not 0 <= change.column < width or len(change.text) > _LONGEST_CELL:
        raise Unprocessable(_OUTSIDE)
    line.cells = [*line.cells, *[""] * (width - len(line.cells))]
    line.cells[change.column] = change.text


def _tell_changes(
    before: dict[int, list[str]], changes: Sequence[CellChange]
) -> list[dict[str, object]]:
    return [
        {
            "line": change.line,
            "column": change.column,
            "from": (before[change.line][change.column : change.column + 1] or [""])[0][:200],
            "to": change.text[:200],
        }
        for change in changes[:200]
    ]


def mark_edited(version: SchemeVersion, by: Actor) -> None:
    """Count the change and remember whose it was."""
    version.revision += 1
    version.edited_by, version.edited_at = by.require_person(), now()
    version.save(update_fields=["revision", "edited_by", "edited_at"])


@refusals_recorded("schemes.add_line")
def add_line(*, version: SchemeVersion, sheet: str, after: int, by: Actor) -> SchemeLine:
    """An empty line after a position of a sheet."""
    require(may_edit(by, version))
    with transaction.atomic():
        locked = lock_version(version, by)
        found = locked.sheets.filter(name=sheet).first()
        if found is None:
            raise Unprocessable(Text(f"没有工作表“{sheet}”", f"There is no sheet {sheet}"))
        found.lines.filter(position__gt=after).update(position=F("position") + 1)
        line = SchemeLine.objects.create(
            sheet=found, position=after + 1, cells=[""] * len(found.heads)
        )
        mark_edited(locked, by)
        record_event(
            by=by,
            action="schemes.add_line",
            subject=locked,
            detail={"sheet": sheet, "after": after},
        )
    return line


@refusals_recorded("schemes.remove_line")
def remove_line(*, version: SchemeVersion, line: int, revision: int, by: Actor) -> None:
    """Take a line out of a draft; its text stays in the log."""
    require(may_edit(by, version))
    with transaction.atomic():
        locked = lock_version(version, by)
        found = _lock_lines(locked, {line})[line]
        _refuse_stale({line: found}, [CellChange(line, revision, 0, "")])
        cells = found.cells
        found.delete()
        mark_edited(locked, by)
        record_event(by=by, action="schemes.remove_line", subject=locked, detail={"cells": cells})


@refusals_recorded("schemes.withdraw")
def withdraw(*, version: SchemeVersion, reason: str, by: Actor) -> None:
    """Give a draft up; it stays readable to the office."""
    require(may_edit(by, version))
    with transaction.atomic():
        locked = lock_version(version, by)
        locked.state = VersionState.WITHDRAWN
        locked.save(update_fields=["state"])
        record_event(by=by, action="schemes.withdraw", subject=locked, reason=reason)


_NO_HEADLINE = Text(
    "工作表“方案”须写明代码、名称和考核年度,如 TY-2026、2026年度考核方案、2026",
    "The sheet 方案 must hold code, name and period, such as TY-2026, a name, and 2026",
)
_GONE = Text("有的行已被他人删除", "Some lines were removed by somebody else")
_OUTSIDE = Text(
    "单元格不在表内,或文字超过两万字", "A cell outside the sheet, or longer than 20,000 characters"
)
