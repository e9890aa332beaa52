"""A result as plain tables, for CSV files and workbooks: ranking, scores, indicators, grades, receipts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaohe.files.results import words
from kaohe.language import Language, Text
from kaohe.numbers.absence import Absence
from kaohe.results.board import BoardRow, NodeRow, list_board
from kaohe.results.receipt_lines import describe_absence, describe_policy
from kaohe.results.result import Result
from kaohe.scheme import queries

TableCell = str | Fraction | None
Row = Sequence[TableCell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, and how many decimals its numbers show; None shows them as they are."""

    head: Text
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class ResultTable:
    """One table of a result: text cells, exact numbers, and nothing where there is none."""

    name: Text
    columns: Sequence[Column]
    rows: Sequence[Row]


def make_scores(result: Result, language: Language) -> ResultTable:
    """The ranking, with a column of scores for every node of the tree."""
    decimals = result.scheme.model.rounding.indicator
    nodes = list(queries.iterate_nodes(result.scheme.model))
    heads = [f"{node.code} {node.name}" for node in nodes]
    row_of = {unit: row for row, unit in enumerate(result.scores.units)}
    rows = [
        (
            *_rank_row(name, each, language),
            *(result.scores.score_of(node.code, row_of[each.result.unit.code]) for node in nodes),
        )
        for name, each in _list_standings(result)
    ]
    columns = [*_ranking_columns(result), *(Column(Text(head, head), decimals) for head in heads)]
    return ResultTable(Text("得分", "Scores"), columns, rows)


def _list_standings(result: Result) -> Iterator[tuple[str, BoardRow]]:
    for group in result.scheme.model.groups:
        for each in list_board(result, group.code):
            yield group.name, each


def _ranking_columns(result: Result) -> list[Column]:
    decimals = result.scheme.model.rounding.indicator
    figures = (words.TOTAL, words.BASE, words.BONUS, words.DEDUCTION, words.GAP)
    return [
        *(Column(head) for head in (words.GROUP, words.RANK, words.CODE, words.UNIT)),
        *(Column(head, decimals) for head in figures),
        *(Column(head) for head in (words.PREVIOUS, words.MOVED, words.GRADE)),
        Column(words.PARTICIPATION),
        Column(words.MISSING),
    ]


def _rank_row(group: str, row: BoardRow, language: Language) -> Row:
    unit, total = row.result.unit, row.result.total
    return (
        group,
        row.result.standing.rank,
        unit.code,
        unit.name,
        total.total,
        total.base,
        total.bonus_counted,
        total.deduction_counted,
        row.gap,
        row.previous,
        row.climbed,
        words.say_grade(row.result.grade, language),
        words.PARTICIPATIONS[unit.participation].say(language),
        Fraction(len(total.provisional)) if total.provisional else None,
    )


def tell_treatment(row: NodeRow, language: Language) -> str:
    """Why a score is not simply its rule's: what was made of a missing figure, or a veto."""
    cell = row.cell
    if cell is None:
        return ""
    told: list[Text] = []
    if cell.policy is not None:
        told += [describe_absence(cell.absence or Absence.EMPTY), describe_policy(cell.policy)]
    if cell.vetoed_by:
        told.append(Text(f"否决 {cell.vetoed_by}", f"veto {cell.vetoed_by}"))
    return ("，" if language == "zh" else ", ").join(text.say(language) for text in told)
