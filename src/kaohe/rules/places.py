"""Methods that score by place in the pool."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from kaohe.expressions.nodes import Named, PlacePoints, Rank
from kaohe.expressions.writing import POINTS, VALUE, greatest, name_step
from kaohe.language import Text
from kaohe.numbers.ranking import Ties
from kaohe.rules.coefficients import require_peers
from kaohe.rules.method import TIES, Example, Method, describe, name_score
from kaohe.rules.parameters import Exact

_FIVE = ("96.2", "94.0", "94.0", "91.5", "88.0")
_TABLE = (60, 57, 54, 51, 48)


def check_descending(points: Sequence[Fraction]) -> None:
    """A later place never earns more; a table written the other way round is a slip."""
    if any(later > earlier for earlier, later in pairwise(points)):
        raise ValueError(
            "位次表须由高到低：后一位次的得分不得高于前一位次\n"
            "the points of the places must not rise from one place to the next"
        )


class Place(Method):
    """Points by place: from a table, or full marks less a step for each place behind the first."""

    method: Literal["place"] = "place"
    table: tuple[Exact, ...] | None = describe(
        "各位次得分", "points of each place", default=None, min_length=1
    )
    step: Exact | None = describe("每退一位减分", "points lost per place", default=None, ge=0)
    floor: Exact = describe("最低得分", "lowest score", default=0)
    beyond: Exact | None = describe(
        "超出位次表的得分",
        "points beyond the table",
        ("空＝按表中最后一项", "its last entry if empty"),
        default=None,
    )
    ties: Ties = describe("并列处理", "tied places", TIES, default="lowest")

    code: ClassVar = "R06"
    title: ClassVar = Text("位次法", "Points by place")
    formula: ClassVar = "S = table[rank], or max(floor, w − step·(rank − 1))"
    summary: ClassVar = Text(
        "按组内位次得分：按位次表取分，或每退一位减若干分；并列按所选方式处理。",
        "Points by place in the pool: from a table, or a step less for each place; ties as chosen.",
    )
    source: ClassVar = Text(
        "机构编制质效评估计分细则：按位次赋分（60、57、54、51、48）",
        "scoring rules of an assessment of public bodies: points by place (60, 57, 54, 51, 48)",
    )
    examples: ClassVar = (
        Example(figures={"value": _FIVE}, parameters={"table": _TABLE}, scores=("60", "57", "57", "51", "48"), reference="E7"),
        Example(figures={"value": _FIVE}, parameters={"table": _TABLE, "ties": "average"}, scores=("60", "55.5", "55.5", "51", "48"), reference="E7"),
        Example(figures={"value": _FIVE}, parameters={"table": _TABLE, "ties": "highest"}, scores=("60", "54", "54", "51", "48"), reference="E7"),
        Example(figures={"value": _FIVE}, parameters={"table": _TABLE, "ties": "dense"}, scores=("60", "57", "57", "54", "51"), reference="E7"),
        Example(points="10", figures={"value": _FIVE}, parameters={"step": "1.5"}, scores=("10", "8.5", "8.5", "5.5", "4")),
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.table is None) == (self.step is None):
            raise ValueError(
                "各位次得分（table）与每退一位减分（step）须恰写其一\n"
                "give exactly one of table and step"
            )
        if self.beyond is not None and self.table is None:
            raise ValueError("beyond 只与 table 同用\n`beyond` goes with a table only")
        beyond = () if self.beyond is None else (self.beyond,)
        check_descending((*(self.table or ()), *beyond))
        return self

    def expression(self, *, higher_is_better: bool) -> Named:
        """place → score."""
        if self.table is not None:
            return name_score(require_peers(PlacePoints(
                VALUE, self.table, higher_is_better, self.ties, self.beyond
            )))  # fmt: skip
        place = name_step("place", "位次", "place", Rank(VALUE, higher_is_better, self.ties))
        score = greatest(POINTS - self.figure("step") * (place - 1), self.figure("floor"))
        return name_score(require_peers(score))
