"""Taking a scheme away as a file."""

from django.db import transaction

from kaohe_web.audit.actions import record_event
from kaohe_web.foundation.actor import Actor
from kaohe_web.schemes.models import SchemeVersion


def record_export(*, version: SchemeVersion, ending: str, by: Actor) -> None:
    """Tell the log who took which version away, in which form."""
    with transaction.atomic():
        record_event(by=by, action="schemes.export", subject=version, detail={"ending": ending})
