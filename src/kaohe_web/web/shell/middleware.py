"""Around every request: headers, language, session limits, who acts, and no undeclared view."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from kaohe_web.accounts.acting import find_actor
from kaohe_web.foundation.clock import now
from kaohe_web.web.shell.errors import show_forbidden
from kaohe_web.web.shell.headers import set_headers

Answer = Callable[[HttpRequest], HttpResponse]
DECLARED_ELSEWHERE = ("allauth.",)
"""Packages whose views stand behind sign-in rules of their own."""


class AnswerHeaders:
    """No store keeps an answer, no script or frame of others gets at it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        request.id = str(uuid4())  # type: ignore[attr-defined]
        request.arrived = now()  # type: ignore[attr-defined]
        response = self.get_response(request)
        set_headers(request, response)
        return response


class ReaderLanguage:
    """The account's language, or the one chosen in this session; Chinese unless told otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's language."""
        chosen = request.session.get("language") or getattr(request.user, "language", "zh-hans")
        with translation.override(chosen):
            return self.get_response(request)


class SessionLimits:
    """Ends a session that was idle too long or is too old."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out first where the session has had its time."""
        if request.user.is_authenticated:
            self.keep_time(request)
        return self.get_response(request)

    def keep_time(self, request: HttpRequest) -> None:
        """Compare with the limits, and note this request."""
        moment = now()
        began = datetime.fromisoformat(request.session.setdefault("began", moment.isoformat()))
        seen = datetime.fromisoformat(request.session.get("seen", moment.isoformat()))
        if moment - seen > settings.SESSION_IDLE or moment - began > settings.SESSION_LONGEST:
            logout(request)
            return
        if (moment - seen).total_seconds() > 60 or "seen" not in request.session:
            request.session["seen"] = moment.isoformat()


class ActingPerson:
    """Sets `request.actor`: who acts, in which post; None for strangers and accounts without a post."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, knowing who asks."""
        request.actor = find_actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)


class DeclaredPagesOnly:
    """Refuses every view that does not declare who may come (B1)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as it would be anyway."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """403 for a view nobody declared."""
        del args, kwargs
        module = getattr(view, "__module__", "")
        if hasattr(view, "declaration") or module.startswith(DECLARED_ELSEWHERE):
            return None
        return show_forbidden(request)
