"""The sheet of places: totals, the tie-break chain link by link, the place, and the order of reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaohe.files.results import words as told
from kaohe.files.results.live.blocks import COUNTED, PLACE
from kaohe.files.results.live.data import DataLayout
from kaohe.files.results.live.digits import trust_sum
from kaohe.files.results.live.grade_columns import can_follow
from kaohe.files.results.live.names import cell, quote_sheet, refer, span
from kaohe.files.results.live.pen import Book, SheetPen, show_decimals
from kaohe.files.results.live.plan import FIRST_LINE, Line, Plan, Section
from kaohe.files.results.live.ranks import write_place
from kaohe.files.results.live.rollup import count_lines
from kaohe.files.results.live.tree import Tree
from kaohe.grading.ranking import LINK_LABELS, LOWER_FIRST
from kaohe.language import Text
from kaohe.results.standings import UNIT_LEVEL
from kaohe.scheme.grades import TieBreak

CODE, UNIT, GROUP, TAKES_PART, TOTAL, FIRST_RANK = range(6)
_TITLE = Text(
    "位次：先比总分，总分相同的逐项按定序规则比；某项有单位缺数的，该项在同分单位中不起作用",
    "Places: by total, then link by link of the tie-break chain; a link that a tied unit lacks decides nothing",
)
_RANK_BY_TOTAL = Text("总分名次", "Rank by total")
_RANK_AFTER = Text("定序后名次", "Rank after it")
ORDER = Text("次序", "Order")
_FIXED = Text("等次（固定）", "Grade (plain)")
Keys = Sequence[Fraction | None]


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """The columns of the sheet: a pair for each link of the chain, then place and order."""

    links: int

    def key(self, number: int) -> int:
        """The column of a link's figure; links count from 0."""
        return FIRST_RANK + 1 + 2 * number

    @property
    def tier(self) -> int:
        """The rank once the whole chain has decided."""
        return FIRST_RANK + 2 * self.links

    @property
    def place(self) -> int:
        """The place, tied places as the scheme counts them."""
        return self.tier + 1

    @property
    def order(self) -> int:
        """Where the unit stands when all are read in order of place, group by group."""
        return self.tier + 2

    @property
    def fixed(self) -> int:
        """The grade of a unit whose group's grades do not follow."""
        return self.tier + 3


class Places:
    """What stands on the sheet of places, formulas and figures."""

    def __init__(self, plan: Plan, tree: Tree, layout: DataLayout) -> None:
        self.plan = plan
        self.tree = tree
        self.layout = layout
        self.chain = plan.model.tie_break
        self.columns = PlaceColumns(len(self.chain))
        scores = plan.result.scores
        self.digits = trust_sum(
            (total.base for total in scores.totals), 4 * len(plan.blocks) + 8 * len(tree.branches)
        )
        self.tiers: dict[int, list[int | None]] = {}
        self.order: dict[int, int] = {}
        for section in plan.sections:
            self._rank_section(section)
        self.in_order = sorted(plan.lines, key=lambda each: self.order[each.row])

    def find_key(self, link: TieBreak, each: Line) -> Fraction | None:
        """The exact figure a link compares."""
        result, row = self.plan.result, each.row
        if link.by == "category":
            return result.scores.score_of(link.of, row)
        if link.by == "bonus":
            return result.scores.totals[row].bonus
        if link.by == "firsts":
            ranks = (result.node_ranks[code][row] for code in result.scores.leaves)
            return Fraction(sum(rank == 1 for rank in ranks))
        if link.by == "previous_rank":
            found = result.observations.figures.get((UNIT_LEVEL, "previous_rank", each.unit.code))
            return found if isinstance(found, Fraction) else None
        decided = link.order
        return Fraction(decided.index(each.unit.code) + 1) if each.unit.code in decided else None

    def find_total(self, each: Line) -> Fraction | None:
        """The total a unit is ranked by; None where it takes no place."""
        total = self.plan.result.scores.totals[each.row].total
        return total if each.unit.participation == "ranked" else None

    def _rank_section(self, section: Section) -> None:
        """Every unit's rank after each link, as the formulas give it, and its order."""
        totals = [self.find_total(each) for each in section.lines]
        ranks = _refine([1 if total is not None else None for total in totals], totals, lower=False)
        history = [ranks]
        for link in self.chain:
            keys = [self.find_key(link, each) for each in section.lines]
            ranks = _refine(ranks, keys, lower=link.by in LOWER_FIRST)
            history.append(ranks)
        for number, each in enumerate(section.lines):
            self.tiers[each.row] = [column[number] for column in history]
        placed = [number for number, rank in enumerate(ranks) if rank is not None]
        placed.sort(key=lambda number: ranks[number] or 0)
        apart = [number for number, rank in enumerate(ranks) if rank is None]
        for place, number in enumerate([*placed, *apart]):
            self.order[section.lines[number].row] = section.first - FIRST_LINE + place + 1


def _refine(ranks: Sequence[int | None], keys: Keys, *, lower: bool) -> list[int | None]:
    """Ranks once a further key separates equals; a key that one of them lacks separates none of them."""
    refined: list[int | None] = []
    for rank, key in zip(ranks, keys, strict=True):
        equals = [other for each, other in zip(ranks, keys, strict=True) if each == rank]
        if rank is None or key is None or None in equals:
            refined.append(rank)
        else:
            better = (other for other in equals if other is not None and other != key)
            refined.append(rank + sum((other < key) == lower for other in better))
    return refined


def write_places(book: Book, pen: SheetPen, places: Places) -> None:
    """A line a unit: total, rank, each link with the rank after it, place, order."""
    plan = places.plan
    _write_heads(pen, places)
    for section in plan.sections:
        for each in section.lines:
            _write_unit(pen, places, section, each)
    _write_fixed_grades(pen, places)
    _define_names(book, places)


def _write_heads(pen: SheetPen, places: Places) -> None:
    say = places.plan.say
    pen.text(1, CODE, say(_TITLE), "title")
    heads = [told.CODE, told.UNIT, told.GROUP, told.PARTICIPATION]
    pen.texts(4, [say(head) for head in heads], style="head")
    figures = [told.TOTAL, _RANK_BY_TOTAL]
    for link in places.chain:
        label = LINK_LABELS[link.by]
        of = f" {link.of}" if link.of else ""
        figures += [Text(label.zh + of, label.en + of), _RANK_AFTER]
    figures += [told.RANK, ORDER]
    pen.texts(4, [say(head) for head in figures], first=TOTAL, style="number head")
    pen.height(4, 2)
    pen.widths([10, 26, 22, 10, 12])
    pen.widths([12] * (len(figures) - 1), first=TOTAL + 1)
    pen.print_wide(4, columns=2)


def _write_unit(pen: SheetPen, places: Places, section: Section, each: Line) -> None:
    plan, line, columns = places.plan, each.line, places.columns
    unit = each.unit
    taking = plan.say(told.PARTICIPATIONS[unit.participation])
    pen.texts(line, (unit.code, unit.name, each.group.name, taking))
    if unit.participation == "ranked":
        _write_ranks(pen, places, section, each)
    else:
        for column in (TOTAL, *range(FIRST_RANK, columns.order)):
            pen.formula(line, column, '""', None)
    last = columns.tier
    ranks, own = span(last, section.first, section.last), cell(last, line)
    above = f"${own[: -len(str(line))]}${section.first}:{own}"
    start = section.first - FIRST_LINE
    apart = f"{start}+COUNT({ranks})+ROWS({above})-COUNT({above})"
    order = f'IF({own}="",{apart},{start}+{own}+COUNTIF({above},{own})-1)'
    pen.formula(line, columns.order, order, places.order[each.row])


def _write_ranks(pen: SheetPen, places: Places, section: Section, each: Line) -> None:
    plan, line, columns = places.plan, each.line, places.columns
    tiers = places.tiers[each.row]
    total = refer(plan.rollup, places.tree.total, line)
    number = show_decimals(plan.model.rounding.indicator)
    pen.formula(
        line, TOTAL, f'IF({total}="","",ROUND({total},{places.digits}))',
        places.find_total(each), "figure", number,
    )  # fmt: skip
    own = cell(TOTAL, line)
    place = write_place(own, span(TOTAL, section.first, section.last), "lowest")
    pen.formula(line, FIRST_RANK, f'IF({own}="","",{place})', tiers[0])
    for number_of, link in enumerate(places.chain):
        column = columns.key(number_of)
        _write_key(pen, places, link, each, column)
        formula = _write_refined(section, column, line, lower=link.by in LOWER_FIRST)
        pen.formula(line, column + 1, formula, tiers[number_of + 1])
    last = cell(columns.tier, line)
    place = write_place(
        last, span(columns.tier, section.first, section.last), plan.model.ties, best="<"
    )
    rank = plan.ranks[each.unit.code]
    pen.formula(line, columns.place, f'IF({last}="","",{place})', rank, "result")


def _write_refined(section: Section, column: int, line: int, *, lower: bool) -> str:
    """A rank, once a key has separated those who shared it."""
    rank, key = cell(column - 1, line), cell(column, line)
    ranks = span(column - 1, section.first, section.last)
    keys = span(column, section.first, section.last)
    sign = "<" if lower else ">"
    known = f"SUMPRODUCT(({ranks}={rank})*ISNUMBER({keys}))"
    better = f"SUMPRODUCT(({ranks}={rank})*({keys}{sign}{key}))"
    return f'IF({rank}="","",{rank}+IF({known}<COUNTIF({ranks},{rank}),0,{better}))'


def _write_key(pen: SheetPen, places: Places, link: TieBreak, each: Line, column: int) -> None:
    plan, key = places.plan, places.find_key(link, each)
    number = show_decimals(plan.model.rounding.indicator)
    if link.by == "category":
        source = _find_node(places, link.of, each)
        if source:
            formula = f'IF({source}="","",ROUND({source},{places.digits}))'
            pen.formula(each.line, column, formula, key, "figure", number)
    elif link.by == "bonus":
        source = refer(plan.rollup, places.tree.bonus.result, each.line)
        pen.formula(each.line, column, f"ROUND({source},{places.digits})", key, "figure", number)
    elif link.by == "firsts":
        pen.formula(each.line, column, count_lines(plan, each.unit, PLACE, "1"), key)
    elif link.by == "previous_rank":
        source = places.layout.previous(each.line)
        pen.formula(each.line, column, f'IF({source}="","",{source})', key)
    else:
        pen.figure(each.line, column, key, "input")


def _find_node(places: Places, code: str, each: Line) -> str | None:
    """The cell of a node's score for a unit."""
    plan = places.plan
    if code in places.tree.by_code:
        return refer(plan.rollup, places.tree.by_code[code].result, each.line)
    block = plan.blocks.get(code)
    if block is None or each.row not in block.line_of:
        return None
    return refer(block.sheet, COUNTED, block.line_of[each.row])


def _write_fixed_grades(pen: SheetPen, places: Places) -> None:
    """Grades that do not follow, as plain words on the lines of the units that have them."""
    say, column = places.plan.say, places.columns.fixed
    for graded in places.plan.result.grades:
        if not can_follow(graded.rule):
            pen.text(4, column, say(_FIXED), "head")
            for unit, proposal in graded.by_unit.items():
                grade = told.say_grade(proposal, say.language)
                pen.text(places.plan.line_of[unit], column, grade or "")


def _define_names(book: Book, places: Places) -> None:
    plan, columns = places.plan, places.columns
    named = ((told.RANK, columns.place), (ORDER, columns.order))
    for head, column in named:
        target = span(column, FIRST_LINE, plan.last_line)
        book.define(plan.names.take(plan.say(head)), f"{quote_sheet(plan.places)}!{target}")
