"""Where everything stands in a live workbook, decided before anything is written.

Sheets with a line for every unit have it on the same line; the units of a group stand together. On
the sheets of steps every indicator has a block of its own, in which the units of a comparison pool
stand together.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from kaohe.files.results.live import words as words
from kaohe.files.results.live.blocks import Block, stack_blocks
from kaohe.files.results.live.names import DefinedNames, SheetNames
from kaohe.files.results.live.parameters import Parameters
from kaohe.files.results.live.words import STEPS, Words
from kaohe.language import Language
from kaohe.results.result import Result
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.units import Group, Unit
from kaohe.scoring.vetoes import find_vetoes

FIRST_LINE = 5
"""The line of the first unit; above it stand the sheet's title and three lines of heads."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit: its group, its row in the scores, and its line on sheets."""

    unit: Unit
    group: Group
    row: int
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """The units of one group, on consecutive lines."""

    group: Group
    lines: Sequence[Line]

    @property
    def first(self) -> int:
        """The first unit's line."""
        return self.lines[0].line

    @property
    def last(self) -> int:
        """The last unit's line."""
        return self.lines[-1].line


class Plan:
    """The layout of one result's workbook: sheets, lines, blocks and defined names."""

    def __init__(self, result: Result, language: Language) -> None:
        self.result = result
        self.model: SchemeModel = result.scheme.model
        self.say = Words(language)
        self.names = DefinedNames()
        self.parameters = Parameters(self.model, self.names)
        self.sections = _gather_sections(self.model)
        taken = SheetNames()
        titles = (words.GUIDE, words.RANKING, words.DATA, words.RULES)
        self.guide, self.ranking, self.data, self.rules = (
            taken.name(self.say(title)) for title in titles
        )
        self.marks, self.rollup = (
            taken.name(self.say(each)) for each in (words.MARKS, words.ROLLUP)
        )
        last = (words.PLACES, words.GRADES, words.MATTERS)
        self.places, self.grades, self.matters = (taken.name(self.say(each)) for each in last)
        self.blocks: dict[str, Block] = {}
        self.step_sheets: dict[str, IndicatorNode] = {}
        for top in self.model.indicators:
            sheet = taken.name(self.say(STEPS).format(top.code))
            self.step_sheets[sheet] = top
            self.blocks |= stack_blocks(result, sheet, queries.list_leaves(top))

    @cached_property
    def lines(self) -> Sequence[Line]:
        """Every scored unit."""
        return [line for section in self.sections for line in section.lines]

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The scored units by their rows in the scores."""
        return queries.scored_units(self.model)

    @cached_property
    def peers(self) -> Mapping[str, Sequence[int]]:
        """By group the rows of the units that count as peers in it."""
        rows = {unit.code: row for row, unit in enumerate(self.units)}
        return {
            group.code: [
                rows[unit.code] for unit in queries.pool_members(self.model, "", group.code)
            ]
            for group in self.model.groups
        }

    @cached_property
    def line_of(self) -> dict[str, int]:
        """The line of every unit by its code."""
        return {each.unit.code: each.line for each in self.lines}

    @property
    def last_line(self) -> int:
        """The last unit's line."""
        return self.lines[-1].line

    @cached_property
    def _vetoes(self) -> Mapping[str, Counter[str]]:
        found = find_vetoes(self.model, self.result.observations)
        return {unit: Counter(veto.code for veto, _ in met) for unit, met in found.items()}

    @cached_property
    def ranks(self) -> Mapping[str, Fraction | None]:
        """Every unit's place."""
        return {each.unit.code: each.standing.rank for each in self.result.units}

    def count_veto(self, unit: str, veto: str) -> int:
        """How many matters brought a unit under a veto."""
        return self._vetoes[unit][veto] if unit in self._vetoes else 0


def _gather_sections(model: SchemeModel) -> list[Section]:
    sections: list[Section] = []
    units = list(enumerate(queries.scored_units(model)))
    line = FIRST_LINE
    for group in model.groups:
        own = [(row, unit) for row, unit in units if unit.group == group.code]
        if own:
            lines = [Line(unit, group, row, line + place) for place, (row, unit) in enumerate(own)]
            sections.append(Section(group, lines))
            line += len(own)
    return sections
