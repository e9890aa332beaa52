"""How tests of rules score a few units: records reduced as scoring does, then the exact rendering."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from kaohe.expressions.nodes import list_steps
from kaohe.numbers.absence import Absence, Cell
from kaohe.numbers.rounding import round_fraction
from kaohe.numbers.writing import write_number
from kaohe.renderings.exact import Refusal, evaluate
from kaohe.renderings.frame import Frame
from kaohe.rules.catalogue import RuleSpec
from kaohe.rules.method import Method
from kaohe.rules.parameters import read_exact
from kaohe.rules.records import Records

_RULE: TypeAdapter[Any] = TypeAdapter(RuleSpec)


def make_rule(method: str, **parameters: Any) -> Method:
    """A rule as a scheme writes it: the name, code or title of its method, and its parameters."""
    rule: Method = _RULE.validate_python({"method": method, **parameters})
    return rule


def refuse_rule(method: str, **parameters: Any) -> list[str]:
    """What is said about a rule that must not be accepted, Chinese and English in a line each."""
    with pytest.raises(ValidationError) as refused:
        make_rule(method, **parameters)
    return [error["msg"].removeprefix("Value error, ") for error in refused.value.errors()]


def make_frame(
    rule: Method,
    figures: Mapping[str, Sequence[str]],
    *,
    points: str = "100",
    records: Sequence[Records] = (),
    guests: int = 0,
) -> Frame:
    """One pool of units: figures as written, and the facets that the rule makes of the records.

    The last units may be guests, compared with the pool without being in it.
    """
    columns = {
        name: [_read_cell(name, text) for text in column] for name, column in figures.items()
    }
    size = max([len(records), *(len(column) for column in columns.values())])
    reductions = [rule.reduce_records(each) for each in records]
    for name in {facet for reduction in reductions for facet in reduction.facets}:
        columns[name] = [reduction.facets.get(name, Absence.EMPTY) for reduction in reductions]
    return Frame(columns, [read_exact(points)] * size, [0] * size, [range(size - guests)])


def _read_cell(name: str, text: str) -> Cell:
    if text:
        return read_exact(text)
    return Absence.NO_TARGET if name == "target" else Absence.EMPTY


def score_frame(rule: Method, frame: Frame, *, higher: bool = True) -> list[Any]:
    """What every unit gets: a fraction, an Absence, or the Refusal of the rule."""
    return list(evaluate(rule.expression(higher_is_better=higher), frame).values)


def score(
    rule: Method,
    *,
    points: str = "100",
    records: Sequence[Records] = (),
    higher: bool = True,
    guests: int = 0,
    decimals: int | None = None,
    **figures: str,
) -> list[str]:
    """Every unit's score in full, the English reason of a refusal, or the kind of absence.

    Figures are given by facet, a column in one text: value="3 2.5 /", / being no figure.
    """
    columns = {name: _split(text) for name, text in figures.items()}
    frame = make_frame(rule, columns, points=points, records=records, guests=guests)
    return [_write(value, decimals) for value in score_frame(rule, frame, higher=higher)]


def _split(column: str) -> list[str]:
    return ["" if text == "/" else text for text in column.split()]


def _write(value: Any, decimals: int | None) -> str:
    if not isinstance(value, Fraction):
        return value.reason.en if isinstance(value, Refusal) else f"{value}"
    if decimals is None:
        return write_number(value)
    return write_number(round_fraction(value, decimals), decimals=decimals)


def list_labels(rule: Method, *, higher: bool = True) -> list[str]:
    """The steps of a rule in the order of computation: name, Chinese label, English label."""
    steps = list_steps(rule.expression(higher_is_better=higher))
    return [f"{step.name} {step.label.zh} {step.label.en}" for step in steps]


def say_records(rule: Method) -> list[str]:
    """How a rule says that records count, in Chinese and in English."""
    return [sentence for line in rule.describe_records() for sentence in (line.zh, line.en)]
