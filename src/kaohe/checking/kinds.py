"""What a kind of finding is: its code and weight, what it means, an example, a remedy, and how it is found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from kaohe.checking.inspected import Inspected
from kaohe.errors import Finding, Place, Severity
from kaohe.language import Text
from kaohe.scheme.draft import Path

Passage = Literal["scheme", "figures", "matters"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One occurrence: where it stands in the scheme or the data, what is wrong, and what would be right there.

    Without a `remedy` of its own it has the kind's.
    """

    where: Path | Place
    wrong: Text
    remedy: Text | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A change to the sample scheme, or to its data, that brings the finding about.

    `old` becomes `new` in the passage `of`; the finding then stands at the dotted path (or cell) `at`
    and on the line where `line` begins. `also` are further changes it takes.
    """

    old: str
    new: str
    at: str
    line: str
    of: Passage = "scheme"
    also: tuple[tuple[str, str], ...] = ()

    def apply(self, passage: str) -> str:
        """The passage with everything changed."""
        for old, new in ((self.old, self.new), *self.also):
            passage = passage.replace(old, new, 1)
        return passage


Find = Callable[[Inspected], Iterable[Fault]]


@dataclass(frozen=True)
class Kind:
    """One kind of finding, defined once: check, documentation and test all read it here."""

    code: str
    severity: Severity
    title: Text
    explanation: Text
    remedy: Text
    example: Example
    find: Find
    needs_data: bool = False

    def inspect(self, inspected: Inspected) -> list[Finding]:
        """Every finding of this kind."""
        if self.needs_data and inspected.observations is None:
            return []
        return [self._make_finding(fault, inspected) for fault in self.find(inspected)]

    def _make_finding(self, fault: Fault, inspected: Inspected) -> Finding:
        where = fault.where
        place = where if isinstance(where, Place) else inspected.draft.place(where)
        return Finding(self.code, self.severity, place, fault.wrong, fault.remedy or self.remedy)
