"""The sheet of grades: places of every grade, cut lines, and each unit's way through the bands."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.files.results import words as told
from kaohe.files.results.live import grade_columns as at
from kaohe.files.results.live.band_formulas import BandFormulas
from kaohe.files.results.live.data import DataLayout, count_matters
from kaohe.files.results.live.grade_columns import GradeLayout, can_follow
from kaohe.files.results.live.grade_state import BandState, Candidate, follow_grading
from kaohe.files.results.live.names import cell, fixed, quote_sheet, span
from kaohe.files.results.live.pen import Book, SheetPen, show_decimals
from kaohe.files.results.live.places import CODE, FIRST_RANK, ORDER, UNIT, Places
from kaohe.files.results.live.places import TOTAL as RANKED_TOTAL
from kaohe.files.results.live.plan import FIRST_LINE, Line, Plan, Section
from kaohe.files.results.live.words import Words
from kaohe.language import Text
from kaohe.renderings.workbook.formula_text import write_literal
from kaohe.results.proposals import GroupGrades
from kaohe.scheme.grades import GradeRule, Promotion

_TITLE = Text(
    "等次：按名次逐档取人；“受限”为被否决；建议等次由集体研究决定，本表不代替决定",
    "Grades: bands are filled from the top; a proposal only, which those who decide may not follow",
)
_BAND_HEADS = (
    told.GRADE, Text("比例基数", "Base"), Text("名额", "Places"),
    Text("线上并列占用", "Held for ties"), Text("可用", "Free"), Text("待定名额", "Open"),
    Text("累计已用", "Used so far"), Text("并列待占", "Still held"), Text("分数线", "Cut line"),
)  # fmt: skip
_UNIT_HEADS = (
    ORDER, told.RANK, told.CODE, told.UNIT, told.GRADE, told.TOTAL, Text("同列名次", "Level rank"),
    Text("定为不合格", "Fails"), Text("不得评最高", "Not the best"), Text("降档", "Down by"),
    Text("否决数", "Vetoes"),
)  # fmt: skip
_COLUMN_HEADS = (
    Text("{}：在列", "{}: waiting"), Text("{}：受限", "{}: kept out"), Text("{}：占位", "{}: claims"),
    Text("{}：前列", "{}: ahead"), Text("{}：同列", "{}: level"), Text("{}：结果", "{}: outcome"),
)  # fmt: skip
_WAY = Text("符合晋优{}", "Promotion {}")
_CLAIMS = Text("晋优{}：申占", "Promotion {}: claims")
_HAS = Text("晋优{}：取得", "Promotion {}: given")
_PLAIN = Text(
    "本类别的晋优占用名额，建议等次为系统算出的固定值，不随数据变动",
    "promotions within the share: the proposals here are plain figures and do not follow changes",
)
_NO_GRADES = Text("方案没有规定等次", "The scheme proposes no grades")
_HIDE_ZERO = "0;-0;;@"
_AGAINST = {"no_top_grade", "grade_down", "fail", "no_award"}


@dataclass(frozen=True)
class Grading:
    """One group's grading on the sheet."""

    section: Section
    graded: GroupGrades
    layout: GradeLayout
    lines: Sequence[Line]

    @property
    def is_live(self) -> bool:
        """Whether formulas can follow the rule; promotions within the share move its places."""
        return can_follow(self.graded.rule)


def lay_out_grades(places: Places) -> list[Grading]:
    """Every group that a rule grades, one below the other, its units in order of place."""
    found: list[Grading] = []
    title = 3
    by_group = {graded.group: graded for graded in places.plan.result.grades}
    for section in places.plan.sections:
        graded = by_group.get(section.group.code)
        if graded is not None:
            code = section.group.code
            lines = [each for each in places.in_order if each.group.code == code]
            layout = GradeLayout(graded.rule, title, len(lines))
            found.append(Grading(section, graded, layout, lines))
            title = layout.last + 3
    return found


def find_grade_lines(gradings: Sequence[Grading]) -> dict[str, int]:
    """The lines on which the units' grades stand as the units stand now, by unit."""
    return {
        each.unit.code: grading.layout.first + place
        for grading in gradings
        for place, each in enumerate(grading.lines)
    }


def write_grades(
    book: Book, pen: SheetPen, places: Places, layout: DataLayout, gradings: Sequence[Grading]
) -> None:
    """A part for every graded group."""
    pen.text(1, 0, places.plan.say(_TITLE), "title")
    pen.widths([12, 9, 10, 26, 15, 11, 9, 10, 10, 9, 9])
    widest = max((_find_last(grading.layout) for grading in gradings), default=at.FIRST_WAY)
    pen.widths([9] * (widest - at.FIRST_WAY + 1), first=at.FIRST_WAY)
    pen.print_wide(1, columns=5)
    if gradings:
        pen.print_only(gradings[-1].layout.last, at.BARRED)
    else:
        pen.text(3, 0, places.plan.say(_NO_GRADES), "note")
    for grading in gradings:
        _GradeWriter(book, pen, places, layout, grading).write()


def _find_last(layout: GradeLayout) -> int:
    return layout.band_column(len(layout.rule.bands), 0) - 1


class _GradeWriter:
    """Writes one group's grading."""

    def __init__(
        self, book: Book, pen: SheetPen, places: Places, data: DataLayout, grading: Grading
    ) -> None:
        self._book, self._pen, self._places, self._data = book, pen, places, data
        self._grading, self._layout = grading, grading.layout
        self._plan: Plan = places.plan
        self._say: Words = places.plan.say
        self._rule: GradeRule = grading.graded.rule
        self._formulas = BandFormulas(
            self._plan, grading.layout, grading.section.group.code, grading.graded.outcome.base
        )

    def write(self) -> None:
        """Title, bands, units."""
        rule, title = self._rule, self._layout.title
        self._pen.text(title, 0, f"{self._grading.section.group.name}　{rule.name}", "block")
        if not self._grading.is_live:
            self._pen.text(title, at.GRADE, self._say(_PLAIN), "note")
        units = [self._find_candidate(each) for each in self._grading.lines]
        states = follow_grading(
            self._layout, self._grading.section.group.code, self._grading.graded.outcome.base, units
        )
        self._write_heads()
        if self._grading.is_live:
            self._write_bands(states)
        for row, each in enumerate(self._grading.lines):
            self._write_unit(row, each, units[row])
            if self._grading.is_live:
                self._write_working(row, states)

    def _write_heads(self) -> None:
        say, layout = self._say, self._layout
        if self._grading.is_live:
            heads = [say(head) for head in _BAND_HEADS]
            self._pen.height(layout.title + 1, 2)
            self._pen.text(layout.title + 1, 0, heads[0], "head")
            self._pen.texts(layout.title + 1, heads[1:], first=1, style="number head")
        line = layout.first - 1
        self._pen.height(line, 2)
        for place, head in enumerate(_UNIT_HEADS):
            style = "head" if place in (at.CODE, at.UNIT, at.GRADE) else "number head"
            self._pen.text(line, place, say(head), style)
        if self._grading.is_live:
            self._write_column_heads(line)

    def _write_column_heads(self, line: int) -> None:
        """Heads over what the rule's promotions and bands ask of a unit."""
        say, layout = self._say, self._layout
        ways = [say(_WAY).format(number + 1) for number in range(len(self._rule.promotions))]
        self._pen.texts(line, ways, first=at.FIRST_WAY, style="number head")
        for number, band in enumerate(self._rule.bands):
            heads = [say(head).format(band.label) for head in _COLUMN_HEADS]
            first = layout.band_column(number, 0)
            self._pen.texts(line, heads, first=first, style="number head")
            for way in layout.ways_of(number):
                heads = [say(head).format(way + 1) for head in (_CLAIMS, _HAS)]
                first = layout.way_columns(number, way)[0]
                self._pen.texts(line, heads, first=first, style="number head")

    def _write_bands(self, states: Sequence[BandState]) -> None:
        number_format = show_decimals(self._plan.model.rounding.indicator)
        for number, (band, state) in enumerate(zip(self._rule.bands, states, strict=True)):
            line = self._layout.first_band + number
            self._pen.text(line, at.LABEL, band.label, "bold text")
            for column, formula, value in self._formulas.write_band(number, state):
                shown = number_format if column == at.LINE else "General"
                self._pen.formula(line, column, formula, value, "figure", shown)
            name = self._plan.names.name("c", self._grading.section.group.code, str(number + 1))
            where = fixed(at.LINE, line)
            self._book.define(name, f"{quote_sheet(self._plan.grades)}!{where}")

    def _write_unit(self, row: int, each: Line, unit: Candidate) -> None:
        pen, line = self._pen, self._layout.first + row
        order = self._places.order[each.row]
        pen.figure(line, at.ORDER, order, "absent")
        rank = self._plan.ranks[each.unit.code]
        pen.formula(line, at.RANK, self._look_up(row, self._places.columns.place), rank)
        pen.formula(line, at.CODE, self._look_up(row, CODE), each.unit.code, "text")
        pen.formula(line, at.UNIT, self._look_up(row, UNIT), each.unit.name, "text")
        grade = told.say_grade(self._grading.graded.by_unit[each.unit.code], self._say.language)
        if not self._grading.is_live:
            plain = self._look_up(row, self._places.columns.fixed)
            pen.formula(line, at.GRADE, f'IF({plain}="","",{plain})', grade, "bold text")
            return
        pen.formula(line, at.GRADE, self._formulas.write_grade(row), grade, "bold text")
        number = show_decimals(self._plan.model.rounding.indicator)
        pen.formula(line, at.TOTAL, self._look_up(row, RANKED_TOTAL), unit.total, "figure", number)
        pen.formula(line, at.TIER, self._look_up(row, self._tier_column), unit.tier)
        counts = (unit.fails, unit.no_top, unit.downs, unit.barred)
        for place, (effects, count) in enumerate(zip(_EFFECTS, counts, strict=True)):
            formula = self._count_vetoes(row, effects)
            pen.formula(line, at.FAILS + place, formula, count, "figure", _HIDE_ZERO)

    def _write_working(self, row: int, states: Sequence[BandState]) -> None:
        """A unit's way through promotions and bands."""
        line = self._layout.first + row
        each = self._grading.lines[row]
        for number, promotion in enumerate(self._rule.promotions):
            self._write_way(line, number, promotion, each)
        for number, state in enumerate(states):
            for column, formula, value in self._formulas.write_unit(number, row, state):
                self._pen.formula(line, column, formula, value, "figure", _HIDE_ZERO)

    def _write_way(self, line: int, number: int, promotion: Promotion, each: Line) -> None:
        """Whether a unit meets a promotion's condition, by its score or by its matters."""
        row, met = line - self._layout.first, int(self._is_met(promotion, each))
        if promotion.at_least is None:
            span_of = self._data_span(self._data.way(self._rule.code, number))
            formula = f"IF(N(INDEX({span_of},{self._match(row)}))>0,1,0)"
        else:
            column = self._places.tree.column_of(promotion.of)
            if column is None:
                return
            score = f"INDEX({self._span_on(self._plan.rollup, column)},{self._match(row)})"
            reached = f"ROUND({score},{self._places.digits})>={write_literal(promotion.at_least)}"
            formula = f"IF(ISNUMBER({score}),IF({reached},1,0),0)"
        self._pen.formula(line, at.FIRST_WAY + number, formula, met, "figure", _HIDE_ZERO)

    def _look_up(self, row: int, column: int) -> str:
        """What the sheet of places has for the unit in this place of the order."""
        return f"INDEX({self._span_on(self._plan.places, column)},{self._match(row)})"

    def _match(self, row: int) -> str:
        orders = self._span_on(self._plan.places, self._places.columns.order)
        return f"MATCH(${cell(at.ORDER, self._layout.first + row)},{orders},0)"

    @property
    def _tier_column(self) -> int:
        """With ties at a line the chain separates equals; else equal totals stay together."""
        return self._places.columns.tier if self._rule.cut_tie == "tie_break" else FIRST_RANK

    def _count_vetoes(self, row: int, effects: frozenset[str]) -> str:
        counts = [
            f"N(INDEX({self._data_span(self._data.vetoes[veto.code])},{self._match(row)}))"
            for veto in self._plan.model.vetoes
            if not effects.isdisjoint(veto.effects)
        ]
        return "+".join(counts) or "0"

    def _data_span(self, column: int) -> str:
        return self._span_on(self._plan.data, column)

    def _span_on(self, sheet: str, column: int) -> str:
        """A column over all units on a sheet with a line a unit."""
        return f"{quote_sheet(sheet)}!{span(column, FIRST_LINE, self._plan.last_line)}"

    def _find_candidate(self, each: Line) -> Candidate:
        tiers = self._places.tiers[each.row]
        fails, no_top, downs, barred = (
            self._count_met(each.unit.code, effects) for effects in _EFFECTS
        )
        return Candidate(
            self._places.find_total(each),
            tiers[-1] if self._rule.cut_tie == "tie_break" else tiers[0],
            fails, no_top, downs, barred,
            tuple(self._is_met(promotion, each) for promotion in self._rule.promotions),
        )  # fmt: skip

    def _count_met(self, unit: str, effects: frozenset[str]) -> int:
        return sum(
            self._plan.count_veto(unit, veto.code)
            for veto in self._plan.model.vetoes
            if not effects.isdisjoint(veto.effects)
        )

    def _is_met(self, promotion: Promotion, each: Line) -> bool:
        if promotion.at_least is not None:
            scores = self._plan.result.scores
            known = promotion.of in scores.leaves or promotion.of in scores.branches
            score = scores.score_of(promotion.of, each.row) if known else None
            return score is not None and score >= promotion.at_least
        return count_matters(self._plan, promotion, each.unit.code) > 0


_EFFECTS = (
    frozenset({"fail"}),
    frozenset({"no_top_grade"}),
    frozenset({"grade_down"}),
    frozenset(_AGAINST),
)
