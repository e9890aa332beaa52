"""The reader's language."""

from django.utils.translation import get_language

from kaohe.language import Language, Text


def find_language() -> Language:
    """The language of the page being made."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def speak(text: Text | str) -> str:
    """A text in the reader's language; plain strings as they are."""
    return text.say(find_language()) if isinstance(text, Text) else text
