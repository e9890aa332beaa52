"""The first page of everybody who has signed in."""

from django.http import HttpResponse
from django.shortcuts import render

from kaohe_web.foundation.roles import ROLES, Role
from kaohe_web.web.desk.waiting import list_waiting
from kaohe_web.web.shell.pages import ActorRequest, page


@page()
def show_desk(request: ActorRequest) -> HttpResponse:
    """What waits for this reader, and what their post is for."""
    role = request.actor.role
    context = {
        "waiting": list_waiting(request.actor),
        "described": ROLES[Role(role)] if role else None,
    }
    return render(request, "desk/desk.html", context)
