"""Sentences written out in both languages: every node, and the first five rules."""

from typing import Any

import pytest

from kaohe.expressions.nodes import Named
from kaohe.expressions.writing import clamp
from kaohe.language import Text
from kaohe.renderings.prose import describe_peer, describe_rule
from kaohe.rules.catalogue import BY_NAME
from tests.engine.renderings.samples import SAMPLES, STEP, A, B

SENTENCES = {
    "constant": Text(
        "2.5",
        "2.5",
    ),
    "parameter": Text(
        "加分 0.25",
        "gain (0.25)",
    ),
    "points": Text(
        "分值",
        "points",
    ),
    "facet": Text(
        "a",
        "a",
    ),
    "facet nobody has": Text(
        "c",
        "c",
    ),
    "least of the pool": Text(
        "组内最小a",
        "the pool's least a",
    ),
    "greatest of the others": Text(
        "组内最大a（不含本单位）",
        "the pool's greatest a (the unit itself left out)",
    ),
    "least of the others": Text(
        "组内最小a（不含本单位）",
        "the pool's least a (the unit itself left out)",
    ),
    "mean": Text(
        "组内平均a",
        "the pool's mean a",
    ),
    "mean of the others": Text(
        "组内平均a（不含本单位）",
        "the pool's mean a (the unit itself left out)",
    ),
    "sum of a step": Text(
        "组内两倍合计",
        "the pool's sum of doubled",
    ),
    "sum of the others": Text(
        "组内a合计（不含本单位）",
        "the pool's sum of a (the unit itself left out)",
    ),
    "greatest of what may be refused": Text(
        "组内最大份额",
        "the pool's greatest share",
    ),
    "mean of the others' that may be refused": Text(
        "组内平均份额（不含本单位）",
        "the pool's mean share (the unit itself left out)",
    ),
    "place of what may be refused": Text(
        "份额从高到低在组内的位次（并列取平均）",
        "the place of share in the pool from high to low (ties take the average)",
    ),
    "count": Text(
        "组内有a的单位数",
        "the number of units in the pool with a",
    ),
    "count of the others": Text(
        "组内有a的单位数（不含本单位）",
        "the number of units in the pool with a (the unit itself left out)",
    ),
    "place": Text(
        "a从高到低在组内的位次（并列取前位）",
        "the place of a in the pool from high to low (ties take the better place)",
    ),
    "average place, less is better": Text(
        "a从低到高在组内的位次（并列取平均）",
        "the place of a in the pool from low to high (ties take the average)",
    ),
    "highest place": Text(
        "a从高到低在组内的位次（并列取后位）",
        "the place of a in the pool from high to low (ties take the worse place)",
    ),
    "dense place of a step": Text(
        "两倍从高到低在组内的位次（并列不占位）",
        "the place of doubled in the pool from high to low (ties take one place)",
    ),
    "points by place": Text(
        "按a从高到低在组内的位次（并列取前位）依次得 9、7、4，其后得 4",
        "by the place of a in the pool from high to low (ties take the better place): 9, 7, 4, then 4",
    ),
    "points by shared place": Text(
        "按a从高到低在组内的位次（并列取平均）依次得 9、7，其后得 1",
        "by the place of a in the pool from high to low (ties take the average): 9, 7, then 1",
    ),
    "sum of terms": Text(
        "a + b + 1",
        "a + b + 1",
    ),
    "difference": Text(
        "a − b",
        "a − b",
    ),
    "product": Text(
        "a × b × 2",
        "a × b × 2",
    ),
    "quotient": Text(
        "a ÷ b",
        "a ÷ b",
    ),
    "quotient or not applicable": Text(
        "a ÷ b（除数为零时：不适用）",
        "a ÷ b (not applicable where the divisor is zero)",
    ),
    "quotient or a value": Text(
        "a ÷ b（除数为零时：1）",
        "a ÷ b (1 where the divisor is zero)",
    ),
    "minimum": Text(
        "取 a、b 与 2 的最小者",
        "the least of a, b and 2",
    ),
    "maximum": Text(
        "取 a 与 b 的较大者",
        "the greater of a and b",
    ),
    "clamp": Text(
        "a，不低于 0、不高于 2",
        "a, not below 0, not above 2",
    ),
    "clamp from below": Text(
        "a，不低于 b",
        "a, not below b",
    ),
    "when": Text(
        "若 a > 1，则为 a × 10；否则为 0",
        "if a > 1: a × 10; otherwise: 0",
    ),
    "when both": Text(
        "若 a ≥ 1.5 且 b ≤ 0，则为 1；否则为 2",
        "if a ≥ 1.5 and b ≤ 0: 1; otherwise: 2",
    ),
    "bands": Text(
        "按 a 分档：≥ 3 → 4；≥ 1.5 → 7；≥ 0 → 9；其余 → -1",
        "by band of a: ≥ 3 → 4; ≥ 1.5 → 7; ≥ 0 → 9; else → -1",
    ),
    "lookup": Text(
        "按 a 查表：0 → 9；1.5 → 7；3 → 4",
        "by a: 0 → 9; 1.5 → 7; 3 → 4",
    ),
    "lookup with the rest": Text(
        "按 a 查表：0 → 9；1.5 → 7；3 → 4；其余 → 0",
        "by a: 0 → 9; 1.5 → 7; 3 → 4; else → 0",
    ),
    "curve": Text(
        "按 a 在折线 (0, 9)、(1.5, 7)、(3, 4) 上取值（首点之前取端点值，末点之后取端点值）",
        "a along the line through (0, 9), (1.5, 7), (3, 4) (level before the first point, level after the last)",
    ),
    "curve going on": Text(
        "按 a 在折线 (0, 9)、(1.5, 7)、(3, 4) 上取值（首点之前按直线延伸，末点之后按直线延伸）",
        "a along the line through (0, 9), (1.5, 7), (3, 4) (straight on before the first point, straight on after the last)",
    ),
    "steps in parts": Text(
        "a 每 2 为一步（按比例计步）",
        "a ÷ 2, parts of a step count",
    ),
    "whole steps": Text(
        "a 每 2 为一步（满一步计一步）",
        "a ÷ 2, whole steps only",
    ),
    "begun steps": Text(
        "a 每 2 为一步（不足一步按一步）",
        "a ÷ 2, a begun step counts whole",
    ),
    "steps of nothing": Text(
        "a 每 b 为一步（满一步计一步）",
        "a ÷ b, whole steps only",
    ),
    "half up": Text(
        "a（四舍五入保留整数）",
        "a rounded to a whole number (half up)",
    ),
    "half even": Text(
        "a（四舍六入五成双保留整数）",
        "a rounded to a whole number (half even)",
    ),
    "away from zero": Text(
        "a（只入不舍保留 1 位小数）",
        "a rounded to 1 decimal (away from zero)",
    ),
    "towards zero": Text(
        "a（只舍不入保留整数）",
        "a rounded to a whole number (towards zero)",
    ),
    "down": Text(
        "a（向下取整保留 2 位小数）",
        "a rounded to 2 decimals (down)",
    ),
    "up": Text(
        "a（向上取整保留 2 位小数）",
        "a rounded to 2 decimals (up)",
    ),
    "to tens": Text(
        "（a × 3）（四舍六入五成双到 10 的倍数）",
        "(a × 3) rounded to a multiple of 10 (half even)",
    ),
    "weighted mean": Text(
        "加权平均（a × 3；b × 1）",
        "the weighted mean of a × 3; b × 1",
    ),
    "weighted mean of those there": Text(
        "加权平均（a × 3；b × 1；缺项不计，其余按权重折算）",
        "the weighted mean of a × 3; b × 1, without what is absent",
    ),
    "require": Text(
        "a（须 b > 0，否则不计分）",
        "a (requires b > 0, otherwise not scored)",
    ),
    "named": Text(
        "两倍",
        "doubled",
    ),
}

STEPS: dict[str, Any] = {
    "gain": 1, "gain_step": 1, "gain_mode": "floor", "gain_cap": 2,
    "loss": "0.5", "loss_step": 1, "loss_mode": "linear",
}  # fmt: skip


def tell(method: str, **parameters: Any) -> list[Text]:
    rule = BY_NAME[method](**parameters)
    return [step.sentence for step in describe_rule(rule.expression(higher_is_better=True))]


@pytest.mark.parametrize(("name", "sentence"), SENTENCES.items())
def test_a_node_reads(name: str, sentence: Text) -> None:
    described = describe_rule(Named("x", Text("某步", "a step"), SAMPLES[name]))[-1]

    assert described.label == Text("某步", "a step")
    assert described.sentence == Text(f"某步 = {sentence.zh}", f"a step = {sentence.en}")


def test_every_sample_has_its_sentence() -> None:
    assert list(SENTENCES) == list(SAMPLES)


def test_sums_stand_in_brackets_inside_products() -> None:
    node = Named("x", Text("某步", "a step"), (A + B) * (A - (B - 1)) / (0 - A))

    assert describe_rule(node)[-1].sentence == Text(
        "某步 = （a + b） × （a − （b − 1）） ÷ （−a）", "a step = (a + b) × (a − (b − 1)) ÷ (−a)"
    )
    assert describe_rule(Named("x", Text("某步", "a step"), clamp(A, 0) * 2))[-1].sentence == Text(
        "某步 = （a，不低于 0） × 2", "a step = (a, not below 0) × 2"
    )


def test_a_step_is_called_by_its_label_and_told_once_before() -> None:
    score = Named("score", Text("得分", "score"), STEP + STEP)

    assert [step.name for step in describe_rule(score)] == ["doubled", "score"]
    assert describe_rule(score)[-1].sentence == Text(
        "得分 = 两倍 + 两倍", "score = doubled + doubled"
    )


def test_what_is_asked_of_the_pool_is_told_alone() -> None:
    assert describe_peer(SAMPLES["mean"]) == Text("组内平均a", "the pool's mean a")


def test_steps_around_a_target() -> None:
    assert tell("target_steps", **STEPS) == [
        Text(
            "与目标的差距 = 完成值 − 目标值",
            "gap to the target = value − target",
        ),
        Text(
            "步数 = 若 与目标的差距 ≥ 0，则为 与目标的差距 每 加分步长 1 为一步（满一步计一步）；否则为 （目标值 − 完成值） 每 扣分步长 1 为一步（按比例计步）",
            "steps = if gap to the target ≥ 0: gap to the target ÷ step above the target (1), whole steps only; otherwise: (target − value) ÷ step below the target (1), parts of a step count",
        ),
        Text(
            "加扣分 = 若 与目标的差距 ≥ 0，则取 每步加分 1 × 步数 与 加分上限 2 的较小者；否则为 −（每步扣分 0.5 × 步数）",
            "points gained or lost = if gap to the target ≥ 0: the lesser of gain per step (1) × steps and cap on the gain (2); otherwise: −(loss per step (0.5) × steps)",
        ),
        Text(
            "得分 = 取 分值 + 加扣分 与 0 的较大者",
            "score = the greater of points + points gained or lost and 0",
        ),
    ]


def test_the_efficacy_coefficient() -> None:
    assert tell("efficacy_coefficient") == [
        Text(
            "功效系数 = （完成值 − 组内最小完成值） ÷ （组内最大完成值 − 组内最小完成值）（除数为零时：1），不低于 0、不高于 1",
            "efficacy = (value − the pool's least value) ÷ (the pool's greatest value − the pool's least value) (1 where the divisor is zero), not below 0, not above 1",
        ),
        Text(
            "百分制得分 = 基础分 60 + 功效分 40 × 功效系数",
            "score in per cent = base (60) + span (40) × efficacy",
        ),
        Text(
            "得分 = 分值 × 百分制得分 ÷ 100（须 组内有数的单位数 ≥ 3，否则不计分）",
            "score = points × score in per cent ÷ 100 (requires the number of units in the pool with a figure ≥ 3, otherwise not scored)",
        ),
    ]


def test_points_by_place() -> None:
    assert tell("place", table=["60", "57", "54"], ties="average") == [
        Text(
            "得分 = 按完成值从高到低在组内的位次（并列取平均）依次得 60、57、54，其后得 54（须 组内有数的单位数 ≥ 3，否则不计分）",
            "score = by the place of value in the pool from high to low (ties take the average): 60, 57, 54, then 54 (requires the number of units in the pool with a figure ≥ 3, otherwise not scored)",
        ),
    ]
    assert tell("place", step="0.5") == [
        Text(
            "位次 = 完成值从高到低在组内的位次（并列取前位）",
            "place = the place of value in the pool from high to low (ties take the better place)",
        ),
        Text(
            "得分 = 取 分值 − 每退一位减分 0.5 × （位次 − 1） 与 最低得分 0 的较大者（须 组内有数的单位数 ≥ 3，否则不计分）",
            "score = the greater of points − points lost per place (0.5) × (place − 1) and lowest score (0) (requires the number of units in the pool with a figure ≥ 3, otherwise not scored)",
        ),
    ]


def test_tapering_around_the_mean() -> None:
    assert tell("mean_taper") == [
        Text(
            "与平均值的差距 = 完成值 − 组内平均完成值",
            "gap to the mean = value − the pool's mean value",
        ),
        Text(
            "递减系数 = 按 与平均值的差距 在折线 (-30, -47/120)、(-20, -7/24)、(-10, -1/6)、(0, 0)、(10, 0.5)、(20, 0.75)、(30, 11/12) 上取值（首点之前按直线延伸，末点之后按直线延伸）",
            "taper = gap to the mean along the line through (-30, -47/120), (-20, -7/24), (-10, -1/6), (0, 0), (10, 0.5), (20, 0.75), (30, 11/12) (straight on before the first point, straight on after the last)",
        ),
        Text(
            "得分 = 取 分值 × （1 + 递减系数） 与 得分下限 0 的较大者",
            "score = the greater of points × (1 + taper) and lowest score (0)",
        ),
    ]


def test_awards() -> None:
    assert tell("awards", levels={"city": "0.5"}) == [
        Text(
            "得分 = 事项计分，不低于 0、不高于 分值",
            "score = points of matters, not below 0, not above points",
        ),
    ]
