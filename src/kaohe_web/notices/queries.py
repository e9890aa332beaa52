"""Reads of notices."""

from datetime import date

from django.db.models import QuerySet

from kaohe.language import Text
from kaohe_web.foundation.clock import today
from kaohe_web.foundation.refusals import Invisible
from kaohe_web.notices.models import Notice
from kaohe_web.organisation.calendar import count_workdays
from kaohe_web.organisation.models import Person


def list_notices(person: int | None) -> QuerySet[Notice]:
    """Everything a person was told, the latest first."""
    return Notice.objects.filter(person=person).order_by("-told_at", "-id")


def count_unread(person: int | None) -> int:
    """How many notices wait for a person: the figure in the top bar."""
    return Notice.objects.filter(person=person, read_at=None).count()


def find_notice(key: int, person: int | None) -> Notice:
    """One of a person's own notices.

    Raises:
        Invisible: there is none, or it is another's.
    """
    notice = list_notices(person).filter(pk=key).first()
    if notice is None:
        raise Invisible
    return notice


def list_unmailed() -> dict[Person, list[Notice]]:
    """What no mail has told of yet and is still unread, by person with an address."""
    found = Notice.objects.filter(read_at=None, mail=None).exclude(person__email="")
    by_person: dict[Person, list[Notice]] = {}
    for notice in found.select_related("person").order_by("person", "id"):
        by_person.setdefault(notice.person, []).append(notice)
    return by_person


def say_deadline(last_day: date, day: date | None = None) -> Text:
    """How far off a deadline is, in the office's working days."""
    days = count_workdays(day or today(), last_day)
    if days > 0:
        return Text(f"还有 {days} 个工作日", f"{days} working days left")
    if (day or today()) <= last_day:
        return Text("今日截止", "due today")
    return Text(f"已逾期 {-days} 个工作日", f"{-days} working days overdue")
