"""The pages of collection, from the grid to the lock."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kaohe_web.collection import queries
from kaohe_web.collection.models import Observation, Round
from tests.web.collection.season import (
    AFTER,
    CLOSES,
    DURING,
    at,
    check_all,
    digest,
    figure,
    find_sheet,
    open_round,
    pass_within,
    report_all,
    type_all,
)
from tests.web.world import World


def test_a_grid_saves_and_tells_what_it_could_not_take(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    first, second, third = queries.list_figures(sheet)
    changes = [
        {"key": str(first.pk), "rev": 1, "text": "８.50"},
        {"key": str(second.pk), "rev": 1, "text": "1_000"},
        {"key": str(third.pk), "rev": 0, "text": "3"},
    ]

    with at(DURING):
        answer = world.client("财政局填报员").post(
            f"/collection/sheets/{sheet.pk}/save/",
            json.dumps({"changes": changes}),
            content_type="application/json",
        )

    said = answer.json()
    assert said["saved"] == {str(first.pk): {"rev": 2, "text": "8.5", "odd": ""}}
    assert list(said["refused"]) == [str(second.pk)]
    assert said["conflicts"] == {str(third.pk): {"rev": 1, "text": ""}}
    assert said["at"] == "10:00"


def test_a_sheet_goes_its_way_by_its_pages(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    with at(DURING):
        type_all(world, sheet, "财政局填报员")
        world.client("财政局填报员").post(
            f"/collection/sheets/{sheet.pk}/submit/", {"digest": digest(sheet), "once": "a"}
        )
        for name, step in (("财政局审核人", "review"), ("财政局负责人", "sign_off")):
            page = world.client(name).get(f"/collection/sheets/{sheet.pk}/")
            assert f'name="step" value="{step}"' in page.content.decode()
            world.client(name).post(
                f"/collection/sheets/{sheet.pk}/pass/", {"digest": digest(sheet), "step": step}
            )

    assert set(sheet.observations.values_list("state", flat=True)) == {"signed_off"}


def test_a_sealed_sheet_is_not_there_for_others(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    with at(DURING):
        statuses = {
            name: world.client(name).get(f"/collection/sheets/{sheet.pk}/").status_code
            for name in ("财政局填报员", "考核办甲", "统计局填报员", "芦漪负责人")
        }
    assert statuses == {
        "财政局填报员": 200,
        "考核办甲": 404,
        "统计局填报员": 404,
        "芦漪负责人": 404,
    }


def test_a_unit_checks_its_figures_and_only_its_own(world: World) -> None:
    open_round(world)
    report_all(world)
    with at(AFTER):
        client = world.client("芦漪负责人")
        page = client.get("/collection/check/").content.decode()
        assert "10.25" in page
        assert "8.5" not in page
        row = figure("A1", "QZ03")
        client.post(
            f"/collection/check/{row.sheet_id}/agree/",
            {"figure": [row.pk], "digest": queries.digest_figures([row])},
        )

    assert figure("A1", "QZ03").state == "checked"


def test_an_objection_is_raised_and_answered_on_its_pages(world: World) -> None:
    open_round(world)
    report_all(world)
    row = figure("A1", "QZ03")
    with at(AFTER):
        world.client("芦漪负责人").post(
            f"/collection/check/{row.pk}/object/",
            {"reason": "与决算不符", "digest": queries.digest_figures([row])},
        )
        owner = world.client("财政局审核人")
        assert "与决算不符" in owner.get("/collection/objections/").content.decode()
        objection = row.objections.get()
        owner.post(
            f"/collection/objections/{objection.pk}/answer/",
            {"correct": "0", "reason": "以决算批复为准"},
        )

    objection.refresh_from_db()
    assert (objection.answer, objection.answer_reason) == ("kept", "以决算批复为准")


def test_locking_asks_for_the_password_again(world: World) -> None:
    round_ = open_round(world)
    with at(AFTER):
        answer = world.client("考核办乙").post(
            f"/collection/rounds/{round_.pk}/lock/", {"revision": 1}
        )

    assert answer["Location"].startswith("/account/reauthenticate/")
    assert Round.objects.get().state == "open"


def test_every_page_stands_for_whom_it_is(world: World) -> None:
    round_ = open_round(world)
    report_all(world)
    check_all(world)
    sheet = find_sheet(world, "JJ04")
    pages = {
        "考核办甲": ["", "rounds/new/", f"rounds/{round_.pk}/", f"sheets/{sheet.pk}/",
                  f"sheets/{sheet.pk}/extend/", "objections/"],
        "财政局填报员": ["", f"rounds/{round_.pk}/", f"sheets/{sheet.pk}/", "objections/"],
        "芦漪负责人": ["", f"rounds/{round_.pk}/", "check/", "objections/"],
        "工信牵头": ["", "check/"],
    }  # fmt: skip
    with at(AFTER):
        wrong = [
            (name, path)
            for name, paths in pages.items()
            for path in paths
            if world.client(name).get(f"/collection/{path}").status_code != 200
        ]
    assert wrong == []


def test_a_list_costs_the_same_with_more_rows(world: World) -> None:
    open_round(world)
    with at(DURING):
        pass_within(world, find_sheet(world, "JJ04"), "财政局")
        counts = []
        client = world.client("财政局审核人")
        sheet = find_sheet(world, "JJ04")
        client.get(f"/collection/sheets/{sheet.pk}/")
        for turn in range(2):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(f"/collection/sheets/{sheet.pk}/")
            counts.append(len(captured))
            one = Observation.objects.filter(sheet=sheet).first()
            assert one is not None
            for number in (7, 8):
                one.pk, one.facet = None, f"f{turn}{number}"
                one.save(force_insert=True)

    assert counts[0] == counts[1]
    assert counts[0] <= 30


def test_after_the_close_nothing_is_typed(world: World) -> None:
    open_round(world)
    sheet = find_sheet(world, "JJ04")
    row = queries.list_figures(sheet)[0]
    with at(CLOSES):
        answer = world.client("财政局填报员").post(
            f"/collection/sheets/{sheet.pk}/save/",
            json.dumps({"changes": [{"key": str(row.pk), "rev": 1, "text": "1"}]}),
            content_type="application/json",
            headers={"Accept": "application/json"},
        )

    assert answer.status_code == 403
    assert answer.json()["reason"] == "已于 2026-04-10 17:00 截止。可向考核办申请延期"
