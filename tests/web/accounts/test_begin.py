"""A new installation begins with one unit and three administrators, once."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kaohe_web.accounts.models import Account
from kaohe_web.audit.models import Event
from kaohe_web.organisation.models import Unit

THREE = ["--system", "沈一", "--security", "陆二", "--audit", "顾三"]


def begin(*arguments: str) -> str:
    said = StringIO()
    call_command("begin", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_three_persons_get_an_account_and_a_password_of_their_own() -> None:
    lines = begin("DQ01", "区委办公室", *THREE).splitlines()

    shown = [line.split()[:2] for line in lines[:3]]
    assert shown == [
        ["审计管理员", "audit_admin"],
        ["安全管理员", "security_admin"],
        ["系统管理员", "system_admin"],
    ]
    for _, name, password in (line.split() for line in lines[:3]):
        account = Account.objects.get(username=name)
        assert account.check_password(password)
        assert account.must_change_password
    assert Unit.objects.get().is_office_host
    assert list(Event.objects.order_by("number").values_list("action", flat=True)) == [
        "organisation.create_unit",
        "accounts.bootstrap",
        "accounts.bootstrap",
        "accounts.bootstrap",
    ]


@pytest.mark.django_db
def test_it_does_not_begin_twice() -> None:
    begin("DQ01", "区委办公室", *THREE)
    events = Event.objects.count()

    with pytest.raises(CommandError, match="There are units already; this runs once"):
        begin("DQ02", "区政府办公室", *THREE)
    assert (Account.objects.count(), Unit.objects.count(), Event.objects.count()) == (3, 1, events)


@pytest.mark.django_db
def test_the_three_are_three_persons() -> None:
    same = ["--system", "沈一", "--security", "沈一", "--audit", "顾三"]

    with pytest.raises(CommandError, match="three administrators are three persons"):
        begin("DQ01", "区委办公室", *same)
    assert Account.objects.count() == 0
