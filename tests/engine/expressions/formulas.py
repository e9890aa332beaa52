"""How tests of custom formulas compute one over a pool of a few units, and hear what is wrong with one."""

from fractions import Fraction
from typing import Any

import pytest

from kaohe.expressions.language import parse_formula
from kaohe.expressions.tokens import BadFormula
from kaohe.language import Language
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.writing import write_number
from kaohe.renderings.exact import Refusal, evaluate
from kaohe.renderings.frame import Frame
from kaohe.renderings.prose import describe_rule


def compute(
    formula: str, points: int = 10, *, higher_is_better: bool = True, **figures: str
) -> list[str]:
    """Every unit's outcome; figures by facet, a column in one text: value="3 2.5 /", / being none."""
    columns = {name: [read(text) for text in column.split()] for name, column in figures.items()}
    size = max(map(len, columns.values()), default=1)
    frame = Frame(columns, [Fraction(points)] * size, [0] * size, [range(size)])
    expression = parse_formula(formula, higher_is_better=higher_is_better)
    return [write(value) for value in evaluate(expression, frame).values]


def read(text: str) -> Cell:
    return Absence.EMPTY if text == "/" else Fraction(text)


def write(value: Any) -> str:
    if isinstance(value, Fraction):
        return write_number(value)
    return value.reason.en if isinstance(value, Refusal) else str(value)


def say(formula: str, language: Language) -> list[str]:
    """The sentences of a formula, a step each."""
    return [step.sentence.say(language) for step in describe_rule(parse_formula(formula))]


def refuse(formula: str) -> tuple[int, str, str]:
    """The column of a fault, what is wrong and the remedy, in English."""
    fault = refuse_fully(formula)
    wrong = fault.wrong.en.removeprefix(f"at character {fault.column}: ")
    return fault.column, wrong, fault.remedy.en


def refuse_fully(formula: str) -> BadFormula:
    """The fault of a formula that must not be accepted."""
    with pytest.raises(BadFormula) as refused:
        parse_formula(formula)
    return refused.value
