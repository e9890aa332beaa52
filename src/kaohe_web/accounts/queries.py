"""Reads of accounts and posts."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from kaohe_web.accounts.models import Delegation, Post
from kaohe_web.foundation.roles import Role
from kaohe_web.organisation.models import Person


def list_posts(*, person: Person, day: date) -> QuerySet[Post]:
    """The posts a person holds on a day, in the order they were given."""
    return (
        Post.objects.filter(_held_on(day), person=person)
        .select_related("unit", "person")
        .order_by("id")
    )


def list_delegations(*, person: Person, moment: datetime) -> QuerySet[Delegation]:
    """The posts of others that a person may act in at a moment."""
    return (
        Delegation.objects.filter(
            delegate=person,
            since__lte=moment,
            until__gt=moment,
            ended_at=None,
            post__in=Post.objects.filter(_held_on(timezone.localdate(moment))),
        )
        .select_related("post__unit", "post__person")
        .order_by("id")
    )


def list_holders(*, role: Role, day: date, unit: int | None = None) -> QuerySet[Person]:
    """Who holds a role on a day, at one unit or anywhere."""
    posts = Post.objects.filter(_held_on(day), role=role)
    if unit is not None:
        posts = posts.filter(unit=unit)
    return Person.objects.filter(pk__in=posts.values("person")).order_by("id")


def list_people(word: str) -> QuerySet[Person]:
    """Persons whose name or number holds a word, with their accounts."""
    found = Person.objects.prefetch_related("accounts").order_by("sort_key", "id")
    return found.filter(Q(name__contains=word) | Q(number__contains=word)) if word else found


def list_held(persons: Iterable[Person], day: date) -> dict[int, list[Post]]:
    """The posts that persons hold on a day, by person."""
    held: dict[int, list[Post]] = {}
    for post in Post.objects.filter(_held_on(day), person__in=persons).order_by("id"):
        held.setdefault(post.person_id, []).append(post)
    return held


def list_delegations_of(person: Person) -> QuerySet[Delegation]:
    """Posts a person has lent or was lent, the latest first."""
    return (
        Delegation.objects.filter(Q(post__person=person) | Q(delegate=person))
        .select_related("post__person", "delegate")
        .order_by("-id")
    )


def _held_on(day: date) -> Q:
    return Q(revoked_at=None, since__lte=day) & (Q(until=None) | Q(until__gt=day))
