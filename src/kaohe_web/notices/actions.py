"""Telling somebody, and having read it."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.http import url_has_allowed_host_and_scheme

from kaohe.language import Text
from kaohe_web.audit.actions import record_event, refusals_recorded
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.notices.choices import Kind
from kaohe_web.notices.models import Notice
from kaohe_web.notices.queries import find_notice, list_notices
from kaohe_web.organisation.models import Person


def notify(*, to: Iterable[Person], kind: str, text: Text, link: str, about: str, by: Actor) -> int:
    """Tell persons about a thing, inside the transaction and under the event of what happened; gives how many.

    Nobody is told of what they did themselves. An unread notice about the same thing is brought up to
    date instead of a second one. `text` holds no figure that is not published to its reader.

    Raises:
        ValueError: the link leads elsewhere.
    """
    if not link.startswith("/") or not url_has_allowed_host_and_scheme(link, allowed_hosts=None):
        raise ValueError(f"not an address here: {link}")
    told = {person.pk for person in to} - by.persons
    for person in sorted(told):
        _tell(person, Kind(kind), text, link, about)
    return len(told)


def _tell(person: int, kind: Kind, text: Text, link: str, about: str) -> None:
    news = {
        "kind": kind,
        "text": {"zh": text.zh, "en": text.en},
        "link": link,
        "told_at": now(),
        "mail": None,
    }
    unread = Notice.objects.filter(person=person, about=about, read_at=None)
    if unread.update(times=F("times") + 1, **news):
        return
    try:
        with transaction.atomic():
            Notice.objects.create(person_id=person, about=about, made_at=now(), **news)
    except IntegrityError:
        unread.update(times=F("times") + 1, **news)


@refusals_recorded("notices.read")
def mark_read(*, notice: int, by: Actor) -> Notice:
    """One notice has been read."""
    with transaction.atomic():
        found = find_notice(notice, by.person)
        if found.read_at is None:
            found.read_at = now()
            found.save(update_fields=["read_at"])
            record_event(by=by, action="notices.read", subject=found)
    return found


@refusals_recorded("notices.read")
def mark_all_read(*, upto: int, by: Actor) -> int:
    """Everything shown has been read: a person's notices up to a key, so that none unseen is lost."""
    with transaction.atomic():
        shown = list_notices(by.person).filter(read_at=None, pk__lte=upto)
        count = shown.update(read_at=now())
        if count:
            record_event(by=by, action="notices.read", detail={"notices": count})
    return count
