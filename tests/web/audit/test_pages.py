"""The auditor's pages."""

from kaohe_web.audit.models import Event
from tests.web.world import World


def test_the_log_is_the_auditors_alone(world: World) -> None:
    statuses = {
        name: world.client(name).get("/audit/").status_code
        for name in ("审计管理员", "系统管理员", "安全管理员", "考核办甲", "分管领导")
    }

    assert statuses == {
        "审计管理员": 200,
        "系统管理员": 403,
        "安全管理员": 403,
        "考核办甲": 403,
        "分管领导": 403,
    }


def test_reading_exporting_and_verifying_are_told_to_the_log(world: World) -> None:
    client = world.client("审计管理员")
    client.get("/audit/")
    client.get("/audit/1/")
    client.get("/audit/export/")
    answer = client.post("/audit/verify/")

    actions = list(Event.objects.order_by("-number").values_list("action", flat=True)[:4])
    assert actions == ["audit.verify", "audit.export", "audit.read", "audit.read"]
    assert "审计链完整" in answer.content.decode()


def test_the_log_is_searched_by_who_and_what(world: World) -> None:
    page = world.client("审计管理员").get("/audit/", {"action": "accounts.grant_post"})
    rows = page.context["rows"]

    assert {event.action for event, _ in rows} == {"accounts.grant_post"}


def test_an_export_runs_nothing_in_a_spreadsheet(world: World) -> None:
    from kaohe_web.web.audit.views import harmless  # noqa: PLC0415 - only here

    del world
    cells = ["=1+1", "+1", "-1", "@x", "\tx", "＝1", "plain", ""]
    assert [harmless(cell) for cell in cells] == [
        "'=1+1", "'+1", "'-1", "'@x", "'\tx", "'＝1", "plain", "",
    ]  # fmt: skip
