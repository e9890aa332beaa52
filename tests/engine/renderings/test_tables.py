"""The random tables hold what renderings stumble over, rule by rule: else their agreement says little."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin

import pytest

from kaohe.expressions.functions import FUNCTIONS
from kaohe.numbers.absence import Absence
from kaohe.renderings.exact import Refusal
from kaohe.rules.catalogue import METHODS
from kaohe.rules.components import Components
from kaohe.rules.custom import CustomFormula
from kaohe.rules.method import Method
from tests.engine.tables import CODES, Case, is_half, make_case

pytestmark = pytest.mark.slow
Rule = TypeVar("Rule", bound=Method)
PER_RULE = 80
EVERYWHERE = (
    "exact half",
    "tie",
    "gap",
    "huge",
    "tiny",
    "several pools",
    "pool of one",
    "half even",
)
MODERATE = {"R32": {"huge"}}
"""Products of huge figures would leave what doubles can hold."""
NEVER_REFUSED = {
    "R08",
    "R13",
    "R14",
    "R16",
    "R18",
    "R19",
    "R21",
    "R22",
    "R23",
    "R25",
    "R26",
    "R27",
    "R28",
}


@cache
def draw_cases(code: str) -> list[Case]:
    return [make_case(code, number, seed=1) for number in range(PER_RULE)]


def test_every_method_has_tables() -> None:
    assert set(CODES) == {method.code for method in METHODS}


@pytest.mark.parametrize("code", CODES)
def test_tables_of_a_rule_hold_halves_ties_gaps_and_refusals(code: str) -> None:
    seen = Counter(trait for case in draw_cases(code) for trait in list_traits(case))

    assert {trait for trait in EVERYWHERE if not seen[trait]} == MODERATE.get(code, set())
    assert (seen["refusal"] == 0) == (code in NEVER_REFUSED)
    assert (seen["target missing"] > 0) == (seen["has targets"] > 0)
    directions = {way for case in draw_cases(code) for way in case.rule.directions()}
    assert {case.higher_is_better for case in draw_cases(code)} == directions


def list_traits(case: Case) -> Iterator[str]:
    values = case.values()
    scores = [value for value in values if isinstance(value, Fraction)]
    cells = [cell for column in case.frame.facets.values() for cell in column]
    numbers = [cell for cell in cells if isinstance(cell, Fraction)]
    targets = case.frame.facets.get("target", [])
    traits = {
        "exact half": any(map(is_half, scores)),
        "half even": case.rounding == "half_even",
        "tie": len(set(numbers)) < len(numbers),
        "gap": any(isinstance(value, Absence) for value in values),
        "refusal": any(isinstance(value, Refusal) for value in values),
        "has targets": len(targets) > 0,
        "target missing": any(isinstance(cell, Absence) for cell in targets),
        "several pools": len(case.frame.pools) > 1,
        "pool of one": any(len(pool) == 1 for pool in case.frame.pools),
        "huge": max(map(abs, numbers), default=0) >= 10**6,
        "tiny": any(0 < abs(number) < Fraction(1, 100) for number in numbers),
    }
    yield from (trait for trait, is_there in traits.items() if is_there)


@pytest.mark.parametrize("code", [code for code in CODES if code not in ("R32", "R33")])
def test_every_choice_of_a_rule_is_taken(code: str) -> None:
    rules = [case.rule for case in draw_cases(code)]

    for name, field in type(rules[0]).model_fields.items():
        taken = {describe_choice(getattr(rule, name)) for rule in rules}
        assert list_choices(field.annotation) <= taken, name


def describe_choice(value: Any) -> Any:
    """A word of a choice, or whether an optional parameter is set at all."""
    return value if isinstance(value, str | bool) or value is None else "set"


def list_choices(annotation: Any) -> set[Any]:
    if annotation is bool:
        return {True, False}
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    parts = get_args(annotation)
    if type(None) in parts:
        return {None, "set"}
    return {word for part in parts if get_origin(part) is Literal for word in get_args(part)}


def test_custom_formulas_use_the_whole_language() -> None:
    formulas = " ".join(rule.calculation for rule in list_rules("R32", CustomFormula))

    names = [*FUNCTIONS][::2]
    assert [name for name in names if f"{name}(" not in formulas] == []
    for word in (
        "if ",
        "如果",
        " and ",
        "且",
        "==",
        "!=",
        "<=",
        "%",
        ";",
        "\n",
        "税收",
        "gdp",
        "得分",
    ):
        assert word in formulas, word


def test_components_are_made_of_every_rule() -> None:
    parts = [part for rule in list_rules("R33", Components) for part in rule.parts]

    assert len({part.rule.code for part in parts}) > 25
    assert any(part.facets for part in parts)


def list_rules(code: str, kind: type[Rule]) -> list[Rule]:
    return [case.rule for case in draw_cases(code) if isinstance(case.rule, kind)]
