"""Random changes to a world, made in its workbook and in its scheme and data alike."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random
from typing import Any

from pydantic import ValidationError

from kaohe.errors import BadInput
from kaohe.expressions.facets import label_facet
from kaohe.expressions.structure import list_facets
from kaohe.files.results.live.names import DefinedNames
from kaohe.files.results.live.parameters import TOTAL, Key, Parameters
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.writing import write_number
from kaohe.results.result import Result, score
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations

WORDS = {
    Absence.EMPTY: None,
    Absence.NOT_APPLICABLE: "不适用",
    Absence.NOT_DUE: "未到期",
    Absence.REFUSED: "拒报",
}


@dataclass
class Edits:
    """What is typed into a workbook, and the result of the same changes made before scoring."""

    result: Result
    figures: dict[tuple[str, str, str], object] = field(default_factory=dict)
    parameters: dict[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.figures} {self.parameters}"


def draw_edits(random: Random, result: Result, count: int) -> Edits:
    """So many changes of figures and of the scheme's numbers, none of which a rule refuses."""
    edits = Edits(result)
    tries = 0
    while len(edits.figures) + len(edits.parameters) < count and tries < 40 * count:
        tries += 1
        try:
            if random.random() < 0.6:
                _change_figure(random, edits)
            else:
                _change_parameter(random, edits)
        except (BadInput, ValidationError, ZeroDivisionError):
            continue
    return edits


def _change_figure(random: Random, edits: Edits) -> None:
    model, observations = edits.result.scheme.model, edits.result.observations
    places = list(_list_places(model, observations))
    if not places:
        return
    leaf, facet, unit = random.choice(places)
    cell = _draw_cell(random, edits.result, leaf, facet)
    if isinstance(cell, Absence) and facet in queries.PLANNED_FACETS:
        return
    key = (leaf.code, facet, unit)
    changed = replace(observations, figures={**observations.figures, key: cell})
    edits.result = score(edits.result.scheme, changed)
    label = next(label_facet(each) if each.label is None else each.label for each in list_facets(leaf.expression) if each.name == facet)  # fmt: skip
    head = f"{label.zh}（{leaf.unit}）" if leaf.unit and facet == "value" else label.zh
    typed = WORDS[cell] if isinstance(cell, Absence) else float(cell)
    edits.figures[unit, leaf.code, head] = typed


def _list_places(
    model: SchemeModel, observations: Observations
) -> Iterator[tuple[IndicatorNode, str, str]]:
    """Every figure that can be typed: of units it is measured for, not made of records."""
    recorded = set(observations.records_of())
    for leaf in queries.iterate_leaves(model):
        reduced = queries.leaf_rule(leaf).reduced
        for facet in list_facets(leaf.expression):
            for unit in queries.scored_units(model):
                is_made = facet.name in reduced or (unit.code, leaf.code) in recorded
                inherits = unit.inherit_targets == "sum"
                if queries.applies_to(leaf, unit) and not is_made and not inherits:
                    yield leaf, facet.name, unit.code


def _draw_cell(random: Random, result: Result, leaf: IndicatorNode, facet: str) -> Cell:
    """Another's figure, one nearby, or none."""
    column = result.scores.leaves[leaf.code].evaluation.frame.column(facet)
    figures = [cell for cell in column if isinstance(cell, Fraction)]
    if not figures or random.random() < 0.2:
        return random.choice([*WORDS])
    figure = random.choice(figures)
    if random.random() < 0.5:
        figure = Fraction(round(figure * Fraction(random.randint(80, 120), 100) * 100), 100)
    return figure


def _change_parameter(random: Random, edits: Edits) -> None:
    model = edits.result.scheme.model
    cells = [*Parameters(model, DefinedNames()).items()]
    if not cells:
        return
    key, each = random.choice(cells)
    value = each.value * Fraction(random.randint(50, 150), 100)
    value = Fraction(round(value * 100), 100)
    if value in (0, 1) or key[1] in ("number", "at_least"):
        return  # a weight of 1 is none: a fresh workbook would have no cell for it
    changed = _change_model(model, key, value)
    if changed is not None:
        edits.result = score(Scheme(changed), edits.result.observations)
        edits.parameters[each.name] = float(value)


def _change_model(model: SchemeModel, key: Key, value: Fraction) -> SchemeModel | None:
    """The model with one number changed; None where this test does not know how to."""
    tree = model.model_dump(mode="json", exclude_unset=True, by_alias=True)
    code, which, *more = key
    written = write_number(value)
    if code == TOTAL:
        tree["total"][which] = written
    elif code.startswith(" "):
        rule = next(rule for rule in tree["grades"] if rule["code"] == code.strip())
        if which == "pass_line":
            rule[which] = written
        else:
            rule["bands"][int(more[0]) - 1][which] = written
    else:
        node = _find_node(tree["indicators"], code)
        if which == "points" and more:
            node["points"][more[0]] = written
        elif which == "rule":
            if more[0] not in node["rule"]:
                return None
            node["rule"][more[0]] = written
        else:
            node[which] = written
    return SchemeModel.model_validate(tree)


def _find_node(nodes: list[dict[str, Any]], code: str) -> dict[str, Any]:
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node["code"] == code:
            return node
        waiting += node.get("children", [])
    raise KeyError(code)
