"""Exactly once: a double click, a retry or the back button does not do a thing twice."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from kaohe.language import Text
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.digests import digest_content
from kaohe_web.foundation.models import DoneOnce
from kaohe_web.foundation.refusals import Unprocessable

_OTHER_BODY = Text(
    "同一提交凭据已用于另一内容,请刷新页面后重新提交",
    "This form was already used for something else; reload the page and submit again",
)


def do_once(*, once: str, action: str, by: Actor, body: Any, doing: Callable[[], Any]) -> Any:
    """Do it under a key, or give the answer it had the first time; must stand around the whole action.

    The answer is JSON-like. The key, the change and its audit event are one transaction.

    Raises:
        Unprocessable: the key stands for another action, person or content.
    """
    mark = {"action": action, "person": by.person, "body_digest": digest_content(body)}
    try:
        with transaction.atomic():
            row = DoneOnce.objects.create(key=once, done_at=now(), **mark)
            row.answer = doing()
            row.save(update_fields=["answer"])
            return row.answer
    except IntegrityError:
        done = DoneOnce.objects.filter(key=once).first()
        if done is None:
            raise
    if any(getattr(done, field) != value for field, value in mark.items()):
        raise Unprocessable(_OTHER_BODY)
    return done.answer
