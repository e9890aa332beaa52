"""What every page shows around its content: the reader, their posts, their entries."""

from typing import Any

from django.http import HttpRequest

from kaohe_web.accounts.acting import list_choices
from kaohe_web.accounts.models import Account
from kaohe_web.foundation.roles import ROLES, Role
from kaohe_web.organisation.queries import name_units
from kaohe_web.web.shell.entries import list_entries
from kaohe_web.web.shell.speech import speak


def describe_surroundings(request: HttpRequest) -> dict[str, Any]:
    """The reader's actor, choosable posts and entries of the rail; nothing of it for strangers."""
    actor = getattr(request, "actor", None)
    if actor is None or not isinstance(request.user, Account):
        return {"actor": None}
    choices = list_choices(request.user)
    names = name_units({choice.post.unit_id for choice in choices})
    return {
        "actor": actor,
        "actor_unit": names.get(actor.unit, actor.unit_name),
        "actor_role": ROLES[actor.role].name,
        "choices": [
            {
                "key": choice.key,
                "post": choice.post,
                "label": f"{names.get(choice.post.unit_id, '')} · {_name_role(choice.post.role)}",
            }
            for choice in choices
        ],
        "entries": list_entries(actor, request.path),
    }


def _name_role(role: str) -> str:

    return speak(ROLES[Role(role)].name)
