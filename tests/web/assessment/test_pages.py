"""The pages of rehearsals: a year's figures kept, a draft rehearsed on them, who moves and why."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kaohe_web.assessment.jobs import run_rehearsal
from kaohe_web.assessment.models import DataSnapshot, Rehearsal
from kaohe_web.audit.models import Event
from kaohe_web.foundation.clock import today
from kaohe_web.schemes.actions import adopting, writing
from kaohe_web.schemes.actions.writing import CellChange
from kaohe_web.schemes.models import SchemeVersion
from kaohe_web.schemes.queries import list_lines
from tests.web.schemes.season import adopt_scheme
from tests.web.world import World

OFFICE = "考核办甲"
TABLE = "单位代码,A1,A2,A3\nQZ01,8,5,100\nQZ02,9,4,80\nQZ03,10,3,60\n"


def keep(world: World, version: SchemeVersion, content: str) -> Any:
    file = SimpleUploadedFile("2026.csv", content.encode())
    return world.client(OFFICE).post(
        f"/assessment/snapshots/{version.pk}/", {"file": file, "classified": "no"}
    )


def amend(world: World, version: SchemeVersion) -> SchemeVersion:
    """The first indicator is worth 70 instead of 40, the others less."""
    office = world.actor(OFFICE)
    made = adopting.amend(version=version, reason="调整", effective_from=today(), by=office)
    changes = [
        CellChange(line.pk, 1, 2, points)
        for line, points in zip(list_lines(made, "指标"), ("70", "20", "10"), strict=True)
    ]
    writing.edit_cells(version=made, changes=changes, by=office)
    return SchemeVersion.objects.get(pk=made.pk)


def test_a_years_figures_are_kept_from_a_file_and_only_once(world: World) -> None:
    version = adopt_scheme(world)

    assert keep(world, version, TABLE)["Location"] == "/assessment/"
    keep(world, version, TABLE)

    snapshot = DataSnapshot.objects.get()
    assert (snapshot.year, snapshot.name, len(snapshot.content["figures"])) == (2026, "2026.csv", 9)


def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_kept(world: World) -> None:
    version = adopt_scheme(world)

    answer = keep(world, version, TABLE.replace("QZ02,9", "QZ02,九"))

    assert answer.status_code == 422
    assert "2026.csv · 第3行 · A1: “九”" in answer.content.decode()
    assert not DataSnapshot.objects.exists()


def test_a_draft_is_rehearsed_and_each_move_has_its_reasons(world: World) -> None:
    version = adopt_scheme(world)
    keep(world, version, TABLE)
    draft = amend(world, version)
    client = world.client(OFFICE)
    client.post(
        f"/assessment/ask/{draft.pk}/",
        {
            "snapshot": DataSnapshot.objects.get().pk,
            "least_coverage": 80,
            "revision": draft.revision,
        },
    )
    rehearsal = Rehearsal.objects.get()
    assert "待试算" in client.get(f"/assessment/{rehearsal.pk}/").content.decode()

    run_rehearsal(rehearsal.pk)

    page = client.get(f"/assessment/{rehearsal.pk}/").content.decode()
    assert "100.0%" in page
    assert "芦漪镇" in page
    move = client.get(f"/assessment/{rehearsal.pk}/moves/QZ03/").content.decode()
    assert "76.0000 → 88.0000" in move
    assert Event.objects.filter(action="assessment.read_rehearsal").count() == 2


def test_a_draft_changed_while_it_waited_is_not_rehearsed(world: World) -> None:
    version = adopt_scheme(world)
    keep(world, version, TABLE)
    draft = amend(world, version)
    client = world.client(OFFICE)
    client.post(
        f"/assessment/ask/{draft.pk}/",
        {
            "snapshot": DataSnapshot.objects.get().pk,
            "least_coverage": 80,
            "revision": draft.revision,
        },
    )
    line = list_lines(draft, "指标")[0]
    writing.edit_cells(
        version=draft, changes=[CellChange(line.pk, 2, 2, "60")], by=world.actor(OFFICE)
    )

    run_rehearsal(Rehearsal.objects.get().pk)

    assert Rehearsal.objects.get().state == "failed"


def test_a_stopped_rehearsal_stays_stopped(world: World) -> None:
    version = adopt_scheme(world)
    keep(world, version, TABLE)
    draft = amend(world, version)
    client = world.client(OFFICE)
    client.post(
        f"/assessment/ask/{draft.pk}/",
        {
            "snapshot": DataSnapshot.objects.get().pk,
            "least_coverage": 80,
            "revision": draft.revision,
        },
    )
    rehearsal = Rehearsal.objects.get()
    client.post(f"/assessment/{rehearsal.pk}/stop/")

    run_rehearsal(rehearsal.pk)

    rehearsal.refresh_from_db()
    assert (rehearsal.state, rehearsal.outcome) == ("stopped", {})


def test_rehearsals_are_the_offices_alone(world: World) -> None:
    statuses = {
        name: world.client(name).get("/assessment/").status_code
        for name in (OFFICE, "分管领导", "芦漪负责人", "系统管理员", "审计管理员")
    }

    assert statuses == {
        OFFICE: 200,
        "分管领导": 403,
        "芦漪负责人": 403,
        "系统管理员": 403,
        "审计管理员": 403,
    }
