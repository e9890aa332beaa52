"""Declares a view as a page: who may come and how; a view that is not declared is refused (DeclaredPagesOnly)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from kaohe.language import Text
from kaohe_web.accounts.passwords import must_change
from kaohe_web.audit.actions import record_refusal
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.refusals import Invisible, Refused
from kaohe_web.foundation.roles import EVERYBODY, ROLES, Role
from kaohe_web.web.shell.errors import show_not_found, show_refusal


class ActorRequest(HttpRequest):
    """A request of somebody signed in, acting in one post."""

    actor: Actor
    arrived: datetime
    """When it arrived here: what counts for a deadline, however long it takes to be handled."""


View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who may come to a page, by which methods, and whether it asks for the password again."""

    roles: frozenset[Role]
    methods: tuple[str, ...]
    is_public: bool = False
    step_up: bool = False
    changes_password: bool = False


def page(
    *,
    roles: Iterable[Role] = EVERYBODY,
    methods: tuple[str, ...] = ("GET",),
    step_up: bool = False,
    changes_password: bool = False,
) -> Callable[[View], View]:
    """A page for these roles: others get 403, strangers the sign-in page, other methods 405.

    With `step_up` an unsafe method needs the password again, given within the last minutes (I3).
    Refusals of actions become pages; so does what is invisible.
    """
    declared = Declaration(
        frozenset(roles), _with_head(methods), step_up=step_up, changes_password=changes_password
    )

    def decorate(view: View) -> View:
        @wraps(view)
        def show(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            stopped = stop_stranger(request, declared)
            return stopped or answer(view, request, *args, **kwargs)

        show.declaration = declared  # type: ignore[attr-defined]
        return show

    return decorate


def public_page(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """A page for anybody, signed in or not."""
    declared = Declaration(frozenset(), _with_head(methods), is_public=True)

    def decorate(view: View) -> View:
        @wraps(view)
        def show(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return stop_method(request, declared) or answer(view, request, *args, **kwargs)

        show.declaration = declared  # type: ignore[attr-defined]
        return show

    return decorate


def _with_head(methods: tuple[str, ...]) -> tuple[str, ...]:
    return (*methods, "HEAD") if "GET" in methods else methods


def answer(view: View, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The view's answer, or the page of what it refused."""
    try:
        return view(request, *args, **kwargs)
    except Invisible:
        return show_not_found(request)
    except Refused as refusal:
        return show_refusal(request, refusal)


def stop_stranger(request: Any, declared: Declaration) -> HttpResponseBase | None:
    """What somebody sees who may not come here; None for those who may."""
    if request.actor is None:
        return stop_nobody(request)
    if request.actor.role not in declared.roles:
        refusal = Refused(_WRONG_POST)
        record_refusal(
            by=request.actor, action=f"web.{request.resolver_match.view_name}", refusal=refusal
        )
        return show_refusal(request, refusal)
    return stop_method(request, declared) or stop_stale(request, declared)


def stop_nobody(request: Any) -> HttpResponseBase:
    """Strangers go to the sign-in page; an account without any post is told so."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return show_refusal(request, Refused(_NO_POST))


def stop_method(request: HttpRequest, declared: Declaration) -> HttpResponse | None:
    """405 for a method the page does not have."""
    if request.method in declared.methods:
        return None
    return HttpResponse(status=405, headers={"Allow": ", ".join(declared.methods)})


def stop_stale(request: Any, declared: Declaration) -> HttpResponseBase | None:
    """The second factor where the role needs one, the password again where the act is weighty."""
    actor: Actor = request.actor
    if not declared.changes_password and must_change(request.user):
        return redirect("change_password")
    needs = actor.role is not None and ROLES[actor.role].needs_second_factor
    if needs and settings.SECOND_FACTOR_REQUIRED and not actor.second_factor:
        return redirect("mfa_activate_totp")
    if declared.step_up and request.method not in ("GET", "HEAD") and not _is_fresh(actor):
        return redirect(f"{reverse('account_reauthenticate')}?next={request.path}")
    return None


def _is_fresh(actor: Actor) -> bool:
    return actor.stepped_up_at is not None and now() - actor.stepped_up_at <= settings.STEP_UP_FRESH


_WRONG_POST = Text(
    "当前岗位无权访问此页,请切换到相应岗位",
    "Your present post has no access here; switch to the right post",
)
_NO_POST = Text(
    "此账号目前没有任何岗位,请联系安全管理员",
    "This account holds no post at present; ask the security administrator",
)
