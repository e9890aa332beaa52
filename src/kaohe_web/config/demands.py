"""What one demand on the settings is, and how a failed one is said."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.checks import CheckMessage, Error

from kaohe.language import Text


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing the settings must hold: its number, whether it does, and what to say where it does not."""

    number: int
    holds: Callable[[], bool]
    wrong: Text
    remedy: Text

    def describe(self) -> CheckMessage:
        """The failed demand as Django reports it; no start without it."""
        return Error(
            f"{self.wrong.zh} · {self.wrong.en}",
            hint=f"{self.remedy.zh} · {self.remedy.en}",
            id=f"kaohe.E{self.number:03}",
        )


OWN_SETTINGS = Text(
    "请使用 kaohe_web.config.settings,不要另行覆盖",
    "use kaohe_web.config.settings as it is",
)
"""The remedy for what no environment variable can loosen."""
