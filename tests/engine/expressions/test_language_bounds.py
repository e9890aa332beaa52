"""Whatever is written ends soon: in an expression of bounded size, or in a fault with its place."""

from time import process_time

import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st
from tests.engine.expressions.formulas import compute, refuse, say

from kaohe.expressions.functions import FUNCTIONS
from kaohe.expressions.language import MOST_DEPTH, MOST_NODES, parse_formula
from kaohe.expressions.names import KEYWORDS
from kaohe.expressions.nodes import iterate_nodes
from kaohe.expressions.structure import count_nodes, measure_depth
from kaohe.expressions.tokens import BadFormula
from kaohe.renderings.prose import describe_rule

LARGE = "the formula is too large when written out"
SMALLER = "refer to earlier steps less often, or split it over several indicators"


def double(times: int) -> str:
    """Steps that each use the one before twice: nodes double, words do not."""
    steps = ["s0 = x + 1", *(f"s{n} = s{n - 1} + s{n - 1}" for n in range(1, times + 1))]
    return ";".join([*steps, f"s{times}"])


def test_brackets_and_choices_go_20_deep() -> None:
    assert compute("(" * 20 + "x" + ")" * 20, value="7") == ["7"]
    assert compute("-floor(" * 20 + "x" + ")" * 20, value="-7.5") == ["-8"]
    assert compute("if x > 9 then 1 else " * 20 + "x", value="7") == ["7"]

    remedy = "split it into steps, such as gap = x - t"
    assert refuse("(" * 21 + "x" + ")" * 21) == (22, "nested more than 20 deep", remedy)
    assert refuse("abs(" * 21 + "x" + ")" * 21) == (85, "nested more than 20 deep", remedy)
    assert refuse("if x > 9 then 1 else " * 21 + "x") == (424, "nested more than 20 deep", remedy)


def test_a_formula_has_at_most_10000_nodes_written_out() -> None:
    assert compute(double(10), value="2") == ["3072"]
    assert count_nodes(parse_formula(double(10))) == 6_143

    assert refuse(double(11)) == (143, LARGE, SMALLER)


def test_a_function_that_holds_its_argument_twice_is_counted_so() -> None:
    assert compute("abs(" * 11 + "x" + ")" * 11, value="-7") == ["7"]
    assert refuse("abs(" * 12 + "x" + ")" * 12) == (1, LARGE, SMALLER)


def test_long_sums_and_products_are_flat() -> None:
    assert compute("+".join(["x"] * 250), value="2") == ["500"]
    assert compute("*".join(["x"] * 250), value="-1") == ["1"]


def test_an_expression_is_at_most_100_nodes_deep() -> None:
    assert compute("-".join(["x"] * 100), value="2") == ["-196"]
    assert refuse("-".join(["x"] * 101)) == (1, LARGE, SMALLER)
    assert refuse("/".join(["x"] * 250)) == (1, LARGE, SMALLER)

    chain = ";".join(["s0 = x", *(f"s{n} = s{n - 1} + 1" for n in range(1, 60)), "s59"])
    assert refuse(chain)[1:] == (LARGE, SMALLER)


def test_any_number_of_signs_is_read() -> None:
    assert compute("-" * 499 + "x", value="3") == ["-3"]


@pytest.mark.parametrize(
    "formula",
    [
        "(" * 4_000,
        "x" * 4_000,
        "9" * 4_000,
        "-" * 4_000,
        "若" * 4_000,
        ";" * 4_000,
        "x" * 1_000_000,
        "if " * 250,
        "max(" * 250,
        "abs(" * 20 + "x" + ")" * 20,
        ";".join(f"s{n} = s{n - 1} * s{n - 1}" if n else "s0 = x" for n in range(80)),
        double(10).rpartition(";")[0] + ";" + "+".join(["pool_mean(s10)"] * 80),
        "s0 = x;" + ";".join(f"s{n} = (if s{n-1} > 0 then s{n-1} else 1)" for n in range(1, 30)),
        " ".join("abcdefgh"[n % 8] * (n % 40 + 1) for n in range(180)),
    ],
)  # fmt: skip
def test_what_is_beyond_the_bounds_is_refused_at_once(formula: str) -> None:
    before = process_time()
    with pytest.raises(BadFormula):
        parse_formula(formula)

    assert process_time() - before < 1


@pytest.mark.slow
def test_the_largest_formulas_are_computed_and_said_at_once() -> None:
    hidden = f"{double(10).rpartition(';')[0]}; if x > 0 then s10 else pool_max(x)"
    before = process_time()

    assert compute(hidden, value=" ".join(["1"] * 200)) == ["2048"] * 200
    assert len(say(hidden, "zh")) == 1
    assert process_time() - before < 5


words = st.sampled_from([
    *FUNCTIONS, *KEYWORDS, "x", "t", "w", "a", "n", "完成值", "gap", "甲", "score", "得分", "unknown",
    "0", "1", "2.5", "50%", "100", "(", ")", ",", ";", "\n", "=", "==", "<", "<=", "≥", "≠",
    "+", "-", "*", "/", "×", "（", "）", "，", "；", "gap = ", "if x > t then ", " else ",
])  # fmt: skip
anything = st.text(max_size=60) | st.lists(words, max_size=40).map(" ".join)


@pytest.mark.slow
@given(anything)
@example("if x > t then if x > t then 1 else 2 else 3")
@settings(max_examples=500, deadline=5_000)
def test_any_text_is_a_bounded_expression_or_a_fault_within_it(text: str) -> None:
    expression = fault = None
    try:
        expression = parse_formula(text)
    except BadFormula as refused:
        fault = refused

    if fault is not None:
        assert 1 <= fault.column <= len(text) + 1
        assert fault.wrong.zh.startswith(f"第 {fault.column} 个字符处")
    if expression is not None:
        assert expression.name == "score"
        assert count_nodes(expression) <= MOST_NODES + 1
        assert measure_depth(expression) <= MOST_DEPTH + 1


leaves = st.sampled_from(["x", "t", "w", "a", "n", "prev", "2", "0.5", "40%", "pool_max(x)"])
shapes = st.sampled_from([
    "({} + {})", "({} - {})", "{} * {}", "({} / {})", "-{} - {}", "min({}, {})", "最大({}, {})",
    "clamp({}, {}, 9)", "floor({}) + {}", "round({}, 2) / ({})", "bands({}, 0, 1, 2) * ({})",
    "curve({}, 0, 0, 2, 5) - {}", "abs({}) / {}", "(if {} < 2 and x >= t then {} else 1)",
    "(如果 {} == 0 则 0 否则 {})",
])  # fmt: skip
figures = st.recursive(
    leaves,
    lambda inner: st.builds(str.format, shapes, inner, inner),
    max_leaves=12,
)


@pytest.mark.slow
@given(st.lists(figures, min_size=1, max_size=4))
@settings(max_examples=150, deadline=5_000)
def test_every_formula_has_a_score_or_a_reason_and_a_sentence_for_every_step(
    steps: list[str],
) -> None:
    named = "; ".join(f"s{number} = {step}" for number, step in enumerate(steps))
    total = " + ".join(f"s{number}" for number in range(len(steps)))
    try:
        expression = parse_formula(f"{named}; {total}")
    except BadFormula:
        reject()  # too deep, or zero below
    outcomes = compute(f"{named}; {total}", value="3 -1 /", target="4 0 1", previous="1 2 3")

    assert len(outcomes) == 3
    assert len(describe_rule(expression)) == len(steps) + 1
    assert sum(1 for _ in iterate_nodes(expression)) == count_nodes(expression)
