from typing import Any

import pytest
from tests.engine.rules.cases import list_labels, make_rule, refuse_rule, score
from tests.engine.scheme.drafts import change

from kaohe.rules.catalogue import BY_NAME
from kaohe.rules.custom import CustomFormula
from kaohe.rules.method import Method
from kaohe.scheme.json_schema import write_json_schema
from kaohe.scheme.reading import read_model


def custom(calculation: str, **facets: str) -> Method:
    return make_rule("custom", calculation=calculation, facets=facets)


@pytest.mark.parametrize("name", ["custom", "R32", "自定义公式"])
def test_it_is_called_by_name_code_and_title(name: str) -> None:
    rule = make_rule(name, calculation="x")

    assert rule == CustomFormula(calculation="x")
    assert BY_NAME["custom"] is CustomFormula
    assert '"CustomFormula"' in write_json_schema()


def test_x_over_t_times_w_is_the_ratio_to_target_without_a_cap() -> None:
    figures: dict[str, Any] = {"value": "120 60 0 33.3 /", "target": "100 80 30 70 5"}
    ratio = make_rule("R01", cap=1000)

    assert score(custom("x / t * w"), points="10", **figures) == score(
        ratio, points="10", **figures
    )
    assert score(custom("x / t * w"), points="10", **figures) == [
        "12",
        "7.5",
        "0",
        "333/70",
        "empty",
    ]


def test_points_lost_by_steps_begun() -> None:
    rule = custom("缺口 = 最大(0, 目标值 - 完成值)\n得分 = 最大(0, 分值 - 进步数(缺口, 5))")

    assert score(rule, points="10", value="100 97 95 94.9 30", target="100 100 100 100 100") == [
        "10", "9", "9", "8", "0",
    ]  # fmt: skip
    assert list_labels(rule) == ["缺口 缺口 缺口", "score 得分 score"]


def test_the_better_end_of_the_pool_comes_first() -> None:
    rule = custom("w * (n + 1 - pool_rank(x)) / n")

    assert score(rule, points="9", value="3 1 2") == ["9", "3", "6"]
    assert score(rule, points="9", value="3 1 2", higher=False) == ["3", "9", "6"]


def test_facets_of_the_schemes_own_are_read_by_key_and_by_label() -> None:
    rule = custom("w * 人均收入 / area", income="人均收入", area="面积（公顷）")

    assert score(rule, points="10", income="6 3", area="2 4") == ["30", "7.5"]
    assert score(rule, points="10", income="6 /", area="0 4") == [
        "cannot be scored: the divisor is zero", "empty",
    ]  # fmt: skip


def test_parts_of_an_indicator_may_each_have_a_formula() -> None:
    part = {"method": "custom", "calculation": "rate = x / t; w * rate / pool_max(rate)"}
    growth = {"rule": part, "share": "40%", "name": "增幅", "facets": {"value": "growth"}}
    rule = make_rule("components", parts=[{"rule": part, "share": "60%", "name": "总量"}, growth])

    found = score(rule, points="10", value="50 100", growth="8 4", target="100 100")

    assert found == ["7", "8"]
    assert list_labels(rule) == [
        "a_rate 总量·rate 总量 · rate", "a_score 总量·得分 总量 · score",
        "b_rate 增幅·rate 增幅 · rate", "b_score 增幅·得分 增幅 · score",
        "score 得分 score",
    ]  # fmt: skip


def test_no_direction_is_promised() -> None:
    assert not CustomFormula.is_monotone


@pytest.mark.parametrize(
    ("calculation", "said"),
    [
        (
            "x / q",
            "第 5 个字符处没有“q”这个名称；可用 x、t、prev、w、数据项、前面各步的名称和函数；本方案自有的数据项请写入 facets\n"
            'at character 5: nothing is called "q"; use x, t, prev, w, facets, earlier steps and functions; '
            "list facets of your own under `facets`",
        ),
        (
            "",
            "第 1 个字符处没有料到公式末尾；这里应是数、名称或括号\n"
            "at character 1: the end of the formula was not expected; a number, a name or a bracket belongs here",
        ),
    ],
)
def test_a_formula_that_cannot_be_read_is_refused(calculation: str, said: str) -> None:
    assert refuse_rule("custom", calculation=calculation) == [said]


@pytest.mark.parametrize(
    ("facets", "word"),
    [
        ({"x": "甲"}, "x"),
        ({"value": "甲"}, "value"),
        ({"gdp": "目标值"}, "目标值"),
        ({"gdp": "如果"}, "如果"),
        ({"min": "甲"}, "min"),
        ({"score": "甲"}, "score"),
        ({"gdp": "甲", "tax": "甲"}, "甲"),
        ({"gdp": "tax", "tax": "税收"}, "tax"),
    ],
)
def test_a_facet_of_the_schemes_own_needs_a_free_name(facets: dict[str, str], word: str) -> None:
    assert refuse_rule("custom", calculation="x", facets=facets) == [
        f"facets 中的名称“{word}”已有含义；请另起名称\n"
        f'the name "{word}" in facets already has a meaning; choose another name'
    ]


def test_a_key_may_be_its_own_label() -> None:
    assert score(custom("gdp", gdp="gdp"), gdp="5") == ["5"]


@pytest.mark.parametrize("facets", [{"GDP": "甲"}, {"gdp": ""}, {"gdp": "甲" * 41}])
def test_keys_and_labels_of_facets_have_a_form(facets: dict[str, str]) -> None:
    assert len(refuse_rule("custom", calculation="x", facets=facets)) == 1


def test_the_scheme_says_line_column_reason_and_remedy() -> None:
    rule = "rule: {method: custom, calculation: w * min(x / t)}"

    model, findings = read_model(change("rule: {method: efficacy_coefficient}", rule))

    assert model is None
    assert [finding.say("en") for finding in findings] == [
        "small.yaml · line 20 · indicators[0].children[0].rule: at character 5: "
        "min does not take 1 argument → write min(a, b, …)"
    ]
