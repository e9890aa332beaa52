"""The data of a random world: few distinct figures, so that ties happen, gaps of every kind, and records."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random

from kaohe.expressions.structure import list_facets
from kaohe.numbers.absence import Absence, Cell
from kaohe.rules.method import Method
from kaohe.rules.records import Item, Mark, Matter, MatterStatus, Record, Vote
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import FigureKey, Observations

ABSENCES = (Absence.EMPTY, Absence.NOT_APPLICABLE, Absence.NOT_DUE, Absence.REFUSED)
COUNTS = ("rank", "previous_rank", "ranked", "due", "on_time", "late_closed", "delayed", "reworked",
          "not_started")  # fmt: skip
"""Facets that are whole numbers from one on."""

SCALES = ((1, 12, 1), (1, 12, 1), (1, 100, 8), (-20, 120, 10), (1, 10**6, 10**5), (-9, 10**5, 1))
"""Least and greatest figure, in parts of so many to the unit."""

STATUSES: Sequence[MatterStatus] = ("counted", "counted", "counted", "pending", "refused")
SOME_LEVELS = ("national", "city", "late")
FROM_MATTERS = {"tally", "events"}
FROM_RECORDS = FROM_MATTERS | {"completed", "planned", "mark", "ballot"}
OPTIONS = ("good", "fair", "poor", "unknown")


def draw_data(random: Random, model: SchemeModel) -> Observations:
    """One snapshot: figures of every leaf, records where a rule takes them, vetoes, previous ranks."""
    figures: dict[FigureKey, Cell] = {}
    records: list[Record] = []
    for leaf in queries.iterate_leaves(model):
        drawn = draw_leaf_data(random, model, leaf)
        figures |= drawn.figures
        records += drawn.records
    records += [matter for veto in model.vetoes for matter in _draw_matters(random, model, veto.code, 0.2)]  # fmt: skip
    promoting = {each.of for rule in model.grades for each in rule.promotions if each.levels}
    records += [matter for code in sorted(promoting) for matter in _draw_awards(random, model, code)]  # fmt: skip
    if random.random() < 0.7:
        figures |= _draw_facet(random, model, "total", "previous_rank", gaps=0.2)
    return Observations(figures, tuple(records))


def _draw_awards(random: Random, model: SchemeModel, code: str) -> Iterator[Matter]:
    """Matters that promote, filed under an indicator that makes nothing else of matters."""
    node = model.nodes_by_code[code]
    if node.children or not FROM_MATTERS & _list_names(node):
        yield from _draw_matters(random, model, code, 0.3)


def _list_names(leaf: IndicatorNode) -> set[str]:
    return {facet.name for facet in list_facets(leaf.expression)}


def draw_leaf_data(
    random: Random, model: SchemeModel, leaf: IndicatorNode, *, is_tame: bool = False
) -> Observations:
    """What is observed under one leaf; tame figures are above zero, distinct and complete."""
    if is_tame:
        return Observations(dict(_list_tame(random, model, leaf)))
    facets = _list_names(leaf)
    recorded = facets & FROM_RECORDS if random.random() < 0.75 else set[str]()
    gaps = random.choice([0, 0, 0, 0, 0.1, 0.1, 0.4, 1])
    figures: dict[FigureKey, Cell] = {}
    for facet in sorted(facets - recorded - _skip_planned(random)):
        figures |= _draw_facet(random, model, leaf.code, facet, gaps=gaps)
    return Observations(figures, tuple(_draw_records(random, model, leaf, recorded)))


def _skip_planned(random: Random) -> set[str]:
    """Targets mostly stand in the scheme; data may bring them too."""
    return set() if random.random() < 0.4 else {*queries.PLANNED_FACETS}


def _list_tame(
    random: Random, model: SchemeModel, leaf: IndicatorNode
) -> Iterator[tuple[FigureKey, Cell]]:
    for facet in sorted(_list_names(leaf)):
        for place, unit in enumerate(model.units, start=1):
            most = len(model.units) if facet == "ranked" else place
            yield (leaf.code, facet, unit.code), Fraction(most)


def _draw_facet(
    random: Random, model: SchemeModel, code: str, facet: str, *, gaps: float
) -> dict[FigureKey, Cell]:
    """A column over some or all units, drawn from a small stock."""
    stock = _draw_stock(random, facet, len(model.units))
    cells: dict[FigureKey, Cell] = {}
    for unit in model.units:
        if random.random() >= gaps:
            cells[code, facet, unit.code] = random.choice(stock)
        elif random.random() < 0.7:
            cells[code, facet, unit.code] = random.choice(ABSENCES)
    return cells


def _draw_stock(random: Random, facet: str, units: int) -> Sequence[Fraction]:
    if facet == "ranked":
        return [Fraction(30)]
    least, most, parts = (1, 6, 1) if facet in COUNTS else random.choice(SCALES)
    size = random.choice([1, 3, units // 2 + 1, units, 2 * units])
    return [Fraction(random.randint(least, most), parts) for _ in range(size)]


def _draw_records(
    random: Random, model: SchemeModel, leaf: IndicatorNode, facets: set[str]
) -> Iterator[Record]:
    """The records of which these facets are made."""
    rule = queries.leaf_rule(leaf)
    if FROM_MATTERS & facets:
        yield from _draw_matters(random, model, leaf.code, 0.6, _list_levels(rule))
    if "completed" in facets:
        yield from _draw_items(random, model, leaf.code)
    if "mark" in facets:
        yield from _draw_marks(random, model, leaf.code, _list_classes(rule))
    if "ballot" in facets:
        yield from _draw_votes(random, model, leaf.code, _list_classes(rule))


def _list_levels(rule: Method) -> Sequence[str]:
    """The levels or kinds a rule prices; some levels where it prices none."""
    names = ("levels", "kinds", "rates", "grades", "deductions")
    return [level for name in names for level in getattr(rule, name, {})] or SOME_LEVELS


def _list_classes(rule: Method) -> Sequence[str]:
    return list(getattr(rule, "classes", {})) or [""]


def _draw_matters(
    random: Random, model: SchemeModel, code: str, share: float, levels: Sequence[str] = SOME_LEVELS
) -> Iterator[Matter]:
    for unit in model.units:
        number = random.choice([1, 1, 2, 4]) if random.random() < share else 0
        for _ in range(number):
            yield _draw_matter(random, code, unit.code, levels)


def _draw_matter(random: Random, code: str, unit: str, levels: Sequence[str]) -> Matter:
    is_strange = random.random() < 0.03
    return Matter(
        f"M{random.randint(1, 4)}", unit, code,
        level="unheard_of" if is_strange else random.choice(levels),
        count=Fraction(random.choice([1, 1, 1, 2])),
        share=random.choice([Fraction(1), Fraction(1), Fraction(1, 3)]),
        points=random.choice([None, None, None, Fraction("0.4")]),
        tolerance=random.choice([Fraction(1), Fraction(1), Fraction("0.35")]),
        status=random.choice(STATUSES),
    )  # fmt: skip


def _draw_items(random: Random, model: SchemeModel, code: str) -> Iterator[Item]:
    for unit in model.units:
        for number in range(random.choice([0, 1, 2, 3])):
            done = Fraction(random.randint(0, 6), 6)
            yield Item(f"T{number}", unit.code, code, done, Fraction(random.randint(1, 3)), Fraction("1.2"))  # fmt: skip


def _draw_marks(
    random: Random, model: SchemeModel, code: str, classes: Sequence[str]
) -> Iterator[Mark]:
    for unit in model.units:
        for number in range(random.choice([0, 2, 3, 5])):
            points = Fraction(random.randint(0, 20), 2)
            yield Mark(f"S{number}", unit.code, code, points, random.choice(classes))


def _draw_votes(
    random: Random, model: SchemeModel, code: str, classes: Sequence[str]
) -> Iterator[Vote]:
    for unit in model.units:
        for option in random.sample(OPTIONS, random.randint(0, 4)):
            yield Vote(unit.code, code, option, Fraction(random.randint(0, 5)), random.choice(classes))  # fmt: skip
