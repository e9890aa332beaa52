"""What a rehearsal gives, as plain data that pages show."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a group's points the figures at hand reach, in percent with one decimal."""

    group: str
    name: str
    percent: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One indicator's part in a unit's move; a score that is not there on one side is empty."""

    code: str
    name: str
    before: str
    after: str
    difference: str


@dataclass(frozen=True, slots=True)
class UnitMove:
    """One unit under the rules of then and under the draft, on the same figures."""

    unit: str
    name: str
    group: str
    rank_before: str
    rank_after: str
    total_before: str
    total_after: str
    difference: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rehearsal's whole outcome; `moves` is empty where coverage is below what was declared."""

    percent: str
    coverage: tuple[Coverage, ...]
    uncovered: tuple[tuple[str, str], ...]
    moves: tuple[UnitMove, ...]

    def as_content(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)
