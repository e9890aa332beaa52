"""Receipts added up again from nothing but what they say."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from kaohe.expressions import nodes
from kaohe.expressions.facets import label_facet
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import round_fraction
from kaohe.renderings.exact import evaluate
from kaohe.renderings.frame import Frame
from kaohe.renderings.peers import points_at
from kaohe.renderings.prose import describe_peer, describe_rule
from kaohe.results.receipts import Part, Receipt, Receipts
from kaohe.results.result import Result
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode

POINTS = Text("分值", "points")


def readd_result(result: Result) -> None:
    """Every receipt of every unit leads to the score it stands under."""
    receipts = Receipts(result.scheme.model, result.observations, result.scores)
    for each in result.units:
        for receipt in receipts.of_unit(each.unit.code):
            node = queries.node_by_code(result.scheme.model, receipt.code)
            readd_node(receipt, node, result)
        readd_total(receipts.of_total(each.unit.code), result)


def readd_node(receipt: Receipt, node: IndicatorNode, result: Result) -> None:
    if node.children:
        readd_branch(receipt, node)
    else:
        readd_steps(receipt, node)
        readd_leaf(receipt, node, result)


def readd_steps(receipt: Receipt, leaf: IndicatorNode) -> None:
    """Every step follows from the facts, peers and steps shown with it."""
    expression = queries.leaf_expression(leaf)
    facts = {line.label: line.value for line in receipt.lines if line.note is None}
    values = read_steps(receipt, leaf)
    for step in nodes.list_steps(expression):
        known = Known(facts, values)
        (value,) = evaluate(known.put_in(step.of), known.frame()).values
        assert (value if isinstance(value, Fraction | Absence) else None) == values[step.name]


def read_steps(receipt: Receipt, leaf: IndicatorNode) -> dict[str, Any]:
    notes = {line.note: line.value for line in receipt.lines}
    return {
        step.name: notes[step.sentence] for step in describe_rule(queries.leaf_expression(leaf))
    }


class Known:
    """An expression with what the receipt shows in the place of whatever it shows."""

    def __init__(self, facts: Mapping[Text, Any], steps: Mapping[str, Any]) -> None:
        self._facts, self._steps = facts, steps
        self._facets: dict[str, list[Any]] = {}

    def frame(self) -> Frame:
        return Frame(self._facets, [self._facts[POINTS]], [0], [[0]])

    def put_in(self, node: nodes.Node) -> nodes.Node:
        match node:
            case nodes.Facet():
                return self._fact(self._facts[label_facet(node)])
            case nodes.Named(name=name):
                return self._fact(self._steps[name])
            case nodes.PlacePoints():
                place = nodes.Rank(node.of, node.higher_is_better, node.ties)
                shown = self._facts[describe_peer(place)]
                return self._fact(
                    points_at(node, int(shown)) if isinstance(shown, Fraction) else shown
                )
            case nodes.Peer() | nodes.Rank():
                return self._fact(self._facts[describe_peer(node)])
        return replace(
            node, **{field.name: self._inside(getattr(node, field.name)) for field in fields(node)}
        )

    def _inside(self, value: Any) -> Any:
        if isinstance(value, nodes.Node):
            return self.put_in(value)
        return tuple(map(self._inside, value)) if isinstance(value, tuple) else value

    def _fact(self, value: Any) -> nodes.Facet:
        name = f"known{len(self._facets)}"
        self._facets[name] = [value]
        return nodes.Facet(name)


def readd_leaf(receipt: Receipt, leaf: IndicatorNode, result: Result) -> None:
    """Bounds and rounding after the last step give the score; or a policy or veto says otherwise."""
    assert receipt.lines[-1].value == receipt.score
    readd_mean(receipt, leaf, result)
    given = list(read_steps(receipt, leaf).values())[-1]
    if not isinstance(given, Fraction) or any(
        line.label.zh.startswith("否决") for line in receipt.lines
    ):
        return
    rounding = queries.rounding_of(result.scheme.model, leaf)
    held = hold(given, leaf.minimum, leaf.maximum)
    assert receipt.score == round_fraction(held, rounding.indicator, rounding.mode)


def readd_mean(receipt: Receipt, leaf: IndicatorNode, result: Result) -> None:
    """A mean that stands in for a figure follows from how many scores it is of and their sum."""
    lines = read_lines(receipt)
    if "units with a score" not in lines or receipt.lines[-1].label.zh.startswith("否决"):
        return
    mean = lines["sum of their scores"] / lines["units with a score"]
    assert receipt.lines[-2].value == mean
    rounding = queries.rounding_of(result.scheme.model, leaf)
    assert receipt.score == round_fraction(mean, rounding.indicator, rounding.mode)


def readd_branch(receipt: Receipt, node: IndicatorNode) -> None:
    """The lines of a branch follow from its parts, and its score from the lines."""
    lines = read_lines(receipt)
    parts = [part for part in receipt.parts if part.score is not None]
    sums = lines.get("sum", lines.get("weighted sum", Fraction(0)))
    added = lines.get("bonus and deductions", Fraction(0))
    assert sums + added == add_parts(parts)
    if receipt.score is None:
        marked = {child.code for child in node.children if child.family == "common"}
        assert not any(part.code in marked and part.points for part in parts)
        return
    score = sums / lines.get("sum of weights", 1)
    if "points of what is scored" in lines:
        score = score * lines["all points"] / lines["points of what is scored"]
    held = hold(score + added, node.minimum, node.maximum)
    assert receipt.score == lines["score"] == held


def readd_total(receipt: Receipt, result: Result) -> None:
    lines = read_lines(receipt)
    policy = result.scheme.model.total
    top = {node.code: node for node in result.scheme.model.indicators}
    parts = [part for part in receipt.parts if part.score is not None]
    base = [part for part in parts if top[part.code].family not in queries.ADDED_FAMILIES]
    if lines["base"] is None:
        assert receipt.score is None
        return
    total = lines.get("sum of the base", Fraction(0))
    added = lines.get("bonus and deductions", Fraction(0))
    assert total + added == add_parts(base)
    if "points of what is scored" in lines:
        total = total * lines["all points"] / lines["points of what is scored"]
    total += added
    assert total == lines["base"]
    total += lines.get("bonus counted", lines.get("bonus", Fraction(0)))
    total -= lines.get("deduction counted", lines.get("deduction", Fraction(0)))
    assert receipt.score == lines["total"] == hold(total, policy.minimum, policy.maximum)


def read_lines(receipt: Receipt) -> dict[str, Any]:
    return {line.label.en: line.value for line in receipt.lines}


def add_parts(parts: Iterable[Part]) -> Fraction:
    return sum((part.score * part.weight for part in parts if part.score is not None), Fraction(0))


def hold(value: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)
