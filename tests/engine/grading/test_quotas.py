"""Quotas: the cap of each organ and of all, pools, the link to unit grades, tilts."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaohe.errors import BadInput
from kaohe.grading.apportionment import OpenTie
from kaohe.grading.caps import find_excesses
from kaohe.grading.headcounts import Headcount
from kaohe.grading.quotas import PoolQuota, allocate_quota
from kaohe.scheme.quotas import QuotaRule

DAY = date(2019, 12, 31)
SINCE_2021 = {"since": "2021-01-01", "share": "20%", "approved_share": "25%"}
BEFORE_2021 = {"until": "2020-12-31", "share": "15%", "approved_share": "20%"}
APPROVED = {"share": "20%", "approved_share": "25%", "approval": "测组〔2021〕1号"}
DEPARTMENTS = {"甲": 3, "乙": 4, "丙": 6, "丁": 7, "戊": 8}
POOLED = {
    "code": "P",
    "leader": "副职一",
    "organs": list(DEPARTMENTS),
    "approval": "测组〔2021〕2号",
}


def make_rule(**fields):
    return QuotaRule.model_validate(
        {
            "code": "Q", "name": "优秀名额", "category": "公务员", "base_date": "2019-12-31",
            "caps": [{"share": "20%"}], **fields,
        }
    )  # fmt: skip


def allocate(headcounts, *, grades=None, on=DAY, **fields):
    rows = [Headcount(organ, "公务员", DAY, number) for organ, number in headcounts.items()]
    return allocate_quota(make_rule(**fields), rows, on=on, grades=grades)


def places(allocation):
    return {each.organ: each.places for each in allocation.organs}


def tell(allocation):
    return [step.text.zh for step in allocation.steps]


@pytest.mark.parametrize(("share", "number"), [("15%", 7), ("20%", 9), ("25%", 11)])
def test_e23_one_organ_of_forty_seven(share, number):
    assert allocate({"甲": 47}, caps=[{"share": share}]).places == number


def test_e24_each_organ_by_itself_keeps_below_its_own_cap():
    allocation = allocate(DEPARTMENTS)

    assert places(allocation) == {"甲": 0, "乙": 0, "丙": 1, "丁": 1, "戊": 1}
    assert (allocation.headcount, allocation.total, allocation.places) == (28, 5, 3)
    assert [each.cap for each in allocation.organs] == [0, 0, 1, 1, 1]
    assert tell(allocation) == [
        "上限0.2",
        "基数合计28人，0.2 × 28 = 5.6，总数5个",
        "甲：0.2 × 3 = 0.6，取整0",
        "乙：0.2 × 4 = 0.8，取整0",
        "丙：0.2 × 6 = 1.2，取整1",
        "丁：0.2 × 7 = 1.4，取整1",
        "戊：0.2 × 8 = 1.6，取整1",
    ]


@pytest.mark.parametrize("method", ["largest_remainder", "quota_method"])
def test_e24_an_approved_pool_divides_its_five_places(method):
    allocation = allocate(DEPARTMENTS, pools=[POOLED], method=method)

    assert places(allocation) == {"甲": 0, "乙": 1, "丙": 1, "丁": 1, "戊": 2}
    assert allocation.pools == (PoolQuota("P", "副职一", 28, Fraction("5.6"), 5, 5),)
    assert {each.cap for each in allocation.organs} == {None}
    assert tell(allocation)[2:4] == [
        "P（合并核定：测组〔2021〕2号）：应得合计5.6，取整5",
        "P的5个名额在组内分配",
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
    assert tell(with_approval)[0] == "上限0.2，经批准不超过0.25（测组〔2021〕1号）"


def test_a_day_without_a_cap_is_refused():
    with pytest.raises(BadInput, match="no cap is in force on 2020-12-31"):
        allocate({"甲": 40}, caps=[SINCE_2021], on=date(2020, 12, 31))


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


@pytest.mark.parametrize("method", ["largest_remainder", "quota_method"])
def test_too_many_first_grades_share_the_approved_total(method):
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
    assert "各单位取整合计33个，超过总数28个，按总数分配" in tell(allocation)


def test_a_smaller_approved_total_is_divided():
    allocation = allocate({"甲": 40, "乙": 20}, approved_total=7)

    assert places(allocation) == {"甲": 5, "乙": 2}
    assert tell(allocation)[1] == "基数合计60人，核定总数7个"


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


def tilt(*units, kind="redistributed", **fields):
    return {"units": units, "kind": kind, "reason": "防疫一线", **fields}


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
    assert "倾斜（防疫一线，调剂）：丁现有8个，应增2个，实增2个" in tell(allocation)
    assert tell(allocation)[-2:] == ["甲让出1个", "乙让出1个"]


def test_an_additional_tilt_leaves_the_others_alone():
    allocation = allocate(
        {"甲": 50, "乙": 40},
        caps=[APPROVED],
        tilts=[tilt("乙", kind="additional", seats=2, approval="测组〔2021〕3号")],
    )

    assert places(allocation) == {"甲": 10, "乙": 10}
    assert (allocation.total, allocation.places) == (18, 20)
    assert tell(allocation)[-1] == (
        "倾斜（防疫一线，另增 测组〔2021〕3号）：乙现有8个，应增2个，实增2个"
    )


@pytest.mark.parametrize("kind", ["additional", "redistributed"])
def test_no_tilt_lifts_an_organ_above_its_cap(kind):
    fields = {"tilts": [tilt("乙", kind=kind, seats=3, approval="测组〔2021〕3号")]}

    ordinary = allocate({"甲": 50, "乙": 40}, **fields)
    approved = allocate({"甲": 50, "乙": 40}, caps=[APPROVED], **fields)

    assert places(ordinary) == {"甲": 10, "乙": 8}
    assert places(approved)["乙"] == 10
    assert tell(ordinary)[-1].endswith("应增3个，实增0个，其余受上限或可调剂数所限")


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
    assert tell(allocation)[-1].endswith("应增1个，实增0个，其余受上限或可调剂数所限")


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
    assert tell(before)[-1] == "倾斜（防疫一线）：丙，待并列名额决定后再作"
    assert places(between) == {"甲": 7, "乙": 7, "丙": 9, "丁": 8}
    assert between.open_ties == (OpenTie(("乙", "甲"), 1),)
    assert tell(between)[-1] == "倾斜（防疫一线）：丁，待并列名额决定后再作"


CASES = st.fixed_dictionaries(
    {
        "headcounts": st.lists(st.integers(0, 60), min_size=2, max_size=8),
        "pooled": st.integers(0, 8),
        "method": st.sampled_from(["largest_remainder", "quota_method"]),
        "approval": st.sampled_from(["", "测组〔2021〕1号"]),
        "minimum": st.integers(0, 2),
        "scarcity": st.integers(0, 4),
        "grades": st.lists(st.sampled_from(["A", "B", ""]), min_size=8, max_size=8),
        "tilts": st.lists(
            st.tuples(
                st.integers(0, 7),
                st.sampled_from(["additional", "redistributed"]),
                st.one_of(st.integers(1, 4), st.sampled_from(["1%", "5%", "30%"])),
            ),
            max_size=3,
        ),
    }
)


def build_tilt(organs, number, kind, measure):
    key = "seats" if isinstance(measure, int) else "points_share"
    return tilt(organs[number % len(organs)], kind=kind, approval="3号", **{key: measure})


@given(case=CASES)
def test_caps_hold_for_each_organ_and_all_together(case):
    headcounts = {f"U{i}": number for i, number in enumerate(case["headcounts"])}
    organs = list(headcounts)
    pool = organs[: case["pooled"]]
    caps = [{"share": "20%", "approved_share": "25%", "approval": case["approval"]}]
    fields = {
        "caps": caps,
        "method": case["method"],
        "minimum": case["minimum"],
        "pools": [{"code": "P", "organs": pool, "approval": "2号"}] if pool else [],
        "unit_grade_link": {"A": "20%", "B": "10%"},
        "tilts": [build_tilt(organs, *each) for each in case["tilts"]],
        "approved_total": max(sum(headcounts.values()) // 5 - case["scarcity"], 0),
    }
    grades = dict(zip(organs, case["grades"], strict=False))

    allocation = allocate(headcounts, grades=grades, **fields)

    rule = make_rule(**fields)
    share = rule.caps[0].limit
    assert find_excesses(places(allocation), headcounts, share, rule.pools) == ()
    open_places = sum(each.places for each in allocation.open_ties)
    gained = sum(each.gained - each.given for each in allocation.organs)
    assert allocation.places + open_places <= share * sum(headcounts.values())
    if all(each.kind == "redistributed" for each in rule.tilts):
        assert allocation.places + open_places <= allocation.total
        assert gained <= open_places
    assert all(0 <= each.places <= each.headcount for each in allocation.organs)


@given(case=CASES, seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_place(case, seed):
    headcounts = {f"U{i}": number for i, number in enumerate(case["headcounts"])}
    shuffled = list(headcounts.items())
    seed.shuffle(shuffled)
    fields = {
        "caps": [APPROVED],
        "method": case["method"],
        "approved_total": max(sum(headcounts.values()) // 5 - case["scarcity"], 0),
        "tilts": [build_tilt(list(headcounts), *each) for each in case["tilts"]],
    }

    one, other = allocate(headcounts, **fields), allocate(dict(shuffled), **fields)

    assert places(one) == places(other)
    assert one.open_ties == other.open_ties
