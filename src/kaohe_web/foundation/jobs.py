"""Work in the background, whatever library does it."""

from typing import Any

from django.db import transaction
from django_q.tasks import async_task


def enqueue(function: str, *arguments: Any) -> None:
    """Run `package.module.function` soon, after this transaction is kept; it may run more than once."""
    transaction.on_commit(lambda: async_task(function, *arguments))
