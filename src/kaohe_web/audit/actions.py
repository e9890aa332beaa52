"""Writing events: inside the transaction of what they tell, or, for a refusal, in one of their own."""

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from kaohe_web.audit.chain import BEGINNING, digest_event
from kaohe_web.audit.choices import Outcome
from kaohe_web.audit.models import Event, Head
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.refusals import Invisible, Refused

P = ParamSpec("P")
T = TypeVar("T")

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_inside: ContextVar[bool] = ContextVar("inside_recorded_action", default=False)


def record_event(
    *,
    by: Actor,
    action: str,
    subject: models.Model | None = None,
    before: str = "",
    after: str = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    outcome: Outcome = Outcome.DONE,
) -> Event:
    """Add one event to the chain; call it inside the transaction of the change it tells.

    `before` and `after` are digests of the subject's content, `detail` is JSON-like and holds neither
    secrets nor unpublished scores.

    Raises:
        TransactionManagementError: no transaction is open.
    """
    head = Head.objects.select_for_update().get()
    event = Event(
        number=head.number + 1,
        happened_at=now(),
        **_describe_actor(by),
        **_describe_subject(subject),
        action=action,
        outcome=outcome,
        before=before,
        after=after,
        reason=clean_text(reason),
        detail=_clean(dict(detail or {})),
        previous=head.digest or BEGINNING,
    )
    event.digest = digest_event(event)
    event.save(force_insert=True)
    head.number, head.digest = event.number, event.digest
    head.save(update_fields=["number", "digest"])
    return event


def _describe_actor(by: Actor) -> dict[str, Any]:
    return {
        "person": by.person,
        "name": clean_text(by.name)[:100],
        "role": by.role or "",
        "unit": by.unit,
        "unit_name": clean_text(by.unit_name)[:200],
        "acting_for": clean_text(by.acting_for)[:100],
        "address": by.address,
        "request": by.request,
    }


def _describe_subject(subject: models.Model | None) -> dict[str, str]:
    if subject is None:
        return {}
    return {
        "subject": subject._meta.label_lower,
        "subject_key": str(subject.pk),
        "subject_name": clean_text(str(subject))[:200],
    }


def clean_text(text: str) -> str:
    """Text without what could forge a line or hide one: controls and direction marks become spaces."""
    return _UNPRINTABLE.sub(" ", text)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return {clean_text(str(key)): _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value if isinstance(value, int | bool) or value is None else clean_text(str(value))


def refusals_recorded(action: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Record a refusal of the decorated action as an event, after its own transaction is undone."""

    def decorate(do: Callable[P, T]) -> Callable[P, T]:
        @wraps(do)
        def recorded(*args: P.args, **kwargs: P.kwargs) -> T:
            if _inside.get():
                return do(*args, **kwargs)
            token = _inside.set(True)
            try:
                return do(*args, **kwargs)
            except (Refused, Invisible) as refusal:
                record_refusal(by=kwargs["by"], action=action, refusal=refusal)  # type: ignore[arg-type]
                raise
            finally:
                _inside.reset(token)

        return recorded

    return decorate


def record_refusal(*, by: Actor, action: str, refusal: Exception) -> None:
    """One event for something that was refused, in a transaction of its own."""
    reason = refusal.say("zh") if isinstance(refusal, Refused) else "不可见"
    with transaction.atomic():
        record_event(by=by, action=action, reason=reason, outcome=Outcome.REFUSED)
