"""Labels of choices in the reader's language, decided when they are shown."""

from django.utils.functional import lazy
from django.utils.translation import get_language

from kaohe.language import Text


def _say(zh: str, en: str) -> str:
    return Text(zh, en).say("en" if (get_language() or "").startswith("en") else "zh")


label = lazy(_say, str)
"""`label("已报", "submitted")`: what a choice is called, for lists of choices and `get_…_display`."""
