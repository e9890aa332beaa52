"""Changing units, years, persons and headcounts; each with its document or reason, and its event."""

from datetime import date
from typing import Any

from django.db import transaction

from kaohe.language import Text
from kaohe_web.audit.actions import record_event, refusals_recorded
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now, today
from kaohe_web.foundation.refusals import CHANGED, OutOfDate, Refused, Unprocessable
from kaohe_web.foundation.verdicts import require
from kaohe_web.organisation.choices import ChangeKind, Participation, UnitKind
from kaohe_web.organisation.models import (
    Group,
    Person,
    Unit,
    UnitChange,
    UnitVersion,
    UnitYear,
)
from kaohe_web.organisation.policies import may_edit_persons, may_edit_units


@refusals_recorded("organisation.create_unit")
def create_unit(
    *,
    code: str,
    kind: UnitKind,
    name: str,
    short_name: str,
    since: date,
    document: str,
    by: Actor,
    parent: Unit | None = None,
    is_vertical: bool = False,
    is_office_host: bool = False,
) -> Unit:
    """A new unit, there from a day on."""
    require(may_edit_units(by))
    if Unit.objects.filter(code=code).exists():
        raise Unprocessable(Text(f"单位代码 {code} 已被使用", f"The code {code} is taken"))
    with transaction.atomic():
        unit = Unit.objects.create(
            code=code, kind=kind, is_vertical=is_vertical, is_office_host=is_office_host
        )
        UnitVersion.objects.create(
            unit=unit, name=name, short_name=short_name, parent=parent, since=since
        )
        _record_change(ChangeKind.CREATE, since, document, by)
        record_event(by=by, action="organisation.create_unit", subject=unit, detail={"name": name})
    return unit


def create_host_unit(*, code: str, name: str, by: Actor) -> Unit:
    """The first unit of a new installation: the one that hosts the assessment office.

    Raises:
        Refused: there are units already.
    """
    with transaction.atomic():
        if Unit.objects.exists():
            raise Refused(
                Text("系统已有单位,不能再次初始化", "There are units already; this runs once")
            )
        unit = Unit.objects.create(code=code, kind=UnitKind.DEPARTMENT, is_office_host=True)
        UnitVersion.objects.create(unit=unit, name=name, short_name=name, since=today())
        record_event(by=by, action="organisation.create_unit", subject=unit, detail={"name": name})
    return unit


@refusals_recorded("organisation.rename_unit")
def rename_unit(
    *,
    unit: Unit,
    name: str,
    short_name: str,
    on: date,
    document: str,
    revision: int,
    by: Actor,
) -> UnitVersion:
    """From a day on a unit is called otherwise; what it was called before stays."""
    require(may_edit_units(by))
    with transaction.atomic():
        current = _lock_current(unit, revision)
        if on <= current.since:
            raise Unprocessable(_say_too_early(current.since))
        current.until, current.revision = on, current.revision + 1
        current.save(update_fields=["until", "revision"])
        version = UnitVersion.objects.create(
            unit=unit, name=name, short_name=short_name, parent=current.parent, since=on
        )
        _record_change(ChangeKind.RENAME, on, document, by)
        record_event(
            by=by,
            action="organisation.rename_unit",
            subject=unit,
            detail={"from": current.name, "to": name, "on": on.isoformat()},
        )
    return version


def _lock_current(unit: Unit, revision: int) -> UnitVersion:
    current = unit.versions.select_for_update().filter(until=None).first()
    if current is None:
        raise Unprocessable(Text("该单位已撤销", "This unit has been closed"))
    if current.revision != revision:
        raise OutOfDate(CHANGED, {"name": current.name, "revision": current.revision})
    return current


def _record_change(kind: ChangeKind, on: date, document: str, by: Actor) -> UnitChange:
    return UnitChange.objects.create(
        kind=kind, on=on, document=document, decided_by=by.require_person(), recorded_at=now()
    )


def _say_too_early(since: date) -> Text:
    return Text(
        f"生效日期须晚于现名称的起始日 {since:%Y-%m-%d}",
        f"It must take effect after {since:%Y-%m-%d}, when the present name began",
    )


@refusals_recorded("organisation.add_person")
def add_person(*, number: str, name: str, by: Actor, **contact: str) -> Person:
    """A person, with no more than is needed."""
    require(may_edit_persons(by))
    if Person.objects.filter(number=number).exists():
        raise Unprocessable(Text(f"人员编号 {number} 已存在", f"The number {number} is taken"))
    with transaction.atomic():
        person = Person.objects.create(number=number, name=name, **contact)
        record_event(by=by, action="organisation.add_person", subject=person)
    return person


@refusals_recorded("organisation.set_group")
def set_group(*, year: int, code: str, name: str, position: int, by: Actor) -> Group:
    """A group of a year, or its new name and place."""
    require(may_edit_units(by))
    with transaction.atomic():
        group, _ = Group.objects.update_or_create(
            year=year, code=code, defaults={"name": name, "position": position}
        )
        record_event(by=by, action="organisation.set_group", subject=group)
    return group


@refusals_recorded("organisation.set_participation")
def set_participation(
    *,
    unit: Unit,
    year: int,
    group: Group | None,
    participation: Participation,
    by: Actor,
    reason: str = "",
    revision: int = 0,
    **dates: Any,
) -> UnitYear:
    """How a unit takes part in a year; anything but ranked needs its reason, and exempt needs no group."""
    require(may_edit_units(by))
    if participation != Participation.RANKED and not reason.strip():
        raise Unprocessable(_NEEDS_REASON)
    if group is None and participation != Participation.EXEMPT:
        raise Unprocessable(_NEEDS_GROUP)
    with transaction.atomic():
        row = UnitYear.objects.select_for_update().filter(unit=unit, year=year).first()
        if row is not None and row.revision != revision:
            raise OutOfDate(CHANGED, {"revision": row.revision})
        row = row or UnitYear(unit=unit, year=year, revision=0)
        row.group, row.participation, row.reason = group, participation, reason
        row.joined, row.left = dates.get("joined"), dates.get("left")
        row.revision += 1
        row.save()
        record_event(
            by=by,
            action="organisation.set_participation",
            subject=row,
            reason=reason,
            detail={"participation": participation, "year": year},
        )
    return row


_NEEDS_REASON = Text("单列、不定等次、不参评须写明理由", "Anything but ranked needs its reason")
_NEEDS_GROUP = Text("请选择考核类别", "Choose the group it is ranked in")
