"""How a division of places is told, place by place."""

from fractions import Fraction

import pytest

from kaohe.grading.apportionment import Claim, apportion_places
from tests.engine.grading.claims import claims_of


def test_largest_remainder_tells_whole_parts_then_remainders():
    outcome = apportion_places(claims_of([3, 4, 6, 7, 8]), 5)

    assert [step.text.zh for step in outcome.steps] == [
        "丁：应得1.4，先得1",
        "丙：应得1.2，先得1",
        "乙：应得0.8，先得0",
        "戊：应得1.6，先得1",
        "甲：应得0.6，先得0",
        "第4个：乙，应得0.8，已有0，尚差0.8",
        "第5个：戊，应得1.6，已有1，尚差0.6（与甲并列，人数多者先得）",
    ]


def test_quota_method_tells_every_place():
    outcome = apportion_places(claims_of([3, 4, 6, 7, 8]), 5, method="quota_method")

    assert [step.text.zh for step in outcome.steps] == [
        "第1个：戊，1.6 ÷ 1 = 1.6",
        "第2个：丁，1.4 ÷ 1 = 1.4",
        "第3个：丙，1.2 ÷ 1 = 1.2",
        "第4个：戊，1.6 ÷ 2 = 0.8（与乙并列，人数多者先得）",
        "第5个：乙，0.8 ÷ 1 = 0.8",
    ]


def test_every_sentence_stands_in_english_too():
    claims = claims_of([5, 5, 5, 20])

    remainders = apportion_places(claims, 4)
    quotients = apportion_places(claims, 3, method="quota_method")

    assert [step.text.en for step in remainders.steps] == [
        "丁: quota 4 × 4 ÷ 7 = 2.2857…, first 2",
        "丙: quota 4 × 1 ÷ 7 = 0.5714…, first 0",
        "乙: quota 4 × 1 ÷ 7 = 0.5714…, first 0",
        "甲: quota 4 × 1 ÷ 7 = 0.5714…, first 0",
        "place 3: 丙, quota 0.5714…, has 0, lacks 0.5714… (tied with 乙, 甲; equal in everything)",
        "place 4: 乙, quota 0.5714…, has 0, lacks 0.5714… (tied with 甲; equal in everything)",
        "丙, 乙, 甲 are equal in everything; 2 places need a decision",
    ]
    assert quotients.steps[1].text.en == "place 2: 丁, 4 ÷ 2 = 2"


@pytest.mark.parametrize(
    ("claims", "fields", "zh", "en"),
    [
        (
            [Claim("甲", Fraction("0.5"), 5, 5), Claim("乙", Fraction("0.5"), 10, 5)],
            {},
            "第1个：乙，0.5 ÷ 1 = 0.5（与甲并列，人数多者先得）",
            "place 1: 乙, 0.5 ÷ 1 = 0.5 (tied with 甲; the larger headcount first)",
        ),
        (
            [Claim("甲", Fraction("0.5"), 5, 5), Claim("乙", Fraction("0.5"), 10, 5)],
            {"tie": "smaller_headcount"},
            "第1个：甲，0.5 ÷ 1 = 0.5（与乙并列，人数少者先得）",
            "place 1: 甲, 0.5 ÷ 1 = 0.5 (tied with 乙; the smaller headcount first)",
        ),
        (
            [Claim("甲", Fraction("0.5"), 5, 5), Claim("乙", Fraction("0.5"), 5, 5)],
            {"tie_order": ["乙", "甲"]},
            "第1个：乙，0.5 ÷ 1 = 0.5（与甲并列，条件相同，按研究决定的先后）",
            "place 1: 乙, 0.5 ÷ 1 = 0.5 (tied with 甲; equal in everything, in the order decided)",
        ),
        (
            [Claim("甲", Fraction("0.5"), 5, 5), Claim("乙", Fraction("0.5"), 5, 5)],
            {"tie_order": ["乙"]},
            "第1个：乙，0.5 ÷ 1 = 0.5（与甲并列，条件相同）",
            "place 1: 乙, 0.5 ÷ 1 = 0.5 (tied with 甲; equal in everything)",
        ),
    ],
)
def test_what_decided_between_tied_organs_is_told(claims, fields, zh, en):
    outcome = apportion_places(claims, 1, method="quota_method", **fields)

    assert (outcome.steps[0].text.zh, outcome.steps[0].text.en) == (zh, en)


def test_a_larger_claim_that_decided_is_told():
    claims = [Claim("甲", Fraction("0.5"), 5, 5), Claim("乙", Fraction("1.5"), 5, 5)]

    outcome = apportion_places(claims, 2)

    assert outcome.steps[-1].text.zh == (
        "第2个：乙，应得1.5，已有1，尚差0.5（与甲并列，人数相同，理论名额多者先得）"
    )
    assert outcome.steps[-1].text.en == (
        "place 2: 乙, quota 1.5, has 1, lacks 0.5 (tied with 甲; equal headcounts, the larger claim first)"
    )


def test_who_was_passed_over_to_stay_within_quota_is_told():
    claims = claims_of([86, 5, 5, 4], Fraction(1))

    step = apportion_places(claims, 10, method="quota_method").steps[7]

    assert step.text.zh == (
        "第8个：丙，5 ÷ 1 = 5（与乙并列，条件相同）（甲再得一个即超过应得数进整，不计）"
    )
    assert step.text.en == (
        "place 8: 丙, 5 ÷ 1 = 5 (tied with 乙; equal in everything) (甲 would exceed the quota rounded up)"
    )


def test_who_would_have_come_first_at_a_tie_is_passed_over_too():
    claims = claims_of([9, 3, 2], Fraction(1))

    outcome = apportion_places(claims, 3, method="quota_method")

    assert [step.text.zh for step in outcome.steps] == [
        "第1个：甲，9 ÷ 1 = 9",
        "第2个：甲，9 ÷ 2 = 4.5",
        "第3个：乙，3 ÷ 1 = 3（甲再得一个即超过应得数进整，不计）",
    ]


def test_who_has_its_most_is_not_passed_over():
    claims = [Claim("甲", Fraction(9), 9, 1), Claim("乙", Fraction(1), 1, 1)]

    outcome = apportion_places(claims, 2, method="quota_method")

    assert [step.text.zh for step in outcome.steps] == [
        "第1个：甲，9 ÷ 1 = 9",
        "第2个：乙，1 ÷ 1 = 1",
    ]
