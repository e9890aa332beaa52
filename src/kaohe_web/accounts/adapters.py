"""How the sign-in library behaves here: closed to newcomers, told to the log, never granting rights."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kaohe_web.accounts.models import Account
from kaohe_web.audit.actions import record_event
from kaohe_web.audit.choices import Outcome
from kaohe_web.foundation.actor import Actor


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Local sign-in: accounts are opened by the administrator alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        del request
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in, and tell the log in the same transaction."""
        with transaction.atomic():
            super().login(request, user)
            record_sign(request, user, "accounts.sign_in")

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and tell the log."""
        with transaction.atomic():
            if isinstance(request.user, Account):
                record_sign(request, request.user, "accounts.sign_out")
            super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A name and password that do not fit; the log keeps the name, never the password."""
        super().authentication_failed(request, **credentials)
        name = str(credentials.get("username", ""))[:60]
        record_failure(request, name, "accounts.sign_in_failed")

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        """The same answer as for a wrong password."""
        record_failure(request, user.username, "accounts.sign_in_failed")
        return redirect("account_login")


class ClosedSocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by an identity provider: it opens the account of that name, and never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect the identity to the account that bears its name, where there is one."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data
        claims = claims.get("userinfo", claims)
        name = str(claims.get("preferred_username", ""))
        account = Account.objects.filter(username__iexact=name, is_active=True).first()
        if name and account is not None:
            sociallogin.connect(request, account)


def find_username(request: HttpRequest, credentials: Any = None) -> str:
    """The name somebody tries to sign in with, however it is written, for counting failures."""
    given = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(given)[:60].lower()


def record_sign(request: HttpRequest, account: Account, action: str) -> None:
    """Somebody signing in or out."""
    record_event(by=describe(request, account.person.pk, account.person.name), action=action)


def record_failure(request: HttpRequest, name: str, action: str) -> None:
    """Somebody who did not get in, by the name they gave."""
    with transaction.atomic():
        record_event(by=describe(request, None, name), action=action, outcome=Outcome.REFUSED)


def describe(request: HttpRequest, person: int | None, name: str) -> Actor:
    """Somebody who has no post yet."""
    return Actor(
        person=person,
        name=name,
        role=None,
        address=request.META.get("REMOTE_ADDR", ""),
        request=getattr(request, "id", ""),
    )
