"""The small language of custom formulas: read by hand into expressions, never by Python.

A formula is one expression, or steps parted by semicolons or line ends, the last of them the score:

    gap = x - t; score = if gap >= 0 then w else max(0, w - 0.5 * ceil(0 - gap))

    step      := [name =] choice
    choice    := if condition then choice else choice | sum
    condition := comparison {and comparison}
    comparison := sum sign sum {sign sum}
    sum       := product {+|- product}
    product   := signed {*|/ signed}
    signed    := {+|-} operand
    operand   := number | name | function ( [choice {, choice}] ) | ( choice )

Its size is bounded: 500 words and signs, 20 brackets and choices deep, 10,000 nodes written out.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import cast

from kaohe.expressions.cursor import COMPARISONS, Cursor
from kaohe.expressions.functions import FUNCTIONS, Argument, Call, build_call
from kaohe.expressions.names import KEYWORDS, Names
from kaohe.expressions.nodes import (
    Add,
    All,
    Compare,
    Comparison,
    Constant,
    Divide,
    Multiply,
    Named,
    Node,
    When,
    list_steps,
)
from kaohe.expressions.structure import count_nodes, inline_hidden_steps, measure_depth
from kaohe.expressions.tokens import BadFormula, Token, split_tokens
from kaohe.language import Text
from kaohe.numbers.grammar import BadNumber, parse_number

MOST_NODES = 10_000
MOST_DEPTH = 100

_OPERAND = Text("这里应是数、名称或括号", "a number, a name or a bracket belongs here")
_OPERATOR = Text(
    "这里应是 + - * / 之一，或用分号结束这一步",
    "one of + - * / belongs here, or a semicolon to end the step",
)
_COMPARISON = Text(
    "这里应是比较符号，如 x >= t", "a sign of comparison belongs here, such as x >= t"
)
_BRACKETS = Text("请在 if … else … 外加括号", "put brackets around if … else …")
_MORE = Text("得分之后还有内容", "there is more after the score")
_NO_SCORE = Text("最后一步不是得分", "the last step is not the score")
_SCORE_LAST = Text(
    "请给前面各步起名，如 gap = x - t，最后写 score = …",
    "name the earlier steps, such as gap = x - t, and end with score = …",
)
_TOO_LARGE = Text("公式展开后太大", "the formula is too large when written out")
_SMALLER = Text(
    "请少引用前面的步骤，或拆成几个指标",
    "refer to earlier steps less often, or split it over several indicators",
)
_ZERO_BELOW = Text("除数为零", "the divisor is zero")
_NOT_ZERO = Text("请写非零的除数", "write a divisor other than zero")
_LEADING_ZERO = Text("数的开头多了零", "a number begins with a zero too many")
_NO_COMMAS = Text(
    "请删去开头的零；一千写作 1000，不写 1,000",
    "leave it out; write a thousand as 1000, not as 1,000",
)


def parse_formula(
    text: str, *, facets: Mapping[str, str] | None = None, higher_is_better: bool = True
) -> Named:
    """The expression a formula stands for; `facets` holds the labels of a scheme's own facets.

    Every step but those that only one side of a choice needs stays a named one. Raises BadFormula
    with the column, the reason and the remedy.
    """
    names = Names(facets or {}, FUNCTIONS)
    return _Parser(Cursor(split_tokens(text)), names, higher_is_better=higher_is_better).parse()


class _Parser:
    """One method for each line of the grammar above."""

    def __init__(self, at: Cursor, names: Names, *, higher_is_better: bool) -> None:
        self._at = at
        self._names = names
        self._higher_is_better = higher_is_better

    def parse(self) -> Named:
        """All steps; the last is the score."""
        columns: dict[str, int] = {}
        self._at.skip_breaks()
        while True:
            column = self._at.now.column
            step = self._step()
            columns[step.name] = column
            self._at.skip_breaks()
            if self._at.now.kind == "end":
                break
            if step.name == "score":
                raise BadFormula(_MORE, _SCORE_LAST, self._at.now.column)
        if step.name != "score":
            raise BadFormula(_NO_SCORE, _SCORE_LAST, column)
        _require_use(step, columns)
        return inline_hidden_steps(step)

    def _step(self) -> Named:
        name = self._at.take_step_name() or Token("name", "score", self._at.now.column)
        of = self._choice()
        if self._at.now.kind not in ("break", "end"):
            raise self._at.refuse_token(_OPERATOR)
        _require_size(of, name.column)
        return self._names.add_step(name, of)

    def _choice(self) -> Node:
        if self._at.take_keyword("if"):
            return self._at.nest(self._branches)
        return self._sum()

    def _branches(self) -> Node:
        condition = self._condition()
        self._at.expect_keyword("then")
        then = self._choice()
        self._at.expect_keyword("else")
        return When(condition, then, self._choice())

    def _condition(self) -> Node:
        conditions = self._comparison()
        while self._at.take_keyword("and"):
            conditions += self._comparison()
        return conditions[0] if len(conditions) == 1 else All(tuple(conditions))

    def _comparison(self) -> list[Node]:
        """One comparison, or each of a chain such as 0 < x <= t."""
        figures, signs = [self._sum()], list[str]()
        while sign := self._at.take(*COMPARISONS):
            signs.append(sign)
            figures.append(self._sum())
        if not signs:
            raise self._at.refuse_token(_COMPARISON)
        return [
            Compare(left, cast(Comparison, sign), right)
            for (left, right), sign in zip(pairwise(figures), signs, strict=True)
        ]

    def _sum(self) -> Node:
        left = self._product()
        while sign := self._at.take("+", "-"):
            right = self._product()
            if sign == "-":
                left = left - right
            else:
                left = Add((*(left.terms if isinstance(left, Add) else (left,)), right))
        return left

    def _product(self) -> Node:
        left = self._signed()
        while sign := self._at.take("*", "/"):
            column = self._at.now.column
            right = self._signed()
            if sign == "*":
                factors = left.factors if isinstance(left, Multiply) else (left,)
                left = Multiply((*factors, right))
            elif right == Constant(Fraction(0)):
                raise BadFormula(_ZERO_BELOW, _NOT_ZERO, column)
            else:
                left = Divide(left, right)
        return left

    def _signed(self) -> Node:
        is_negative = False
        while sign := self._at.take("+", "-"):
            is_negative ^= sign == "-"
        node = self._operand()
        if not is_negative:
            return node
        return Constant(-node.value) if isinstance(node, Constant) else 0 - node

    def _operand(self) -> Node:
        if self._at.take("("):
            return self._at.nest(self._bracketed)
        token = self._at.now
        if token.kind == "number":
            return _read_number(self._at.move())
        if token.kind != "name" or token.text in KEYWORDS:
            is_choice = KEYWORDS.get(token.text) == "if"
            raise self._at.refuse_token(_BRACKETS if is_choice else _OPERAND)
        self._at.move()
        return self._call(token) if self._at.take("(") else self._names.find(token)

    def _bracketed(self) -> Node:
        inside = self._choice()
        self._at.expect(")")
        return inside

    def _call(self, name: Token) -> Node:
        self._names.require_function(name)
        arguments = tuple(self._at.nest(self._arguments))
        node = build_call(Call(name, arguments, self._higher_is_better))
        _require_size(node, name.column)  # abs holds its argument twice
        return node

    def _arguments(self) -> list[Argument]:
        if self._at.take(")"):
            return []
        arguments = [self._argument()]
        while self._at.take(","):
            arguments.append(self._argument())
        self._at.expect(")")
        return arguments

    def _argument(self) -> Argument:
        column = self._at.now.column
        return Argument(self._choice(), column)


def _read_number(token: Token) -> Constant:
    digits = token.text.removesuffix("%")
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        raise BadFormula(_LEADING_ZERO, _NO_COMMAS, token.column)
    try:
        number = parse_number(digits)
    except BadNumber as fault:
        raise BadFormula(fault.wrong, fault.remedy, token.column) from fault
    return Constant(number if digits == token.text else number / 100)


def _require_size(node: Node, column: int) -> None:
    if count_nodes(node) > MOST_NODES or measure_depth(node) > MOST_DEPTH:
        raise BadFormula(_TOO_LARGE, _SMALLER, column)


def _require_use(score: Named, columns: Mapping[str, int]) -> None:
    """Refuse a step that the score does not need: whoever wrote it believes that it counts."""
    used = {step.name for step in list_steps(score)}
    for name, column in columns.items():
        if name not in used:
            raise BadFormula(
                Text(f"步骤“{name}”没有用到", f'the step "{name}" is never used'),
                Text("请在后面用到它，或删去", "use it further on, or delete it"),
                column,
            )
