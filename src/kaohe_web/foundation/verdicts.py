"""Policies answer with a verdict; a refused one says why and what now."""

from dataclasses import dataclass

from kaohe.language import Text
from kaohe_web.foundation.refusals import Refused


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something may be done; `reason` says why not."""

    reason: Text | None = None

    def __bool__(self) -> bool:
        """True where it is allowed."""
        return self.reason is None


ALLOWED = Verdict()


def deny(zh: str, en: str) -> Verdict:
    """A verdict against, with its reason and what now."""
    return Verdict(Text(zh, en))


def require(verdict: Verdict) -> None:
    """Go on only with a verdict in favour.

    Raises:
        Refused: with the verdict's reason.
    """
    if verdict.reason is not None:
        raise Refused(verdict.reason)
