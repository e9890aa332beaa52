"""What templates say and show: both languages, icons, state marks, numbers, keys that work once."""

from typing import Any
from uuid import uuid4

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kaohe.errors import SEVERITIES, Place, Severity
from kaohe.language import Text
from kaohe_web.web.shell.speech import find_language, speak

register = template.Library()

_TONES = {
    "due": "idle",
    "returned": "late",
    "submitted": "near",
    "reviewed": "near",
    "signed_off": "near",
    "checked": "good",
    "approved": "good",
    "locked": "good",
    "planned": "idle",
    "open": "near",
    "closed": "late",
    "draft": "idle",
    "consultation": "near",
    "adopted": "good",
    "superseded": "idle",
    "withdrawn": "idle",
    "blocking": "bad",
    "warning": "late",
    "notice": "near",
    "object": "late",
    "agree": "good",
    "refused": "bad",
    "done": "good",
    "pending": "near",
    "granted": "good",
    "queued": "idle",
    "running": "near",
    "stopped": "idle",
    "failed": "bad",
    "filed": "near",
    "counted": "good",
}


@register.simple_tag
def t(zh: str, en: str) -> str:
    """One sentence in the reader's language."""
    return speak(Text(zh, en))


@register.filter
def say(text: Text | str) -> str:
    """A text of the product in the reader's language."""
    return speak(text)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside a word; it says nothing of its own."""
    sheet = static("vendor/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        sheet,
        name,
    )


@register.simple_tag
def mark(state: str, word: Any) -> SafeString:
    """A state by shape and word, its colour only helping."""
    return format_html('<span class="mark {}">{}</span>', _TONES.get(state, "idle"), word)


@register.simple_tag
def once() -> SafeString:
    """The hidden key under which a form is taken exactly once."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4().hex)


@register.filter
def place(where: Place) -> str:
    """Where something stands in a file, with a colon after it; nothing where no place is known."""
    said = where.say(find_language())
    return f"{said}: " if said else ""


@register.filter
def severity(weight: str) -> str:
    """How much a finding weighs."""
    return speak(SEVERITIES[Severity(weight)])


@register.filter
def lookup(mapping: dict[Any, Any], key: Any) -> Any:
    """A value by its key; nothing where it is not there."""
    return mapping.get(key, "")
