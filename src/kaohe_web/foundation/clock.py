"""The only clock: the server's, in the zone of the settings."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()  # noqa: TID251 - the one place that asks


def today() -> date:
    """The date where the office is."""
    return timezone.localdate()
