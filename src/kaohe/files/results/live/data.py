"""The sheet of data: every figure a rule reads, by unit and indicator; what may be changed is yellow."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter.utility import xl_col_to_name

from kaohe.expressions.facets import label_facet
from kaohe.expressions.structure import list_facets
from kaohe.files.results import words as told
from kaohe.files.results.live import words as live
from kaohe.files.results.live.blocks import Block
from kaohe.files.results.live.names import refer
from kaohe.files.results.live.pen import SheetPen, fit_decimals
from kaohe.files.results.live.plan import FIRST_LINE, Line, Plan
from kaohe.language import Text
from kaohe.numbers.absence import Absence, Cell
from kaohe.results.standings import UNIT_LEVEL
from kaohe.rules.records import Matter
from kaohe.scheme import queries
from kaohe.scheme.grades import GradeRule, Promotion

CODE, UNIT, GROUP, PARTICIPATION, PREVIOUS = range(5)
_FIRST_VETO = PREVIOUS + 1
_TITLE = Text(
    "数据：黄色单元格可以改；没有数据的写“不适用”“未到期”“拒报”，未报的留空",
    "Data: yellow cells may be changed; where there is no figure write n/a, not due or refused; leave unreported ones empty",
)
_VETO_UNIT = Text("否决（件）", "veto (count)")
_WAY_UNIT = Text("晋优（件）", "promotes (count)")
_NOT_A_FIGURE = Text("请填数，或“不适用”“未到期”“拒报”", "a number, or n/a, not due, refused")


@dataclass(frozen=True, slots=True)
class DataColumn:
    """One column of figures: an indicator's facet, and the number format in which it stands in line."""

    block: Block
    facet: str
    label: Text
    shape: str


class DataLayout:
    """The columns of the sheet of data: the unit, last year's rank, vetoes, then indicators by facet."""

    def __init__(self, plan: Plan) -> None:
        self._sheet = plan.data
        self.vetoes = {
            veto.code: _FIRST_VETO + place for place, veto in enumerate(plan.model.vetoes)
        }
        first = _FIRST_VETO + len(self.vetoes)
        ways = [way for rule in plan.model.grades for way in _list_ways(rule)]
        self.ways = {way: first + place for place, way in enumerate(ways)}
        first += len(self.ways)
        found = [each for block in plan.blocks.values() for each in _list_columns(block)]
        self.columns = {first + place: each for place, each in enumerate(found)}
        self._places = {
            (each.block.leaf.code, each.facet): place for place, each in self.columns.items()
        }

    def cell(self, leaf: str, facet: str, line: int) -> str:
        """The cell of one figure, as other sheets refer to it."""
        return refer(self._sheet, self._places[leaf, facet], line)

    def veto(self, code: str, line: int) -> str:
        """The cell that counts a unit's matters under a veto."""
        return refer(self._sheet, self.vetoes[code], line)

    def way(self, rule: str, number: int) -> int:
        """The column that counts the matters by which a unit meets a promotion."""
        return self.ways[rule, number]

    def previous(self, line: int) -> str:
        """The cell of a unit's rank in the period before."""
        return refer(self._sheet, PREVIOUS, line)


def _list_ways(rule: GradeRule) -> list[tuple[str, int]]:
    """The promotions that ask for matters, by the rule's code and their number."""
    return [(rule.code, n) for n, each in enumerate(rule.promotions) if each.at_least is None]


def count_matters(plan: Plan, promotion: Promotion, unit: str) -> int:
    """How many counted matters of a unit have a level that promotes."""
    return sum(
        isinstance(record, Matter)
        and (record.indicator, record.unit) == (promotion.of, unit)
        and record.status == "counted"
        and record.level in promotion.levels
        for record in plan.result.observations.records
    )


def _list_columns(block: Block) -> Iterator[DataColumn]:
    for facet in list_facets(block.leaf.expression):
        shape = fit_decimals(block.evaluation.frame.column(facet.name))
        yield DataColumn(block, facet.name, label_facet(facet), shape)


def write_data(pen: SheetPen, plan: Plan, layout: DataLayout) -> None:
    """Heads, then a line a unit."""
    _write_heads(pen, plan, layout)
    for each in plan.lines:
        _write_unit(pen, plan, layout, each)
    _watch_entries(pen, plan, layout)


def _write_heads(pen: SheetPen, plan: Plan, layout: DataLayout) -> None:
    say = plan.say
    heads = (told.CODE, told.UNIT, told.GROUP, told.PARTICIPATION, told.PREVIOUS)
    pen.text(1, CODE, say(_TITLE), "title")
    pen.height(3, 2)
    pen.height(4, 2)
    for line in (2, 3, 4):
        pen.texts(line, [""] * len(heads), style="head")
    pen.texts(4, [say(head) for head in heads], style="head")
    for veto in plan.model.vetoes:
        _write_head(pen, layout.vetoes[veto.code], veto.code, veto.name, say(_VETO_UNIT))
    for rule in plan.model.grades:
        for _, number in _list_ways(rule):
            each_way = rule.promotions[number]
            levels = "、".join(each_way.levels)
            _write_head(pen, layout.way(rule.code, number), each_way.of, levels, say(_WAY_UNIT))
    for place, each in layout.columns.items():
        leaf, label = each.block.leaf, say(each.label)
        below = f"{label}（{leaf.unit}）" if leaf.unit and each.facet == "value" else label
        _write_head(pen, place, leaf.code, leaf.name, below)
    pen.widths([10, 26, 22, 10, 9])
    width = len(layout.vetoes) + len(layout.ways) + len(layout.columns)
    pen.widths([12] * width, first=_FIRST_VETO)
    pen.print_wide(4, columns=2, fit=False)


def _write_head(pen: SheetPen, column: int, *heads: str) -> None:
    for place, head in enumerate(heads):
        pen.text(2 + place, column, head, "number head")


def _write_unit(pen: SheetPen, plan: Plan, layout: DataLayout, each: Line) -> None:
    unit = each.unit
    taking = plan.say(told.PARTICIPATIONS[unit.participation])
    pen.texts(each.line, (unit.code, unit.name, each.group.name, taking))
    figures = plan.result.observations.figures
    previous = figures.get((UNIT_LEVEL, "previous_rank", unit.code))
    known = previous if isinstance(previous, Fraction) else None
    pen.figure(each.line, PREVIOUS, known, "input")
    for veto in plan.model.vetoes:
        if not veto.groups or unit.group in veto.groups:
            count = plan.count_veto(unit.code, veto.code)
            pen.figure(each.line, layout.vetoes[veto.code], count or None, "input")
    for rule in plan.model.grades:
        if unit.group in rule.groups:
            for _, number in _list_ways(rule):
                met = count_matters(plan, rule.promotions[number], unit.code)
                pen.figure(each.line, layout.way(rule.code, number), met or None, "input")
    for place, column in layout.columns.items():
        _write_figure(pen, plan, each, place, column)


def _write_figure(pen: SheetPen, plan: Plan, each: Line, place: int, column: DataColumn) -> None:
    leaf = column.block.leaf
    if not queries.applies_to(leaf, each.unit):
        word = plan.say(live.ABSENCES[Absence.NOT_APPLICABLE])
        is_own = queries.belongs_to(leaf, each.unit)
        pen.text(each.line, place, word if is_own else "", "absent")
        return
    cell = column.block.evaluation.frame.column(column.facet)[each.row]
    pen.figure(each.line, place, show_cell(cell, plan), "input", column.shape)


def show_cell(cell: Cell, plan: Plan) -> Fraction | str:
    """A figure, the word readers accept for its absence, or nothing."""
    if isinstance(cell, Absence):
        return plan.say(live.ABSENCES[cell]) if cell in live.WRITTEN else ""
    return cell


def _watch_entries(pen: SheetPen, plan: Plan, layout: DataLayout) -> None:
    """Excel refuses a word that says nothing."""
    if not layout.columns:
        return
    first, last = min(layout.columns), max(layout.columns)
    top = f"{xl_col_to_name(first)}{FIRST_LINE}"
    accepted = [f"{top}={plan.say.quoted(live.ABSENCES[each])}" for each in live.WRITTEN]
    pen.sheet.data_validation(
        FIRST_LINE - 1,
        first,
        plan.last_line - 1,
        last,
        {
            "validate": "custom",
            "value": f"=OR(ISNUMBER({top}),{','.join(accepted)})",
            "error_message": plan.say(_NOT_A_FIGURE),
        },
    )
