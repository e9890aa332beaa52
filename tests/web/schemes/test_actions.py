"""A scheme's way from its sheets to its adoption, and what is refused on it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from kaohe_web.audit.models import Event
from kaohe_web.foundation.clock import now, today
from kaohe_web.foundation.refusals import OutOfDate, Refused, Unprocessable
from kaohe_web.schemes import queries
from kaohe_web.schemes.actions import adopting, consulting, targets, writing
from kaohe_web.schemes.actions.writing import CellChange
from kaohe_web.schemes.choices import Answer, Decision, Reply, VersionState
from kaohe_web.schemes.engine import admit_document, check_sheets, list_asked
from kaohe_web.schemes.models import SchemeVersion, Target
from tests.web.schemes.season import (
    LINES,
    adopt,
    adopt_scheme,
    consult,
    import_draft,
    make_sheets,
)
from tests.web.world import World

OFFICE, COLLEAGUE = "考核办甲", "考核办乙"


def test_sheets_become_a_draft_and_read_back_the_same(world: World) -> None:
    version = import_draft(world)

    assert (version.scheme.code, version.scheme.year, version.number) == ("TY-2026", 2026, 1)
    assert queries.read_sheets(version) == make_sheets()


def test_the_same_code_is_not_taken_twice(world: World) -> None:
    import_draft(world)

    with pytest.raises(Unprocessable, match="There is a scheme TY-2026 already"):
        import_draft(world)


def test_only_the_office_imports_and_a_refusal_is_told_to_the_log(world: World) -> None:
    with pytest.raises(Refused):
        writing.import_scheme(sheets=make_sheets(), by=world.actor("统计局填报员"))

    event = Event.objects.latest("number")
    assert (event.action, event.outcome, event.name) == (
        "schemes.import_scheme",
        "refused",
        "统计局填报员",
    )


def test_a_cell_is_changed_with_the_revision_that_was_seen(world: World) -> None:
    version = import_draft(world)
    line = queries.list_lines(version, "指标")[0]

    changed = writing.edit_cells(
        version=version, changes=[CellChange(line.pk, 1, 2, "45")], by=world.actor(OFFICE)
    )

    assert changed[line.pk].cells[2] == "45"
    with pytest.raises(OutOfDate) as stale:
        writing.edit_cells(
            version=version, changes=[CellChange(line.pk, 1, 2, "50")], by=world.actor(COLLEAGUE)
        )
    assert stale.value.now[str(line.pk)]["cells"][2] == "45"


def test_a_block_with_one_stale_line_changes_nothing(world: World) -> None:
    version = import_draft(world)
    first, second, _ = queries.list_lines(version, "指标")
    writing.edit_cells(
        version=version, changes=[CellChange(first.pk, 1, 1, "改")], by=world.actor(OFFICE)
    )

    with pytest.raises(OutOfDate):
        writing.edit_cells(
            version=version,
            changes=[CellChange(second.pk, 1, 2, "1"), CellChange(first.pk, 1, 2, "2")],
            by=world.actor(OFFICE),
        )

    assert queries.list_lines(version, "指标")[1].cells[2] == "30"


def test_findings_stand_at_their_cells(world: World) -> None:
    del world
    broken = [*LINES["A2"]]
    broken[2] = "三十"

    found = [each for each in check_sheets(make_sheets(A2=broken)) if each.is_blocking]

    assert [(each.sheet, each.row, each.column) for each in found] == [("指标", 3, 3)]


def test_a_draft_with_blocking_findings_is_not_asked_about(world: World) -> None:
    broken = [*LINES["A2"]]
    broken[2] = "三十"
    version = import_draft(world, make_sheets(A2=broken))

    with pytest.raises(Refused, match="1 findings block it"):
        consult(world, version)


def test_an_objection_needs_a_reply_before_the_close(world: World) -> None:
    version = import_draft(world)
    office, town = world.actor(OFFICE), world.actor("芦漪负责人")
    consultation = consulting.open_consultation(
        version=version, units=[world.units["QZ03"]], closes_at=now() + timedelta(days=3), by=office
    )
    objection = consulting.answer(
        consultation=consultation,
        indicator="A1",
        answer=Answer.OBJECT,
        reason="基数偏高",
        by=town,
    )
    with pytest.raises(Refused, match="1 objections have no reply"):
        consulting.close_consultation(consultation=consultation, by=office)

    consulting.reply(
        answer=objection, reply=Reply.KEPT, reason="按上年决算数核定", revision=1, by=office
    )
    consulting.close_consultation(consultation=consultation, by=office)

    version.refresh_from_db()
    assert version.state == VersionState.DRAFT


def test_an_objection_has_its_reason_and_comes_from_who_was_asked(world: World) -> None:
    version = import_draft(world)
    consultation = consulting.open_consultation(
        version=version,
        units=[world.units["QZ03"]],
        closes_at=now() + timedelta(days=3),
        by=world.actor(OFFICE),
    )

    with pytest.raises(Unprocessable, match="needs its reason"):
        consulting.answer(
            consultation=consultation,
            indicator="A1",
            answer=Answer.OBJECT,
            by=world.actor("芦漪负责人"),
        )
    with pytest.raises(Refused, match="was not asked"):
        consulting.answer(
            consultation=consultation,
            indicator="A1",
            answer=Answer.AGREE,
            by=world.actor("新城负责人"),
        )


def test_an_adopted_version_is_immutable_down_to_the_database(world: World) -> None:
    version = adopt_scheme(world)

    assert (version.state, version.minutes_number) == ("adopted", "汀考〔2026〕1号")
    assert admit_document(version.document).digest == version.digest
    line = queries.list_lines(version, "指标")[0]
    with pytest.raises(Refused, match="never changes"):
        writing.edit_cells(
            version=version, changes=[CellChange(line.pk, 1, 2, "1")], by=world.actor(OFFICE)
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        SchemeVersion.objects.filter(pk=version.pk).update(document={})
    with pytest.raises(DatabaseError), transaction.atomic():
        SchemeVersion.objects.filter(pk=version.pk).update(digest="0" * 64)


def test_who_edited_last_does_not_record_the_adoption(world: World) -> None:
    version = import_draft(world)
    consult(world, version)
    version.refresh_from_db()

    with pytest.raises(Refused, match="let a colleague do it"):
        adopting.adopt(
            version=version,
            shown_digest=queries.digest_sheets(version),
            body="领导小组",
            meeting="全会",
            minutes_number="1",
            adopted_on=today(),
            by=world.actor(OFFICE),
            is_rehearsed=True,
        )


def test_adoption_is_of_what_was_shown(world: World) -> None:
    version = import_draft(world)
    consult(world, version)
    shown = queries.digest_sheets(version)
    line = queries.list_lines(version, "指标")[0]
    writing.edit_cells(
        version=SchemeVersion.objects.get(pk=version.pk),
        changes=[CellChange(line.pk, 1, 2, "45")],
        by=world.actor(OFFICE),
    )

    with pytest.raises(OutOfDate):
        adopting.adopt(
            version=SchemeVersion.objects.get(pk=version.pk),
            shown_digest=shown,
            body="领导小组",
            meeting="全会",
            minutes_number="1",
            adopted_on=today(),
            by=world.actor(COLLEAGUE),
            is_rehearsed=True,
        )


def test_nothing_is_adopted_unasked(world: World) -> None:
    with pytest.raises(Refused, match="must have been asked"):
        adopt(world, import_draft(world))


def test_an_amendment_is_a_new_version_that_does_not_act_backwards(world: World) -> None:
    version = adopt_scheme(world)
    office = world.actor(OFFICE)

    with pytest.raises(Unprocessable, match="does not act backwards"):
        adopting.amend(
            version=version, reason="疫情防控", effective_from=today() - timedelta(1), by=office
        )
    made = adopting.amend(
        version=version, reason="疫情防控纳入考核", effective_from=today(), by=office
    )

    assert (made.number, made.state, made.basis_id) == (2, "draft", version.pk)
    assert queries.read_sheets(made) == queries.read_sheets(version)


def test_a_newly_adopted_version_supersedes_the_one_before(world: World) -> None:
    first = adopt_scheme(world)
    second = adopting.amend(
        version=first, reason="疫情防控", effective_from=today(), by=world.actor(OFFICE)
    )
    consult(world, second)
    adopt(world, SchemeVersion.objects.get(pk=second.pk))

    states = SchemeVersion.objects.order_by("number").values_list("number", "state")
    assert list(states) == [(1, "superseded"), (2, "adopted")]


def test_every_figure_is_asked_of_its_owner(world: World) -> None:
    version = adopt_scheme(world)

    asked = list_asked(admit_document(version.document))

    assert [(each.key, each.owner, each.reporter) for each in asked] == [
        ("TY-2026.A1.value", "区财政局", "owner"),
        ("TY-2026.A2.value", "区统计局", "owner"),
        ("TY-2026.A3.value", "区工业和信息化局", "assessed_unit"),
    ]
    assert asked[0].units == ("QZ01", "QZ02", "QZ03")


def test_lowering_a_target_is_a_case_decided_by_somebody_else(world: World) -> None:
    version = adopt_scheme(world)
    target = targets.set_target(
        scheme=version.scheme,
        unit=world.units["QZ03"],
        indicator="A1",
        value="12.50",
        reason="上年决算数加 8%",
        by=world.actor(OFFICE),
    )
    request = targets.request_target(
        target=target, value="１１", reason="企业外迁", by=world.actor("芦漪负责人")
    )

    decided = targets.decide_target(
        request=request, grant=True, reason="情况属实", by=world.actor(COLLEAGUE)
    )

    assert (target.value, decided.decision) == ("12.5", Decision.GRANTED)
    standing = Target.objects.filter(superseded_at=None).values_list("value", "reason")
    assert list(standing) == [("11", "情况属实")]
    assert Target.objects.count() == 2


def test_a_target_is_asked_for_by_the_unit_itself_only(world: World) -> None:
    version = adopt_scheme(world)
    target = targets.set_target(
        scheme=version.scheme,
        unit=world.units["QZ03"],
        indicator="A1",
        value="12",
        reason="上年决算数",
        by=world.actor(OFFICE),
    )

    with pytest.raises(Refused, match="own head"):
        targets.request_target(target=target, value="1", reason="x", by=world.actor("新城负责人"))
    with pytest.raises(Unprocessable):
        targets.request_target(target=target, value="1e3", reason="x", by=world.actor("芦漪负责人"))


def test_an_amendment_whose_day_has_passed_is_not_adopted(world: World) -> None:
    first = adopt_scheme(world)
    made = adopting.amend(
        version=first, reason="疫情防控", effective_from=today(), by=world.actor(OFFICE)
    )
    consult(world, made)

    with (
        time_machine.travel(now() + timedelta(days=2), tick=False),
        pytest.raises(Refused, match="has passed"),
    ):
        adopt(world, SchemeVersion.objects.get(pk=made.pk))
