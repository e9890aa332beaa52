"""Reads of units, years and persons."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from kaohe_web.foundation.clock import today
from kaohe_web.foundation.refusals import Invisible
from kaohe_web.organisation.models import Unit, UnitVersion, UnitYear


def find_unit(code: str) -> Unit:
    """The unit of a code.

    Raises:
        Invisible: there is none.
    """
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Invisible
    return unit


def list_versions(day: date | None = None) -> QuerySet[UnitVersion]:
    """Every unit that is there on a day, as it is called and placed on it, by code."""
    on = day or today()
    there = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
    return UnitVersion.objects.filter(there).select_related("unit", "parent").order_by("unit__code")


def name_units(units: Iterable[int], day: date | None = None) -> dict[int, str]:
    """What units are called on a day, or were called last before it, by key."""
    on = day or today()
    versions = UnitVersion.objects.filter(unit__in=list(units), since__lte=on).order_by("since")
    return {version.unit_id: version.name for version in versions}


def name_unit(unit: Unit, day: date | None = None) -> str:
    """What one unit is called on a day."""
    return name_units([unit.pk], day).get(unit.pk, unit.code)


def list_year(year: int) -> QuerySet[UnitYear]:
    """Who takes part in a year and how, by group and code."""
    return (
        UnitYear.objects.filter(year=year)
        .select_related("unit", "group")
        .order_by("group__position", "unit__code")
    )
