"""The sheets of steps: every indicator's figures, a column for each step of its rule, and its score."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial

from kaohe.expressions.facets import label_facet
from kaohe.expressions.nodes import Peer
from kaohe.expressions.structure import iterate_once, list_facets
from kaohe.files.results import words as told
from kaohe.files.results.live import blocks as at
from kaohe.files.results.live import words as live
from kaohe.files.results.live.blocks import Block, BlockRow
from kaohe.files.results.live.data import DataLayout, show_cell
from kaohe.files.results.live.digits import trust_digits
from kaohe.files.results.live.missing import MissingFormulas
from kaohe.files.results.live.names import cell, quote_sheet, span, spans
from kaohe.files.results.live.pen import Book, SheetPen, fit_decimals, show_decimals
from kaohe.files.results.live.plan import Plan
from kaohe.files.results.live.ranks import write_place
from kaohe.language import Text
from kaohe.numbers.absence import Absence
from kaohe.numbers.rounding import round_fraction
from kaohe.renderings.workbook.formulas import write_rounded, write_step_formula
from kaohe.renderings.workbook.grid import Grid, Row
from kaohe.scheme import queries

_HEADS = (
    told.CODE, told.UNIT, told.GROUP, told.POINTS, Text("计入得分", "Score that counts"),
    Text("缺数", "Missing"), Text("处理", "Treated as"), Text("单项位次", "Rank"),
)  # fmt: skip
_ROUNDED = Text("规则得分（取小数位后）", "Rule's score, rounded")
_TITLE = Text("{code} {name}：逐步计算", "{code} {name}: step by step")
_WIDTHS = (10, 26, 22, 8, 10, 9, 9, 8)
_STEP_WIDTH, _MOST_ON_A_PAGE = 13, 17
_ANY_LINE = 987_654_321
"""Stands for a line in a formula that many lines share; no sheet has so many, and no rule such a number."""


def write_steps(book: Book, pen: SheetPen, plan: Plan, layout: DataLayout, sheet: str) -> None:
    """All blocks of one sheet."""
    top = plan.step_sheets[sheet]
    blocks = [block for block in plan.blocks.values() if block.sheet == sheet]
    pen.text(1, 0, plan.say(_TITLE).format(code=top.code, name=top.name), "title")
    pen.widths(_WIDTHS)
    widest = max((block.rounded for block in blocks), default=at.FIRST_FREE)
    pen.widths([_STEP_WIDTH] * (widest + 1 - at.FIRST_FREE), first=at.FIRST_FREE)
    pen.print_wide(1, columns=2, fit=widest <= _MOST_ON_A_PAGE)
    for block in blocks:
        _BlockWriter(pen, plan, layout, block).write()
        name = plan.names.name("s", block.leaf.code)
        target = span(at.COUNTED, block.first, block.last)
        book.define(name, f"{quote_sheet(sheet)}!{target}")


class _BlockWriter:
    """Writes one indicator's block."""

    def __init__(self, pen: SheetPen, plan: Plan, layout: DataLayout, block: Block) -> None:
        self._pen = pen
        self._plan = plan
        self._layout = layout
        self._block = block
        self._units = plan.units
        self._rounding = queries.rounding_of(plan.model, block.leaf)
        self._digits = trust_digits(block.evaluation.frame)
        parameters = plan.parameters.of_rule(block.leaf.code)
        tables = plan.parameters.tables[block.leaf.code]
        self._grid = Grid(block.letters, parameters, self._digits, tables)
        self._missing = MissingFormulas(plan, block, layout)
        self._asks_others = any(
            isinstance(part, Peer) and not part.own for part in iterate_once(block.leaf.expression)
        )
        self._texts: dict[tuple[str, int, int, bool], str] = {}
        self._ranked: dict[str, list[int]] = {}
        for each in filter(self._is_ranked, block.rows):
            self._ranked.setdefault(self._units[each.row].group, []).append(each.line)
        frame, steps = block.evaluation.frame, block.evaluation.steps
        self._shapes = {name: fit_decimals(frame.column(name)) for name in block.facets}
        self._shapes |= {name: fit_decimals(column) for name, column in steps.items()}

    def write(self) -> None:
        """Title, heads, a line a unit."""
        self._write_heads()
        for each in self._block.rows:
            self._write_unit(each)
            if queries.applies_to(self._block.leaf, self._units[each.row]):
                self._write_facets(each)
                self._write_rule(each)
            else:
                self._write_inapplicable(each)
            self._write_outcome(each)

    def _write_heads(self) -> None:
        block, say, pen = self._block, self._plan.say, self._pen
        leaf = block.leaf
        method = f"{queries.leaf_rule(leaf).code} {say(queries.leaf_rule(leaf).title)}"
        pen.text(block.title, at.CODE, leaf.code, "block")
        pen.text(block.title, at.UNIT, f"{leaf.name}　{method}", "block")
        line = block.title + 1
        pen.height(line, 2)
        pen.texts(line, [say(head) for head in _HEADS[:3]], style="head")
        pen.texts(line, [say(head) for head in _HEADS[3:]], first=3, style="number head")
        facets = [say(label_facet(facet)) for facet in list_facets(leaf.expression)]
        steps = [say(step.label) for step in block.steps]
        heads = [*facets, *steps, say(_ROUNDED)]
        pen.texts(line, heads, first=at.FIRST_FREE, style="number head")

    def _write_unit(self, each: BlockRow) -> None:
        unit, pen = self._units[each.row], self._pen
        group = next(group.name for group in self._plan.model.groups if group.code == unit.group)
        pen.texts(each.line, (unit.code, unit.name, group))
        points = self._block.evaluation.frame.points[each.row]
        name = self._plan.parameters.points(self._block.leaf, unit.group)
        if name is None:
            pen.figure(each.line, at.POINTS, points)
        else:
            pen.formula(each.line, at.POINTS, name, points)

    def _write_inapplicable(self, each: BlockRow) -> None:
        word = self._plan.say(live.ABSENCES[Absence.NOT_APPLICABLE])
        self._pen.text(each.line, at.ABSENCE, word, "absent")
        for facet in self._block.facets:
            self._pen.text(each.line, self._block.columns[facet], word, "absent")

    def _write_facets(self, each: BlockRow) -> None:
        block = self._block
        line = self._plan.line_of[self._units[each.row].code]
        for facet in block.facets:
            source = self._layout.cell(block.leaf.code, facet, line)
            shown = show_cell(block.evaluation.frame.column(facet)[each.row], self._plan)
            formula = f'IF({source}="","",{source})'
            shape = self._shapes[facet]
            self._pen.formula(each.line, block.columns[facet], formula, shown, "figure", shape)

    def _write_rule(self, each: BlockRow) -> None:
        block = self._block
        for step in block.steps:
            formula = self._write(step.name, partial(write_step_formula, step), each)
            found = block.evaluation.steps[step.name][each.row]
            value = found if isinstance(found, Fraction) else None
            shape = self._shapes[step.name]
            self._pen.formula(each.line, block.columns[step.name], formula, value, "figure", shape)
        clamped = block.scores.cells[each.row].clamped
        rounding = self._rounding
        score = (
            None if clamped is None else round_fraction(clamped, rounding.indicator, rounding.mode)
        )
        self._write_score(each, block.rounded, self._write_rounding(each), score)
        score_cell = cell(block.rounded, each.line)
        why = self._write("", self._missing.write_absence, each)
        absence = f'IF({score_cell}<>"","",{why})'
        shown = self._missing.show_absence(each)
        self._pen.formula(each.line, at.ABSENCE, absence, shown, "absent")

    def _write(self, name: str, write: Callable[[Row], str], each: BlockRow) -> str:
        """A formula of one row; within a pool they differ by the line alone, unless others are asked."""
        row = Row(self._grid, each.line, each.first, each.last, is_guest=each.is_guest)
        if self._asks_others:
            return write(row)
        key = name, each.first, each.last, each.is_guest
        if key not in self._texts:
            self._texts[key] = write(replace(row, number=_ANY_LINE))
        return self._texts[key].replace(str(_ANY_LINE), str(each.line))

    def _write_rounding(self, each: BlockRow) -> str:
        """The rule's score within the indicator's bounds, rounded; a deduction never adds."""
        leaf, step = self._block.leaf, self._block.steps[-1]
        score = cell(self._block.columns[step.name], each.line)
        held = score
        if least := self._plan.parameters.find(leaf.code, "minimum"):
            held = f"MAX({held},{least})"
        if most := self._plan.parameters.find(leaf.code, "maximum"):
            held = f"MIN({held},{most})"
        if leaf.family == "deduction":
            held = f"MIN({held},0)"
        decimals, mode = self._rounding.indicator, self._rounding.mode
        rounded = write_rounded(held, digits=self._digits(step), decimals=decimals, mode=mode)
        return f'IF({score}="","",{rounded})'

    def _write_outcome(self, each: BlockRow) -> None:
        """What was made of a missing figure or a veto, the score that counts, and its place."""
        block, missing = self._block, self._missing
        treatment = missing.write_treatment(each)
        self._pen.formula(
            each.line, at.TREATMENT, treatment, missing.show_treatment(each), "absent"
        )
        score = block.scores.cells[each.row].score
        self._write_score(each, at.COUNTED, missing.write_counted(each), score, style="result")
        if self._is_ranked(each):
            rank = self._plan.result.node_ranks[block.leaf.code][each.row]
            self._pen.formula(each.line, at.PLACE, self._write_place(each), rank)

    def _write_score(
        self,
        each: BlockRow,
        column: int,
        formula: str,
        score: Fraction | None,
        style: str = "figure",
    ) -> None:
        number = show_decimals(self._rounding.indicator)
        self._pen.formula(each.line, column, formula, score, style, number)

    def _is_ranked(self, each: BlockRow) -> bool:
        return self._units[each.row].participation == "ranked"

    def _write_place(self, each: BlockRow) -> str:
        """The place of the score that counts among the units of the group that take one."""
        own = cell(at.COUNTED, each.line)
        ranked = spans(at.COUNTED, self._ranked[self._units[each.row].group])
        place = write_place(own, ranked, self._plan.model.ties)
        return f'IF({own}="","",{place})'
