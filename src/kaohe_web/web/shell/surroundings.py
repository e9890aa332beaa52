"""What every page shows around its content: the reader, their posts, their entries."""

from typing import Any

from django.http import HttpRequest

from kaohe_web.accounts.acting import list_choices
from kaohe_web.accounts.models import Account
from kaohe_web.web.shell.entries import list_entries


def describe_surroundings(request: HttpRequest) -> dict[str, Any]:
    """The reader's actor, choosable posts and entries of the rail; nothing of it for strangers."""
    actor = getattr(request, "actor", None)
    if actor is None or not isinstance(request.user, Account):
        return {"actor": None}
    return {
        "actor": actor,
        "choices": list_choices(request.user),
        "entries": list_entries(actor, request.path),
    }
