"""Quotas: the cap of each organ and of all together, pools, the link to unit grades."""

from datetime import date
from fractions import Fraction

import pytest

from kaohe.errors import BadInput
from kaohe.grading.apportionment import OpenTie
from kaohe.grading.quotas import PoolQuota
from tests.engine.grading.organs import (
    APPROVED,
    BEFORE_2021,
    DAY,
    DEPARTMENTS,
    POOLED,
    SINCE_2021,
    allocate,
    places,
    tell,
    tilt,
)


@pytest.mark.parametrize(("share", "number"), [("15%", 7), ("20%", 9), ("25%", 11)])
def test_e23_one_organ_of_forty_seven(share, number):
    assert allocate({"甲": 47}, caps=[{"share": share}]).places == number


def test_e24_each_organ_by_itself_keeps_below_its_own_cap():
    allocation = allocate(DEPARTMENTS)

    assert places(allocation) == {"甲": 0, "乙": 0, "丙": 1, "丁": 1, "戊": 1}
    assert (allocation.headcount, allocation.total, allocation.places) == (28, 5, 3)
    assert (allocation.rule, allocation.on) == ("Q", DAY)
    assert [each.cap for each in allocation.organs] == [0, 0, 1, 1, 1]
    assert [each.claim * 5 for each in allocation.organs] == [3, 4, 6, 7, 8]
    assert tell(allocation) == [
        "2019-12-31执行的比例上限为20%",
        "2019-12-31公务员合计28人，20% × 28 = 5.6，取整，总数5个",
        "甲：20% × 3 = 0.6，取整0",
        "乙：20% × 4 = 0.8，取整0",
        "丙：20% × 6 = 1.2，取整1",
        "丁：20% × 7 = 1.4，取整1",
        "戊：20% × 8 = 1.6，取整1",
        "合计3个：总数5个，余2个不分配，不超过上限5个",
    ]


@pytest.mark.parametrize(
    ("method", "name"),
    [("largest_remainder", "最大余数法"), ("quota_method", "巴林斯基—杨配额法")],
)
def test_e24_an_approved_pool_divides_its_five_places(method, name):
    allocation = allocate(DEPARTMENTS, pools=[POOLED], method=method)

    assert places(allocation) == {"甲": 0, "乙": 1, "丙": 1, "丁": 1, "戊": 2}
    assert allocation.pools == (PoolQuota("P", "副职一", 28, Fraction("5.6"), 5, 5),)
    assert {each.cap for each in allocation.organs} == {None}
    assert tell(allocation)[2] == "甲：20% × 3 = 0.6，归入P"
    assert tell(allocation)[7:9] == [
        "P（合并核定：测组〔2021〕2号）：应得合计5.6，取整5",
        f"P的5个名额在组内按{name}分配",
    ]


def test_a_pool_without_approval_is_only_a_subtotal():
    allocation = allocate(DEPARTMENTS, pools=[{**POOLED, "approval": ""}])

    assert places(allocation) == {"甲": 0, "乙": 0, "丙": 1, "丁": 1, "戊": 1}
    assert allocation.pools == (PoolQuota("P", "副职一", 28, Fraction("5.6"), None, 3),)


def test_organs_beside_a_pool_keep_their_own_cap():
    pool = {"code": "P", "organs": ["甲", "乙"], "approval": "测组〔2021〕2号"}

    allocation = allocate({"甲": 3, "乙": 4, "丙": 9}, pools=[pool])

    assert places(allocation) == {"甲": 0, "乙": 1, "丙": 1}
    assert allocation.organs[2].cap == 1


def test_the_cap_in_force_on_the_day_counts():
    caps = [BEFORE_2021, SINCE_2021]

    before = allocate({"甲": 40}, caps=caps, on=date(2020, 12, 31))
    since = allocate({"甲": 40}, caps=caps, on=date(2021, 1, 1))

    assert (before.share, before.places) == (Fraction("0.15"), 6)
    assert (since.share, since.places) == (Fraction("0.2"), 8)


def test_the_approved_share_needs_its_approval():
    without = allocate({"甲": 40}, caps=[SINCE_2021], on=date(2021, 1, 1))
    with_approval = allocate({"甲": 40}, caps=[APPROVED])

    assert (without.limit, without.organs[0].cap) == (Fraction("0.2"), 8)
    assert (with_approval.limit, with_approval.organs[0].cap) == (Fraction("0.25"), 10)
    assert with_approval.places == 8
    assert tell(with_approval)[0] == (
        "2019-12-31执行的比例上限为20%，经批准不超过25%（测组〔2021〕1号）"
    )


def test_a_day_without_a_cap_is_refused():
    with pytest.raises(BadInput) as caught:
        allocate({"甲": 40}, caps=[SINCE_2021], on=date(2020, 12, 31))

    assert caught.value.findings[0].kind == "quota-cap-missing"
    assert str(caught.value) == (
        "quotas.Q.caps: no cap is in force on 2020-12-31 → add a cap whose dates include that day"
    )


def test_shares_and_totals_above_the_cap_are_refused_together():
    with pytest.raises(BadInput) as caught:
        allocate(
            {"甲": 40}, caps=[SINCE_2021], on=date(2021, 1, 1),
            unit_grade_link={"一等次": "25%", "二等次": "20%"}, approved_total=9,
        )  # fmt: skip

    assert [each.wrong.zh for each in caught.value.findings] == [
        "“一等次”挂钩比例0.25高于上限0.2",
        "核定总数9超过上限8",
    ]
    assert [each.kind for each in caught.value.findings] == [
        "quota-share-above-cap",
        "quota-total-above-cap",
    ]
    assert str(caught.value).splitlines() == [
        'quotas.Q.unit_grade_link.一等次: the share 0.25 of "一等次" is above the cap 0.2'
        " → lower it, or state the `approval` of the cap",
        "quotas.Q.approved_total: the approved total 9 is above the cap 8"
        " → lower it, or state the `approval` of the cap",
    ]


LINK = {"一等次": "25%", "二等次": "20%", "三等次": "15%"}


def test_a_unit_grade_moves_the_share_within_the_total():
    allocation = allocate(
        {"甲": 40, "乙": 40, "丙": 40},
        caps=[APPROVED],
        unit_grade_link=LINK,
        grades={"甲": "一等次", "丙": "三等次"},
    )

    assert [each.share for each in allocation.organs] == [
        Fraction("0.25"), Fraction("0.2"), Fraction("0.15")
    ]  # fmt: skip
    assert places(allocation) == {"甲": 10, "乙": 8, "丙": 6}
    assert (allocation.total, allocation.places) == (24, 24)


@pytest.mark.parametrize(
    ("method", "name"),
    [("largest_remainder", "最大余数法"), ("quota_method", "巴林斯基—杨配额法")],
)
def test_too_many_first_grades_share_the_approved_total(method, name):
    allocation = allocate(
        {"甲": 40, "乙": 40, "丙": 60},
        caps=[APPROVED],
        unit_grade_link=LINK,
        method=method,
        grades={"甲": "一等次", "乙": "二等次", "丙": "一等次"},
    )

    # claims 10, 8 and 15; 28 places: quotas 8.48…, 6.78…, 12.72…
    assert places(allocation) == {"甲": 8, "乙": 7, "丙": 13}
    assert (allocation.total, allocation.places) == (28, 28)
    assert f"取整合计33个，超过总数28个，总数按{name}分配" in tell(allocation)


def test_a_smaller_approved_total_is_divided():
    allocation = allocate({"甲": 40, "乙": 20}, approved_total=7)

    assert places(allocation) == {"甲": 5, "乙": 2}
    assert tell(allocation)[1] == "2019-12-31公务员合计60人，按上限至多12个，核定总数7个"


def test_an_approved_total_may_reach_the_approved_share():
    assert allocate({"甲": 40}, caps=[APPROVED], approved_total=10).places == 8


def test_a_minimum_does_not_break_the_cap():
    small = allocate({"甲": 4, "乙": 40}, minimum=1, approved_total=8)
    scarce = allocate({"甲": 5, "乙": 60, "丙": 60}, minimum=1, approved_total=3)

    assert places(small) == {"甲": 0, "乙": 8}
    assert places(scarce) == {"甲": 1, "乙": 1, "丙": 1}


def test_a_minimum_holds_inside_a_pool_and_for_a_scarce_one():
    pool = {"code": "P", "organs": ["甲", "乙"], "approval": "测组〔2021〕2号"}

    inside = allocate({"甲": 3, "乙": 17}, pools=[pool], minimum=1)
    scarce = allocate({"甲": 3, "乙": 9, "丙": 98}, pools=[pool], minimum=1, approved_total=4)

    assert places(inside) == {"甲": 1, "乙": 3}
    assert places(scarce) == {"甲": 1, "乙": 1, "丙": 2}


def test_equal_organs_wait_for_a_decision():
    waiting = allocate({"甲": 5, "乙": 5}, approved_total=1)
    decided = allocate(
        {"甲": 5, "乙": 5},
        approved_total=1,
        tie_order=["乙", "甲"],
        tie_decision="常委会：乙任务重",
    )

    assert places(waiting) == {"甲": 0, "乙": 0}
    assert waiting.open_ties == (OpenTie(("乙", "甲"), 1),)
    assert places(decided) == {"甲": 0, "乙": 1}


def test_the_declared_tie_rule_reaches_the_division():
    fields = {"caps": [APPROVED], "unit_grade_link": {"A": "0.2", "B": "0.1"}, "approved_total": 1}
    grades = {"甲": "A", "乙": "B"}

    larger = allocate({"甲": 10, "乙": 20}, grades=grades, **fields)
    smaller = allocate({"甲": 10, "乙": 20}, grades=grades, tie="smaller_headcount", **fields)

    assert places(larger) == {"甲": 0, "乙": 1}
    assert places(smaller) == {"甲": 1, "乙": 0}


def test_the_two_methods_differ_and_the_declared_one_counts():
    headcounts = {"甲": 31, "乙": 30, "丙": 10}
    tilted = {"丁": 80, **headcounts}
    fields = {"caps": [APPROVED], "tilts": [tilt("丁", seats=4)]}

    assert places(allocate(headcounts, approved_total=10)) == {"甲": 4, "乙": 4, "丙": 2}
    assert places(allocate(headcounts, approved_total=10, method="quota_method")) == {
        "甲": 5, "乙": 4, "丙": 1
    }  # fmt: skip
    assert places(allocate(tilted, **fields)) == {"丁": 20, "甲": 4, "乙": 4, "丙": 2}
    assert places(allocate(tilted, method="quota_method", **fields)) == {
        "丁": 20, "甲": 5, "乙": 4, "丙": 1
    }  # fmt: skip
