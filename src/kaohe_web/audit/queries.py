"""Reads of the log."""

from datetime import date

from django.db.models import QuerySet

from kaohe_web.audit.choices import Outcome
from kaohe_web.audit.models import Event, Head


def list_events(
    *,
    name: str = "",
    action: str = "",
    outcome: str = "",
    day: date | None = None,
    subject: tuple[str, str] | None = None,
) -> QuerySet[Event]:
    """Events, the latest first, by who, what, how it went, which day, about what."""
    found = Event.objects.order_by("-number")
    if name:
        found = found.filter(name__contains=name)
    if action:
        found = found.filter(action__startswith=action)
    if outcome in Outcome.values:
        found = found.filter(outcome=outcome)
    if day is not None:
        found = found.filter(happened_at__date=day)
    if subject is not None:
        found = found.filter(subject=subject[0], subject_key=subject[1])
    return found


def find_head() -> Head:
    """The end of the chain: what is given to a second custodian."""
    return Head.objects.get()
