"""A version's workbook form as rows of text, and where on it something stands."""

from dataclasses import dataclass

from kaohe.language import Text

Cells = list[list[str]]
Sheets = dict[str, Cells]
"""Sheets by name, in order; of each the rows, the heads first."""

INDICATORS = "指标"
SETTINGS = "方案"


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """What the checker says, at the sheet, row and column it concerns (counted as a workbook does; 0 is none)."""

    severity: str
    kind: str
    sheet: str
    row: int
    column: int
    wrong: Text
    remedy: Text

    @property
    def is_blocking(self) -> bool:
        """Whether it must be mended before adoption."""
        return self.severity == "blocking"


@dataclass(frozen=True, slots=True)
class RuleReading:
    """One indicator's rule twice: as written, and as the machine reads it, a line for each step."""

    code: str
    name: str
    verbatim: str
    steps: tuple[Text, ...]
