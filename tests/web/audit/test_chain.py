"""The log: complete, chained, guarded by the database, and every way of tampering with it is found and placed."""

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

import kaohe_web
from kaohe_web.audit.actions import clean_text, record_event
from kaohe_web.audit.chain import FIELDS, digest_event
from kaohe_web.audit.models import Event, Head
from kaohe_web.audit.presenters import ACTIONS
from kaohe_web.audit.verification import verify_chain
from kaohe_web.foundation.actor import act_as_platform

PLATFORM = act_as_platform("tests")
COUNT = 12
TELLING = {"record_event", "refusals_recorded", "record_sign", "record_failure", "_tell"}
ACTION = re.compile(r"(?!web\.)[a-z]+\.[a-z_]+")

pytestmark = pytest.mark.django_db


@contextmanager
def unguarded() -> Iterator[None]:
    """As somebody who owns the database: its triggers do nothing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_change_refused")
        yield
        return
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER audit_event_{verb}_refused")
    yield


@pytest.fixture
def chain() -> str:
    for number in range(COUNT):
        with transaction.atomic():
            record_event(by=PLATFORM, action="a.b", detail={"n": number})
    return Head.objects.get().digest


def rewrite(number: int, /, **change: object) -> None:
    Event.objects.filter(number=number).update(**change)


def edit(number: int) -> None:
    rewrite(number, reason="改过")


def edit_and_sign_again(number: int) -> None:
    event = Event.objects.get(number=number)
    event.reason = "改过"
    rewrite(number, reason="改过", digest=digest_event(event))


def date_again(number: int) -> None:
    event = Event.objects.get(number=number)
    rewrite(number, happened_at=event.happened_at - timedelta(days=1))


def attribute_again(number: int) -> None:
    rewrite(number, person=7, name="别人")


def remove(number: int) -> None:
    Event.objects.filter(number=number).delete()


def remove_and_number_again(number: int) -> None:
    remove(number)
    for event in Event.objects.filter(number__gt=number).order_by("number"):
        rewrite(event.number, number=event.number - 1)


def put_in(number: int) -> None:
    for event in Event.objects.filter(number__gte=number).order_by("-number"):
        rewrite(event.number, number=event.number + 1)
    forged = Event.objects.get(number=number + 1)
    forged.pk, forged.number, forged.reason = None, number, "伪造"
    forged.digest = digest_event(forged)
    forged.save(force_insert=True)


def swap(number: int) -> None:
    rewrite(number, number=-1)
    rewrite(number + 1, number=number)
    rewrite(-1, number=number + 1)


def change_the_head(number: int) -> None:
    Head.objects.update(number=number)


TAMPERINGS: list[Callable[[int], None]] = [
    edit,
    edit_and_sign_again,
    date_again,
    attribute_again,
    remove,
    remove_and_number_again,
    put_in,
    swap,
    change_the_head,
]


def test_a_clean_chain_holds(chain: str) -> None:
    found = verify_chain()

    assert (found.count, found.number, found.digest, found.breaks) == (COUNT, COUNT, chain, ())


@pytest.mark.parametrize("number", [1, 2, 5, 10, 11])
@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda each: each.__name__)
@pytest.mark.usefixtures("chain")
def test_every_tampering_is_found_where_it_was_done(
    tamper: Callable[[int], None], number: int
) -> None:
    with unguarded():
        tamper(number)

    first = verify_chain().breaks[0]
    expected = COUNT + 1 if tamper is change_the_head else number
    assert first.number in (expected, expected + 1)


def test_a_cut_tail_shows_against_a_head_kept_elsewhere(chain: str) -> None:
    with unguarded():
        Event.objects.filter(number__gt=COUNT - 3).delete()
        last = Event.objects.get(number=COUNT - 3)
        Head.objects.update(number=last.number, digest=last.digest)

    assert verify_chain().holds
    found = verify_chain(head=(COUNT, chain))
    assert [(each.number, each.kind) for each in found.breaks] == [(COUNT, "anchor")]


def test_a_chain_made_anew_shows_against_a_head_kept_elsewhere(chain: str) -> None:
    with unguarded():
        previous = "0" * 64
        for event in Event.objects.order_by("number"):
            event.reason, event.previous = "全部重造", previous
            previous = digest_event(event)
            rewrite(event.number, reason=event.reason, previous=event.previous, digest=previous)
        Head.objects.update(digest=previous)

    assert verify_chain().holds
    assert not verify_chain(head=(COUNT, chain)).holds


@pytest.mark.usefixtures("chain")
def test_the_database_lets_nobody_change_or_delete_an_event() -> None:
    for attempt in (
        lambda: Event.objects.filter(number=3).update(reason="x"),
        lambda: Event.objects.filter(number=3).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_an_event_stands_or_falls_with_its_change() -> None:
    with transaction.atomic():
        record_event(by=PLATFORM, action="a.b")
        transaction.set_rollback(True)

    assert not Event.objects.exists()
    assert Head.objects.get().number == 0


def test_what_would_forge_a_line_becomes_a_space() -> None:
    forged = "张三\r\n2026 已办\x1b[31m\x00\u202e李四\ufeff"

    assert clean_text(forged) == "张三  2026 已办 [31m  李四 "
    with transaction.atomic():
        event = record_event(by=PLATFORM, action="a.b", reason=forged, detail={"x": [forged]})
    assert event.reason == clean_text(forged)
    assert event.detail == {"x": [clean_text(forged)]}


def test_the_digest_covers_every_field() -> None:
    covered = {*FIELDS, "digest", "id"}

    assert {each.name for each in Event._meta.get_fields()} == covered


def list_told() -> set[str]:
    """Every action that some call records, as the source has it; steps of a sheet by their kind."""
    told = set()
    for file in Path(kaohe_web.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                given = [*call.args, *(each.value for each in call.keywords)]
                words = [each.value for each in given if isinstance(each, ast.Constant)]
                if call.func.id in TELLING:
                    told |= {str(word) for word in words if ACTION.fullmatch(str(word))}
    return told


def test_every_action_that_is_told_has_its_words_in_both_languages() -> None:
    told = list_told()

    assert len(told) > 50
    assert told - set(ACTIONS) == set()
    assert [action for action, text in ACTIONS.items() if not text.zh or not text.en] == []


def test_the_command_says_where_and_ends_with_one(chain: str) -> None:
    said = StringIO()
    call_command("verify-audit", stdout=said)
    assert f"{COUNT}:{chain}" in said.getvalue()

    with unguarded():
        edit(4)
    with pytest.raises(CommandError) as stopped:
        call_command("verify-audit", stdout=said)
    assert stopped.value.returncode == 1
    assert "第 4 号" in said.getvalue()
