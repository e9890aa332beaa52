"""Why a row has no score: the kind of absence that the exact rendering would give, over columns.

Only rows without a score are asked about. A kind is an int8 code, 0 for a figure; the first operand
that is absent decides, as it does exactly.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from kaohe.expressions import nodes
from kaohe.expressions.structure import compares_peers
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.renderings.arrays.bounded import Bounded
from kaohe.renderings.arrays.columns import ColumnFrame, FacetColumn, Integers, Mask
from kaohe.renderings.arrays.guarded import SIGNS, ArrayRun

Kinds = npt.NDArray[np.int8]
ABSENCES = tuple(Absence)
CODE_OF = {absence: code for code, absence in enumerate(ABSENCES, start=1)}
"""The code of each kind of absence; 0 is a figure."""
REFUSED_BY_RULE = len(ABSENCES) + 1
"""The code of a figure that the rule itself refuses."""


def missing_code(facet: str) -> int:
    """What a facet is where nothing was written."""
    return CODE_OF[Absence.NO_TARGET if facet == "target" else Absence.EMPTY]


@np.errstate(all="ignore")
def find_absences(
    expression: nodes.Node, frame: ColumnFrame, kinds: Mapping[str, Kinds], rows: Integers
) -> Kinds:
    """The kind of absence of each of `rows`, or `REFUSED_BY_RULE`.

    `kinds` holds a facet's codes over the whole frame where any is another than `missing_code`.
    """
    return _AbsenceRun(frame, kinds, rows).find(expression)


def find_reasons(expression: nodes.Node, frame: ColumnFrame, rows: Integers) -> list[Text]:
    """Why the rule refuses each of `rows`, all of which it does."""
    return [value.reason for value in ArrayRun(frame).settler.exact_values(expression, rows)]


@dataclass
class _AbsenceRun:
    """The codes of one expression over some rows, with the values that decide among them."""

    frame: ColumnFrame
    kinds: Mapping[str, Kinds]
    rows: Integers
    steps: dict[str, Kinds] = field(default_factory=dict)
    whole: ArrayRun = field(init=False)
    part: ArrayRun = field(init=False)

    def __post_init__(self) -> None:
        self.whole = ArrayRun(self.frame)
        self.part = ArrayRun(_take_rows(self.frame, self.rows))

    def find(self, node: nodes.Node) -> Kinds:
        """The codes of a node."""
        rule = _RULES.get(type(node))
        return self.first(nodes.iterate_children(node)) if rule is None else rule(node, self)

    def first(self, parts: Iterable[nodes.Node]) -> Kinds:
        """The code of the first part that is absent."""
        nothing = np.zeros(len(self.rows), dtype=np.int8)
        return reduce(_fill, (self.find(part) for part in parts), nothing)

    def compute(self, node: nodes.Node) -> Bounded:
        """A node's figures in the rows; of the whole column only where peers are asked."""
        if not compares_peers(node):
            return self.part.compute(node)
        column = self.whole.compute(node)
        return Bounded(column.figures[self.rows], column.error[self.rows])

    def compare(self, node: nodes.Node, sign: str) -> Mask:
        """Where a node compares so with zero, exactly."""
        run = self.whole if compares_peers(node) else self.part
        signs = run.settler.compare_to_zero(node, run.compute(node))
        return SIGNS[sign](signs[self.rows] if run is self.whole else signs)


def _take_rows(frame: ColumnFrame, rows: Integers) -> ColumnFrame:
    facets = {name: _take(column, rows) for name, column in frame.facets.items()}
    return ColumnFrame(facets, _take(frame.points, rows), frame.pool_codes[rows])


def _take(column: FacetColumn, rows: Integers) -> FacetColumn:
    return replace(column, figures=column.figures[rows])


def _fill(known: Kinds, other: Kinds) -> Kinds:
    return np.where(known == 0, other, known)


def _mark(found: Kinds, holds: Mask, code: int) -> Kinds:
    """The codes, with another one where all is there and a condition holds."""
    return np.where((found == 0) & holds, np.int8(code), found)


def _facet(node: nodes.Facet, run: _AbsenceRun) -> Kinds:
    column, kinds = run.frame.facets.get(node.name), run.kinds.get(node.name)
    if column is None:
        return np.full(len(run.rows), missing_code(node.name), dtype=np.int8)
    is_missing = np.isnan(column.figures[run.rows])
    code = np.int8(missing_code(node.name)) if kinds is None else kinds[run.rows]
    return np.where(is_missing, code, np.int8(0))


def _peer(node: nodes.Peer, run: _AbsenceRun) -> Kinds:
    if node.statistic in ("sum", "count"):
        return np.zeros(len(run.rows), dtype=np.int8)
    is_of_nobody = np.isnan(run.compute(node).figures)
    return np.where(is_of_nobody, np.int8(CODE_OF[Absence.EMPTY]), np.int8(0))


def _divide(node: nodes.Divide, run: _AbsenceRun) -> Kinds:
    found = run.first((node.above, node.below))
    if not isinstance(node.on_zero, str):
        return found
    code = REFUSED_BY_RULE if node.on_zero == "refuse" else CODE_OF[Absence.NOT_APPLICABLE]
    return _mark(found, run.compare(node.below, "=="), code)


def _steps(node: nodes.Steps, run: _AbsenceRun) -> Kinds:
    return _mark(run.first((node.of, node.size)), run.compare(node.size, "=="), REFUSED_BY_RULE)


def _holds(node: nodes.Node, run: _AbsenceRun) -> Mask:
    if isinstance(node, nodes.All):
        holds: Mask = np.logical_and.reduce([_holds(each, run) for each in node.conditions])
        return holds
    if not isinstance(node, nodes.Compare):
        raise TypeError(f"{type(node).__name__} is no condition")
    return run.compare(nodes.Subtract(node.left, node.right), node.sign)


def _when(node: nodes.When, run: _AbsenceRun) -> Kinds:
    taken = np.where(_holds(node.condition, run), run.find(node.then), run.find(node.otherwise))
    return _fill(run.find(node.condition), taken)


def _require(node: nodes.Require, run: _AbsenceRun) -> Kinds:
    """A row without a figure has nothing that could be refused: its absence goes on."""
    then = run.find(node.then)
    refused = np.where((then == 0) | (then == REFUSED_BY_RULE), np.int8(REFUSED_BY_RULE), then)
    return _fill(run.find(node.condition), np.where(_holds(node.condition, run), then, refused))


def _lookup(node: nodes.Lookup, run: _AbsenceRun) -> Kinds:
    found = run.find(node.of)
    if node.otherwise is not None:
        return found
    in_table = [
        run.compare(nodes.Subtract(node.of, nodes.Constant(key)), "==") for key in node.keys
    ]
    return _mark(found, ~np.logical_or.reduce(in_table), REFUSED_BY_RULE)


def _weighted_mean(node: nodes.WeightedMean, run: _AbsenceRun) -> Kinds:
    """The first absent term decides; of those there, one that is refused, or the first if none is left."""
    first = run.first(node.terms)
    is_empty = np.isnan(run.compute(node).figures)
    if node.missing == "renormalise":
        is_refused = np.any([run.find(term) == REFUSED_BY_RULE for term in node.terms], axis=0)
        first = np.where(
            is_refused, np.int8(REFUSED_BY_RULE), np.where(is_empty, first, np.int8(0))
        )
    return _mark(first, is_empty, REFUSED_BY_RULE)


def _named(node: nodes.Named, run: _AbsenceRun) -> Kinds:
    if node.name not in run.steps:
        run.steps[node.name] = run.find(node.of)
    return run.steps[node.name]


_RULES: dict[type[nodes.Node], Callable[[Any, _AbsenceRun], Kinds]] = {
    nodes.Facet: _facet,
    nodes.Peer: _peer,
    nodes.Divide: _divide,
    nodes.Steps: _steps,
    nodes.When: _when,
    nodes.Require: _require,
    nodes.Lookup: _lookup,
    nodes.WeightedMean: _weighted_mean,
    nodes.Named: _named,
}
