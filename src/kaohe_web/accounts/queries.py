"""Reads of accounts and posts."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from kaohe_web.accounts.models import Delegation, Post
from kaohe_web.organisation.models import Person


def list_posts(*, person: Person, day: date) -> QuerySet[Post]:
    """The posts a person holds on a day, in the order they were given."""
    held = Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))
    return Post.objects.filter(held, person=person).select_related("unit", "person").order_by("id")


def list_delegations(*, person: Person, moment: datetime) -> QuerySet[Delegation]:
    """The posts of others that a person may act in at a moment."""
    return (
        Delegation.objects.filter(
            delegate=person, since__lte=moment, until__gt=moment, ended_at=None
        )
        .select_related("post__unit", "post__person")
        .order_by("id")
    )
