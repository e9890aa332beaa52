"""What an adopted scheme asks for: every figure once, of whom, and how it is read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """One facet of one indicator, asked for every unit it applies to.

    `figure` is the figure's identity across schemes; `owner` and `lead` are names as the scheme has them,
    `units` codes. `reporter` is `owner` or `assessed_unit`.
    """

    figure: str
    indicator: str
    name: str
    facet: str
    facet_name: str
    measure: str
    decimals: int | None
    owner: str
    lead: str
    reporter: str
    frequency: str
    due: int | date | None
    vintage: str
    cutoff: date | None
    needs_evidence: bool
    units: tuple[str, ...]

    @property
    def key(self) -> str:
        """The figure and its facet, as one word."""
        return f"{self.figure}.{self.facet}"
