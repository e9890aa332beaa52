"""How an action says no; every refusal carries a sentence for the person who asked."""

from collections.abc import Mapping
from typing import Any

from kaohe.language import Language, Text


class Refused(Exception):
    """It may not be done, or not now; the page says why and what now."""

    status = 403

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)

    def say(self, language: Language) -> str:
        """The reason in one language."""
        return self.reason.say(language)


class OutOfDate(Refused):
    """What was shown has changed since; `now` holds what stands, by field or cell."""

    status = 409

    def __init__(self, reason: Text, now: Mapping[str, Any] | None = None) -> None:
        self.now = dict(now or {})
        super().__init__(reason)


class Unprocessable(Refused):
    """Well asked, but the content cannot be taken; the reason names what would be right."""

    status = 422


class Invisible(Exception):
    """Not theirs to see, or not there at all: the same answer for both, a plain 404."""


CHANGED = Text(
    "您打开之后内容已有变动,请刷新核对后再办",
    "This has changed since you opened it; look again before you act",
)
