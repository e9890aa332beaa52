"""Who a request acts as: the account's person, in the post chosen for this session."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from kaohe_web.accounts.models import Account, Delegation, Post
from kaohe_web.accounts.queries import list_delegations, list_posts
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now, today
from kaohe_web.foundation.roles import Role

CHOSEN = "post"
"""Where the session keeps the chosen post: `post:ID`, or `delegation:ID`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One post a person may act in: their own, or one lent to them."""

    key: str
    post: Post
    delegation: Delegation | None = None


def list_choices(account: Account) -> list[Choice]:
    """Every post the account may act in now, own ones first."""
    own = [
        Choice(f"post:{post.pk}", post) for post in list_posts(person=account.person, day=today())
    ]
    lent = list_delegations(person=account.person, moment=now())
    return own + [Choice(f"delegation:{each.pk}", each.post, each) for each in lent]


def find_actor(request: HttpRequest) -> Actor | None:
    """The actor of a request; None for strangers and for accounts that hold no post now."""
    account = request.user
    if not isinstance(account, Account):
        return None
    choices = list_choices(account)
    chosen = request.session.get(CHOSEN)
    choice = next((each for each in choices if each.key == chosen), None) or next(
        iter(choices), None
    )
    return None if choice is None else act(request, account, choice)


def act(request: HttpRequest, account: Account, choice: Choice) -> Actor:
    """The account's person in one post."""
    lent = choice.delegation is not None
    return Actor(
        person=account.person.pk,
        name=account.person.name,
        role=Role(choice.post.role),
        unit=choice.post.unit.pk,
        unit_name=choice.post.unit.code,
        post=choice.post.pk,
        principal=choice.post.person.pk if lent else None,
        acting_for=choice.post.person.name if lent else "",
        address=request.META.get("REMOTE_ADDR", ""),
        request=getattr(request, "id", ""),
        second_factor=has_second_factor(request),
        stepped_up_at=find_step_up(request),
    )


def _methods(request: HttpRequest) -> list[dict[str, object]]:
    return list(request.session.get("account_authentication_methods", []))


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor, here or at the identity provider."""
    return any(each.get("method") in ("mfa", "socialaccount") for each in _methods(request))


def find_step_up(request: HttpRequest) -> datetime | None:
    """When this session last proved who it is."""
    moments = [float(str(each["at"])) for each in _methods(request) if "at" in each]
    return datetime.fromtimestamp(max(moments), tz=now().tzinfo) if moments else None
