"""The board's sections of units: place and total, then the tree of scores, each opening its receipt."""

from collections.abc import Iterable
from fractions import Fraction

from kaohe.files.results import words
from kaohe.files.results.board_ranking import write_marks
from kaohe.files.results.markup import Markup, fill, fill_each, join_markup
from kaohe.files.results.tables import tell_treatment
from kaohe.files.results.words import show_exactly, show_figure
from kaohe.language import Language, Text
from kaohe.results.board import NodeRow, Trees
from kaohe.results.receipt_lines import ReceiptLine
from kaohe.results.receipts import Receipt, Receipts
from kaohe.results.result import Result, UnitResult

_UNIT = """<section class="unit" id="u{row}" aria-labelledby="h{row}"><a class="top" href="#top">{top}</a>
<h3 id="h{row}">{name}{marks} <small>{code} · {group}</small></h3>
<p>{summary}</p>
<details><summary>{total_head}</summary>{total}<ul>{steps}</ul></details>
<table class="tree" aria-labelledby="h{row}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>
"""
_ROW = (
    '<tr class="{kind}"><th scope="row" class="l{level}">{name}</th>'
    '<td class="n">{points}</td><td class="n">{score}</td><td class="n">{rank}</td></tr>'
)
_MOST_TOLD = 2_000
"""Receipts up to which each tells its rule's sentences again; beyond, they stand under the rule alone."""


class UnitPages:
    """Writes the section of every unit of one result."""

    def __init__(self, result: Result, language: Language) -> None:
        self._result = result
        self._language = language
        self._decimals = result.scheme.model.rounding.display
        self._receipts = Receipts(result.scheme.model, result.observations, result.scores)
        self._trees = Trees(result)
        self._groups = {group.code: group.name for group in result.scheme.model.groups}
        self._numbers = {
            code: str(number) for number, code in enumerate(result.scheme.model.nodes_by_code)
        }
        self._is_told = len(result.units) * len(result.scores.leaves) <= _MOST_TOLD

    def write_unit(self, row: int) -> Markup:
        """One unit's section."""
        each = self._result.units[row]
        return fill(
            _UNIT,
            row=str(row),
            top=Text("回到排名", "to the ranking").say(self._language),
            name=each.unit.name,
            marks=write_marks(each, self._language),
            code=each.unit.code,
            group=self._groups[each.unit.group],
            summary=self._summarise(each),
            total_head=Text("总分、位次与等次的由来", "How total, rank and grade came").say(
                self._language
            ),
            total=self._write_lines(self._receipts.of_total(each.unit.code).lines, is_told=True),
            steps=fill_each(
                "<li>{part}</li>", (step.text.say(self._language) for step in each.steps)
            ),
            heads=self._write_heads(),
            rows=join_markup(
                self._write_node(node, each.unit.code) for node in self._trees.of_unit(each.unit)
            ),
        )

    def _summarise(self, each: UnitResult) -> str:
        parts = [f"{words.TOTAL.say(self._language)} {self._show(each.total.total)}"]
        if each.standing.rank is not None:
            rank = show_figure(each.standing.rank, self._language)
            parts.insert(0, Text(f"第 {rank} 名", f"Rank {rank}").say(self._language))
        elif each.standing.would_be is not None:
            rank = show_figure(each.standing.would_be, self._language)
            told = Text(f"不占位次，相当于第 {rank} 名", f"Takes no place, would be at rank {rank}")
            parts.insert(0, told.say(self._language))
        if each.grade and each.grade.label:
            parts.append(f"{words.GRADE.say(self._language)} {each.grade.label}")
        if each.unit.reason:
            parts.append(each.unit.reason)
        return " · ".join(parts)

    def _write_heads(self) -> Markup:
        heads = [(words.INDICATOR, "")]
        heads += [(head, "n") for head in (words.POINTS, words.SCORE, words.RANK)]
        return join_markup(
            fill(
                '<th scope="col" class="{kind}">{head}</th>',
                kind=kind,
                head=head.say(self._language),
            )
            for head, kind in heads
        )

    def _write_node(self, row: NodeRow, unit: str) -> Markup:
        return fill(
            _ROW,
            kind="branch" if row.cell is None else "leaf",
            level=str(row.level),
            name=self._write_name(row, unit),
            points=show_figure(row.points, self._language),
            score=self._show(row.score),
            rank=self._write_rank(row),
        )

    def _write_name(self, row: NodeRow, unit: str) -> Markup:
        """The node's name; a leaf's opens its receipt, and says what was made of a missing figure."""
        name = f"{row.node.code} {row.node.name}"
        if row.cell is None:
            return fill("{name}", name=name)
        treatment = tell_treatment(row, self._language)
        mark = fill(' <span class="mark">{told}</span>', told=treatment) if treatment else Markup()
        receipt = self._receipts.of_node(unit, row.node.code)
        return fill(
            "<details><summary>{name}{mark}</summary>{lines}</details>",
            name=name,
            mark=mark,
            lines=self._write_receipt(receipt),
        )

    def _write_receipt(self, receipt: Receipt) -> Markup:
        link = fill(
            '<a class="quiet" href="#i{number}">{told}</a>',
            number=self._numbers[receipt.code],
            told=Text("计分办法", "the rule").say(self._language),
        )
        return join_markup((self._write_lines(receipt.lines, is_told=self._is_told), link))

    def _write_lines(self, lines: Iterable[ReceiptLine], *, is_told: bool) -> Markup:
        return fill(
            '<dl class="receipt">{lines}</dl>',
            lines=join_markup(self._write_line(line, is_told=is_told) for line in lines),
        )

    def _write_line(self, line: ReceiptLine, *, is_told: bool) -> Markup:
        note = line.note.say(self._language) if line.note else ""
        label = line.label.say(self._language)
        place = (
            fill(" <small>{place}</small>", place=line.place.say(self._language))
            if line.place
            else Markup()
        )
        if line.value is None and note:
            return fill(
                "<dt>{label}</dt><dd>{note}{place}</dd>", label=label, note=note, place=place
            )
        return fill(
            "<dt>{label}</dt><dd>{value}{place}{note}</dd>",
            label=label,
            value=show_exactly(line.value, self._language),
            place=place,
            note=fill('<small class="how">{note}</small>', note=note)
            if note and is_told
            else Markup(),
        )

    def _write_rank(self, row: NodeRow) -> Markup:
        rank = show_figure(row.rank, self._language)
        if not row.is_last:
            return fill("{rank}", rank=rank)
        last = Text("末位", "last").say(self._language)
        return fill('<span class="mark">{last}</span> {rank}', rank=rank, last=last)

    def _show(self, figure: Fraction | None) -> str:
        return show_figure(figure, self._language, self._decimals)
