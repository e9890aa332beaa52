"""How an event's digest is made from its content and the digest before it, and what breaks the chain."""

from datetime import UTC
from typing import Any

from kaohe_web.foundation.digests import digest_content

BEGINNING = "0" * 64
"""What stands in place of a digest before the first event."""

FIELDS = (
    "number",
    "happened_at",
    "person",
    "name",
    "role",
    "unit",
    "unit_name",
    "acting_for",
    "address",
    "request",
    "action",
    "outcome",
    "subject",
    "subject_key",
    "subject_name",
    "before",
    "after",
    "reason",
    "detail",
    "previous",
)
"""Everything of an event that its digest covers: all but the digest itself."""


def digest_event(event: Any) -> str:
    """The digest of one event, over every field and the digest of the event before."""
    content = {field: getattr(event, field) for field in FIELDS}
    content["happened_at"] = event.happened_at.astimezone(UTC).isoformat(timespec="microseconds")
    return digest_content(content)
