"""The worked examples that every method brings along hold in the exact rendering."""

from fractions import Fraction
from typing import Any

import pytest
from tests.engine.rules.cases import make_frame, score_frame

from kaohe.expressions.nodes import Named
from kaohe.numbers.rounding import round_fraction
from kaohe.numbers.writing import write_number
from kaohe.rules.catalogue import BY_NAME, METHODS
from kaohe.rules.method import Example, Method

CASES = [(method, example) for method in METHODS for example in method.examples]
WORKED = "E1 E2 E3 E4 E4b E4c E7 E8 E11 E12 E13 E18 E34 E37 E41 E42 N4"


def name_case(part: type[Method] | Example) -> str:
    return part.reference or "own" if isinstance(part, Example) else part.code


@pytest.mark.parametrize(("method", "example"), CASES, ids=name_case)
def test_example_gives_its_scores(method: type[Method], example: Example):
    rule = method(**example.parameters)
    frame = make_frame(rule, example.figures, points=example.points, records=example.records)
    values = score_frame(rule, frame, higher=example.higher_is_better)

    assert [
        write_as(value, text) for value, text in zip(values, example.scores, strict=True)
    ] == list(example.scores)
    assert example.higher_is_better in rule.directions()


def write_as(value: Any, text: str) -> str:
    """A score with the decimals of another; nothing where there is none."""
    decimals = len(text.partition(".")[2])
    if not isinstance(value, Fraction):
        return ""
    return write_number(round_fraction(value, decimals), decimals=decimals)


@pytest.mark.parametrize("method", METHODS, ids=name_case)
def test_method_is_described_in_both_languages(method: type[Method]):
    assert len(method.examples) >= 2
    assert all((method.formula, method.code.startswith("R"), method.title.zh, method.title.en))
    assert all((method.summary.zh, method.summary.en, method.source.zh, method.source.en))
    for name, field in method.model_fields.items():
        assert name == "method" or (field.title and field.description), name


@pytest.mark.parametrize("method", METHODS, ids=name_case)
def test_method_builds_an_expression_called_score(method: type[Method]):
    rule = method(**method.examples[0].parameters)
    found = rule.expression(higher_is_better=method.examples[0].higher_is_better)

    assert isinstance(found, Named)
    assert (found.name, found.label.zh, found.label.en) == ("score", "得分", "score")


def test_every_worked_example_of_a_rule_stands_in_the_catalogue():
    references = {example.reference for method in METHODS for example in method.examples}

    assert set(WORKED.split()) <= references


def test_catalogue_holds_every_code_once():
    codes = [method.code for method in METHODS]
    wanted = [*(f"R{number:02}" for number in range(1, 29)), "R33"]

    assert len(set(codes)) == len(codes) == len(BY_NAME)
    assert set(wanted) <= set(codes)
