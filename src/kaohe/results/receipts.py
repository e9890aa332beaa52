"""Receipts: every point back to value, rule, peers, clamp and rounding, re-adding exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from kaohe.errors import Place
from kaohe.expressions import nodes
from kaohe.expressions.facets import label_facet
from kaohe.expressions.structure import list_facets
from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.rounding import describe_rounding
from kaohe.renderings.exact import Evaluation, evaluate
from kaohe.renderings.prose import StepText, describe_peer, describe_rule
from kaohe.results.receipt_lines import (
    ReceiptLine,
    tell_branch,
    tell_leaf,
    tell_total,
)
from kaohe.results.standings import UNIT_LEVEL
from kaohe.rules.records import Record
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations
from kaohe.scoring.rollup import add_children
from kaohe.scoring.scores import Scores


class Part(NamedTuple):
    """One node above or below in a receipt: its score, its full marks and its weight."""

    code: str
    name: str
    score: Fraction | None
    points: Fraction
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Receipt:
    """How one unit came to one score: facts and steps for a leaf, parts for a branch or the total.

    The receipt of a total has no name of its own. `within` lists the branches the score goes into,
    from the nearest to the top; `rule_text` is the rule as the scheme has it.
    """

    unit: str
    code: str
    name: str
    score: Fraction | None
    lines: tuple[ReceiptLine, ...]
    parts: tuple[Part, ...] = ()
    within: tuple[Part, ...] = ()
    rule_text: str = ""


@dataclass(frozen=True)
class _Guide:
    """What the receipts of one indicator have in common: its facets, peers and sentences."""

    facets: tuple[tuple[str, Text], ...]
    peers: tuple[tuple[Text, Sequence[object]], ...]
    steps: tuple[tuple[StepText, Sequence[object]], ...]
    rounding: Text


_POINTS = Text("分值", "points")
_RECORD = Text("记录", "record")


class Receipts:
    """Writes the receipts of one scored scheme."""

    def __init__(self, model: SchemeModel, observations: Observations, scores: Scores) -> None:
        self._model = model
        self._observations = observations
        self._scores = scores
        self._row_of = {unit: row for row, unit in enumerate(scores.units)}
        self._guides = {code: _make_guide(model, scores, code) for code in scores.leaves}
        units = [queries.unit_by_code(model, unit) for unit in scores.units]
        self._kinds = queries.tell_apart(model, units)
        self._points: dict[tuple[str, queries.UnitKind], Fraction] = {}
        self._above: dict[tuple[str, int], tuple[Part, ...]] = {}
        self._parents: dict[str, IndicatorNode | None] = dict.fromkeys(model.nodes_by_code)
        for node in queries.iterate_nodes(model):
            self._parents |= dict.fromkeys((child.code for child in node.children), node)

    def of_node(self, unit: str, code: str) -> Receipt:
        """The receipt of a leaf or a branch.

        Raises KeyError for a unit or an indicator that was not scored.
        """
        node = queries.node_by_code(self._model, code)
        row = self._row_of[unit]
        return self._of_branch(node, row) if node.children else self._of_leaf(node, row)

    def of_total(self, unit: str) -> Receipt:
        """How a unit's total came of the top of the tree. Raises KeyError for a unit not scored."""
        row = self._row_of[unit]
        total, scored = self._scores.totals[row], queries.unit_by_code(self._model, unit)
        top = queries.base_nodes(self._model)
        scores = tuple(self._scores.score_of(node.code, row) for node in top)
        base = add_children(top, scores, scored, combine="sum")
        lines = tuple(tell_total(base, total, self._model.total))
        parts = tuple(self._make_part(node, row) for node in self._model.indicators)
        return Receipt(unit, UNIT_LEVEL, "", total.total, lines, parts)

    def of_unit(self, unit: str) -> Iterator[Receipt]:
        """All receipts of one unit, in the order of the tree."""
        for node in queries.iterate_nodes(self._model):
            if node.children or node.code in self._scores.leaves:
                yield self.of_node(unit, node.code)

    def _of_leaf(self, leaf: IndicatorNode, row: int) -> Receipt:
        cell = self._scores.leaves[leaf.code].cells[row]
        lines = (
            *self._fact_lines(leaf, row),
            *self._peer_lines(leaf, row),
            *self._step_lines(leaf, row),
            *tell_leaf(cell, self._guides[leaf.code].rounding),
        )
        unit, within = self._scores.units[row], self._list_above(leaf, row)
        return Receipt(
            unit, leaf.code, leaf.name, cell.score, lines, within=within, rule_text=leaf.text
        )

    def _fact_lines(self, leaf: IndicatorNode, row: int) -> Iterator[ReceiptLine]:
        scored = self._scores.leaves[leaf.code]
        yield ReceiptLine(_POINTS, value=scored.cells[row].points)
        unit = self._scores.units[row]
        for facet, label in self._guides[leaf.code].facets:
            value = scored.evaluation.frame.column(facet)[row]
            place = self._observations.places.get((leaf.code, facet, unit))
            yield ReceiptLine(label, value=value, place=place)
        for line in scored.reductions[row].lines:
            yield ReceiptLine(_RECORD, note=line.text, place=self._place_of(line.records))

    def _place_of(self, records: Sequence[Record]) -> Place | None:
        """Where records were read: the row of one, the file and sheet that several have in common."""
        places = [self._observations.record_places.get(record) for record in records]
        if len(set(places)) == 1:
            return places[0]
        sheets = {Place(file=place.file, sheet=place.sheet) for place in places if place}
        return sheets.pop() if len(sheets) == 1 and all(places) else None

    def _peer_lines(self, leaf: IndicatorNode, row: int) -> Iterator[ReceiptLine]:
        for label, column in self._guides[leaf.code].peers:
            yield ReceiptLine(label, value=_as_cell(column[row]))

    def _step_lines(self, leaf: IndicatorNode, row: int) -> Iterator[ReceiptLine]:
        for step, column in self._guides[leaf.code].steps:
            yield ReceiptLine(step.label, step.sentence, _as_cell(column[row]))

    def _of_branch(self, node: IndicatorNode, row: int) -> Receipt:
        branch = self._scores.branches[node.code][row]
        parts = tuple(self._make_part(child, row) for child in node.children)
        lines = tuple(tell_branch(node, branch))
        unit, within = self._scores.units[row], self._list_above(node, row)
        return Receipt(unit, node.code, node.name, branch.score, lines, parts, within)

    def _make_part(self, node: IndicatorNode, row: int) -> Part:
        score = self._scores.score_of(node.code, row)
        return Part(node.code, node.name, score, self._points_of(node, row), node.weight)

    def _points_of(self, node: IndicatorNode, row: int) -> Fraction:
        key = (node.code, self._kinds[row])
        if key not in self._points:
            unit = queries.unit_by_code(self._model, self._scores.units[row])
            self._points[key] = queries.points_of(node, unit)
        return self._points[key]

    def _list_above(self, node: IndicatorNode, row: int) -> tuple[Part, ...]:
        above = self._parents[node.code]
        if above is None:
            return ()
        if (above.code, row) not in self._above:
            parts = (self._make_part(above, row), *self._list_above(above, row))
            self._above[above.code, row] = parts
        return self._above[above.code, row]


def _make_guide(model: SchemeModel, scores: Scores, code: str) -> _Guide:
    leaf = queries.node_by_code(model, code)
    expression = queries.leaf_expression(leaf)
    evaluation = scores.leaves[code].evaluation
    rounding = queries.rounding_of(model, leaf)
    facets = sorted(list_facets(expression), key=lambda facet: facet.name)
    return _Guide(
        tuple((facet.name, label_facet(facet)) for facet in facets),
        _list_peers(evaluation),
        tuple((step, evaluation.steps[step.name]) for step in describe_rule(expression)),
        describe_rounding(rounding.indicator, rounding.mode),
    )


def _list_peers(evaluation: Evaluation) -> tuple[tuple[Text, Sequence[object]], ...]:
    """What was asked of the pool, each question with its answers once."""
    asked: list[tuple[Text, Sequence[object]]] = []
    for node in evaluation.peers:
        told = _tell_peer(node, evaluation)
        if told not in asked:
            asked.append(told)
    return tuple(asked)


def _tell_peer(node: nodes.Node, evaluation: Evaluation) -> tuple[Text, Sequence[object]]:
    """What was asked of the pool and what it answered; for points by place, the place."""
    if isinstance(node, nodes.PlacePoints):
        place = nodes.Rank(node.of, node.higher_is_better, node.ties)
        return describe_peer(place), evaluate(place, evaluation.frame).values
    return describe_peer(node), evaluation.peers[node]


def _as_cell(value: object) -> Cell | None:
    return value if type(value) is Fraction or isinstance(value, Absence) else None
