"""Figures of the seeded district: for every indicator a range, for every unit how well it does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from kaohe.expressions.structure import list_facets
from kaohe.rules.completion import AllOrNothing
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.units import Unit

Key = tuple[str, str, str]
"""Indicator, facet, unit."""

RANGES: Mapping[str, tuple[float, float]] = {
    # 汀屿区：区镇共性指标
    "A1101": (42000, 90000), "A1101.growth": (4, 13), "A1102": (60, 320),
    "A1102.increment": (6, 30), "A1102.growth": (3, 12), "A1103": (5.5, 11), "A1104": (17, 34),
    "A1105": (5.8, 10.6), "A1106": (14, 38), "A1204": (1.6, 3.6), "A1205": (14, 52),
    "A1301": (84, 116), "A1303": (84, 96), "A1401": (85, 95), "A1403": (2.6, 7.6),
    "A15101": (34, 40), "A15102": (73.5, 80), "A15103": (72, 90), "A15104": (0, 3),
    "A15201": (2.9, 4.4), "A15202": (1.2, 2.8), "A1601": (7.1, 9.4), "A1605": (85, 97),
    # 汀屿区：机关共性工作和职能指标
    "A1701.justice": (86, 97), "A1701.government": (85, 97), "A1701.petitions": (84, 98),
    "A1704": (91, 99), "A1705": (20, 160), "A1706": (95, 100), "A1707": (150, 198),
    "A1710": (85, 100), "A2202": (92, 100), "A2301": (0, 2), "A2302": (88, 98), "A2303": (96, 100),
    "A2306": (87, 95), "A2307": (98.2, 99.6), "A2311": (6.6, 9.4), "A2314": (94, 99),
    "A2316": (70, 79), "A2318": (93, 99), "A2320": (102.5, 107.5), "A2333": (95, 99),
    "A2335": (6.5, 11), "A2336": (87, 93), "A2337": (96, 100), "A2339": (94.5, 98.5),
    "A2340.team": (84, 95), "A2340.street": (82, 94), "A1304.team": (82, 95),
    "A1304.street": (80, 95), "A2341": (89, 96), "A2355": (83, 92), "B101": (95, 100),
    "B202": (86, 100), "B203.organisation": (87, 97), "B203.personnel": (86, 97),
    "B301": (87, 97), "C105.towns": (86, 95), "C105.departments": (86, 95), "K103": (0, 0.7),
    # 澜川市：共性指标和专项考核
    "G101": (5.2, 7.6), "G102": (3.5, 9), "G103": (78, 92), "G104": (4.5, 8.5), "G105": (4, 10),
    "G106": (5.5, 9.5), "G107": (18, 46), "G201": (-4, 16), "G202": (-3, 11), "G203": (1.9, 3.9),
    "G204": (32, 56), "G205": (18, 64), "G206": (82, 94), "G301": (0.2, 1.1), "G302": (84, 95),
    "G303": (38, 44), "G304": (17, 29), "G305": (70, 98), "G401": (86, 95), "G402": (0.18, 0.42),
    "G403": (3.2, 7.4), "G404": (88, 94), "G501": (33, 43), "G502": (72, 82), "G503": (70, 100),
    "G504": (2.6, 5), "G505": (4.5, 9), "G506": (12, 24), "G601": (7.4, 9.2), "G602": (1.7, 2.6),
    "G603": (96, 99.5), "G604": (2.3, 4.1), "G605": (0.0042, 0.0118), "G606": (96.5, 99.2),
    "P02": (93, 100),
}  # fmt: skip
BY_SPECIAL: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "safety": {"Z02": (84, 99), "Z03": (70, 95)},
    "environment": {"Z01": (3, 12), "Z02": (82, 96), "Z03": (82, 99), "Z04": (0, 9)},
    "business": {"Z01": (1, 4), "Z02": (88, 99), "Z03": (82, 95)},
    "rural": {"Z01": (7.5, 9.8), "Z02": (66, 81), "Z04": (84, 95)},
    "science": {"Z01": (1.9, 3.9), "Z02": (12, 80), "Z03": (5, 40)},
    "water": {"Z01": (70, 92), "Z03": (72, 90), "Z04": (82, 99)},
}
ALMOST, SURELY = (0.9, 1.05), (1.0, 1.02)
"""A figure with a target, as a share of it, where no range is given."""

FAILED_BELOW = 0.15
"""Who does worse than this has not done what is either done or not."""


@dataclass(frozen=True)
class Drawing:
    """One scheme of one year, and the quality of each unit: 0 does worst, 1 best."""

    model: SchemeModel
    quality: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]]
    steadiness: float = 0.55

    def draw_figures(self) -> dict[Key, Fraction]:
        """A figure for every facet that a rule reads and neither records nor the scheme supply."""
        return {
            (leaf.code, facet, unit.code): value
            for leaf in queries.iterate_leaves(self.model)
            for unit in queries.scored_units(self.model)
            if queries.applies_to(leaf, unit)
            for facet, value in self._draw_leaf(leaf, unit)
        }

    def _draw_leaf(self, leaf: IndicatorNode, unit: Unit) -> Iterator[tuple[str, Fraction]]:
        supplied = {"target", *queries.leaf_rule(leaf).reduced} - (
            {"events"} if self._counts_value(leaf) else set()
        )
        facets = {facet.name for facet in list_facets(leaf.expression)} - supplied
        if "due" in facets:
            yield from self._draw_cases(leaf, unit)
        for facet in sorted(facets - CASES - DRAWN_ELSEWHERE):
            yield facet, self._draw(leaf, unit, facet)

    @staticmethod
    def _counts_value(leaf: IndicatorNode) -> bool:
        return getattr(leaf.rule, "counted_from", "") == "value"

    def _draw(self, leaf: IndicatorNode, unit: Unit, facet: str) -> Fraction:
        low, high = self._range(leaf, unit, facet)
        place = self.place(unit, f"{leaf.code}.{facet}")
        if leaf.value_maximum == 1:
            return Fraction(place > FAILED_BELOW)
        if leaf.direction == "lower":
            place = 1 - place
        decimals = 2 if leaf.decimals is None or facet != "value" else leaf.decimals
        return round_to(low + (high - low) * place, decimals)

    def place(self, unit: Unit, what: str) -> float:
        """Where a unit stands between the worst (0) and the best (1): partly its quality, partly luck."""
        quality = self.quality[unit.code]
        luck = draw_chance(self.model.code, unit.code, what)
        return self.steadiness * quality + (1 - self.steadiness) * luck

    def _range(self, leaf: IndicatorNode, unit: Unit, facet: str) -> tuple[float, float]:
        name = leaf.code if facet == "value" else f"{leaf.code}.{facet}"
        if name in self.ranges:
            return self.ranges[name]
        target = self._target(leaf, unit)
        if target is not None:
            worst, best = SURELY if isinstance(leaf.rule, AllOrNothing) else ALMOST
            return float(target) * worst, float(target) * best
        return FALLBACK.get(facet, (0, 1))

    def _target(self, leaf: IndicatorNode, unit: Unit) -> Fraction | None:
        """A unit's target, with those of the units merged into it."""
        merged = queries.list_absorbed(self.model, unit) if unit.inherit_targets == "sum" else []
        found = [queries.own_planned_figure(leaf, code, "target") for code in merged]
        own = queries.planned_figure(leaf, unit.code, "target")
        return None if own is None else sum((each for each in found if each is not None), own)

    def _draw_cases(self, leaf: IndicatorNode, unit: Unit) -> Iterator[tuple[str, Fraction]]:
        """Cases of a hotline: most closed on time, some late, few delayed or done again."""
        due = round(40 + 900 * draw_chance(self.model.code, unit.code, f"{leaf.code}.due"))
        place = self.place(unit, f"{leaf.code}.cases")
        yield "due", Fraction(due)
        yield "on_time", Fraction(round(due * (0.88 + 0.11 * place)))
        yield "late_closed", Fraction(round(due * 0.01))
        yield "delayed", Fraction(round(due * (0.06 - 0.05 * place)))
        yield "reworked", Fraction(round(due * (0.04 - 0.03 * place)))


FALLBACK: Mapping[str, tuple[float, float]] = {"not_started": (0, 0), "reference": (7.6, 7.6)}
CASES = {"due", "on_time", "late_closed", "delayed", "reworked", "tally"}
DRAWN_ELSEWHERE = {"rank", "ranked", "previous_rank"}


def draw_chance(*names: str) -> float:
    """A number from 0 to 1 that is the same for the same names on every machine."""
    return Random("|".join(names)).random()  # noqa: S311 - example data; nothing is kept secret by it


def round_to(value: float, decimals: int) -> Fraction:
    """A drawn number with so many decimals."""
    return Fraction(round(value * 10**decimals), 10**decimals)


def spread_quality(model: SchemeModel, name: str) -> dict[str, float]:
    """How well each unit does in one year, most of it the same from year to year."""
    return {
        unit.code: 0.75 * draw_chance(unit.name) + 0.25 * draw_chance(unit.name, name)
        for unit in model.units
    }


def draw_places(model: SchemeModel, in_specials: Sequence[Fraction]) -> dict[Key, Fraction]:
    """Places given elsewhere: of the district in the city's specials, of towns in the city and last year."""
    figures: dict[Key, Fraction] = {}
    for number, place in enumerate(in_specials, start=1):
        leaf = queries.node_by_code(model, f"A24{number:02d}")
        figures[leaf.code, "rank", (leaf.applicable or ())[0]] = place
    towns = [unit.code for unit in queries.scored_units(model) if unit.group == "QZ"]
    last_year = sorted(towns, key=lambda town: draw_chance(model.code, town, "previous"))
    for before, town in enumerate(last_year, start=1):
        in_city = 2 + int(50 * draw_chance(model.code, town, "city"))
        figures["A1205", "previous_rank", town] = Fraction(before)
        figures["J104", "rank", town] = Fraction(in_city)
        figures["J104", "ranked", town] = Fraction(64)
    return figures
