"""The board's tables of ranks: a row a unit, on a phone a card a unit."""

from collections.abc import Sequence
from fractions import Fraction

from kaohe.files.results import words
from kaohe.files.results.markup import Markup, fill, join_markup
from kaohe.files.results.words import show_figure
from kaohe.language import Language, Text
from kaohe.numbers.writing import write_number
from kaohe.results.board import BoardRow
from kaohe.results.result import Result, UnitResult

_CLIMBED = Text("上升", "up")
_FELL = Text("下降", "down")


class Ranking:
    """One group's table; columns that say nothing of any unit are left out."""

    def __init__(self, result: Result, board: Sequence[BoardRow], language: Language) -> None:
        self._language = language
        self._rows = {each.unit.code: row for row, each in enumerate(result.units)}
        self._decimals = choose_decimals(result, board)
        self._moves = any(row.previous is not None for row in board)
        self._grades = any(words.say_grade(row.result.grade, language) for row in board)
        self._extras = any(row.result.total.bonus or row.result.total.deduction for row in board)

    def write_heads(self) -> Markup:
        """The row of column heads."""
        heads = [(words.RANK, ""), (words.UNIT, ""), (words.TOTAL, "n")]
        heads += [(head, "n") for head, _ in self._list_more(None)]
        return join_markup(
            fill(
                '<th scope="col" role="columnheader" class="{kind}">{head}</th>',
                kind=kind,
                head=head.say(self._language),
            )
            for head, kind in heads
        )

    def write_row(self, row: BoardRow) -> Markup:
        """One unit: rank, name and total, then everything else."""
        each = row.result
        first = fill(
            '<td role="cell" class="rank">{rank}</td>'
            '<th scope="row" role="rowheader" class="name"><a href="#u{number}">{name}</a>{marks}</th>'
            '<td role="cell" class="n total">{total}</td>',
            rank=show_figure(each.standing.rank, self._language),
            number=str(self._rows[each.unit.code]),
            name=each.unit.name,
            marks=write_marks(each, self._language),
            total=self._show(each.total.total),
        )
        more = join_markup(
            fill(
                '<td role="cell" class="n more{none}" data-label="{label}">{shown}</td>',
                none=" none" if shown == words.NOTHING else "",
                label=head.say(self._language),
                shown=shown,
            )
            for head, shown in self._list_more(row)
        )
        return fill('<tr role="row">{first}{more}</tr>', first=first, more=more)

    def _list_more(self, row: BoardRow | None) -> list[tuple[Text, Markup | str]]:
        """Every further column's head, with what it shows of a row."""
        total = row.result.total if row else None
        columns: list[tuple[Text, Markup | str]] = []
        if self._moves:
            columns.append((words.MOVED, write_movement(row, self._language) if row else ""))
        columns.append((words.GAP, self._show(row.gap if row else None)))
        if self._extras:
            columns += [
                (words.BASE, self._show(total.base if total else None)),
                (words.BONUS, self._show_extra(total.bonus_counted if total else None)),
                (words.DEDUCTION, self._show_extra(total.deduction_counted if total else None)),
            ]
        if self._grades:
            grade = words.say_grade(row.result.grade, self._language) if row else None
            columns.append((words.GRADE, grade or words.NOTHING))
        return columns

    def _show(self, figure: Fraction | None) -> str:
        return show_figure(figure, self._language, self._decimals)

    def _show_extra(self, figure: Fraction | None) -> str:
        return self._show(figure or None)


def choose_decimals(result: Result, board: Sequence[BoardRow]) -> int:
    """The decimals declared for display, or as many more as it takes to tell different totals apart."""
    rounding = result.scheme.model.rounding
    totals = {row.result.total.total for row in board if row.result.total.total is not None}
    for decimals in range(rounding.display, rounding.indicator):
        if len({write_number(total, decimals=decimals) for total in totals}) == len(totals):
            return decimals
    return max(rounding.display, rounding.indicator)


def write_movement(row: BoardRow, language: Language) -> Markup | str:
    """Places gained or lost: an arrow for the eye, a word for the ear."""
    climbed = row.climbed
    if not climbed:
        return words.NOTHING
    return fill(
        '<span aria-hidden="true">{arrow}</span><span class="hidden">{word} </span>{places}',
        arrow="↑" if climbed > 0 else "↓",
        word=(_CLIMBED if climbed > 0 else _FELL).say(language),
        places=write_number(abs(climbed)),
    )


def write_marks(each: UnitResult, language: Language) -> Markup:
    """What a reader should know of a place and a grade, each in a frame of its own."""
    return join_markup(
        fill(
            '<span class="mark{kind}">{told}</span>',
            kind=" open" if mark.is_open else "",
            told=mark.text.say(language),
        )
        for mark in words.list_marks(each)
    )
