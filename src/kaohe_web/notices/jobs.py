"""The daily mail: how many notices of which kind wait, never what they say."""

from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from kaohe_web.audit.actions import record_event
from kaohe_web.foundation.actor import act_as_platform
from kaohe_web.foundation.clock import now, today
from kaohe_web.notices.choices import Kind
from kaohe_web.notices.models import MailDigest, Notice
from kaohe_web.notices.queries import list_unmailed
from kaohe_web.organisation.models import Person

PLATFORM = act_as_platform("mail")


def send_mail_digest() -> int:
    """One mail to everybody for whom something new waits; run again on the same day it sends none. Gives how many."""
    return sum(_send(person, waiting) for person, waiting in list_unmailed().items())


def _send(person: Person, waiting: Sequence[Notice]) -> bool:
    """Note the mail, then send it: after a crash between the two it is not sent twice."""
    digest = _note(person, waiting)
    if digest is None:
        return False
    try:
        _write(person, waiting).send()
    except OSError as failure:
        _note_failure(digest, failure)
        return False
    return True


def _note_failure(digest: MailDigest, failure: OSError) -> None:
    """What could not be sent goes with the next day's mail."""
    with transaction.atomic():
        digest.failed = str(failure)[:200]
        digest.save(update_fields=["failed"])
        Notice.objects.filter(mail=digest).update(mail=None)
        record_event(by=PLATFORM, action="notices.mail_failed", subject=digest)


def _note(person: Person, waiting: Sequence[Notice]) -> MailDigest | None:
    try:
        with transaction.atomic():
            digest = MailDigest.objects.create(
                person=person, day=today(), count=len(waiting), made_at=now()
            )
            Notice.objects.filter(pk__in=[each.pk for each in waiting]).update(mail=digest)
            record_event(
                by=PLATFORM, action="notices.mail", subject=digest, detail={"count": len(waiting)}
            )
    except IntegrityError:
        return None
    return digest


def _write(person: Person, waiting: Sequence[Notice]) -> EmailMessage:
    """A mail of kinds and counts alone, so that nothing unpublished can be in it."""
    counts = Counter(Kind(each.kind) for each in waiting)
    lines = [f"· {kind.label}:{count}" for kind, count in sorted(counts.items())]
    return EmailMessage(
        subject=f"考核平台:{len(waiting)} 条未读通知",
        body="\n".join(
            [f"{person.name}:", "", "您在考核平台有未读通知:", *lines, "", *_say_where()]
        ),
        to=[person.email],
    )


def _say_where() -> list[str]:
    return [f"https://{host}/notices/" for host in settings.ALLOWED_HOSTS[:1]]
