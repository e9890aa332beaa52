"""Methods that count matters: events, awards and claims with a document and a date.

Matters are reduced before the rule to one facet, `tally` (points) or `events` (their number), each
matter counted once, at its highest level.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from kaohe.expressions.nodes import Facet, Named, Node, When, as_node
from kaohe.expressions.writing import POINTS, VALUE, clamp, compare
from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.rules.method import POINTS_AS_CAP, Example, Method, describe, name_score
from kaohe.rules.parameters import Exact, NotNegative, Rate
from kaohe.rules.records import Matter, Records, Reduction
from kaohe.rules.reductions import Tariff, count_matters, tally_matters
from kaohe.rules.samples import sample_matters
from kaohe.rules.tallied import ONCE, OWN_POINTS, START, TALLY, Start, Tallied, take_off

EVENTS = Facet("events")


class Events(Method):
    """So much less for each event, evenly or by a table."""

    method: Literal["events"] = "events"
    start: Start = describe(*START)
    per_event: Exact | None = describe("每起扣分", "loss per event", default=None, ge=0)
    losses: tuple[NotNegative | Literal["points"], ...] | None = describe(
        "发生1起、2起……时的扣分",
        "loss for 1, 2, … events",
        (
            "points＝扣完本项分值；更多的按最后一项",
            "`points` for all there are; the last for any more",
        ),
        default=None,
        min_length=1,
    )
    cap: NotNegative | Literal["points"] = describe(
        "扣分上限", "cap on the loss", POINTS_AS_CAP, default="points"
    )
    counted_from: Literal["matters", "value"] = describe(
        "起数来源",
        "number of events from",
        ("matters＝事项表，value＝完成值", "the recorded `matters`, or the `value`"),
        default="matters",
    )

    code: ClassVar = "R13"
    title: ClassVar = Text("事件扣分法", "Loss by events")
    formula: ClassVar = "S = w − min(k·n, cap), or w − loss[n]"
    summary: ClassVar = Text(
        "没有发生不扣分，每发生一起扣若干分，或按起数分段扣分，扣到上限为止。",
        "Nothing lost without an event; so much for each, or by a table, up to a cap.",
    )
    source: ClassVar = Text(
        "机构编制质效评估计分细则：按起数扣分",
        "scoring rules of an assessment of public bodies: loss by number of events",
    )
    reduced: ClassVar = ("events",)
    examples: ClassVar = (
        Example(
            points="1.5",
            records=(sample_matters(), sample_matters(""), sample_matters("", "")),
            parameters={"start": "points", "losses": ["0.5", "points"]},
            scores=("1.50", "1.00", "0.00"),
            reference="E13",
        ),
        Example(
            points="2",
            figures={"value": ("0", "3", "5")},
            parameters={"start": "points", "per_event": "0.5", "counted_from": "value"},
            higher_is_better=False,
            scores=("2", "0.5", "0"),
        ),
        Example(
            points="0",
            figures={"events": ("0", "1", "2.5", "9")},
            parameters={"start": "zero", "per_event": "0.4", "cap": 3},
            scores=("0", "-0.4", "-1", "-3"),
        ),
    )

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.per_event is None) == (self.losses is None):
            raise ValueError(
                "per_event 与 losses 须恰写其一\ngive exactly one of per_event and losses"
            )
        if not _rises(self.losses or ()):
            raise ValueError(
                "起数越多扣分不得越少，points 只能写在最后\n"
                "more events must not lose less, and `points` comes last"
            )
        return self

    def directions(self) -> tuple[bool, ...]:
        """Fewer events are better where the figure itself counts them."""
        return (False,) if self.counted_from == "value" else (True, False)

    def expression(self, *, higher_is_better: bool) -> Named:
        """lost → score."""
        number = VALUE if self.counted_from == "value" else EVENTS
        loss = self.figure("per_event") * number if self.losses is None else self._look_up(number)
        return take_off(loss, self.figure_or_points("cap"), self.start)

    def _look_up(self, number: Node) -> Node:
        loss: Node = as_node(0)
        for count, lost in enumerate(self.losses or (), start=1):
            points = POINTS if lost == "points" else as_node(lost)
            loss = When(compare(number, ">=", count), points, loss)
        return loss

    def reduce_records(self, records: Records) -> Reduction:
        """The number of events, where they are counted from matters."""
        return count_matters(records.matters) if self.counted_from == "matters" else Reduction()

    def describe_records(self) -> tuple[Text, ...]:
        """Each matter once."""
        return (ONCE,) if self.counted_from == "matters" else ()


def _rises(losses: Sequence[Fraction | Literal["points"]]) -> bool:
    """Whether no loss is below the one before; all the points there are can only come last."""
    numbers = [lost for lost in losses if lost != "points"]
    return [*sorted(numbers), *["points"] * losses.count("points")] == list(losses)


class OverFulfilment(Method):
    """A bonus for each target surpassed, at the rate of its category, up to a cap."""

    method: Literal["over_fulfilment"] = "over_fulfilment"
    rates: dict[str, Rate] = describe(
        "各类目标的加分比例",
        "bonus by category",
        ("占该目标分值的比例", "as a share of the target's points"),
        min_length=1,
    )
    cap: Exact | None = describe("加分上限", "cap on the bonus", OWN_POINTS, default=None, ge=0)

    code: ClassVar = "R16"
    title: ClassVar = Text("超额按类加分法", "Bonus for targets surpassed")
    formula: ClassVar = "S = min(Σ rate[category]·points of the target, cap)"
    summary: ClassVar = Text(
        "目标超额完成的，按目标类别以其分值的一定比例加分；每个超额目标作为一件事项，写明类别和该目标分值。",
        "Each target surpassed is a matter: its level is the category, its points the target's own.",
    )
    source: ClassVar = Text(
        "成都市林业系统目标管理考核办法：创新和重点目标8%，其余6%，合计不超过4分",
        "Chengdu, forestry target assessment: 8 % for innovation and key tasks, 6 % else, 4 at most",
    )
    reduced: ClassVar = ("tally",)
    examples: ClassVar = (
        Example(
            points="4",
            records=(
                sample_matters("key", "other", points="10"),
                sample_matters("key", "key", "key", "other", points="20"),
                sample_matters(),
            ),
            parameters={"rates": {"key": "8%", "other": "6%"}},
            scores=("1.4", "4", "0"),
            reference="R16",
        ),
        Example(
            points="4",
            records=(sample_matters("key", points="10", share="1/2"), sample_matters("key")),
            parameters={"rates": {"key": "0.08"}, "cap": "0.3"},
            scores=("0.3", ""),
        ),
    )

    def expression(self, *, higher_is_better: bool) -> Named:
        """tally, held within the cap."""
        return name_score(clamp(TALLY, 0, self.figure_or_points("cap")))

    def reduce_records(self, records: Records) -> Reduction:
        """The sum of rate × points of each target surpassed."""
        return tally_matters(records.matters, self._price)

    def _price(self, matter: Matter) -> Fraction | None:
        rate = self.rates.get(matter.level)
        return None if rate is None or matter.points is None else rate * matter.points

    def describe_records(self) -> tuple[Text, ...]:
        """The rates by category."""
        rates = [f"{name} {write_number(100 * rate)}%" for name, rate in self.rates.items()]
        return (
            Text(
                f"按目标分值的比例加分：{'、'.join(rates)}",
                f"bonus as a share of the target's points: {', '.join(rates)}",
            ),
            ONCE,
        )


class Awards(Tallied):
    """Points by level of award, each matter counted once at its highest level, up to a cap."""

    method: Literal["awards"] = "awards"
    levels: dict[str, NotNegative] = describe("各级加分", "points of each level", min_length=1)
    level_caps: dict[str, NotNegative] = describe(
        "各级合计上限", "most points from one level", default_factory=dict
    )
    cap: Exact | None = describe("加分上限", "cap on the bonus", OWN_POINTS, default=None, ge=0)

    code: ClassVar = "R18"
    title: ClassVar = Text("奖项加分法", "Awards, highest level once")
    formula: ClassVar = "S = min(Σ points of each matter at its highest level, cap)"
    summary: ClassVar = Text(
        "按奖项级别加分，同一事项就高不就低、只计一次；联合获奖按分担比例计，文件写明分值的从其规定。",
        "Points by level, a matter once at its highest; joint awards by share; a document's own points first.",
    )
    source: ClassVar = Text(
        "成都市林业系统目标管理考核办法等：就高不就低，同一事项只计一次",
        "Chengdu, forestry target assessment, and others: one matter counted once, at its highest level",
    )
    examples: ClassVar = (
        Example(
            points="3",
            figures={"tally": ("0", "2.5", "3.5")},
            parameters={"levels": {"national": 2, "provincial": 1, "city": "0.5"}},
            scores=("0", "2.5", "3"),
            reference="R18",
        ),
        Example(
            points="3",
            records=(
                sample_matters("national", "city"),
                sample_matters("city", "city", "city", "city"),
                sample_matters("provincial", share="1/2"),
                sample_matters("district"),
            ),
            parameters={
                "levels": {"national": 2, "provincial": 1, "city": "0.5"},
                "level_caps": {"city": "1.5"}, "cap": "2.2",
            },
            scores=("2.2", "1.5", "0.5", ""),
        ),
    )  # fmt: skip

    def expression(self, *, higher_is_better: bool) -> Named:
        """tally, held within the cap."""
        return name_score(clamp(TALLY, 0, self.figure_or_points("cap")))

    def tariff(self) -> Tariff:
        """The points by level, and the most of one level."""
        return Tariff(self.levels, self.level_caps)
