"""What can go wrong, said with its place, its reason and its remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from kaohe.language import Language, Text


class Severity(StrEnum):
    """How much a finding weighs: a blocking one stops a scheme from being scored."""

    BLOCKING = "blocking"
    WARNING = "warning"
    NOTICE = "notice"


SEVERITIES = {
    Severity.BLOCKING: Text("须改", "blocking"),
    Severity.WARNING: Text("警示", "warning"),
    Severity.NOTICE: Text("提示", "notice"),
}
"""How each weight is said."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file with a line, or a sheet with a cell or a row.

    `cell` is an address such as B7, or the number of a row alone; `key` is the dotted path inside.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int | None = None
    key: str = ""

    def say(self, language: Language) -> str:
        """The place as a reader would look it up, most general part first."""
        cell = _ROW.say(language).format(self.cell) if self.cell.isdigit() else self.cell
        line = "" if self.line is None else _LINE.say(language).format(self.line)
        return " · ".join(part for part in (self.file, self.sheet, cell, line, self.key) if part)


_ROW = Text("第{}行", "row {}")
_LINE = Text("第{}行", "line {}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in an input: its kind, weight and place, what is wrong, and what would be right."""

    kind: str
    severity: Severity
    place: Place
    wrong: Text
    remedy: Text

    def say(self, language: Language) -> str:
        """Place, reason and remedy in one line."""
        place = self.place.say(language)
        lead = f"{place}: " if place else ""
        return f"{lead}{self.wrong.say(language)} → {self.remedy.say(language)}"


def blocking(kind: str, place: Place, wrong: Text, remedy: Text) -> Finding:
    """A finding that must be mended before anything can be scored."""
    return Finding(kind, Severity.BLOCKING, place, wrong, remedy)


_NEAR = 0.5  # of all characters, the share that two names must have alike in order
_LONGEST_NAME = 60  # comparing takes time with the square of the length


def find_nearest(word: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """The known names most like a misspelt one, the likest first; empty where none is like it."""
    return get_close_matches(word[:_LONGEST_NAME], list(known), n=most, cutoff=_NEAR)


class KaoheError(Exception):
    """Base of every error Kaohe raises on purpose."""


class BadInput(KaoheError):
    """Input that cannot be used; carries every finding at once, never only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(finding.say("en") for finding in self.findings))

    def say(self, language: Language) -> str:
        """All findings, one a line."""
        return "\n".join(finding.say(language) for finding in self.findings)
