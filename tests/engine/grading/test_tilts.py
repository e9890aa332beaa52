"""Tilts: what is added, who gives, and the caps that hold."""

import pytest

from kaohe.grading.apportionment import OpenTie
from tests.engine.grading.organs import APPROVED, allocate, places, tell, tilt


def test_a_redistributed_tilt_takes_from_the_others():
    allocation = allocate(
        {"甲": 50, "乙": 40, "丙": 30, "丁": 40},
        caps=[APPROVED],
        tilts=[tilt("丁", points_share="5%")],
    )

    assert places(allocation) == {"甲": 9, "乙": 7, "丙": 6, "丁": 10}
    assert [(each.gained, each.given) for each in allocation.organs] == [
        (0, 1), (0, 1), (0, 0), (2, 0)
    ]  # fmt: skip
    assert allocation.places == allocation.total == 32
    assert (
        "倾斜（防疫一线，调剂）：丁（20% × 40 = 8，25% × 40 = 10）现有8个，应增2个，实增2个"
    ) in tell(allocation)
    assert tell(allocation)[-3:] == [
        "甲让出1个", "乙让出1个", "合计32个：总数32个，不超过上限40个"
    ]  # fmt: skip


def test_an_additional_tilt_leaves_the_others_alone():
    allocation = allocate(
        {"甲": 50, "乙": 40},
        caps=[APPROVED],
        tilts=[tilt("乙", kind="additional", seats=2, approval="测组〔2021〕3号")],
    )

    assert places(allocation) == {"甲": 10, "乙": 10}
    assert (allocation.total, allocation.added, allocation.places) == (18, 2, 20)
    assert tell(allocation)[-2:] == [
        "倾斜（防疫一线，另增 测组〔2021〕3号）：乙现有8个，应增2个，实增2个",
        "合计20个：总数18个，另增2个，不超过上限22个",
    ]


@pytest.mark.parametrize("kind", ["additional", "redistributed"])
def test_no_tilt_lifts_an_organ_above_its_cap(kind):
    fields = {"tilts": [tilt("乙", kind=kind, seats=3, approval="测组〔2021〕3号")]}

    ordinary = allocate({"甲": 50, "乙": 40}, **fields)
    approved = allocate({"甲": 50, "乙": 40}, caps=[APPROVED], **fields)

    assert places(ordinary) == {"甲": 10, "乙": 8}
    assert places(approved)["乙"] == 10
    assert tell(ordinary)[-2].endswith("应增3个，实增0个，其余受上限或可调剂数所限")


def test_an_additional_tilt_stays_within_the_cap_of_all_together():
    many = {f"U{i}": 7 for i in range(4)}
    tilts = [
        tilt(*many, kind="additional", seats=1, approval="测组〔2021〕3号"),
    ]
    pool = {"code": "P", "organs": list(many), "approval": "测组〔2021〕2号"}

    # 28 persons: 5 places at 20 %, at most 7 at 25 %
    allocation = allocate(
        many, caps=[APPROVED], pools=[pool], tilts=tilts,
        tie_order=["U2", "U0", "U1", "U3"], tie_decision="常委会：先后",
    )  # fmt: skip

    assert places(allocation) == {"U0": 2, "U1": 2, "U2": 2, "U3": 1}
    assert allocation.places == 7


def test_an_additional_tilt_stays_within_its_pool_and_its_staff():
    pool = {"code": "P", "organs": ["甲", "乙"], "approval": "测组〔2021〕2号"}
    more = tilt("甲", kind="additional", seats=9, approval="测组〔2021〕3号")

    allocation = allocate(
        {"甲": 3, "乙": 17, "丙": 99}, caps=[APPROVED], pools=[pool], tilts=[more]
    )
    tiny = allocate({"甲": 1, "乙": 39, "丙": 99}, caps=[APPROVED], pools=[pool], tilts=[more])

    # 20 persons: 4 places, at most 5
    assert places(allocation) == {"甲": 2, "乙": 3, "丙": 19}
    assert places(tiny)["甲"] == 1


def test_a_redistributed_tilt_in_a_pool_stays_in_the_pool():
    pool = {"code": "P", "organs": ["甲", "乙", "丙"], "approval": "测组〔2021〕2号"}

    allocation = allocate(
        {"甲": 10, "乙": 20, "丙": 15, "丁": 50}, pools=[pool], tilts=[tilt("甲", seats=2)]
    )

    assert places(allocation) == {"甲": 4, "乙": 3, "丙": 2, "丁": 10}


def test_tilted_organs_do_not_give_and_the_minimum_is_kept():
    allocation = allocate(
        {"甲": 20, "乙": 20, "丙": 10},
        caps=[APPROVED],
        minimum=1,
        tilts=[tilt("甲", "乙", seats=1)],
    )

    assert places(allocation) == {"甲": 5, "乙": 4, "丙": 1}
    assert tell(allocation)[-2].endswith("应增1个，实增0个，其余受上限或可调剂数所限")


def test_points_of_share_ask_for_the_difference_only():
    below = allocate({"甲": 43, "乙": 40}, caps=[APPROVED], tilts=[tilt("甲", points_share="1%")])
    lowered = allocate(
        {"甲": 10, "乙": 1}, pools=[{"code": "P", "organs": ["甲", "乙"], "approval": "1号"}],
        unit_grade_link={"三等次": "5%"}, grades={"甲": "三等次", "乙": "三等次"}, minimum=1,
        approved_total=2, tilts=[tilt("甲", points_share="1%")],
    )  # fmt: skip

    assert places(below) == {"甲": 9, "乙": 7}
    assert lowered.organs[0].gained == 0


def test_a_tilt_waits_for_the_decision_of_a_tie():
    before = allocate({"甲": 5, "乙": 5, "丙": 20}, approved_total=3, tilts=[tilt("丙", seats=1)])
    between = allocate(
        {"甲": 40, "乙": 40, "丙": 40, "丁": 40},
        caps=[APPROVED],
        tilts=[tilt("丙", "丁", seats=1)],
    )

    assert before.open_ties == (OpenTie(("乙", "甲"), 1),)
    assert tell(before)[-2] == "倾斜（防疫一线）：丙，待并列名额决定后再作"
    assert places(between) == {"甲": 7, "乙": 7, "丙": 9, "丁": 8}
    assert between.open_ties == (OpenTie(("乙", "甲"), 1),)
    assert tell(between)[-2] == "倾斜（防疫一线）：丁，待并列名额决定后再作"


def test_the_declared_method_and_tie_rule_divide_what_is_left_of_the_givers():
    headcounts = {"甲": 40, "乙": 10, "丙": 30}
    fields = {"caps": [APPROVED], "tilts": [tilt("甲", seats=2)]}

    # two and six places, six left: quotas 1.5 and 4.5
    assert places(allocate(headcounts, **fields)) == {"甲": 10, "乙": 1, "丙": 5}
    assert places(allocate(headcounts, tie="smaller_headcount", **fields)) == {
        "甲": 10, "乙": 2, "丙": 4
    }  # fmt: skip


def test_givers_keep_their_minimum_while_others_can_give():
    allocation = allocate(
        {"甲": 180, "乙": 5, "丙": 70}, caps=[APPROVED], minimum=1, tilts=[tilt("甲", seats=9)]
    )

    assert places(allocation) == {"甲": 45, "乙": 1, "丙": 5}


def test_a_decision_says_which_of_equal_givers_gives():
    allocation = allocate(
        {"甲": 40, "乙": 40, "丙": 40}, caps=[APPROVED], tilts=[tilt("丙", seats=1), tilt("丙", seats=1)],
        tie_order=["乙", "甲"], tie_decision="常委会：乙任务重",
    )  # fmt: skip

    assert places(allocation) == {"甲": 7, "乙": 7, "丙": 10}
    assert allocation.organs[2].gained == 2
    assert tell(allocation)[2] == "条件完全相同时的先后：乙、甲（常委会：乙任务重）"
    assert tell(allocation)[7:11] == [
        "调剂：其他单位现有16个，让出1个，余下15个按最大余数法重新分配",
        "乙：应得15 × 8 ÷ 16 = 7.5，先得7",
        "甲：应得15 × 8 ÷ 16 = 7.5，先得7",
        "第15个：乙，应得7.5，已有7，尚差0.5（与甲并列，条件相同，按研究决定的先后）",
    ]


def test_an_organ_by_itself_takes_from_organs_of_a_pool_too():
    pool = {"code": "P", "organs": ["甲"], "approval": "测组〔2021〕2号"}

    allocation = allocate(
        {"甲": 40, "乙": 20}, caps=[APPROVED], pools=[pool], tilts=[tilt("乙", seats=1)]
    )

    assert places(allocation) == {"甲": 7, "乙": 5}


def test_what_an_organ_gives_to_several_tilts_adds_up():
    allocation = allocate(
        {"甲": 40, "乙": 40}, caps=[APPROVED], tilts=[tilt("乙", seats=1), tilt("乙", seats=1)]
    )

    assert places(allocation) == {"甲": 6, "乙": 10}
    assert [(each.gained, each.given) for each in allocation.organs] == [(0, 2), (2, 0)]
    assert allocation.added == 0


def test_points_of_share_never_ask_for_less_than_nothing():
    allocation = allocate(
        {"甲": 10, "乙": 40}, pools=[{"code": "P", "organs": ["甲", "乙"], "approval": "1号"}],
        unit_grade_link={"三等次": "5%"}, grades={"甲": "三等次", "乙": "三等次"}, minimum=1,
        tilts=[tilt("甲", kind="additional", points_share="1%", approval="2号")],
    )  # fmt: skip

    assert places(allocation) == {"甲": 1, "乙": 1}
    assert tell(allocation)[-2].endswith("现有1个，应增0个，实增0个")


def test_points_of_share_give_what_they_add_to_the_claim_where_the_total_is_scarce():
    fields = {"caps": [APPROVED], "approved_total": 20}

    plain = allocate({"甲": 100, "乙": 100}, **fields)
    tilted = allocate(
        {"甲": 100, "乙": 100},
        **fields,
        tilts=[tilt("甲", kind="additional", points_share="2%", approval="3号")],
    )

    # the claims of 20 each are cut to 10; two points of a hundred persons are 2 places, not 12
    assert places(plain) == {"甲": 10, "乙": 10}
    assert places(tilted) == {"甲": 12, "乙": 10}
    assert tell(tilted)[-2:] == [
        "倾斜（防疫一线，另增 3号）：甲（20% × 100 = 20，22% × 100 = 22）现有10个，应增2个，实增2个",
        "合计22个：总数20个，另增2个，不超过上限50个",
    ]
