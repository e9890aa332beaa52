"""The sheet of rules: what the scheme says, how it is read, and every number that may be changed."""

from collections.abc import Sequence

from kaohe.files.results import words as told
from kaohe.files.results.live.names import quote_sheet, span
from kaohe.files.results.live.parameters import TOTAL, NamedCell, own_grades
from kaohe.files.results.live.pen import Book, SheetPen
from kaohe.files.results.live.plan import Plan
from kaohe.language import Text
from kaohe.renderings.prose import describe_rule
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode

CODE, NAME, ITEM, VALUE, LABEL, NOTE = range(6)
_HEADS = (
    told.CODE,
    told.NAME,
    Text("项目", "Item"),
    told.VALUE,
    Text("公式中的名称", "Name in formulas"),
    Text("原文、读法", "The rule's words, and how it is read"),
)
_WIDTHS = (10, 24, 26, 12, 26, 80)
_TITLE = Text(
    "规则：黄色数值可以改，改后各表随之变动",
    "Rules: yellow numbers may be changed, and all sheets follow",
)
_VERBATIM = Text("计分办法原文", "the rule's words")
_READING = Text("读法", "how it is read")
_METHOD = Text("计分方法", "method")
_ABOVE_ZERO = Text(
    "分值、权重须大于零；改为零或由零改起，请改方案后重新计分",
    "points and weights stay above zero; to make them zero, or zero anything else, change the scheme and score again",
)
_HEAD_LINE = 2


def write_rules(book: Book, pen: SheetPen, plan: Plan) -> None:
    """Every node of the tree with its words, reading and numbers; then the total's and the grades'."""
    writer = _Rules(book, pen, plan)
    writer.write_heads()
    writer.write_numbers("", plan.say(told.TOTAL), plan.parameters.of_code(TOTAL))
    for node in queries.iterate_nodes(plan.model):
        writer.write_node(node)
    for rule in plan.model.grades:
        writer.write_numbers(rule.code, rule.name, plan.parameters.of_code(own_grades(rule)))


class _Rules:
    def __init__(self, book: Book, pen: SheetPen, plan: Plan) -> None:
        self._book = book
        self._pen = pen
        self._plan = plan
        self._line = _HEAD_LINE + 1

    def write_heads(self) -> None:
        """Title, heads and widths."""
        say = self._plan.say
        self._pen.text(1, CODE, say(_TITLE), "title")
        for place, head in enumerate(_HEADS):
            style = "number head" if place == VALUE else "head"
            self._pen.text(_HEAD_LINE, place, say(head), style)
        self._pen.widths(_WIDTHS)
        self._pen.print_wide(_HEAD_LINE, columns=2)

    def write_node(self, node: IndicatorNode) -> None:
        """A node's words, its rule as it is read, and its numbers."""
        say, code, name = self._plan.say, node.code, node.name
        if node.rule is not None:
            method = f"{node.rule.code} {say(node.rule.title)}"
            self._write_words(code, name, _METHOD, method)
            if node.text:
                self._write_words(code, name, _VERBATIM, node.text)
            reading = "\n".join(say(step.sentence) for step in describe_rule(node.expression))
            self._write_words(code, name, _READING, reading)
        self.write_numbers(code, name, self._plan.parameters.of_code(code))

    def write_numbers(self, code: str, name: str, cells: Sequence[NamedCell]) -> None:
        """Numbers with the names of their cells."""
        for each in cells:
            self._write_item(code, name, self._plan.say(each.label))
            style = "input" if each.may_change else "figure"
            self._pen.figure(self._line, VALUE, each.value, style)
            self._pen.text(self._line, LABEL, each.name, "note")
            if each.is_positive:
                self._pen.keep_positive(self._line, VALUE, self._plan.say(_ABOVE_ZERO))
            sheet = quote_sheet(self._plan.rules)
            self._book.define(each.name, f"{sheet}!$D${self._line}")
            self._line += 1
        self._define_tables(cells)

    def _define_tables(self, cells: Sequence[NamedCell]) -> None:
        """Names for tables, whose cells have just been written below one another."""
        first = self._line - len(cells)
        for table in dict.fromkeys(each.table for each in cells if each.table):
            lines = [first + place for place, each in enumerate(cells) if each.table == table]
            target = span(VALUE, lines[0], lines[-1])
            self._book.define(table, f"{quote_sheet(self._plan.rules)}!{target}")

    def _write_words(self, code: str, name: str, item: Text, words: str) -> None:
        self._write_item(code, name, self._plan.say(item))
        self._pen.wrapped(self._line, NOTE, words)
        self._line += 1

    def _write_item(self, code: str, name: str, item: str) -> None:
        self._pen.texts(self._line, (code, name, item), style="wrapped")
