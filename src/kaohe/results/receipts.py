"""Receipts: every point back to value, rule, peers, clamp and rounding, re-adding exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaohe.errors import Place
from kaohe.expressions import nodes
from kaohe.expressions.facets import facet_label
from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.renderings.prose import StepText, describe_peer, describe_rule
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.policies import Rounding
from kaohe.scoring.observations import Observations
from kaohe.scoring.scores import BranchScore, LeafScore, Scores


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line of a receipt: what it is, how it came, its exact value, and where it was read."""

    label: Text
    note: Text | None = None
    value: Cell | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One child of a branch in a receipt: its score, its weight, and its share of the points."""

    code: str
    name: str
    score: Fraction | None
    points: Fraction
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Receipt:
    """How one unit came to one score: facts and steps for a leaf, parts for a branch."""

    unit: str
    code: str
    name: str
    score: Fraction | None
    lines: tuple[ReceiptLine, ...]
    parts: tuple[Part, ...] = ()
    rule_text: str = ""


@dataclass(frozen=True)
class _Guide:
    """What the receipts of one indicator have in common: its facets, peers and sentences."""

    facets: tuple[tuple[str, Text], ...]
    peers: tuple[tuple[Text, Sequence[object]], ...]
    steps: tuple[tuple[StepText, Sequence[object]], ...]
    rounding: Text


class Receipts:
    """Writes the receipts of one scored scheme."""

    def __init__(self, model: SchemeModel, observations: Observations, scores: Scores) -> None:
        self._model = model
        self._observations = observations
        self._scores = scores
        self._row_of = {unit: row for row, unit in enumerate(scores.units)}
        self._guides = {code: _make_guide(model, scores, code) for code in scores.leaves}

    def of_node(self, unit: str, code: str) -> Receipt:
        """The receipt of a leaf or a branch.

        Raises KeyError for a unit or an indicator that was not scored.
        """
        node = queries.node_by_code(self._model, code)
        row = self._row_of[unit]
        return self._of_branch(node, row) if node.children else self._of_leaf(node, row)

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
            *_closing_lines(cell, self._guides[leaf.code].rounding),
        )
        unit = self._scores.units[row]
        return Receipt(unit, leaf.code, leaf.name, cell.score, lines, rule_text=leaf.text or "")

    def _fact_lines(self, leaf: IndicatorNode, row: int) -> Iterator[ReceiptLine]:
        scored = self._scores.leaves[leaf.code]
        yield ReceiptLine(Text("分值", "points"), value=scored.cells[row].points)
        unit = self._scores.units[row]
        for facet, label in self._guides[leaf.code].facets:
            value = scored.evaluation.frame.column(facet)[row]
            place = self._observations.places.get((leaf.code, facet, unit))
            yield ReceiptLine(label, value=value, place=place)
        for line in scored.reductions[row].lines:
            yield ReceiptLine(Text("事项", "record"), note=line)

    def _peer_lines(self, leaf: IndicatorNode, row: int) -> Iterator[ReceiptLine]:
        for label, column in self._guides[leaf.code].peers:
            yield ReceiptLine(label, value=_as_cell(column[row]))

    def _step_lines(self, leaf: IndicatorNode, row: int) -> Iterator[ReceiptLine]:
        for step, column in self._guides[leaf.code].steps:
            yield ReceiptLine(step.label, step.sentence, _as_cell(column[row]))

    def _of_branch(self, node: IndicatorNode, row: int) -> Receipt:
        branch = self._scores.branches[node.code][row]
        group = queries.unit_by_code(self._model, self._scores.units[row]).group
        parts = tuple(
            Part(
                child.code,
                child.name,
                self._scores.score_of(child.code, row),
                queries.points_of(child, group),
                child.weight,
            )
            for child in node.children
        )
        lines = tuple(_branch_lines(node, branch))
        unit = self._scores.units[row]
        return Receipt(unit, node.code, node.name, branch.score, lines, parts)


def _make_guide(model: SchemeModel, scores: Scores, code: str) -> _Guide:
    leaf = queries.node_by_code(model, code)
    expression = queries.leaf_expression(leaf)
    evaluation = scores.leaves[code].evaluation
    asked = (node for node in evaluation.peers if not isinstance(node, nodes.PlacePoints))
    return _Guide(
        tuple((facet, facet_label(facet)) for facet in _list_facets(expression)),
        tuple((describe_peer(node), evaluation.peers[node]) for node in asked),
        tuple((step, evaluation.steps[step.name]) for step in describe_rule(expression)),
        _describe_rounding(queries.rounding_of(model, leaf)),
    )


def _list_facets(expression: nodes.Node) -> list[str]:
    found = (node for node in nodes.iterate_nodes(expression) if isinstance(node, nodes.Facet))
    return sorted({node.name for node in found})


def _as_cell(value: object) -> Cell | None:
    return value if isinstance(value, Fraction | Absence) else None


_POLICIES = {
    "group_mean": Text("缺数：按同组该项平均得分计", "no figure: the group's mean score counts"),
    "comparable_mean": Text(
        "缺数：按可比单位该项平均得分计", "no figure: the comparable units' mean score counts"
    ),
    "leave_out": Text(
        "不计入，其余指标按分值折算", "left out; the others are scaled to full marks"
    ),
    "zero": Text("缺数：按零分计", "no figure: counts as zero"),
    "provisional": Text("缺数：暂不计入，补报前不得公布", "no figure yet: blocks publication"),
}
_ABSENCES = {
    Absence.EMPTY: Text("未报", "not reported"),
    Absence.NOT_APPLICABLE: Text("不适用", "not applicable"),
    Absence.NOT_DUE: Text("未到期", "not due"),
    Absence.REFUSED: Text("拒报", "refused"),
    Absence.NO_TARGET: Text("未定目标", "no target"),
}


def describe_absence(absence: Absence) -> Text:
    """The word for why there is no figure."""
    return _ABSENCES[absence]


def _closing_lines(cell: LeafScore, rounding: Text) -> Iterator[ReceiptLine]:
    """Clamp, rounding, missing policy and veto: what happens after the rule."""
    if cell.clamped is not None and cell.clamped != cell.raw:
        label = Text("按本项上下限", "held within the indicator's bounds")
        yield ReceiptLine(label, value=cell.clamped)
    if cell.policy is not None:
        yield ReceiptLine(
            _ABSENCES[cell.absence or Absence.EMPTY], _POLICIES[cell.policy], cell.score
        )
    elif cell.vetoed_by:
        yield ReceiptLine(
            Text(f"否决 {cell.vetoed_by}：本项记零分", f"veto {cell.vetoed_by}: zero"),
            value=cell.score,
        )
    else:
        yield ReceiptLine(rounding, value=cell.score)


def _describe_rounding(rounding: Rounding) -> Text:
    mode = "四舍六入五成双" if rounding.mode == "half_even" else "四舍五入"
    return Text(
        f"{mode}保留 {rounding.indicator} 位小数",
        f"rounded to {rounding.indicator} decimals ({rounding.mode.replace('_', ' ')})",
    )


def _branch_lines(node: IndicatorNode, branch: BranchScore) -> Iterator[ReceiptLine]:
    label = Text("各项合计", "sum") if node.combine == "sum" else Text("加权合计", "weighted sum")
    yield ReceiptLine(label, value=branch.sum)
    if node.combine == "weighted_mean":
        yield ReceiptLine(Text("权重合计", "sum of weights"), value=branch.present)
    elif branch.present != branch.full:
        yield ReceiptLine(Text("计分部分分值", "points counted"), value=branch.present)
        yield ReceiptLine(Text("全部分值", "all points"), value=branch.full)
    yield ReceiptLine(Text("得分", "score"), value=branch.score)
