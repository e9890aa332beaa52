"""The numbers of a scheme that a live workbook lets people change, each in a cell with a name."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from kaohe.expressions.nodes import Bands, Node, Parameter, PlacePoints, list_steps
from kaohe.expressions.structure import iterate_once
from kaohe.files.results.live.names import DefinedNames
from kaohe.language import Text
from kaohe.renderings.workbook.grid import TableNames
from kaohe.scheme import queries
from kaohe.scheme.grades import GradeRule
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel

_MOST_DECIMALS = 6
Key = tuple[str, ...]
"""Whose number it is, which, and for which group or grade."""
TOTAL = " total"
"""Whose the numbers of the total are; no code of a scheme begins with a space."""


@dataclass(frozen=True, slots=True)
class NamedCell:
    """One number of the scheme: the name of its cell, what it is, and its value.

    The numbers of a table stand below one another; `table` is then the name of all their cells. Full
    marks and weights stay above zero (`is_positive`): without them a node is added up in another way.
    """

    name: str
    label: Text
    value: Fraction
    table: str = ""
    is_positive: bool = False

    @property
    def may_change(self) -> bool:
        """Whether formulas follow another number."""
        return not self.is_positive or self.value > 0


class Parameters:
    """Every changeable number of a scheme by key: (code, which) or (code, which, group or grade)."""

    def __init__(self, model: SchemeModel, names: DefinedNames) -> None:
        self._names = names
        self._cells: dict[Key, NamedCell] = {}
        weighted = set(_list_weighted(model))
        self._add_all(TOTAL, _list_totals(model))
        self.tables: dict[str, dict[Node, TableNames]] = {}
        for node in queries.iterate_nodes(model):
            is_weighted = node.code in weighted
            self._add_all(node.code, _list_node(node, model, is_weighted=is_weighted))
            if not node.children:
                self.tables[node.code] = dict(self._add_tables(node))
        for rule in model.grades:
            self._add_all(own_grades(rule), _list_grades(rule), kind="g")

    def find(self, code: str, *which: str) -> str | None:
        """The defined name of a number; None where the scheme does not set it."""
        found = self._cells.get((code, *which))
        return found.name if found else None

    def points(self, node: IndicatorNode, group: str) -> str | None:
        """The defined name of a node's full marks for a group."""
        return self.find(node.code, "points", group) or self.find(node.code, "points")

    def weight(self, node: IndicatorNode) -> str:
        """A node's weight: its name, or 1 where none is set."""
        return self.find(node.code, "weight") or "1"

    def of_rule(self, code: str) -> dict[str, str]:
        """The defined names of the parameters of a leaf's rule."""
        return {
            key[2]: each.name
            for key, each in self._cells.items()
            if key[0] == code and key[1] == "rule"
        }

    def items(self) -> Iterator[tuple[Key, NamedCell]]:
        """Every number with its key, in the order of the sheet."""
        return iter(self._cells.items())

    def of_code(self, code: str) -> list[NamedCell]:
        """Every number of a node, of the total or of a grade rule, in order."""
        return [each for key, each in self._cells.items() if key[0] == code]

    def _add_all(
        self, code: str, found: Iterator[tuple[Key, Text, Fraction | None]], kind: str = "p"
    ) -> None:
        for which, label, value in found:
            if value is not None:
                parts = which[1:] if which[0] == "rule" else which
                name = self._names.name(kind, code.strip(), *parts)
                is_positive = which[0] in ("points", "weight")
                self._cells[code, *which] = NamedCell(name, label, value, is_positive=is_positive)

    def _add_tables(self, leaf: IndicatorNode) -> Iterator[tuple[Node, TableNames]]:
        """The tables a rule looks its points up in; a number whose decimals never end stays in formulas."""
        parts = dict.fromkeys(iterate_once(leaf.expression))
        tables = [
            each
            for each in parts
            if isinstance(each, PlacePoints) or (isinstance(each, Bands) and each.edges)
        ]
        for number, each in enumerate(tables, start=1):
            stem = "table" if len(tables) == 1 else f"table{number}"
            if all(map(_ends, _list_numbers(each))):
                labels = _TableLabels() if len(tables) == 1 else _label_table(leaf, each)
                yield each, self._add_table(leaf.code, stem, each, labels)

    def _add_table(
        self, code: str, stem: str, node: Bands | PlacePoints, labels: "_TableLabels"
    ) -> TableNames:
        if isinstance(node, Bands):
            edges = self._add_column(code, f"{stem}_edge", labels.edge, node.edges)
            values = self._add_column(code, f"{stem}_value", labels.value, node.values)
            outside = self._add_outside(code, stem, labels.below, node.below)
            return TableNames(values, edges, outside)
        values = self._add_column(code, f"{stem}_place", labels.place, node.table)
        if node.beyond is None or node.beyond == node.table[-1]:
            return TableNames(values)
        return TableNames(values, "", self._add_outside(code, stem, labels.beyond, node.beyond))

    def _add_column(self, code: str, stem: str, label: Text, values: Sequence[Fraction]) -> str:
        table = self._names.name("p", code, stem)
        for number, value in enumerate(values, start=1):
            name = self._names.name("p", code, stem, str(number))
            numbered = Text(label.zh.format(number), label.en.format(number))
            self._cells[code, stem, str(number)] = NamedCell(name, numbered, value, table)
        return table

    def _add_outside(self, code: str, stem: str, label: Text, value: Fraction) -> str:
        name = self._names.name("p", code, f"{stem}_else")
        self._cells[code, f"{stem}_else"] = NamedCell(name, label, value)
        return name


class _TableLabels(NamedTuple):
    """What the numbers of a table are called."""

    edge: Text = Text("第{}档：起点（含）", "band {}: from")
    value: Text = Text("第{}档：取值", "band {}: value")
    below: Text = Text("不到第1档：取值", "below band 1: value")
    place: Text = Text("第{}名：分值", "place {}: points")
    beyond: Text = Text("以后各名：分值", "places beyond: points")


def _label_table(leaf: IndicatorNode, node: Node) -> _TableLabels:
    """The labels of one table among several: with the step it stands in."""
    return _TableLabels(*(_add_step(label, leaf, node) for label in _TableLabels()))


def _add_step(label: Text, leaf: IndicatorNode, node: Node) -> Text:
    """A label with the first step that a node stands in."""
    step = next(step for step in list_steps(leaf.expression) if node in iterate_once(step.of))
    return Text(f"{step.label.zh}，{label.zh}", f"{step.label.en}, {label.en}")


def _list_numbers(node: Bands | PlacePoints) -> list[Fraction]:
    if isinstance(node, Bands):
        return [*node.edges, *node.values, node.below]
    return [*node.table, *([] if node.beyond is None else [node.beyond])]


def _ends(value: Fraction) -> bool:
    """Whether a number has decimals that end, and few enough for every cell."""
    return not 10**_MOST_DECIMALS % value.denominator


Found = Iterator[tuple[Key, Text, Fraction | None]]


def own_grades(rule: GradeRule) -> str:
    """Whose the numbers of a grade rule are, which may have the code of an indicator."""
    return f" {rule.code}"


def _list_totals(model: SchemeModel) -> Found:
    total = model.total
    yield ("bonus_cap",), Text("加分合计上限", "cap on all bonus"), total.bonus_cap
    yield ("deduction_cap",), Text("扣分合计上限", "cap on all deductions"), total.deduction_cap
    yield ("minimum",), Text("总分下限", "least total"), total.minimum
    yield ("maximum",), Text("总分上限", "greatest total"), total.maximum


def _list_weighted(model: SchemeModel) -> Iterator[str]:
    """The nodes that are weighed against one another: a weight of 1 counts there as any other."""
    branches = [node for node in queries.iterate_nodes(model) if node.children]
    means = [branch.children for branch in branches if branch.combine == "weighted_mean"]
    sums = [model.indicators, *(branch.children for branch in branches)]
    weighed = [nodes for nodes in sums if any(node.weight != 1 for node in nodes)]
    yield from (node.code for nodes in (*means, *weighed) for node in nodes)


def _list_node(node: IndicatorNode, model: SchemeModel, *, is_weighted: bool) -> Found:
    names = {group.code: group.name for group in model.groups}
    if isinstance(node.points, Fraction):
        yield ("points",), Text("分值", "points"), node.points
    for group, points in node.points_by_group.items():
        name = names.get(group, group)
        yield ("points", group), Text(f"分值（{name}）", f"points ({name})"), points
    if is_weighted:
        yield ("weight",), Text("权重", "weight"), node.weight
    yield ("minimum",), Text("计入得分下限", "least score that counts"), node.minimum
    yield ("maximum",), Text("计入得分上限", "greatest score that counts"), node.maximum
    if not node.children:
        yield from _list_rule(node)


def _list_rule(leaf: IndicatorNode) -> Found:
    """The parameters that the rule's expression reads; one name that stands for two numbers is left out."""
    nodes = [part for part in iterate_once(leaf.expression) if isinstance(part, Parameter)]
    values: dict[str, set[Fraction]] = {}
    for part in nodes:
        values.setdefault(part.name, set()).add(part.value)
    parts = {part.name: part for part in nodes if len(values[part.name]) == 1}
    alike = Counter(part.label for part in parts.values())
    for part in parts.values():
        label = part.label if alike[part.label] == 1 else _add_step(part.label, leaf, part)
        yield ("rule", part.name), label, part.value


def _list_grades(rule: GradeRule) -> Found:
    for number, band in enumerate(rule.bands, start=1):
        level, label = str(number), band.label
        count = None if band.number is None else Fraction(band.number)
        least = Fraction(band.at_least) if band.share is not None else None
        yield ("share", level), Text(f"{label}：比例", f"{label}: share"), band.share
        yield ("up_to", level), Text(f"{label}：位次比例", f"{label}: rank share"), band.up_to
        yield ("number", level), Text(f"{label}：个数", f"{label}: number"), count
        yield ("at_least", level), Text(f"{label}：至少个数", f"{label}: at least"), least
        minimum = band.minimum_score
        yield ("minimum_score", level), Text(f"{label}：分数线", f"{label}: least total"), minimum
    yield ("pass_line",), Text("合格线", "pass line"), rule.pass_line
