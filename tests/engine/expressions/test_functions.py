from pathlib import Path
from typing import Any

import pytest
from tests.engine.expressions.formulas import compute, refuse

from kaohe.expressions.functions import FUNCTIONS
from kaohe.expressions.language import parse_formula
from kaohe.expressions.nodes import (
    Bands,
    Clamp,
    Curve,
    Facet,
    Maximum,
    Minimum,
    Node,
    Peer,
    Rank,
    Round,
    Steps,
    as_node,
)
from kaohe.expressions.writing import TARGET, VALUE
from kaohe.language import Language

POOL: dict[str, Any] = {"value": "4 1 / 1 10", "target": "1 2 3 4 5"}


@pytest.mark.parametrize(
    ("formula", "outcomes"),
    [
        ("min(x, t, 3)", "1 1 empty 1 3"),
        ("最小(x, t)", "1 1 empty 1 5"),
        ("max(x, t)", "4 2 empty 4 10"),
        ("最大(x, t)", "4 2 empty 4 10"),
        ("clamp(x, 2, 5)", "4 2 empty 2 5"),
        ("限定(x, 2, 5)", "4 2 empty 2 5"),
        ("abs(x - 4)", "0 3 empty 3 6"),
        ("绝对值(2 - x)", "2 1 empty 1 8"),
        ("floor(x / 4)", "1 0 empty 0 2"),
        ("floor(-x, 4)", "-1 -1 empty -1 -3"),
        ("满步数(x, 3)", "1 0 empty 0 3"),
        ("ceil(x, 3)", "2 1 empty 1 4"),
        ("进步数(x / 3)", "2 1 empty 1 4"),
        ("floor(x, t)", "4 0 empty 0 2"),
        ("round(x / 8)", "1 0 empty 0 1"),
        ("round(x / 8, 2)", "0.5 0.13 empty 0.13 1.25"),
        ("四舍五入(-x / 8, 2)", "-0.5 -0.13 empty -0.13 -1.25"),
        ("bands(x, 0, 1, 3, 4.5, 6)", "3 3 empty 3 6"),
        ("分档(x, -1, 2, 5)", "5 -1 empty -1 5"),
        ("curve(x, 1, 0, 9, 80)", "30 0 empty 0 80"),
        ("折线(x, 0, 0, 4, 8, 8, 0)", "8 2 empty 2 0"),
        ("pool_rank(x)", "2 3 empty 3 1"),
        ("组内位次(t)", "5 4 3 2 1"),
        ("pool_min(x)", "1 1 1 1 1"),
        ("组内最小(t)", "1 1 1 1 1"),
        ("pool_max(x)", "10 10 10 10 10"),
        ("组内最大(t)", "5 5 5 5 5"),
        ("pool_mean(x)", "4 4 4 4 4"),
        ("组内平均(t)", "3 3 3 3 3"),
        ("pool_sum(x)", "16 16 16 16 16"),
        ("组内合计(t)", "15 15 15 15 15"),
        ("pool_count(x)", "4 4 4 4 4"),
        ("组内个数(t)", "5 5 5 5 5"),
        ("others_min(x)", "1 1 1 1 1"),
        ("其他单位最小(t)", "2 1 1 1 1"),
        ("others_max(x)", "10 10 10 10 4"),
        ("其他单位最大(t)", "5 5 5 5 4"),
        ("others_mean(x)", "4 5 4 5 2"),
        ("其他单位平均(t)", "3.5 3.25 3 2.75 2.5"),
        ("others_sum(x)", "12 15 16 15 6"),
        ("其他单位合计(t)", "14 13 12 11 10"),
        ("others_count(x)", "3 3 4 3 3"),
        ("其他单位个数(t)", "4 4 4 4 4"),
        ("y = x * 2; pool_mean(y)", "8 8 8 8 8"),
        ("a", "4 4 4 4 4"),
        ("n", "4 4 4 4 4"),
    ],
)
def test_functions_compute(formula: str, outcomes: str) -> None:
    assert compute(formula, **POOL) == outcomes.split()


def test_every_function_is_computed_here_by_both_names() -> None:
    parameters = test_functions_compute.pytestmark[0].args[1]  # type: ignore[attr-defined]
    text = " ".join(formula for formula, _ in parameters)

    assert [name for name in FUNCTIONS if f"{name}(" not in text] == []
    assert len(FUNCTIONS) == 40


@pytest.mark.parametrize(
    ("formula", "node"),
    [
        ("min(x, t)", Minimum((VALUE, TARGET))),
        ("max(x, t)", Maximum((VALUE, TARGET))),
        ("clamp(x, 0, t)", Clamp(VALUE, as_node(0), TARGET)),
        ("abs(x)", Maximum((VALUE, 0 - VALUE))),
        ("floor(x)", Steps(VALUE, as_node(1), "floor")),
        ("ceil(x, 5)", Steps(VALUE, as_node(5), "ceil")),
        ("round(x, 1)", Round(VALUE, 1)),
        ("bands(x, 0, 60, 1)", Bands(VALUE, (60,), (1,), 0)),  # type: ignore[arg-type]
        ("curve(x, 0, 1, 2, 3)", Curve(VALUE, (0, 2), (1, 3))),  # type: ignore[arg-type]
        ("pool_rank(x)", Rank(VALUE)),
        ("pool_sum(rank)", Peer("sum", Facet("rank"))),
        ("others_max(t)", Peer("max", TARGET, own=False)),
    ],
)
def test_functions_build_the_nodes_of_the_vocabulary(formula: str, node: Node) -> None:
    assert parse_formula(formula).of == node


def test_the_first_place_belongs_to_the_better_figure() -> None:
    assert compute("pool_rank(x)", higher_is_better=False, **POOL) == ["3", "1", "empty", "1", "4"]


COUNTS = [
    ("min(x)", "min does not take 1 argument", "write min(a, b, …)"),
    ("max()", "max does not take 0 arguments", "write max(a, b, …)"),
    ("clamp(x, 1)", "clamp does not take 2 arguments", "write clamp(x, low, high)"),
    ("abs(x, 1)", "abs does not take 2 arguments", "write abs(x)"),
    ("floor(x, 1, 2)", "floor does not take 3 arguments", "write floor(x, size)"),
    ("round()", "round does not take 0 arguments", "write round(x, decimals)"),
    ("bands(x, 0, 1)", "bands does not take 3 arguments", "write bands(x, below, edge, value, …)"),
    ("curve(x, 0, 1)", "curve does not take 3 arguments", "write curve(x, x1, y1, x2, y2, …)"),
    ("curve(x, 0, 1, 2, 3, 4)", "curve does not take 6 arguments", "write curve(x, x1, y1, x2, y2, …)"),
    ("pool_rank(x, t)", "pool_rank does not take 2 arguments", "write pool_rank(x)"),
    ("others_sum()", "others_sum does not take 0 arguments", "write others_sum(x)"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "wrong", "remedy"), COUNTS)
def test_a_wrong_number_of_arguments_is_refused(formula: str, wrong: str, remedy: str) -> None:
    assert refuse(f"w * {formula}") == (5, wrong, remedy)


KINDS = [
    ("floor(x, 0)", 10, "the size of a step must be above zero", "write a number above zero, such as floor(x, 5)"),
    ("ceil(x, -5)", 9, "the size of a step must be above zero", "write a number above zero, such as floor(x, 5)"),
    ("round(x, t)", 10, "only a plain number can stand here", "write a number such as 60; multiply by the points outside"),
    ("round(x, 1.5)", 10, "not a number of decimals", "write a whole number from 0 to 12"),
    ("round(x, 13)", 10, "not a number of decimals", "write a whole number from 0 to 12"),
    ("round(x, -1)", 10, "not a number of decimals", "write a whole number from 0 to 12"),
    ("bands(x, t, 1, 2)", 10, "only a plain number can stand here", "write a number such as 60; multiply by the points outside"),
    ("bands(x, 0, 60, w)", 17, "only a plain number can stand here", "write a number such as 60; multiply by the points outside"),
    ("bands(x, 0, 60, 1, 60, 2)", 20, "the bounds do not ascend", "write them from small to great, each once"),
    ("curve(x, 0, 1, 100, 2, 50, 3)", 24, "the bounds do not ascend", "write them from small to great, each once"),
    ("pool_mean(x / t)", 11, "pool_mean takes a figure or the name of a step", "write a step first, such as y = x / t, then pool_mean(y)"),
    ("pool_rank(-x)", 11, "pool_rank takes a figure or the name of a step", "write a step first, such as y = x / t, then pool_rank(y)"),
    ("others_max(a)", 12, "a comparison with the pool cannot be compared again", "use others_max on the figures themselves"),
    ("y = x / a; pool_max(y)", 21, "a comparison with the pool cannot be compared again", "use pool_max on the figures themselves"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "column", "wrong", "remedy"), KINDS)
def test_a_wrong_kind_of_argument_is_refused(
    formula: str, column: int, wrong: str, remedy: str
) -> None:
    assert refuse(formula) == (column, wrong, remedy)


@pytest.mark.parametrize(("guide", "said"), [("authors.en.md", "en"), ("authors.zh-CN.md", "zh")])
def test_authors_are_told_of_every_function(guide: str, said: Language) -> None:
    text = (Path(__file__).parents[3] / "docs" / "guide" / guide).read_text("utf-8")
    usages = {function.usage.say(said) for function in FUNCTIONS.values()}

    assert [usage for usage in usages if f"`{usage.partition('(')[0]}" not in text] == []
