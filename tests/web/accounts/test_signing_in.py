"""Signing in: one answer for every failure, lock-out, passwords by profile, sessions that end."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from kaohe_web.accounts import actions
from kaohe_web.audit.models import Event
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.refusals import Unprocessable
from tests.web.world import PASSWORD, World

PAST = "Ting-Yu-{}-2026"


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": name, "password": password})


def test_signing_in_and_out_are_told_to_the_log(world: World) -> None:
    client = Client()
    assert sign_in(client, "office1")["Location"] == "/"
    answer = client.post("/account/logout/")

    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    actions_told = list(Event.objects.order_by("number").values_list("action", "outcome"))[-2:]
    assert actions_told == [("accounts.sign_in", "done"), ("accounts.sign_out", "done")]


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(world: World) -> None:
    del world
    known = sign_in(Client(), "office1", "wrong").content.decode()
    unknown = sign_in(Client(), "nobody-at-all", "wrong").content.decode()

    assert scrub(known) == scrub(unknown)


def scrub(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_five_failures_lock_the_name_for_a_quarter_of_an_hour(world: World) -> None:
    del world
    client = Client()
    start = now()
    with time_machine.travel(start, tick=False):
        statuses = [sign_in(client, "office1", "wrong").status_code for _ in range(5)]
        assert statuses[-1] == 429
        assert sign_in(client, "office1").status_code == 429
        assert sign_in(Client(), "office2")["Location"] == "/"
    with time_machine.travel(start + timedelta(minutes=15, seconds=1), tick=False):
        assert sign_in(client, "office1")["Location"] == "/"


def test_a_locked_name_looks_the_same_whether_it_exists(world: World) -> None:
    del world
    pages = []
    for name in ("office1", "nobody-at-all"):
        client = Client()
        for _ in range(5):
            answer = sign_in(client, name, "wrong")
        pages.append((answer.status_code, scrub(answer.content.decode())))

    assert pages[0] == pages[1]


def test_a_closed_account_is_out_at_once_and_looks_like_a_wrong_password(world: World) -> None:
    client = world.client("芦漪填报员")
    actions.close_account(
        account=world.account("芦漪填报员"), reason="离职", by=world.actor("系统管理员")
    )

    assert client.get("/")["Location"].startswith("/account/login/")
    assert sign_in(Client(), "qz03-1").status_code == 200


@pytest.mark.parametrize(("minutes", "signed_in"), [(29, True), (31, False)])
def test_an_idle_session_ends(world: World, minutes: int, signed_in: bool) -> None:
    start = now()
    client = world.client("考核办甲")
    with time_machine.travel(start, tick=False):
        client.get("/")
    with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
        assert (client.get("/").status_code == 200) is signed_in


def test_a_session_ends_after_twelve_hours_however_busy(world: World) -> None:
    start = now()
    client = world.client("考核办甲")
    statuses = []
    for step in range(28):
        with time_machine.travel(start + timedelta(minutes=27 * step), tick=False):
            statuses.append(client.get("/").status_code)

    assert statuses[26] == 200
    assert statuses[27] == 302


def test_the_session_is_new_after_signing_in(world: World) -> None:
    del world
    client = Client()
    client.get("/account/login/")
    before = client.session.session_key
    sign_in(client, "office1")

    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("profile", "password", "reason"),
    [
        ("djbh3", "Ab1-5", "At least 8"),
        ("djbh3", "abcdefgh1", "Three of"),
        ("asvs2", "short-Pass1", "At least 12"),
        ("asvs2", "passwordpassword", None),
        ("asvs2", "qwerty123456", "common"),
    ],
)
def test_a_password_is_held_to_its_profile(
    world: World, settings: Any, profile: str, password: str, reason: str | None
) -> None:
    settings.PASSWORD_PROFILE = profile
    settings.LANGUAGE_CODE = "en"
    account = world.account("考核办甲")
    if reason is None:
        actions.change_password(account=account, password=password, by=world.actor("考核办甲"))
        return
    with pytest.raises(Unprocessable) as refused:
        actions.change_password(account=account, password=password, by=world.actor("考核办甲"))
    assert reason in refused.value.reason.en


def test_the_last_five_passwords_do_not_come_again(world: World) -> None:
    account, by = world.account("考核办甲"), world.actor("考核办甲")
    for number in range(6):
        actions.change_password(account=account, password=PAST.format(number), by=by)

    with pytest.raises(Unprocessable):
        actions.change_password(account=account, password=PAST.format(3), by=by)
    actions.change_password(account=account, password=PAST.format(0), by=by)


def test_an_old_password_must_be_changed_first(world: World) -> None:
    account = world.account("考核办甲")
    account.password_changed_at = now() - timedelta(days=91)
    account.save()
    client = world.client("考核办甲")

    assert client.get("/schemes/")["Location"] == "/people/me/password/"
    client.post(
        "/people/me/password/",
        {"present": PASSWORD, "new": "Yu-Ting-2027", "again": "Yu-Ting-2027"},
    )
    assert client.get("/schemes/").status_code == 200


def test_a_second_factor_is_asked_of_the_roles_that_need_one(world: World, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    found = {
        name: world.client(name).get("/").status_code
        for name in ("考核办甲", "财政局审核人", "财政局填报员", "系统管理员", "分管领导")
    }

    assert found == {
        "考核办甲": 302,
        "财政局审核人": 302,
        "财政局填报员": 200,
        "系统管理员": 302,
        "分管领导": 200,
    }


def test_nobody_signs_up(world: World) -> None:
    del world
    answer = Client().post(
        "/account/signup/", {"username": "x", "password1": "Ab1-Ab1-Ab1", "email": ""}
    )

    assert answer.status_code == 404
    assert not Event.objects.filter(action="accounts.sign_in").exists()


def test_cookies_and_sessions_are_kept_as_json() -> None:
    from django.conf import settings  # noqa: PLC0415 - as the product has them

    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    assert settings.SESSION_COOKIE_HTTPONLY
