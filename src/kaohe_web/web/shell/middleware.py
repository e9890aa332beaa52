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
from kaohe_web.web.shell.errors import show_forbidden, show_not_found
from kaohe_web.web.shell.headers import set_headers

Answer = Callable[[HttpRequest], HttpResponse]
DECLARED_ELSEWHERE = {
    "account_login": "signing in is for strangers",
    "account_logout": "so is having signed out",
    "account_reauthenticate": "asks for the password of who has signed in",
    "mfa_authenticate": "the second factor, between password and session",
    "mfa_reauthenticate": "asks for the second factor again",
    "mfa_index": "one's own second factors",
    "mfa_activate_totp": "sets one up, after the password",
    "mfa_deactivate_totp": "takes one away, after the password",
    "mfa_view_recovery_codes": "one's own codes, after the password",
    "mfa_generate_recovery_codes": "the same",
    "mfa_download_recovery_codes": "the same",
    "openid_connect_login": "goes to the identity provider",
    "openid_connect_callback": "comes back from it",
}
"""Pages of the sign-in library that are wanted, each with its reason; the others are not there."""


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
        match = request.resolver_match
        if hasattr(view, "declaration") or (match and match.view_name in DECLARED_ELSEWHERE):
            return None
        return (
            show_not_found(request)
            if match and match.route.startswith("account/")
            else show_forbidden(request)
        )
