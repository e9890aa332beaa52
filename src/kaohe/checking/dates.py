"""Findings about dates: the wrong way round, or outside the period."""

from collections.abc import Iterator
from datetime import date, timedelta

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.language import Text
from kaohe.scheme.draft import Path

SETTLING = timedelta(days=183)
"""How long after the period figures may still be due: half a year."""

Span = tuple[Path, date | None, date | None]


def _list_spans(inspected: Inspected) -> Iterator[Span]:
    """Every pair of dates: where the later one stands, the earlier, the later."""
    model = inspected.model
    yield ("ends",), model.starts, model.ends
    for place, unit in enumerate(model.units):
        yield ("units", place, "until"), unit.since, unit.until
        yield ("units", place, "left"), unit.joined, unit.left


def _find_reversed(inspected: Inspected) -> Iterator[Fault]:
    for where, first, last in _list_spans(inspected):
        if first is not None and last is not None and last < first:
            yield Fault(where, Text(f"{last} 早于 {first}", f"{last} is before {first}"))


DATES_REVERSED = Kind(
    code="dates-reversed",
    severity=Severity.BLOCKING,
    title=Text("日期颠倒", "Dates the wrong way round"),
    explanation=Text(
        "考核期的止日早于起日，或单位参评方式、划入划出的止日早于起日；谁计分、谁排名因此都不确定。",
        "The period, a unit's participation or its membership ends before it begins, so that nobody can say who is "
        "scored and ranked.",
    ),
    remedy=Text("请核对两个日期", "check the two dates"),
    example=Example("ends: 2019-12-31\n", "ends: 2018-12-31\n", "ends", "ends: 2018-12-31"),
    find=_find_reversed,
)


def _find_due_outside(inspected: Inspected) -> Iterator[Fault]:
    starts, ends = inspected.model.starts, inspected.model.ends
    for leaf, path in inspected.leaves:
        for key in ("due", "cutoff"):
            day = getattr(leaf, key)
            if isinstance(day, date) and (
                (starts is not None and day < starts)
                or (ends is not None and day > ends + SETTLING)
            ):
                yield Fault(
                    (*path, key),
                    Text(
                        f"“{leaf.name}”的 {key} {day} 不在考核期（{starts or '—'} 至 {ends or '—'}）及其后半年内",
                        f"{leaf.code}: {key} {day} is outside the period ({starts or '—'} to {ends or '—'}) and the half "
                        "year after it",
                    ),
                )


DUE_OUTSIDE_PERIOD = Kind(
    code="due-outside-period",
    severity=Severity.WARNING,
    title=Text("报送期限不在考核期", "Due outside the period"),
    explanation=Text(
        "报送期限或截止日早于考核期开始，或晚于考核期结束后半年，多半是年份写错。",
        "A figure is due before the period begins, or later than half a year after it ends: mostly the year is wrong.",
    ),
    remedy=Text("请核对年份", "check the year"),
    example=Example(
        "        due: 2020-01-20\n",
        "        due: 2018-01-20\n",
        "indicators[0].children[1].due",
        "due: 2018-01-20",
    ),
    find=_find_due_outside,
)

KINDS = (DATES_REVERSED, DUE_OUTSIDE_PERIOD)
