"""Methods that count matters: events, awards and claims with a document and a date.

Matters are reduced before the rule to the facet `tally`: each counted once, at its highest level.
"""

from typing import ClassVar, Literal

from kaohe.expressions.nodes import Facet, Named
from kaohe.expressions.writing import POINTS, clamp
from kaohe.language import Text
from kaohe.rules.method import Example, Method, describe, name_score
from kaohe.rules.parameters import Exact

TALLY = Facet("tally")


class Awards(Method):
    """Points by level of award, each matter counted once at its highest level, up to a cap."""

    method: Literal["awards"] = "awards"
    levels: dict[str, Exact] = describe("各级加分", "points of each level", min_length=1)
    cap: Exact | None = describe(
        "加分上限（空＝本项分值）", "most points (the indicator's own if empty)", default=None
    )

    code: ClassVar = "R18"
    title: ClassVar = Text("奖项加分法", "Awards, highest level once")
    formula: ClassVar = "S = min(Σ points of each matter at its highest level, cap)"
    source: ClassVar = Text(
        "就高不就低，同一事项只计一次", "one matter counted once, at its highest level"
    )
    examples: ClassVar = (
        Example(
            points="3",
            figures={"tally": ("0", "2.5", "3.5")},
            parameters={"levels": {"national": 2, "provincial": 1, "city": "0.5"}},
            scores=("0", "2.5", "3"),
            reference="R18",
        ),
    )

    def expression(self, *, higher_is_better: bool) -> Named:
        """tally, held within the cap."""
        cap = POINTS if self.cap is None else self.figure("cap")
        return name_score(clamp(TALLY, 0, cap))
