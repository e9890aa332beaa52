"""A round over the tests' towns, and figures on their way through it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import time_machine

from kaohe_web.collection import queries
from kaohe_web.collection.actions import checking, entering, passing, rounds
from kaohe_web.collection.actions.entering import CellChange, Saved
from kaohe_web.collection.models import Observation, Round, Sheet
from kaohe_web.foundation.clock import now
from tests.web.schemes.season import adopt_scheme
from tests.web.world import World

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENS = datetime(2026, 4, 1, 9, tzinfo=SHANGHAI)
CLOSES = datetime(2026, 4, 10, 17, tzinfo=SHANGHAI)
DURING = datetime(2026, 4, 7, 10, tzinfo=SHANGHAI)
AFTER = datetime(2026, 4, 13, 9, tzinfo=SHANGHAI)
FIGURES = {"A1": ("8.5", "9", "10.25"), "A2": ("5.1", "-0.3", "0"), "A3": ("1200", "800", "650")}
_ONCE = count()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The clock stands at a moment."""
    with time_machine.travel(moment, tick=False):
        yield


def open_round(world: World) -> Round:
    """March's round, opened by 考核办甲 on the first of April."""
    with at(OPENS - timedelta(days=1)):
        version = adopt_scheme(world)
        round_, _ = rounds.open_round(
            versions=[version],
            period="2026-03",
            opens_at=OPENS,
            closes_at=CLOSES,
            by=world.actor("考核办甲"),
        )
    return round_


def find_sheet(world: World, code: str) -> Sheet:
    """The sheet a unit reports."""
    return Sheet.objects.select_related("round", "unit", "version__scheme").get(
        unit=world.units[code]
    )


def digest(sheet: Sheet) -> str:
    """The digest of the sheet as it stands."""
    return queries.digest_figures(queries.list_figures(sheet))


def type_all(world: World, sheet: Sheet, name: str, values: dict[str, str] | None = None) -> Saved:
    """Everything typed in one batch; by unit code where values are given."""
    rows = list(queries.list_figures(sheet))
    codes = ("QZ01", "QZ02", "QZ03")
    changes = [
        CellChange(
            row.pk,
            row.revision,
            (values or {}).get(row.unit.code) or FIGURES[row.indicator][codes.index(row.unit.code)],
        )
        for row in rows
    ]
    return entering.save_figures(sheet=sheet, changes=changes, arrived=now(), by=world.actor(name))


def submit(world: World, sheet: Sheet, name: str) -> dict[str, object]:
    """Submitted as it stands, under a key of its own."""
    return entering.submit(
        sheet=sheet,
        shown_digest=digest(sheet),
        once=f"key-{next(_ONCE)}",
        arrived=now(),
        by=world.actor(name),
    )


def pass_within(world: World, sheet: Sheet, short: str) -> None:
    """Typed, submitted, reviewed and signed off by the three people of a unit."""
    type_all(world, sheet, f"{short}填报员")
    submit(world, sheet, f"{short}填报员")
    passing.review(sheet=sheet, shown_digest=digest(sheet), by=world.actor(f"{short}审核人"))
    passing.sign_off(sheet=sheet, shown_digest=digest(sheet), by=world.actor(f"{short}负责人"))


def report_all(world: World) -> None:
    """Every sheet of the round signed off within the time."""
    with at(DURING):
        for code, short in (
            ("JJ04", "财政局"),
            ("JJ11", "统计局"),
            ("QZ01", "开发区"),
            ("QZ02", "新城"),
            ("QZ03", "芦漪"),
        ):
            pass_within(world, find_sheet(world, code), short)


def check_all(world: World) -> None:
    """Every figure checked by whom it concerns, after the close."""
    checkers = {"QZ01": "开发区负责人", "QZ02": "新城负责人", "QZ03": "芦漪负责人"}
    with at(AFTER):
        for sheet in Sheet.objects.select_related("unit").order_by("id"):
            for row in list(queries.list_figures(sheet)):
                name = checkers[row.unit.code] if sheet.side == "owner" else "工信牵头"
                checking.agree(
                    sheet=sheet,
                    observations=[row.pk],
                    shown_digest=queries.digest_figures([row]),
                    by=world.actor(name),
                )


def approve_all(world: World, name: str = "考核办乙") -> None:
    """Every sheet approved."""
    with at(AFTER):
        for sheet in Sheet.objects.order_by("id"):
            passing.approve(sheet=sheet, shown_digest=digest(sheet), by=world.actor(name))


def lock_all(world: World, round_: Round) -> int:
    """The round locked."""
    with at(AFTER):
        return rounds.lock_round(
            round_=round_, revision=round_.revision, by=world.actor("考核办乙")
        )


def figure(code: str, unit: str) -> Observation:
    """One figure by its indicator and unit."""
    return Observation.objects.select_related("sheet__round", "unit").get(
        indicator=code, unit__code=unit
    )
