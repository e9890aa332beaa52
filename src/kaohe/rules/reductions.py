"""Matters and items reduced to plain facets before a rule is computed, with a line for each.

A record that cannot be valued leaves its facet absent, never silently zero: the score then follows
the scheme's policy for missing figures, and the line says why.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.writing import write_number
from kaohe.rules.records import Item, Matter, RecordLine, Reduction

Price = Callable[[Matter], Fraction | None]
_ZERO, _ONE = Fraction(0), Fraction(1)
_REASONS = {
    "refused": Text("审核未认定，不计", "refused, not counted"),
    "pending": Text("待认定，暂不计", "pending, not counted yet"),
}
_DOUBLED = Text(
    "与已计事项为同一事项，就高只计一次", "the same matter counts once, at its highest level"
)


@dataclass(frozen=True, slots=True)
class Tariff:
    """What matters are worth: points by level, a document's own points first, and caps by level."""

    points: Mapping[str, Fraction]
    caps: Mapping[str, Fraction] = field(default_factory=dict)

    def check_caps(self) -> None:
        """Raise ValueError for the cap of a level that has no points: a slip that would hold nothing."""
        strange = sorted(set(self.caps) - set(self.points))
        if strange:
            raise ValueError(
                f"级别“{'、'.join(strange)}”只有上限、没有分值\n"
                f"there is a cap but there are no points for {', '.join(strange)}"
            )

    def price(self, matter: Matter) -> Fraction | None:
        """The points of one matter; None where neither its document nor its level says."""
        return self.points.get(matter.level) if matter.points is None else matter.points


def tally_matters(
    matters: Iterable[Matter], price: Price, *, caps: Mapping[str, Fraction] | None = None
) -> Reduction:
    """The facet `tally`: the sum of price × count × share × tolerance over what counts.

    Each matter counts once, at its highest price; `caps` holds the sum of a level, below zero too.
    """
    ordered = sorted(matters, key=repr)
    counted = [matter for matter in ordered if matter.status == "counted"]
    priced = [(matter, each) for matter in counted if (each := price(matter)) is not None]
    kept = _keep_highest(priced)
    sums = _sum_levels(kept, caps or {})
    total: Cell = sum((held for _, held in sums.values()), _ZERO)
    if len(priced) < len(counted):
        total = Absence.EMPTY
    return Reduction({"tally": total}, (
        *(_say_counted(matter, each) for matter, each in kept),
        *(_say(matter, _DOUBLED) for matter, _ in priced if not _is_kept(matter, kept)),
        *(_say_unpriced(matter) for matter in counted if price(matter) is None),
        *_say_uncounted(ordered),
        *(_say_cap(level, *both) for level, both in sums.items() if both[0] != both[1]),
    ))  # fmt: skip


def count_matters(matters: Iterable[Matter]) -> Reduction:
    """The facet `events`: the sum of count × share × tolerance over what counts, each matter once."""
    ordered = sorted(matters, key=repr)
    counted = [(matter, _ONE) for matter in ordered if matter.status == "counted"]
    kept = _keep_highest(counted)
    total = sum((_weigh(matter) for matter, _ in kept), _ZERO)
    return Reduction({"events": total}, (
        *(_say(matter, _count_text(_weigh(matter))) for matter, _ in kept),
        *(_say(matter, _DOUBLED) for matter, _ in counted if not _is_kept(matter, kept)),
        *_say_uncounted(ordered),
    ))  # fmt: skip


def sum_items(items: Sequence[Item]) -> Reduction:
    """The facets `completed` (Σ weight·difficulty·completion) and `planned` (Σ weight·difficulty)."""
    if not items:
        return Reduction()
    planned = sum((item.weight * item.difficulty for item in items), _ZERO)
    completed = sum((item.weight * item.difficulty * item.completion for item in items), _ZERO)
    lines = tuple(_say_item(item) for item in items)
    if all(_is_item_sound(item) for item in items):
        return Reduction({"completed": completed, "planned": planned}, lines)
    return Reduction({"completed": Absence.EMPTY, "planned": Absence.EMPTY}, lines)


def _weigh(matter: Matter) -> Fraction:
    return matter.count * matter.share * matter.tolerance


def _keep_highest(priced: Iterable[tuple[Matter, Fraction]]) -> list[tuple[Matter, Fraction]]:
    """One entry per matter: that of the highest price, and of the greatest weight among those."""
    kept: dict[str, tuple[Matter, Fraction]] = {}
    for matter, price in priced:
        known = kept.get(matter.code)
        if known is None or _height(matter, price) > _height(*known):
            kept[matter.code] = (matter, price)
    return list(kept.values())


def _height(matter: Matter, price: Fraction) -> tuple[Fraction, Fraction]:
    return abs(price), _weigh(matter)


def _is_kept(matter: Matter, kept: Iterable[tuple[Matter, Fraction]]) -> bool:
    return any(matter is each for each, _ in kept)


def _sum_levels(
    kept: Iterable[tuple[Matter, Fraction]], caps: Mapping[str, Fraction]
) -> dict[str, tuple[Fraction, Fraction]]:
    """Per level the sum as it came and as its cap holds it."""
    sums: dict[str, Fraction] = {}
    for matter, price in kept:
        sums[matter.level] = sums.get(matter.level, _ZERO) + price * _weigh(matter)
    return {level: (total, _hold(total, caps.get(level))) for level, total in sums.items()}


def _hold(total: Fraction, cap: Fraction | None) -> Fraction:
    return total if cap is None else max(-cap, min(total, cap))


def _say(matter: Matter, what: Text) -> RecordLine:
    details = [part for part in (matter.level, matter.document, matter.date) if part]
    name = matter.title or matter.code
    zh = f"{name}（{'，'.join(details)}）" if details else name
    en = f"{name} ({', '.join(details)})" if details else name
    return RecordLine(Text(f"{zh}：{what.zh}", f"{en}: {what.en}"), (matter,))


def _say_counted(matter: Matter, price: Fraction) -> RecordLine:
    factors = [
        (price, "", ""),
        (matter.count, " 件", " of them"),
        (matter.share, "（分担比例）", " (share)"),
        (matter.tolerance, "（容错后保留比例）", " (left after tolerance)"),
    ]
    shown = [each for place, each in enumerate(factors) if place == 0 or each[0] != 1]
    worth = _say_points(price * _weigh(matter))
    zh = " × ".join(f"{write_number(number)}{note}" for number, note, _ in shown)
    en = " × ".join(f"{write_number(number)}{note}" for number, _, note in shown)
    if len(shown) == 1:
        return _say(matter, worth)
    return _say(matter, Text(f"{zh} = {worth.zh}", f"{en} = {worth.en}"))


def _say_points(number: Fraction) -> Text:
    shown = write_number(number)
    return Text(f"{shown} 分", f"{shown} point" if abs(number) == 1 else f"{shown} points")


def _count_text(number: Fraction) -> Text:
    return Text(f"计 {write_number(number)} 件", f"counts as {write_number(number)}")


def _say_unpriced(matter: Matter) -> RecordLine:
    return _say(matter, Text(
        f"级别“{matter.level}”没有规定分值，事项也未写明分值，无法计分",
        f'neither the level "{matter.level}" nor the matter itself says what it is worth',
    ))  # fmt: skip


def _say_uncounted(matters: Iterable[Matter]) -> list[RecordLine]:
    lines = []
    for matter in matters:
        if matter.status != "counted":
            what = _REASONS[matter.status]
            zh = f"{what.zh}（{matter.reason}）" if matter.reason else what.zh
            en = f"{what.en} ({matter.reason})" if matter.reason else what.en
            lines.append(_say(matter, Text(zh, en)))
    return lines


def _say_cap(level: str, total: Fraction, held: Fraction) -> RecordLine:
    came, counted = _say_points(total), _say_points(held)
    return RecordLine(Text(
        f"{level or '未分级'}合计 {came.zh}，按上限计 {counted.zh}",
        f"{level or 'no level'}: {came.en} together, held to {counted.en}",
    ))  # fmt: skip


def _is_item_sound(item: Item) -> bool:
    return 0 <= item.completion <= 1 and item.weight > 0 and item.difficulty > 0


def _say_item(item: Item) -> RecordLine:
    factors = [item.weight, item.difficulty, item.completion]
    weight, difficulty, completion = map(write_number, factors)
    worth = write_number(item.weight * item.difficulty * item.completion)
    zh = f"{item.code}：权重 {weight} × 难度 {difficulty} × 完成 {completion} = {worth}"
    en = f"{item.code}: weight {weight} × difficulty {difficulty} × completion {completion} = {worth}"
    if not _is_item_sound(item):
        zh += "；完成须在 0 与 1 之间，权重和难度须大于零，无法计分"
        en += "; completion must lie between 0 and 1, weight and difficulty above zero"
    return RecordLine(Text(zh, en), (item,))
