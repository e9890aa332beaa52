"""After the close: figures checked, objected to, taken as agreed, locked; what a digest and a board tell."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from kaohe_web.collection import queries
from kaohe_web.collection.actions import checking, passing, rounds
from kaohe_web.collection.models import Observation
from kaohe_web.foundation.refusals import Refused
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
    type_all,
)
from tests.web.schemes.season import LINES, adopt, consult, import_draft, make_sheets
from tests.web.world import World


def test_a_unit_objects_to_a_figure_about_itself_and_the_owner_answers(world: World) -> None:
    open_round(world)
    report_all(world)
    sheet, row = find_sheet(world, "JJ04"), figure("A1", "QZ03")
    with at(AFTER):
        with pytest.raises(Refused, match="unit concerned"):
            checking.raise_objection(
                sheet=sheet,
                observation=row.pk,
                shown_digest=queries.digest_figures([row]),
                reason="与年报不符",
                by=world.actor("新城负责人"),
            )
        objection = checking.raise_objection(
            sheet=sheet,
            observation=row.pk,
            shown_digest=queries.digest_figures([row]),
            reason="与年报不符",
            by=world.actor("芦漪负责人"),
        )
        checking.answer_objection(
            objection=objection, correct=True, reason="漏计一笔", by=world.actor("财政局审核人")
        )

    assert figure("A1", "QZ03").state == "returned"


def test_a_locked_figure_refuses_every_way_of_changing_it(world: World) -> None:
    round_ = open_round(world)
    report_all(world)
    check_all(world)
    approve_all(world)
    lock_all(world, round_)
    sheet, row = find_sheet(world, "JJ04"), figure("A1", "QZ01")

    with at(AFTER), pytest.raises(Refused):
        type_all(world, sheet, "财政局填报员")
    with at(AFTER), pytest.raises(Refused):
        passing.send_back(
            sheet=sheet,
            observations=[row.pk],
            shown_digest=digest(sheet),
            reason="x",
            by=world.actor("考核办甲"),
        )
    for change in ({"value": "1"}, {"state": "due"}, {"note": "x"}, {"approved_by": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Observation.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.filter(pk=row.pk).delete()


def test_a_round_is_not_locked_while_a_figure_waits(world: World) -> None:
    round_ = open_round(world)
    report_all(world)

    with pytest.raises(Refused, match="9 figures are not approved yet"):
        lock_all(world, round_)


def test_the_board_counts_and_never_tells_a_value(world: World) -> None:
    round_ = open_round(world)
    with at(DURING):
        pass_within(world, find_sheet(world, "JJ04"), "财政局")
        type_all(world, find_sheet(world, "JJ11"), "统计局填报员")

    board = queries.count_board(round_)

    assert [(row["total"], row["due"], row["signed_off"]) for row in board] == [
        (3, 0, 3),
        (3, 3, 0),
        (1, 1, 0),
        (1, 1, 0),
        (1, 1, 0),
    ]


def test_silence_counts_as_agreement_only_after_the_days_for_checking(world: World) -> None:
    open_round(world)
    report_all(world)
    sheet, office = find_sheet(world, "JJ04"), world.actor("考核办甲")
    with at(CLOSES + timedelta(days=5)), pytest.raises(Refused, match="3 working days"):
        checking.close_check(sheet=sheet, shown_digest=digest(sheet), by=office)
    row = figure("A1", "QZ03")
    with at(AFTER):
        checking.raise_objection(
            sheet=sheet,
            observation=row.pk,
            shown_digest=queries.digest_figures([row]),
            reason="与年报不符",
            by=world.actor("芦漪负责人"),
        )

    with at(CLOSES + timedelta(days=6)):
        count = checking.close_check(sheet=sheet, shown_digest=digest(sheet), by=office)

    assert count == 2
    assert figure("A1", "QZ03").state == "signed_off"


def test_a_figures_digest_says_nothing_of_the_figure(world: World) -> None:
    open_round(world)
    first, second = figure("A1", "QZ01"), figure("A1", "QZ02")
    second.pk, second.revision = first.pk, first.revision

    assert first.value == second.value == ""
    assert queries.digest_figures([first]) != queries.digest_figures([second])


def test_what_a_unit_reports_of_itself_is_checked_by_the_owner_where_nobody_leads(
    world: World,
) -> None:
    line = [*LINES["A3"]]
    line[8] = ""
    with at(OPENS - timedelta(days=1)):
        version = import_draft(world, make_sheets(A3=line))
        consult(world, version)
        version.refresh_from_db()
        round_, _ = rounds.open_round(
            versions=[adopt(world, version)],
            period="2026-03",
            opens_at=OPENS,
            closes_at=CLOSES,
            by=world.actor("考核办甲"),
        )

    leads = {sheet.lead.code for sheet in round_.sheets.filter(side="unit") if sheet.lead}
    assert leads == {"JJ02"}
