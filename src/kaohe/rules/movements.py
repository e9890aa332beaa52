"""Methods that look at how a place has moved, or at a place given by a higher level."""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from kaohe.expressions.nodes import (
    All,
    Bands,
    Facet,
    Named,
    Node,
    Peer,
    PlacePoints,
    Rank,
    Require,
    When,
    as_node,
)
from kaohe.expressions.writing import POINTS, VALUE, compare, greatest, least, name_step
from kaohe.language import Text
from kaohe.numbers.ranking import Ties
from kaohe.rules.coefficients import require_peers
from kaohe.rules.method import TIES, Example, Method, describe, name_score
from kaohe.rules.parameters import Exact
from kaohe.rules.places import check_descending

_PREVIOUS_RANK = Facet("previous_rank")
_PLACE_FROM = (
    "位次来源",
    "place from",
    (
        "value＝按完成值在组内排位，rank＝直接填报的位次",
        "ranked in the pool by `value`, or taken from the `rank` supplied",
    ),
)
PlaceFrom = Literal["value", "rank"]


_NO_SUCH_PLACE = Text(
    "填报的位次须在 1 与参评数之间", "the rank must lie between 1 and the number ranked"
)


def require_rank(score: Node, number: Node | None = None) -> Node:
    """A score that is refused where the rank supplied is no place, of so many if that is known."""
    is_place = compare(Facet("rank"), ">=", 1)
    if number is not None:
        is_place = All((is_place, compare(Facet("rank"), "<=", number)))
    return Require(is_place, _NO_SUCH_PLACE, score)


def take_place(place: Node, points: Sequence[Fraction]) -> Node:
    """The points of a place in a table; places beyond it get the last entry."""
    places = tuple(Fraction(count) for count in range(2, len(points) + 1))
    return Bands(place, places, tuple(points[1:]), points[0])


class Movement(Method):
    """Points for the place, more for places gained on last year, less for places lost."""

    method: Literal["movement"] = "movement"
    place_from: PlaceFrom = describe(*_PLACE_FROM)
    table: tuple[Exact, ...] | None = describe(
        "各位次基本分",
        "base points of each place",
        ("空＝一律得本项分值", "the indicator's own if empty"),
        default=None,
        min_length=1,
    )
    gain: Exact = describe("每进一位加分", "gain per place", ge=0)
    gain_cap: Exact = describe("进位加分上限", "cap on the gain", ge=0)
    loss: Exact = describe("每退一位扣分", "loss per place", ge=0)
    loss_cap: Exact = describe("退位扣分上限", "cap on the loss", ge=0)
    first_kept: Exact = describe("保持第一加分", "gain for staying first", default=0, ge=0)
    ties: Ties = describe("并列处理", "tied places", TIES, default="lowest")

    code: ClassVar = "R10"
    title: ClassVar = Text("进位退位法", "Places gained and lost")
    formula: ClassVar = (
        "S = base(rank) + min(u·max(0, prev − rank), U) − min(d·max(0, rank − prev), D)"
    )
    summary: ClassVar = Text(
        "按位次得基本分，比上期进位加分、退位扣分，各有上限，保持第一另加分；"
        "两期须为同一组单位，分组调整的按共同单位重排位次。",
        "Base points by place, more for places gained, less for places lost, each up to a cap;"
        " both places among the same units.",
    )
    source: ClassVar = Text(
        "各地综合考核“争先进位”的通行做法，未见原文",
        "common practice where moving up the ranking is rewarded; no document was seen",
    )
    examples: ClassVar = (
        Example(
            points="10",
            figures={"rank": ("3", "1", "5", "2"), "previous_rank": ("5", "1", "2", "9")},
            parameters={
                "place_from": "rank", "gain": "0.5", "gain_cap": 2,
                "loss": "0.5", "loss_cap": 1, "first_kept": "0.3",
            },
            scores=("11", "10.3", "9", "12"),
            reference="R10",
        ),
        Example(
            points="10",
            figures={"value": ("90", "85", "85", "70"), "previous_rank": ("2", "1", "3", "4")},
            parameters={
                "place_from": "value", "table": (10, 8, 6), "gain": 1, "gain_cap": 1,
                "loss": 1, "loss_cap": 2, "ties": "average",
            },
            scores=("11", "5.5", "7.5", "6"),
        ),
    )  # fmt: skip

    @model_validator(mode="after")
    def _descends(self) -> Self:
        check_descending(self.table or ())
        return self

    def expression(self, *, higher_is_better: bool) -> Named:
        """place → up, down → score."""
        ranked = Rank(VALUE, higher_is_better, self.ties)
        place = name_step(
            "place", "本期位次", "place", ranked if self.place_from == "value" else Facet("rank")
        )
        up = name_step("up", "进位加分", "gained by moving up", least(
            self.figure("gain") * greatest(_PREVIOUS_RANK - place, 0), self.figure("gain_cap")
        ))  # fmt: skip
        down = name_step("down", "退位扣分", "lost by moving down", least(
            self.figure("loss") * greatest(place - _PREVIOUS_RANK, 0), self.figure("loss_cap")
        ))  # fmt: skip
        score = self._base(place, higher_is_better=higher_is_better) + up - down
        if self.first_kept:
            score = score + self._stays_first(place)
        return name_score(
            require_peers(score) if self.place_from == "value" else require_rank(score)
        )

    def _base(self, place: Node, *, higher_is_better: bool) -> Node:
        if self.table is None:
            return POINTS
        if self.place_from == "value":
            return PlacePoints(VALUE, self.table, higher_is_better, self.ties)
        return take_place(place, self.table)

    def _stays_first(self, place: Node) -> Node:
        both = compare(greatest(place, _PREVIOUS_RANK), "==", 1)
        return When(both, self.figure("first_kept"), as_node(0))


class UpperPlaces(Method):
    """Points gained in the first places of a higher level's ranking, lost in the last ones."""

    method: Literal["upper_places"] = "upper_places"
    place_from: PlaceFrom = describe(*_PLACE_FROM)
    gains: tuple[Exact, ...] = describe(
        "前列各位次加分",
        "gains of the first places",
        ("第一名起", "from the first on"),
        min_length=1,
    )
    losses: tuple[Exact, ...] = describe(
        "末位各位次扣分",
        "losses of the last places",
        ("最后一名起，写正数", "from the last one on, written above zero"),
        min_length=1,
    )
    precedence: Literal["gain", "loss", "both"] = describe(
        "单位少、两区重叠时",
        "in a place that is both first and last",
        ("gain＝只加，loss＝只扣，both＝加扣相抵", "`gain`, `loss` or `both`"),
    )
    ties: Literal["lowest", "highest"] = describe(
        "并列处理",
        "tied places",
        (
            "lowest＝并列取前位，highest＝取后位",
            "tied units take the better place: `lowest`, or the worse: `highest`",
        ),
        default="lowest",
    )

    code: ClassVar = "R11"
    title: ClassVar = Text("上级排名加减法", "Places in a higher level's ranking")
    formula: ClassVar = "S = gains[rank] − losses[n + 1 − rank]"
    summary: ClassVar = Text(
        "在上级排名前列的按位次加分，末位的按位次扣分，中间不加不减；参评单位少、前后区重叠时按规定取舍。",
        "Points for the first places, losses for the last, nothing between; overlaps by declared precedence.",
    )
    source: ClassVar = Text(
        "东北某市目标考核办法：省排名前五位加5至1分，后五位扣1至5分",
        "a city in the north-east: first five in the province +5 … +1, last five −1 … −5",
    )
    examples: ClassVar = (
        Example(
            points="0",
            figures={"rank": ("1", "5", "6", "9", "13"), "ranked": ("13",) * 5},
            parameters={
                "place_from": "rank", "gains": (5, 4, 3, 2, 1), "losses": (5, 4, 3, 2, 1),
                "precedence": "gain",
            },
            scores=("5", "1", "0", "-1", "-5"),
            reference="R11",
        ),
        Example(
            points="0",
            figures={"rank": ("1", "2", "3"), "ranked": ("3",) * 3},
            parameters={
                "place_from": "rank", "gains": (5, 3), "losses": (4, 2), "precedence": "both",
            },
            scores=("5", "1", "-4"),
        ),
        Example(
            points="0",
            figures={"value": ("30", "20", "10")},
            parameters={
                "place_from": "value", "gains": (5, 3), "losses": (4, 2), "precedence": "loss",
            },
            scores=("5", "-2", "-4"),
        ),
        Example(
            points="0",
            figures={"value": ("30", "20", "10")},
            parameters={
                "place_from": "value", "gains": (5, 3), "losses": (4, 2), "precedence": "gain",
            },
            higher_is_better=False,
            scores=("-4", "3", "5"),
        ),
    )  # fmt: skip

    @model_validator(mode="after")
    def _descends(self) -> Self:
        check_descending((*self.gains, Fraction(0)))
        check_descending((*self.losses, Fraction(0)))
        return self

    def expression(self, *, higher_is_better: bool) -> Named:
        """place, from the end → gained, lost → score."""
        ranked = Rank(VALUE, higher_is_better, self.ties)
        by_value = self.place_from == "value"
        place = name_step("place", "本期位次", "place", ranked if by_value else Facet("rank"))
        number = Peer("count", VALUE) if by_value else Facet("ranked")
        from_end = name_step("from_end", "倒数位次", "place from the end", number + 1 - place)
        nothing = Fraction(0)
        gain, loss = (
            take_place(place, (*self.gains, nothing)),
            take_place(from_end, (*self.losses, nothing)),
        )
        if self.precedence == "gain":
            loss = When(compare(place, "<=", len(self.gains)), as_node(0), loss)
        if self.precedence == "loss":
            gain = When(compare(from_end, "<=", len(self.losses)), as_node(0), gain)
        gained = name_step("gained", "前列加分", "gained in the first places", gain)
        lost = name_step("lost", "末位扣分", "lost in the last places", loss)
        score = gained - lost
        return name_score(require_peers(score) if by_value else require_rank(score, number))
