"""The numbers of a scheme that a live workbook lets people change, each in a cell with a name."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kaohe.expressions.nodes import Parameter
from kaohe.expressions.structure import iterate_once
from kaohe.files.results.live_names import DefinedNames
from kaohe.language import Text
from kaohe.results.standings import UNIT_LEVEL
from kaohe.scheme import queries
from kaohe.scheme.grades import GradeRule
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel

Key = tuple[str, ...]
"""Whose number it is, which, and for which group or grade."""


@dataclass(frozen=True, slots=True)
class NamedCell:
    """One number of the scheme: the name of its cell, what it is, and its value."""

    name: str
    label: Text
    value: Fraction


class Parameters:
    """Every changeable number of a scheme by key: (code, which) or (code, which, group or grade)."""

    def __init__(self, model: SchemeModel, names: DefinedNames) -> None:
        self._names = names
        self._cells: dict[Key, NamedCell] = {}
        self._add_all(UNIT_LEVEL, _list_totals(model))
        for node in queries.iterate_nodes(model):
            self._add_all(node.code, _list_node(node, model))
        for rule in model.grades:
            self._add_all(rule.code, _list_grades(rule), kind="g")

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
                name = self._names.name(kind, code, *parts)
                self._cells[code, *which] = NamedCell(name, label, value)


Found = Iterator[tuple[Key, Text, Fraction | None]]


def _list_totals(model: SchemeModel) -> Found:
    total = model.total
    yield ("bonus_cap",), Text("加分合计上限", "cap on all bonus"), total.bonus_cap
    yield ("deduction_cap",), Text("扣分合计上限", "cap on all deductions"), total.deduction_cap
    yield ("minimum",), Text("总分下限", "least total"), total.minimum
    yield ("maximum",), Text("总分上限", "greatest total"), total.maximum


def _list_node(node: IndicatorNode, model: SchemeModel) -> Found:
    names = {group.code: group.name for group in model.groups}
    if isinstance(node.points, Fraction):
        yield ("points",), Text("分值", "points"), node.points
    for group, points in node.points_by_group.items():
        name = names.get(group, group)
        yield ("points", group), Text(f"分值（{name}）", f"points ({name})"), points
    if node.weight != 1:
        yield ("weight",), Text("权重", "weight"), node.weight
    yield ("minimum",), Text("得分下限", "least score"), node.minimum
    yield ("maximum",), Text("得分上限", "greatest score"), node.maximum
    if not node.children:
        yield from _list_rule(node)


def _list_rule(leaf: IndicatorNode) -> Found:
    """The parameters that the rule's expression reads; one name that stands for two numbers is left out."""
    nodes = [part for part in iterate_once(leaf.expression) if isinstance(part, Parameter)]
    values: dict[str, set[Fraction]] = {}
    for part in nodes:
        values.setdefault(part.name, set()).add(part.value)
    for part in {part.name: part for part in nodes}.values():
        if len(values[part.name]) == 1:
            yield ("rule", part.name), part.label, part.value


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
