"""The pages of schemes, from the file to the adoption."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime

from kaohe_web.foundation.clock import now, today
from kaohe_web.schemes import queries
from kaohe_web.schemes.models import SchemeVersion
from tests.web.schemes.season import adopt_scheme, import_draft
from tests.web.world import World

ANNUAL = Path(__file__).parents[3] / "examples" / "district" / "2019" / "annual.yaml"
OFFICE = "考核办甲"


def send(world: World, name: str, content: bytes) -> object:
    return world.client(OFFICE).post(
        "/schemes/import/", {"file": SimpleUploadedFile(name, content), "classified": "no"}
    )


def test_a_file_becomes_a_draft_with_its_findings(world: World) -> None:
    answer = send(world, "annual.yaml", ANNUAL.read_bytes())
    version = SchemeVersion.objects.get()

    assert answer["Location"] == f"/schemes/{version.pk}/"  # type: ignore[index]
    page = world.client(OFFICE).get(f"/schemes/{version.pk}/").content.decode()
    assert "没有须改的问题" in page
    assert "“耕地保有量”：完成值在 39000 处相差 1" in page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.yaml", b"code: [", "x.yaml"),
        ("x.xlsx", b"<html></html>", "x.xlsx"),
        ("../../etc/pass wd.xlsx", b"PK\x03\x04", "pass_wd.xlsx"),
        ("x.exe", b"MZ", ".yaml"),
        ("x.xlsx", b"", "空"),
    ],
)
def test_what_is_no_scheme_is_refused_with_a_sentence(
    world: World, name: str, content: bytes, said: str
) -> None:
    answer = send(world, name, content)

    assert answer.status_code in (200, 422)  # type: ignore[attr-defined]
    assert said in answer.content.decode()  # type: ignore[attr-defined]
    assert not SchemeVersion.objects.exists()


def save(world: World, version: SchemeVersion, changes: list[dict[str, object]]) -> object:
    return world.client(OFFICE).post(
        f"/schemes/{version.pk}/save/",
        json.dumps({"changes": changes}),
        content_type="application/json",
    )


def test_the_editor_saves_cells_and_shows_conflicts(world: World) -> None:
    version = import_draft(world)
    line = queries.list_lines(version, "指标")[0]

    first = save(world, version, [{"key": f"{line.pk}:2", "rev": 1, "text": "45"}])
    second = save(world, version, [{"key": f"{line.pk}:2", "rev": 1, "text": "50"}])

    assert first.json()["rows"] == {str(line.pk): 2}  # type: ignore[attr-defined]
    assert second.status_code == 409  # type: ignore[attr-defined]
    assert second.json()["conflicts"] == {  # type: ignore[attr-defined]
        f"{line.pk}:2": {"rev": 2, "text": "45"}
    }


def test_a_season_of_pages_ends_in_an_adoption(world: World) -> None:
    version = import_draft(world)
    office, town = world.client(OFFICE), world.client("芦漪负责人")
    closes = localtime(now() + timedelta(days=5))
    office.post(
        f"/schemes/{version.pk}/consult/",
        {"units": [world.units["QZ03"].pk], "closes_at": f"{closes:%Y-%m-%dT%H:%M}"},
    )
    town.post(
        f"/schemes/{version.pk}/consultation/answer/",
        {"indicator": "A1", "answer": "object", "reason": "基数偏高", "revision": 0},
    )
    objection = version.consultations.get().answers.get()
    assert "基数偏高" in office.get(f"/schemes/{version.pk}/consultation/").content.decode()
    office.post(
        f"/schemes/answers/{objection.pk}/reply/",
        {"reply": "kept", "reason": "按决算数核定", "revision": 1},
    )
    assert "按决算数核定" in town.get(f"/schemes/{version.pk}/consultation/").content.decode()
    office.post(f"/schemes/{version.pk}/consultation/close/")

    colleague = world.client("考核办乙")
    colleague.post("/account/reauthenticate/", {"password": "Ting-Yu-2026"})
    colleague.post(
        f"/schemes/{version.pk}/adopt/",
        {
            "shown_digest": queries.digest_sheets(version),
            "body": "领导小组",
            "meeting": "全会",
            "minutes_number": "汀考〔2026〕1号",
            "adopted_on": today().isoformat(),
            "rehearsal_waived": "首年",
        },
    )

    version.refresh_from_db()
    assert version.state == "adopted"


def test_units_do_not_see_drafts_nor_each_others_answers(world: World) -> None:
    version = import_draft(world)

    assert world.client("芦漪负责人").get(f"/schemes/{version.pk}/").status_code == 404
    assert "TY-2026" not in world.client("芦漪负责人").get("/schemes/").content.decode()


def test_every_page_of_an_adopted_scheme_stands(world: World) -> None:
    version = adopt_scheme(world)
    paths = ("", "edit/指标/", "edit/方案/", "rules/", "consultation/", "targets/", "amend/")
    statuses = {
        path: world.client(OFFICE).get(f"/schemes/{version.pk}/{path}").status_code
        for path in paths
    }

    assert statuses == dict.fromkeys(paths, 200)


def test_an_export_reads_back_as_the_same_scheme(world: World) -> None:
    version = adopt_scheme(world)
    answer = world.client("芦漪填报员").get(f"/schemes/{version.pk}/file/xlsx/")

    assert answer["Content-Disposition"] == 'attachment; filename="TY-2026-v1.xlsx"'
    assert answer.content[:2] == b"PK"
