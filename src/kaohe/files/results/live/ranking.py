"""The sheet people open first: each group as it stands, always in order of place."""

from collections.abc import Sequence
from fractions import Fraction

from kaohe.files.results import words as told
from kaohe.files.results.live.data import PREVIOUS, DataLayout
from kaohe.files.results.live.grade_columns import GRADE as GRADE_COLUMN
from kaohe.files.results.live.grades import Grading, find_grade_lines
from kaohe.files.results.live.names import cell, quote_sheet, refer, span
from kaohe.files.results.live.pen import SheetPen, show_decimals
from kaohe.files.results.live.places import CODE as PLACES_CODE
from kaohe.files.results.live.places import ORDER as ORDER_HEAD
from kaohe.files.results.live.places import TAKES_PART, Places
from kaohe.files.results.live.places import UNIT as PLACES_UNIT
from kaohe.files.results.live.plan import FIRST_LINE, Line, Plan
from kaohe.files.results.live.words import quote
from kaohe.language import Text
from kaohe.results.board import list_board

ORDER, GROUP, RANK, CODE, UNIT, TOTAL, BASE, BONUS, DEDUCTION, GAP = range(10)
PREVIOUS_RANK, MOVED, GRADE, PARTICIPATION, MISSING, VETOES = range(10, 16)
_HEADS = (
    ORDER_HEAD, told.GROUP, told.RANK, told.CODE, told.UNIT, told.TOTAL, told.BASE, told.BONUS,
    told.DEDUCTION, told.GAP, told.PREVIOUS, told.MOVED, told.GRADE, told.PARTICIPATION,
    told.MISSING, Text("否决", "Vetoes"),
)  # fmt: skip
_WORDS = (GROUP, CODE, UNIT, GRADE, PARTICIPATION, VETOES)
_WIDTHS = (6, 23, 8, 10, 26, 11, 11, 9, 9, 10, 9, 7, 13, 10, 9, 14)
_HEAD_LINE = 3
FIRST_RANKING_LINE = _HEAD_LINE + 1


def write_ranking(
    pen: SheetPen, places: Places, layout: DataLayout, gradings: Sequence[Grading]
) -> None:
    """Every unit in order of place, group by group; all of it follows the data."""
    plan = places.plan
    pen.text(1, ORDER, plan.model.name, "title")
    for place, head in enumerate(_HEADS):
        style = "head" if place in _WORDS else "number head"
        pen.text(_HEAD_LINE, place, plan.say(head), style)
    pen.height(_HEAD_LINE, 2)
    pen.widths(_WIDTHS)
    pen.print_wide(_HEAD_LINE, columns=5)
    last = FIRST_RANKING_LINE + len(places.in_order) - 1
    pen.rule_off(FIRST_RANKING_LINE + 1, last, VETOES, GROUP)
    writer = _Ranking(pen, places, layout, gradings)
    for number, each in enumerate(places.in_order):
        writer.write_unit(FIRST_RANKING_LINE + number, each)


class _Ranking:
    def __init__(
        self, pen: SheetPen, places: Places, layout: DataLayout, gradings: Sequence[Grading]
    ) -> None:
        self._pen, self._places, self._layout = pen, places, layout
        self._grades = find_grade_lines(gradings)
        self._plan: Plan = places.plan
        self._board = {
            row.result.unit.code: row
            for section in places.plan.sections
            for row in list_board(places.plan.result, section.group.code)
        }
        self._firsts = {section.first for section in places.plan.sections}

    def write_unit(self, line: int, each: Line) -> None:
        """One unit, found by its number in the order of places."""
        pen, plan, tree = self._pen, self._plan, self._places.tree
        pen.figure(line, ORDER, self._places.order[each.row], "absent")
        style = "result"
        board = self._board[each.unit.code]
        rank, previous = board.result.standing.rank, board.previous
        pen.formula(line, GROUP, self._from_places(line, 2), each.group.name, "text")
        pen.formula(line, RANK, self._from_places(line, self._places.columns.place), rank, style)
        pen.formula(line, CODE, self._from_places(line, PLACES_CODE), each.unit.code, "text")
        pen.formula(line, UNIT, self._from_places(line, PLACES_UNIT), each.unit.name, "bold text")
        total, display = board.result.total, show_decimals(plan.model.rounding.display)
        figures: Sequence[tuple[int, int, Fraction | None]] = (
            (TOTAL, tree.total, total.total),
            (BASE, tree.base.result, total.base),
            (BONUS, tree.bonus_counted, total.bonus_counted),
            (DEDUCTION, tree.deduction_counted, total.deduction_counted),
        )
        for place, column, value in figures:
            formula = self._find(plan.rollup, column, line)
            pen.formula(line, place, formula, value, style if place == TOTAL else "figure", display)
        self._write_gap(line, each, display)
        source = self._find(plan.data, PREVIOUS, line)
        pen.formula(line, PREVIOUS_RANK, f'IF({source}="","",{source})', previous)
        now, before = cell(RANK, line), cell(PREVIOUS_RANK, line)
        moved = f'IF(OR({now}="",{before}=""),"",{before}-{now})'
        pen.formula(line, MOVED, moved, board.climbed, "figure", "+0;-0;0")
        self._write_words(line, each)

    def _write_gap(self, line: int, each: Line, display: str) -> None:
        """The points to the next place above, which is on the line above or shares its gap."""
        if FIRST_LINE + self._places.order[each.row] - 1 in self._firsts:
            return
        own, above = cell(RANK, line), cell(RANK, line - 1)
        totals = f"{cell(TOTAL, line - 1)}-{cell(TOTAL, line)}"
        same = cell(GAP, line - 1)
        formula = f'IF({own}="","",IF({above}<{own},{totals},{same}))'
        formula = formula.replace(f",{same})", f',IF({same}="","",{same}))')
        self._pen.formula(line, GAP, formula, self._board[each.unit.code].gap, "figure", display)

    def _write_words(self, line: int, each: Line) -> None:
        pen, plan, result = self._pen, self._plan, self._board[each.unit.code].result
        place = self._grades.get(each.unit.code)
        if place is not None:
            source = refer(plan.grades, GRADE_COLUMN, place)
            grade = told.say_grade(result.grade, plan.say.language)
            pen.formula(line, GRADE, f'IF({source}="","",{source})', grade, "bold text")
        taking = plan.say(told.PARTICIPATIONS[each.unit.participation])
        pen.formula(line, PARTICIPATION, self._from_places(line, TAKES_PART), taking, "text")
        missing = self._find(plan.rollup, self._places.tree.provisional, line)
        pen.formula(line, MISSING, missing, len(result.total.provisional), "figure", "0;-0;")
        if plan.model.vetoes:
            parts = [
                f'IF(N({self._find(plan.data, column, line)})>0,{quote(f"{code} ")},"")'
                for code, column in self._layout.vetoes.items()
            ]
            shown = " ".join(code for code in self._layout.vetoes if code in result.vetoes)
            pen.formula(line, VETOES, f"TRIM({'&'.join(parts)})", shown, "text")

    def _from_places(self, line: int, column: int) -> str:
        return self._find(self._plan.places, column, line)

    def _find(self, sheet: str, column: int, line: int) -> str:
        """What a sheet with a line a unit has for the unit in this place of the order."""
        plan, order = self._plan, self._places.columns.order
        values = f"{quote_sheet(sheet)}!{span(column, FIRST_LINE, plan.last_line)}"
        orders = f"{quote_sheet(plan.places)}!{span(order, FIRST_LINE, plan.last_line)}"
        return f"INDEX({values},MATCH(${cell(ORDER, line)},{orders},0))"
