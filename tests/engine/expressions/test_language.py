import pytest
from tests.engine.expressions.formulas import compute, say

from kaohe.expressions.language import parse_formula
from kaohe.expressions.nodes import (
    Add,
    All,
    Compare,
    Divide,
    Facet,
    Multiply,
    Named,
    Node,
    Peer,
    Subtract,
    When,
    as_node,
    list_steps,
)
from kaohe.expressions.writing import POINTS, TARGET, VALUE
from kaohe.language import Text

ZERO, ONE, TWO = as_node(0), as_node(1), as_node(2)


@pytest.mark.parametrize(
    ("formula", "node"),
    [
        ("x", VALUE),
        ("(x)", VALUE),
        ("x + t + 1", Add((VALUE, TARGET, ONE))),
        ("x + (t + 1)", Add((VALUE, Add((TARGET, ONE))))),
        ("x - t - 1", Subtract(Subtract(VALUE, TARGET), ONE)),
        ("x - (t - 1)", Subtract(VALUE, Subtract(TARGET, ONE))),
        ("x * t * 2", Multiply((VALUE, TARGET, TWO))),
        ("x / t / 2", Divide(Divide(VALUE, TARGET), TWO)),
        ("x / t * w", Multiply((Divide(VALUE, TARGET), POINTS))),
        ("1 + x * 2", Add((ONE, Multiply((VALUE, TWO))))),
        ("(1 + x) * 2", Multiply((Add((ONE, VALUE)), TWO))),
        ("-x * 2", Multiply((Subtract(ZERO, VALUE), TWO))),
        ("1 - -x", Subtract(ONE, Subtract(ZERO, VALUE))),
        ("--+x", VALUE),
        ("-2", as_node(-2)),
        (
            "if x >= t then 1 else 2",
            When(Compare(VALUE, ">=", TARGET), ONE, TWO),
        ),
        (
            "if 0 < x <= t and t != 1 then 1 else 2",
            When(
                All((
                    Compare(ZERO, "<", VALUE),
                    Compare(VALUE, "<=", TARGET),
                    Compare(TARGET, "!=", ONE),
                )),
                ONE,
                TWO,
            ),
        ),
        (
            "若 x == 1 且 t > x 则 1 否则 如果 x < t 则 2 其余 0",
            When(
                All((Compare(VALUE, "==", ONE), Compare(TARGET, ">", VALUE))),
                ONE,
                When(Compare(VALUE, "<", TARGET), TWO, ZERO),
            ),
        ),
    ],
)  # fmt: skip
def test_a_formula_is_read_as_it_is_meant(formula: str, node: Node) -> None:
    assert parse_formula(formula) == Named("score", Text("得分", "score"), node)


@pytest.mark.parametrize(
    ("formula", "outcomes"),
    [
        ("x / t * w", "12 7.5 empty"),
        ("w * 50%", "5 5 5"),
        ("0.125 + 12.5%", "0.25 0.25 0.25"),
        ("1 / 3", "1/3 1/3 1/3"),
        ("x - t", "20 -5 empty"),
        ("if x >= t then w else 0", "10 0 empty"),
        ("if w >= 10 then 1 else x", "1 1 1"),
        ("w / (x - 15)", "2/21 cannot be scored: the divisor is zero empty"),
        ("w * x / pool_max(x)", "10 1.25 empty"),
        ("１２０－ｘ", "0 105 empty"),
    ],
)
def test_formulas_are_computed_exactly(formula: str, outcomes: str) -> None:
    said = outcomes.replace("cannot be scored: the divisor is zero", "_").split()

    assert compute(formula, value="120 15 /", target="100 20 30") == [
        "cannot be scored: the divisor is zero" if word == "_" else word for word in said
    ]


STEPS = "gap = x - t; score = if gap >= 0 then w else max(0, w - 0.5 * ceil(0 - gap))"


@pytest.mark.parametrize(
    "formula",
    [
        STEPS,
        STEPS.replace("; ", "\n").replace("score", "得分"),
        STEPS.replace("score = ", ""),
        f"\n;{STEPS};\n\n",
        STEPS.replace("max(0,", "max(\n  0,\n "),
    ],
)
def test_steps_are_parted_by_semicolons_and_line_ends(formula: str) -> None:
    assert compute(formula, value="100 99.4 70", target="100 100 100") == ["10", "9.5", "0"]
    assert [step.name for step in list_steps(parse_formula(formula))] == ["gap", "score"]


def test_steps_and_outcome_are_said_in_both_languages() -> None:
    assert say(STEPS, "zh") == [
        "gap = 完成值 − 目标值",
        "得分 = 若 gap ≥ 0，则为 分值；否则取 0 与 分值 − 0.5 × （（−gap） 每 1 为一步（不足一步按一步）） 的较大者",
    ]
    assert say(STEPS, "en") == [
        "gap = value − target",
        "score = if gap ≥ 0: points; otherwise: the greater of 0 and "
        "points − 0.5 × ((−gap) ÷ 1, a begun step counts whole)",
    ]


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("min(x, t) * 2", "得分 = （取 完成值 与 目标值 的较小者） × 2"),
        ("max(x, min(t, 2))", "得分 = 取 完成值 与 （取 目标值 与 2 的较小者） 的较大者"),
        ("clamp(x, max(0, t), 9)", "得分 = 完成值，不低于 （取 0 与 目标值 的较大者）、不高于 9"),
        ("round(x + t, 1)", "得分 = （完成值 + 目标值）（四舍五入保留 1 位小数）"),
        ("x / (t * 2)", "得分 = 完成值 ÷ （目标值 × 2）"),
        ("x - (t - 1)", "得分 = 完成值 − （目标值 − 1）"),
        ("if x > 1 then (if t > 1 then 1 else 2) else 3",
         "得分 = 若 完成值 > 1，则为 （若 目标值 > 1，则为 1；否则为 2）；否则为 3"),
        ("bands(if x > 1 then x else t, 0, 1, 2)",
         "得分 = 按 （若 完成值 > 1，则为 完成值；否则为 目标值） 分档：≥ 1 → 2；其余 → 0"),
        ("curve(max(x, t), 0, 0, 1, 1)",
         "得分 = 按 （取 完成值 与 目标值 的较大者） 在折线 (0, 0)、(1, 1) 上取值（首点之前取端点值，末点之后取端点值）"),
    ],
)  # fmt: skip
def test_sentences_can_be_read_one_way_only(formula: str, said: str) -> None:
    assert say(formula, "zh") == [said]


def test_facets_of_the_schemes_own_are_called_by_their_label() -> None:
    expression = parse_formula("人口 / area", facets={"people": "人口", "area": "面积"})

    assert expression.of == Divide(
        Facet("people", Text("人口", "人口")), Facet("area", Text("面积", "面积"))
    )


def test_a_step_that_one_side_alone_needs_is_written_out_there() -> None:
    formula = "loss = 0.5 * (t - x); if x >= t then w else w - loss"

    assert [step.name for step in list_steps(parse_formula(formula))] == ["score"]
    assert say(formula, "zh") == [
        "得分 = 若 完成值 ≥ 目标值，则为 分值；否则为 分值 − 0.5 × （目标值 − 完成值）"
    ]
    assert compute(formula, value="100 90", target="100 100") == ["10", "5"]


def test_a_step_the_pool_is_asked_about_stays_a_step() -> None:
    formula = "rate = x / t; if x > 0 then w * rate / pool_max(rate) else 0"
    rate = Named("rate", Text("rate", "rate"), Divide(VALUE, TARGET))

    assert parse_formula(formula).of == When(
        Compare(VALUE, ">", ZERO),
        Divide(Multiply((POINTS, rate)), Peer("max", rate)),
        ZERO,
    )
    assert compute(formula, value="50 80 0", target="100 100 100") == ["6.25", "10", "0"]


def test_a_step_may_use_steps_before_it() -> None:
    formula = "甲 = x + 1\n乙 = 甲 * 甲\n得分 = 乙 - 甲"

    assert compute(formula, value="2 -1") == ["6", "0"]
    assert [step.label for step in list_steps(parse_formula(formula))] == [
        Text("甲", "甲"),
        Text("乙", "乙"),
        Text("得分", "score"),
    ]
