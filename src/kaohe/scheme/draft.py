"""From what was read to what can be scored: a draft, and a scheme without blocking findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kaohe.errors import BadInput, Finding, Place, Severity
from kaohe.scheme.digest import digest_scheme
from kaohe.scheme.model import SchemeModel

Path = tuple[str | int, ...]
"""Keys and positions from the root to one value."""


@dataclass(frozen=True)
class Draft:
    """A scheme as read, whatever state it is in: plain data, and where each value stands.

    Scalars are text, exactly as written, or None.
    """

    tree: Any
    file: str = ""
    places: Mapping[Path, Place] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def place(self, path: Path) -> Place:
        """Where a value stands, or the nearest value around it that has a place; with its dotted path."""
        key = write_path(path)
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length])
            if found is not None:
                return Place(found.file, found.sheet, found.cell, found.line, key)
        return Place(file=self.file, key=key)


def write_path(path: Path) -> str:
    """A path as people write it: indicators[3].points."""
    written = ""
    for step in path:
        written += f"[{step}]" if isinstance(step, int) else f".{step}"
    return written.lstrip(".")


@dataclass(frozen=True)
class Scheme:
    """A scheme without blocking findings: the only thing that can be scored.

    Raises BadInput when it is made with a blocking finding.
    """

    model: SchemeModel
    findings: tuple[Finding, ...] = ()
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        blocking = [each for each in self.findings if each.severity is Severity.BLOCKING]
        if blocking:
            raise BadInput(blocking)
        object.__setattr__(self, "digest", digest_scheme(self.model))
