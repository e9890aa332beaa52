"""A result as a live workbook: change a figure or a number of the scheme, and everything follows."""

from pathlib import Path

import xlsxwriter

from kaohe.files.results.live.data import DataLayout, write_data
from kaohe.files.results.live.grades import lay_out_grades, write_grades
from kaohe.files.results.live.guide import write_guide
from kaohe.files.results.live.marks import write_marks
from kaohe.files.results.live.matters import write_matters
from kaohe.files.results.live.pen import OPTIONS, Book
from kaohe.files.results.live.places import Places, write_places
from kaohe.files.results.live.plan import Plan
from kaohe.files.results.live.ranking import write_ranking
from kaohe.files.results.live.rollup import write_rollup, write_tree_heads
from kaohe.files.results.live.rules import write_rules
from kaohe.files.results.live.steps import write_steps
from kaohe.files.results.live.tree import Tree
from kaohe.files.results.table_workbook import write_tables
from kaohe.files.results.tables import make_scores
from kaohe.language import Language, Text
from kaohe.results.result import Result

_MOST_FOLLOWED = 30_000
"""So many scores of single indicators a spreadsheet recalculates at once; beyond it figures are plain."""
_TOO_LARGE = Text("数据量大，本表为固定数值", "too large to follow changes: plain figures")


def write_result_workbook(result: Result, path: Path, language: Language) -> None:
    """Write the whole result as formulas that show the exact figures before anything recalculates.

    What is too large for that, or has nobody in it, is written as plain figures.
    """
    size = len(result.units) * len(result.scores.leaves)
    if 0 < size <= _MOST_FOLLOWED:
        _write_live(result, path, language)
    else:
        _write_plain(result, path, language)


def _write_plain(result: Result, path: Path, language: Language) -> None:
    title = result.scheme.model.name
    scores = make_scores(result, language)
    write_tables([scores], path, language, title=title, note=_TOO_LARGE.say(language))


def _write_live(result: Result, path: Path, language: Language) -> None:
    model = result.scheme.model
    with xlsxwriter.Workbook(str(path), OPTIONS) as opened:
        book = Book(opened, model.name, result.scheme.digest)
        _write_sheets(book, Plan(result, language))


def _write_sheets(book: Book, plan: Plan) -> None:
    tree, layout = Tree(plan), DataLayout(plan)
    places = Places(plan, tree, layout)
    gradings = lay_out_grades(places)
    names = (
        plan.guide, plan.ranking, plan.data, plan.rules, *plan.step_sheets, plan.marks, plan.rollup,
        plan.places, plan.grades, plan.matters,
    )  # fmt: skip
    pens = {name: book.add_sheet(name) for name in names}
    write_guide(pens[plan.guide], plan)
    write_ranking(pens[plan.ranking], places, layout, gradings)
    write_data(pens[plan.data], plan, layout)
    write_rules(book, pens[plan.rules], plan)
    for sheet in plan.step_sheets:
        write_steps(book, pens[sheet], plan, layout, sheet)
    write_tree_heads(pens[plan.marks], plan, tree)
    write_marks(pens[plan.marks], plan, tree)
    write_tree_heads(pens[plan.rollup], plan, tree)
    write_rollup(book, pens[plan.rollup], plan, tree)
    write_places(book, pens[plan.places], places)
    write_grades(book, pens[plan.grades], places, layout, gradings)
    write_matters(pens[plan.matters], plan)
