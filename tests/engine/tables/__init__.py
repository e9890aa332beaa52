"""Random tables for every rule of the catalogue.

`make_case("R05", 3, seed=1)` is the third table of rule R05; `make_cases` goes round all rules.
"""

from collections.abc import Iterator
from functools import partial
from random import Random

from kaohe.expressions.structure import list_facets
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.rounding import RoundingMode
from kaohe.renderings.frame import Frame
from kaohe.rules.method import Method
from tests.engine.tables import composed, fixed, placing, recorded, relative, targets
from tests.engine.tables.case import (
    DECIMALS,
    MOST_IN_COLUMNS,
    MOST_IN_WORKBOOKS,
    Case,
    is_half,
    score_exactly,
)
from tests.engine.tables.figures import FACET_SIZES, SIZES, Size, make_cells, make_frame, make_pools
from tests.engine.tables.making import MODES, TIES, Maker, Setting
from tests.engine.tables.records import make_records

__all__ = ["CODES", "DECIMALS", "MOST_IN_WORKBOOKS", "MODES", "TIES", "Case", "is_half", "make_case", "make_cases", "score_exactly"]  # fmt: skip

PLAIN: dict[str, Maker] = {
    "R01": targets.make_target_ratio,
    "R02": targets.make_control,
    "R03": targets.make_target_steps,
    "R04": relative.make_efficacy,
    "R05": relative.make_static_dynamic,
    "R06": placing.make_place,
    "R07": relative.make_ratio_to_best,
    "R08": relative.make_mean_taper,
    "R09": relative.make_increment_growth,
    "R10": placing.make_movement,
    "R11": placing.make_upper_places,
    "R12": targets.make_reach_mean,
    "R13": recorded.make_events,
    "R14": fixed.make_bands,
    "R15": recorded.make_difficulty,
    "R16": recorded.make_over_fulfilment,
    "R17": targets.make_all_or_nothing,
    "R18": recorded.make_awards,
    "R19": recorded.make_deductions,
    "R20": targets.make_contribution,
    "R21": recorded.make_specials,
    "R22": recorded.make_case_handling,
    "R23": recorded.make_weighted_scores,
    "R24": placing.make_reference,
    "R25": fixed.make_interval,
    "R26": fixed.make_five_grades,
    "R27": recorded.make_panel,
    "R28": recorded.make_ballot,
    "R32": composed.make_custom,
}
MAKERS: dict[str, Maker] = {
    **PLAIN,
    "R33": partial(composed.make_components, makers=list(PLAIN.values())),
}
CODES = tuple(MAKERS)
ROUNDINGS: tuple[RoundingMode, ...] = ("half_up", "half_up", "half_even")


def make_cases(count: int, *, seed: int) -> Iterator[Case]:
    """So many tables, the rules in turn."""
    for number in range(count):
        yield make_case(CODES[number % len(CODES)], number // len(CODES), seed=seed)


def make_case(code: str, number: int, *, seed: int) -> Case:
    """One table of a rule; the same numbers give the same table."""
    random = Random(f"{seed} {code} {number}")  # noqa: S311 – tables, not secrets
    while True:
        case = _draw_case(random, MAKERS[code])
        if case.find_largest() < MOST_IN_COLUMNS:
            return case


def _draw_case(random: Random, maker: Maker) -> Case:
    size = random.choice(SIZES)
    setting = maker(random, size)
    higher = random.choice(setting.rule.directions())
    frame = _fill_table(random, setting, size, higher=higher)
    return Case(setting.rule, higher, frame, random.choice(ROUNDINGS))


def _fill_table(random: Random, setting: Setting, size: Size, *, higher: bool) -> Frame:
    rows = make_pools(random)
    facets = _reduce_records(random, setting.rule, len(rows)) if random.random() < 0.5 else {}
    sizes = FACET_SIZES if random.random() < 0.6 else {}
    for facet in list_facets(setting.rule.expression(higher_is_better=higher)):
        if facet.name not in facets:
            own = setting.sizes.get(facet.name) or sizes.get(facet.name, size)
            edges = setting.edges if own is size else ()
            facets[facet.name] = make_cells(random, len(rows), own, edges)
    return make_frame(random, facets, rows)


def _reduce_records(random: Random, rule: Method, rows: int) -> dict[str, list[Cell]]:
    """The facets that random records make, a record set for each row."""
    reduced = [rule.reduce_records(make_records(random)).facets for _ in range(rows)]
    names = {name for facets in reduced for name in facets}
    return {name: [facets.get(name, Absence.EMPTY) for facets in reduced] for name in sorted(names)}
