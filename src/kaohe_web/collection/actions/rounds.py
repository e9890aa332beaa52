"""Opening a round from adopted schemes, more time for a sheet, locking."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F

from kaohe.language import Text
from kaohe_web.audit.actions import record_event, refusals_recorded
from kaohe_web.collection import queries
from kaohe_web.collection.choices import FigureState, RoundState, Side
from kaohe_web.collection.engine import find_scheme
from kaohe_web.collection.models import Extension, Observation, Round, Sheet
from kaohe_web.collection.periods import (
    find_frequency,
    find_last_day,
    find_year_before,
    name_period,
)
from kaohe_web.collection.policies import find_close, may_collect, may_lock
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.digests import digest_content
from kaohe_web.foundation.refusals import CHANGED, OutOfDate, Refused, Unprocessable
from kaohe_web.foundation.verdicts import require
from kaohe_web.organisation.models import Unit, UnitVersion
from kaohe_web.organisation.queries import list_versions
from kaohe_web.schemes.asking import AskedFigure
from kaohe_web.schemes.choices import VersionState
from kaohe_web.schemes.engine import list_asked
from kaohe_web.schemes.models import SchemeVersion


class Asked(NamedTuple):
    """One figure with the version that asks for it."""

    version: SchemeVersion
    figure: AskedFigure


class Units:
    """Units by the names a scheme calls them, and by code."""

    def __init__(self) -> None:
        versions: list[UnitVersion] = list(list_versions())
        self.by_name = {each.name: each.unit for each in versions}
        self.by_name |= {each.short_name: each.unit for each in versions}
        self.by_code = {each.unit.code: each.unit for each in versions}

    def find(self, name: str) -> Unit | None:
        """The unit of a name or code."""
        return self.by_name.get(name) or self.by_code.get(name)


@refusals_recorded("collection.open_round")
def open_round(
    *,
    versions: Sequence[SchemeVersion],
    period: str,
    opens_at: datetime,
    closes_at: datetime,
    by: Actor,
) -> tuple[Round, list[Text]]:
    """A round for a period: every figure due, once, from who owes it.

    A figure that another round asks for already is not asked again; the second value says where it is.

    Raises:
        Unprocessable: a version is not adopted, nothing is due, or an owner is no known unit.
    """
    require(may_collect(by))
    if closes_at <= opens_at or closes_at <= now():
        raise Unprocessable(
            Text("截止时间须晚于开启时间和现在", "It must close after it opens, in the future")
        )
    asked = _list_due(versions, find_frequency(period))
    units = Units()
    _refuse_unknown(asked, units)
    with transaction.atomic():
        round_ = Round.objects.create(
            year=find_last_day(period).year,
            period=period,
            name=f"{name_period(period).zh}数据填报",
            opens_at=opens_at,
            closes_at=closes_at,
            state=RoundState.OPEN,
            made_by=by.require_person(),
        )
        round_.versions.set(versions)
        pointers = _ask_all(round_, asked, units)
        if not round_.sheets.exists():
            raise Unprocessable(_say_nothing_due(period, pointers))
        record_event(
            by=by,
            action="collection.open_round",
            subject=round_,
            after=digest_content([version.digest for version in versions]),
            detail={"period": period, "asked_elsewhere": len(pointers)},
        )
    return round_, pointers


def _list_due(versions: Sequence[SchemeVersion], frequency: str) -> list[Asked]:
    kinds = {frequency, "once"} if frequency == "year" else {frequency}
    for version in versions:
        if version.state != VersionState.ADOPTED:
            raise Unprocessable(
                Text(
                    f"{version} 尚未审定,不能据以填报",
                    f"{version} is not adopted; nothing can be asked by it",
                )
            )
    return [
        Asked(version, figure)
        for version in versions
        for figure in list_asked(find_scheme(version))
        if figure.frequency in kinds
    ]


def name_checker(figure: AskedFigure) -> str:
    """Who checks what units report of themselves: the lead department, or else the figure's owner."""
    return figure.lead or figure.owner


def _refuse_unknown(asked: Sequence[Asked], units: Units) -> None:
    owners = {each.figure.owner for each in asked if each.figure.reporter == "owner"}
    leads = {name_checker(each.figure) for each in asked if each.figure.reporter != "owner"}
    unknown = sorted(name for name in owners | leads if units.find(name) is None)
    codes = {code for each in asked for code in each.figure.units}
    unknown += sorted(code for code in codes if code not in units.by_code)
    if unknown:
        raise Unprocessable(
            Text(
                f"方案中的这些单位不在机构库中:{'、'.join(unknown)};请先在机构中新设或更名",
                f"The scheme names units that are not kept here: {', '.join(unknown)}; create or rename them first",
            )
        )


def _ask_all(round_: Round, asked: Sequence[Asked], units: Units) -> list[Text]:
    there = _find_asked_before(round_.period)
    pointers: list[Text] = []
    rows: list[Observation] = []
    sheets: dict[Any, Sheet] = {}
    for position, each in enumerate(asked):
        for row in _make_rows(round_, position, each, units, sheets):
            key = (row.figure, row.facet, row.unit_id, row.vintage)
            if key in there:
                pointers.append(_point(row, there[key]))
            else:
                there[key] = round_.name
                rows.append(row)
    for sheet in {id(row.sheet): row.sheet for row in rows}.values():
        sheet.save()
    for row in rows:
        row.sheet_id = row.sheet.pk
    try:
        with transaction.atomic():
            Observation.objects.bulk_create(rows)
    except IntegrityError as fault:
        raise OutOfDate(_ASKED_MEANWHILE) from fault
    return pointers


def _find_asked_before(period: str) -> dict[tuple[str, str, int, str], str]:
    rows = Observation.objects.filter(period=period).values_list(
        "figure", "facet", "unit", "vintage", "sheet__round__name"
    )
    return {(figure, facet, unit, vintage): name for figure, facet, unit, vintage, name in rows}


def _point(row: Observation, name: str) -> Text:
    return Text(
        f"{row.indicator_name}({row.unit.code})已在“{name}”中填报,不再重复要求",
        f"{row.indicator_name} ({row.unit.code}) is asked for in {name} already, and not asked again",
    )


def _make_rows(
    round_: Round, position: int, each: Asked, units: Units, sheets: dict[Any, Sheet]
) -> Iterator[Observation]:
    figure = each.figure
    before = queries.find_previous(figure.figure, figure.facet, find_year_before(round_.period))
    for code in figure.units:
        unit = units.by_code[code]
        yield Observation(
            sheet=_find_sheet(round_, each, unit, units, sheets),
            figure=figure.figure,
            facet=figure.facet,
            facet_name=figure.facet_name,
            indicator=figure.indicator,
            indicator_name=figure.name,
            measure=figure.measure,
            position=position,
            unit=unit,
            period=round_.period,
            vintage=figure.vintage,
            previous=before.get(unit.pk, ""),
        )


def _find_sheet(
    round_: Round, each: Asked, unit: Unit, units: Units, sheets: dict[Any, Sheet]
) -> Sheet:
    """The sheet a figure goes on: its owner's, or the unit's own for the lead department that checks it."""
    owner, lead = units.find(each.figure.owner), units.find(name_checker(each.figure))
    is_own = each.figure.reporter != "owner"
    reporting = unit if is_own else owner
    key = (reporting, is_own, lead if is_own else None, each.version)
    if key not in sheets:
        sheets[key] = Sheet(
            round=round_,
            unit=reporting,
            side=Side.UNIT if is_own else Side.OWNER,
            lead=lead if is_own else None,
            version=each.version,
        )
    return sheets[key]


def _say_nothing_due(period: str, pointers: Sequence[Text]) -> Text:
    if pointers:
        return pointers[0]
    return Text(f"方案中没有应在 {period} 填报的指标", f"The schemes ask for nothing in {period}")


@refusals_recorded("collection.extend")
def extend(*, sheet: Sheet, until: datetime, reason: str, by: Actor) -> Extension:
    """More time for one sheet; logged with its reason and shown to all units after the close."""
    require(may_collect(by))
    if not reason.strip():
        raise Unprocessable(Text("延期须写明理由", "An extension needs its reason"))
    with transaction.atomic():
        locked = Sheet.objects.select_for_update().get(pk=sheet.pk)
        if until <= max(find_close(locked), now()):
            raise Unprocessable(
                Text(
                    "新期限须晚于原期限和现在",
                    "The new time lies after the old one, and in the future",
                )
            )
        extension = Extension.objects.create(
            sheet=locked,
            until=until,
            reason=reason,
            granted_by=by.require_person(),
            granted_by_name=by.name,
            granted_at=now(),
        )
        record_event(
            by=by,
            action="collection.extend",
            subject=locked,
            reason=reason,
            detail={"until": until.isoformat()},
        )
    return extension


@refusals_recorded("collection.lock_round")
def lock_round(*, round_: Round, revision: int, by: Actor) -> int:
    """Lock every figure of a round once all are approved; from then on none changes.

    Raises:
        Refused: figures are not approved yet; the reason counts them.
    """
    require(may_lock(by, round_))
    with transaction.atomic():
        locked = Round.objects.select_for_update().get(pk=round_.pk)
        require(may_lock(by, locked))
        if locked.revision != revision:
            raise OutOfDate(CHANGED)
        figures = Observation.objects.filter(sheet__round=locked)
        waiting = figures.exclude(state=FigureState.APPROVED).count()
        if waiting:
            raise Refused(
                Text(
                    f"还有 {waiting} 个数据未核定,不能锁定",
                    f"{waiting} figures are not approved yet",
                )
            )
        count = figures.update(state=FigureState.LOCKED, revision=F("revision") + 1)
        locked.state, locked.locked_at = RoundState.LOCKED, now()
        locked.locked_by, locked.revision = by.require_person(), locked.revision + 1
        locked.save()
        record_event(
            by=by, action="collection.lock_round", subject=locked, detail={"figures": count}
        )
    return count


_ASKED_MEANWHILE = Text(
    "同一期次刚由他人开启,请刷新后查看", "Somebody else has just opened the same period; look again"
)
