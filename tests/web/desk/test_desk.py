"""The desk lists what waits for its reader, and nothing else."""

from datetime import timedelta

from kaohe_web.collection import queries
from kaohe_web.collection.actions import checking
from kaohe_web.foundation.clock import now
from kaohe_web.schemes.actions import consulting
from kaohe_web.schemes.choices import Answer
from tests.web.collection.season import (
    AFTER,
    DURING,
    at,
    figure,
    find_sheet,
    open_round,
    report_all,
    submit,
    type_all,
)
from tests.web.schemes.season import import_draft
from tests.web.world import World


def read_desk(world: World, name: str) -> list[tuple[int, str]]:
    """Counts and what they count."""
    context = world.client(name).get("/").context
    return [(each.count, each.what.en) for each in context["waiting"]]


def test_a_sheet_waits_for_one_after_another(world: World) -> None:
    open_round(world)
    with at(DURING):
        assert read_desk(world, "财政局填报员") == [(3, "figures to enter")]
        assert read_desk(world, "财政局审核人") == []
        sheet = find_sheet(world, "JJ04")
        type_all(world, sheet, "财政局填报员")
        submit(world, sheet, "财政局填报员")

        assert read_desk(world, "财政局填报员") == []
        assert read_desk(world, "财政局审核人") == [(3, "figures to review")]
        assert read_desk(world, "统计局审核人") == []


def test_figures_to_check_and_objections_to_answer_wait_after_the_close(world: World) -> None:
    open_round(world)
    report_all(world)
    with at(DURING):
        assert read_desk(world, "芦漪负责人") == []
    row = figure("A1", "QZ03")
    with at(AFTER):
        assert read_desk(world, "芦漪负责人") == [(2, "figures to check")]
        checking.raise_objection(
            sheet=row.sheet,
            observation=row.pk,
            shown_digest=queries.digest_figures([row]),
            reason="与年报不符",
            by=world.actor("芦漪负责人"),
        )
        assert read_desk(world, "财政局审核人") == [(1, "objections to answer")]


def test_a_consultation_waits_for_who_was_asked_and_then_for_the_office(world: World) -> None:
    version = import_draft(world)
    consultation = consulting.open_consultation(
        version=version,
        units=[world.units["QZ03"]],
        closes_at=now() + timedelta(days=3),
        by=world.actor("考核办甲"),
    )
    assert read_desk(world, "芦漪负责人") == [(1, "scheme to answer on")]
    assert read_desk(world, "新城负责人") == []
    assert read_desk(world, "考核办乙") == []

    consulting.answer(
        consultation=consultation,
        indicator="A1",
        answer=Answer.OBJECT,
        reason="基数偏高",
        by=world.actor("芦漪负责人"),
    )

    assert read_desk(world, "芦漪负责人") == []
    assert read_desk(world, "考核办乙") == [(1, "objections to reply to")]
