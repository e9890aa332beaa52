"""What methods that count matters have in common: the tariff that prices them, and where losses start."""

from abc import abstractmethod
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from kaohe.expressions.nodes import Facet, Named, Node, as_node
from kaohe.expressions.writing import POINTS, clamp, name_step
from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.rules.method import Method, name_score
from kaohe.rules.records import Records, Reduction
from kaohe.rules.reductions import Tariff, tally_matters

TALLY = Facet("tally")
ONCE = Text(
    "同一事项就高不就低，只计一次；待认定和未认定的不计",
    "a matter counts once, at its highest level; pending and refused ones do not count",
)

Start = Literal["points", "zero"]
START = (
    "起算分",
    "start",
    (
        "points＝从本项分值中扣，zero＝从零分起扣",
        "deducted from the indicator's own `points`, or from `zero`",
    ),
)
ABOVE_ZERO = ("写正数", "written above zero")
OWN_POINTS = ("空＝本项分值", "the indicator's own points if empty")


def take_off(loss: Node, cap: Node, start: Start) -> Named:
    """lost → score: a loss within its cap, taken off the indicator's points or off nothing."""
    lost = name_step("lost", "扣分", "points lost", clamp(loss, 0, cap))
    return name_score((POINTS if start == "points" else as_node(0)) - lost)


class Tallied(Method):
    """Base of the methods that price matters by a tariff; the facet `tally` is what they come to."""

    reduced: ClassVar = ("tally",)

    @abstractmethod
    def tariff(self) -> Tariff:
        """What matters are worth by level or kind, with caps."""

    @model_validator(mode="after")
    def _caps_what_counts(self) -> Self:
        self.tariff().check_caps()
        return self

    def reduce_records(self, records: Records) -> Reduction:
        """The points of the matters; none recorded is nothing, not a gap."""
        tariff = self.tariff()
        return tally_matters(records.matters, tariff.price, caps=tariff.caps)

    def describe_records(self) -> tuple[Text, ...]:
        """What matters are worth, said in sentences; nothing where only documents say."""
        tariff = self.tariff()
        if not tariff.points:
            return ()
        worth = [f"{level} {write_number(points)}" for level, points in tariff.points.items()]
        lines = [
            Text(
                f"各级（类）分值：{'、'.join(worth)}",
                f"points by level or kind: {', '.join(worth)}",
            )
        ]
        if tariff.caps:
            caps = [f"{level} {write_number(cap)}" for level, cap in tariff.caps.items()]
            lines.append(
                Text(
                    f"各级（类）合计上限：{'、'.join(caps)}",
                    f"most by level or kind: {', '.join(caps)}",
                )
            )
        return (*lines, ONCE)
