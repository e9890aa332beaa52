"""Work in the background, whatever library does it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django_q.models import Schedule
from django_q.tasks import async_task


def enqueue(function: str, *arguments: Any) -> None:
    """Run `package.module.function` soon, after this transaction is kept; it may run more than once."""
    transaction.on_commit(lambda: async_task(function, *arguments))


def enqueue_at(function: str, *arguments: Any, moment: datetime, name: str) -> None:
    """Run a function at a moment, once; the same name again moves it."""
    Schedule.objects.update_or_create(
        name=name,
        defaults={
            "func": function,
            "args": repr(arguments),
            "schedule_type": Schedule.ONCE,
            "next_run": moment,
            "repeats": 1,
        },
    )
