"""The way of a figure from due to locked, and everything that is refused on it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from kaohe_web.audit.models import Event
from kaohe_web.collection import queries
from kaohe_web.collection.actions import entering, passing, rounds
from kaohe_web.collection.actions.entering import CellChange
from kaohe_web.collection.models import Contribution, Observation, Sheet
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.models import DoneOnce
from kaohe_web.foundation.refusals import Invisible, OutOfDate, Refused, Unprocessable
from tests.web.collection.season import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    approve_all,
    at,
    check_all,
    digest,
    figure,
    find_sheet,
    lock_all,
    open_round,
    pass_within,
    report_all,
    submit,
    type_all,
)
from tests.web.world import World


def test_a_round_asks_every_figure_once_of_who_owes_it(world: World) -> None:
    round_ = open_round(world)

    asked = [
        (sheet.unit.code, sheet.side, sheet.observations.count())
        for sheet in round_.sheets.order_by("unit__code")
    ]
    assert asked == [
        ("JJ04", "owner", 3),
        ("JJ11", "owner", 3),
        ("QZ01", "unit", 1),
        ("QZ02", "unit", 1),
        ("QZ03", "unit", 1),
    ]


def test_a_second_request_for_the_same_figures_points_to_the_first(world: World) -> None:
    round_ = open_round(world)

    with at(OPENS), pytest.raises(Unprocessable, match="is asked for in 2026年3月数据填报 already"):
        rounds.open_round(
            versions=list(round_.versions.all()),
            period="2026-03",
            opens_at=OPENS,
            closes_at=CLOSES,
            by=world.actor("考核办甲"),
        )


def test_what_is_typed_is_kept_exactly_and_odd_figures_are_told(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    row = figure("A1", "QZ01")
    Observation.objects.filter(pk=row.pk).update(previous="2")

    with at(DURING):
        saved = type_all(world, sheet, "财政局填报员", {"QZ01": "１,234.50", "QZ02": "不适用"})

    assert figure("A1", "QZ01").value == "1234.5"
    assert (figure("A1", "QZ02").value, figure("A1", "QZ02").absence) == ("", "not_applicable")
    assert [text.zh for text in saved.odd.values()] == ["比上年 +61625%,请核对数值和单位"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1e3", "1e3"),
        ("-1", "下限"),
        ("1.234", "小数"),
        ("NaN", "NaN"),
        ("12%", "12%"),
        ("一百", "一百"),
    ],
)
def test_what_is_no_figure_is_refused_with_its_reason(
    world: World, typed: str, reason: str
) -> None:
    open_round(world)
    with at(DURING):
        saved = type_all(world, find_sheet(world, "JJ04"), "财政局填报员", {"QZ01": typed})

    assert [reason in text.zh for text in saved.refused.values()] == [True]
    assert figure("A1", "QZ01").value == ""
    assert figure("A1", "QZ02").value == "9"


def test_two_hands_at_one_cell_never_overwrite_each_other(world: World) -> None:
    open_round(world)
    sheet, row = find_sheet(world, "JJ04"), figure("A1", "QZ01")
    reporter = world.actor("财政局填报员")

    with at(DURING):
        first = entering.save_figures(
            sheet=sheet, changes=[CellChange(row.pk, 1, "5")], arrived=now(), by=reporter
        )
        second = entering.save_figures(
            sheet=sheet, changes=[CellChange(row.pk, 1, "6")], arrived=now(), by=reporter
        )

    assert list(first.taken) == [row.pk]
    assert {key: stale.value for key, stale in second.stale.items()} == {row.pk: "5"}


def test_an_import_takes_all_or_nothing(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    rows = list(queries.list_figures(sheet))
    changes = [CellChange(row.pk, 1, text) for row, text in zip(rows, ("1", "x", "3"), strict=True)]

    with at(DURING):
        saved = entering.save_figures(
            sheet=sheet,
            changes=changes,
            arrived=now(),
            by=world.actor("财政局填报员"),
            whole=True,
        )

    assert list(saved.refused) == [rows[1].pk]
    assert set(Observation.objects.values_list("value", flat=True)) == {""}


def test_the_whole_way_ends_in_a_lock(world: World) -> None:
    round_ = open_round(world)
    report_all(world)
    check_all(world)
    approve_all(world)

    assert lock_all(world, round_) == 9
    assert set(Observation.objects.values_list("state", flat=True)) == {"locked"}


def test_sealed_figures_are_nobodys_but_the_reporting_units(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    with at(DURING):
        pass_within(world, sheet, "财政局")
        for name in ("考核办甲", "统计局填报员", "芦漪负责人", "分管领导", "系统管理员"):
            with pytest.raises(Invisible):
                queries.find_sheet(sheet.pk, world.actor(name))
        assert queries.find_sheet(sheet.pk, world.actor("财政局审核人")) == sheet
        assert list(queries.list_to_check(world.actor("芦漪负责人"))) == []

    with at(CLOSES):
        assert queries.find_sheet(sheet.pk, world.actor("考核办甲")) == sheet


def test_nobody_takes_two_steps(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    with at(DURING):
        type_all(world, sheet, "财政局填报员")
        Contribution.objects.create(
            observation=figure("A1", "QZ02"), person=world.people["财政局审核人"].pk
        )
        submit(world, sheet, "财政局填报员")
        with pytest.raises(Refused, match="Four eyes"):
            passing.review(sheet=sheet, shown_digest=digest(sheet), by=world.actor("财政局审核人"))


def test_the_database_itself_refuses_a_step_by_who_typed(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    with at(DURING):
        pass_within(world, sheet, "财政局")
    row = figure("A1", "QZ01")

    for step, person in (
        ("approved_by", row.submitted_by),
        ("approved_by", row.signed_by),
        ("signed_by", row.reviewed_by),
        ("reviewed_by", row.submitted_by),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Observation.objects.filter(pk=row.pk).update(**{step: person})


def test_a_step_is_bound_to_what_was_shown(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    with at(DURING):
        type_all(world, sheet, "财政局填报员")
        submit(world, sheet, "财政局填报员")
        shown = digest(sheet)
        passing.send_back(
            sheet=sheet,
            observations=[figure("A1", "QZ01").pk],
            shown_digest=shown,
            reason="单位应为亿元",
            by=world.actor("财政局审核人"),
        )
        with pytest.raises(OutOfDate):
            passing.review(sheet=sheet, shown_digest=shown, by=world.actor("财政局审核人"))


def test_a_returned_figure_goes_the_whole_way_again(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    with at(DURING):
        type_all(world, sheet, "财政局填报员")
        submit(world, sheet, "财政局填报员")
        passing.send_back(
            sheet=sheet,
            observations=[figure("A1", "QZ01").pk],
            shown_digest=digest(sheet),
            reason="单位应为亿元",
            by=world.actor("财政局审核人"),
        )
        row = figure("A1", "QZ01")
        assert row.state == "returned"
        entering.save_figures(
            sheet=sheet,
            changes=[CellChange(row.pk, row.revision, "8.6")],
            arrived=now(),
            by=world.actor("财政局填报员"),
        )
        submit(world, sheet, "财政局填报员")
        passing.review(sheet=sheet, shown_digest=digest(sheet), by=world.actor("财政局审核人"))
        passing.sign_off(sheet=sheet, shown_digest=digest(sheet), by=world.actor("财政局负责人"))

    states = {(row.value, row.state) for row in queries.list_figures(sheet)}
    assert states == {("8.6", "signed_off"), ("9", "signed_off"), ("10.25", "signed_off")}


def test_an_empty_cell_is_not_submitted(world: World) -> None:
    open_round(world)

    with at(DURING), pytest.raises(Refused, match="3 cells are empty: QZ01"):
        submit(world, find_sheet(world, "JJ04"), "财政局填报员")


def test_the_same_key_is_the_same_submission(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    reporter = world.actor("财政局填报员")
    with at(DURING):
        type_all(world, sheet, "财政局填报员")
        shown = digest(sheet)
        answers = [
            entering.submit(sheet=sheet, shown_digest=shown, once="k", arrived=now(), by=reporter)
            for _ in range(3)
        ]
        with pytest.raises(Unprocessable, match="already used"):
            entering.submit(sheet=sheet, shown_digest="other", once="k", arrived=now(), by=reporter)

    assert answers[0] == answers[1] == answers[2]
    assert DoneOnce.objects.filter(action="collection.submit").count() == 1
    assert Event.objects.filter(action="collection.submit", outcome="done").count() == 1


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [
        (OPENS - timedelta(microseconds=1), False),
        (OPENS, True),
        (CLOSES - timedelta(microseconds=1), True),
        (CLOSES, False),
        (CLOSES + timedelta(microseconds=1), False),
    ],
)
def test_a_window_is_half_open_to_the_microsecond(world: World, moment, in_time: bool) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    with at(moment):
        if in_time:
            assert len(type_all(world, sheet, "财政局填报员").taken) == 3
        else:
            with pytest.raises(Refused):
                type_all(world, sheet, "财政局填报员")


def test_what_arrived_in_time_is_in_time_however_late_it_is_handled(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    arrived = CLOSES - timedelta(microseconds=1)
    with at(DURING):
        type_all(world, sheet, "财政局填报员")

    with at(CLOSES + timedelta(seconds=60)):
        entering.submit(
            sheet=sheet,
            shown_digest=digest(sheet),
            once="late",
            arrived=arrived,
            by=world.actor("财政局填报员"),
        )

    sheet.refresh_from_db()
    assert (sheet.submitted_at, sheet.is_late) == (arrived, False)


def test_an_extension_has_its_reason_and_makes_a_late_sheet_visible(world: World) -> None:
    round_ = open_round(world)
    sheet = find_sheet(world, "JJ04")
    office = world.actor("考核办甲")
    with at(AFTER):
        with pytest.raises(Unprocessable, match="needs its reason"):
            rounds.extend(sheet=sheet, until=AFTER + timedelta(days=1), reason=" ", by=office)
        rounds.extend(
            sheet=sheet, until=AFTER + timedelta(days=1), reason="决算尚未批复", by=office
        )
        type_all(world, Sheet.objects.get(pk=sheet.pk), "财政局填报员")
        submit(world, Sheet.objects.get(pk=sheet.pk), "财政局填报员")

    sheet.refresh_from_db()
    assert sheet.is_late
    assert [each.reason for each in queries.list_extensions(round_)] == ["决算尚未批复"]
