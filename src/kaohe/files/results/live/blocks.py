"""Where the steps of one indicator stand: a block of lines, a pool's units together, a column a step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_col_to_name

from kaohe.expressions.nodes import Named, list_steps
from kaohe.expressions.structure import list_facets
from kaohe.renderings.exact import Evaluation, evaluate
from kaohe.renderings.workbook.formula_splitting import split_long_steps
from kaohe.results.result import Result
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.units import Unit
from kaohe.scoring.scores import LeafScores

CODE, UNIT, GROUP, POINTS, COUNTED, ABSENCE, TREATMENT, PLACE = range(8)
"""The first columns of every block: the unit, its full marks, and what came of the steps."""
FIRST_FREE = PLACE + 1
_FIRST_LINE = 3


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One unit's line in a block, with the lines of its comparison pool."""

    row: int
    line: int
    first: int
    last: int
    is_guest: bool


@dataclass(frozen=True)
class Block:
    """One indicator on a sheet of steps: a title, heads, a line a unit, and a line that stays empty."""

    leaf: IndicatorNode
    sheet: str
    title: int
    rows: Sequence[BlockRow]
    scores: LeafScores

    @property
    def first(self) -> int:
        """The first unit's line."""
        return self.title + 2

    @property
    def last(self) -> int:
        """The last unit's line."""
        return self.title + 1 + len(self.rows)

    @cached_property
    def line_of(self) -> Mapping[int, int]:
        """The lines of the units, by their rows in the scores."""
        return {each.row: each.line for each in self.rows}

    @cached_property
    def facets(self) -> Sequence[str]:
        """The facets the rule reads."""
        return [facet.name for facet in list_facets(self.leaf.expression)]

    @cached_property
    def expression(self) -> Named:
        """The rule, in steps whose formulas a cell can hold."""
        return split_long_steps(self.leaf.expression)

    @cached_property
    def steps(self) -> Sequence[Named]:
        """The named steps of the rule in the order in which they are computed."""
        return list_steps(self.expression)

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """The column of every facet and step."""
        names = [*self.facets, *(step.name for step in self.steps)]
        return {name: FIRST_FREE + place for place, name in enumerate(names)}

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """The column letters as a formula asks for them: facets, steps and points."""
        places = {**self.columns, "points": POINTS}
        return {name: xl_col_to_name(place) for name, place in places.items()}

    @property
    def rounded(self) -> int:
        """The column of the rule's score within its bounds, rounded."""
        return FIRST_FREE + len(self.facets) + len(self.steps)

    @cached_property
    def evaluation(self) -> Evaluation:
        """What the rule gave, step by step."""
        found = self.scores.evaluation
        if self.expression is self.leaf.expression:
            return found
        return evaluate(self.expression, found.frame)


def stack_blocks(
    result: Result, sheet: str, leaves: Sequence[IndicatorNode]
) -> Iterator[tuple[str, Block]]:
    """The blocks of a sheet from the top down, one for every indicator that is anybody's."""
    units = queries.scored_units(result.scheme.model)
    title = _FIRST_LINE
    for leaf in leaves:
        scores = result.scores.leaves[leaf.code]
        rows = _order_rows(leaf, result.scheme.model, units, scores, title + 2)
        if rows:
            block = Block(leaf, sheet, title, rows, scores)
            yield leaf.code, block
            title = block.last + 2


def _order_rows(
    leaf: IndicatorNode,
    model: SchemeModel,
    units: Sequence[Unit],
    scores: LeafScores,
    first: int,
) -> list[BlockRow]:
    """The units the indicator is of: every pool's members in one run, its guests behind them."""
    frame = scores.evaluation.frame
    own = [row for row, unit in enumerate(units) if queries.belongs_to(leaf, unit)]
    groups = [group.code for group in model.groups]
    own.sort(key=lambda row: _sort_key(units[row], groups))
    found: list[BlockRow] = []
    empty = first + len(own)
    for number, pool in enumerate(frame.pools):
        inside = set(pool)
        members = [row for row in own if row in inside]
        guests = [row for row in own if row not in inside and frame.pool_of[row] == number]
        start = first + len(found)
        span = (start, start + len(members) - 1) if members else (empty, empty)
        for row in (*members, *guests):
            found.append(BlockRow(row, first + len(found), *span, row not in inside))
    return found


def _sort_key(unit: Unit, groups: Sequence[str]) -> tuple[int, bool]:
    """By group, those who take a place first."""
    return groups.index(unit.group), unit.participation != "ranked"
