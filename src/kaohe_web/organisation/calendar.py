"""Working days as the office keeps them: the state's calendar with its exchanged days (调休), and its own over it."""

from datetime import date, timedelta

import chinese_calendar

from kaohe.language import Text
from kaohe_web.foundation.refusals import Unprocessable
from kaohe_web.organisation.models import CalendarDay

_LONGEST = 366


def is_workday(day: date) -> bool:
    """Whether the office works on a day.

    Raises:
        Unprocessable: neither the office nor the state's calendar knows the year; nothing is guessed.
    """
    return _is_workday(day, _list_own([day]))


def add_workdays(day: date, count: int) -> date:
    """The day on which the count of working days after `day` is full; `day` itself is not counted.

    Raises:
        Unprocessable: the days reach into a year nobody has declared.
    """
    own = _list_own([day, day + timedelta(days=_LONGEST)])
    found, reached = 0, day
    while found < count:
        reached += timedelta(days=1)
        found += _is_workday(reached, own)
    return reached


def count_workdays(since: date, until: date) -> int:
    """Working days after one day up to and including another; below zero where it lies before."""
    if until < since:
        return -count_workdays(until, since)
    own = _list_own([since, until])
    days = (since + timedelta(days=step) for step in range(1, (until - since).days + 1))
    return sum(_is_workday(day, own) for day in days)


def knows_year(year: int) -> bool:
    """Whether the state's calendar of a year is known here."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _list_own(days: list[date]) -> dict[date, bool]:
    within = CalendarDay.objects.filter(day__gte=min(days), day__lte=max(days))
    return dict(within.values_list("day", "is_workday"))


def _is_workday(day: date, own: dict[date, bool]) -> bool:
    if day in own:
        return own[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError as unknown:
        raise Unprocessable(_say_unknown(day.year)) from unknown


def _say_unknown(year: int) -> Text:
    return Text(
        f"{year}年的放假安排尚未公布或未录入,请考核办先在办公日历中录入该年的工作日",
        f"The holidays of {year} are not known here; enter that year's working days in the office calendar first",
    )
