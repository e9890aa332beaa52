"""What templates say and show: both languages, state marks, icons."""

from django import template

from kaohe.language import Text
from kaohe_web.web.shell.speech import speak

register = template.Library()


@register.simple_tag
def t(zh: str, en: str) -> str:
    """One sentence in the reader's language."""
    return speak(Text(zh, en))


@register.filter
def say(text: Text | str) -> str:
    """A text of the product in the reader's language."""
    return speak(text)
