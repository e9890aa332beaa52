"""Every sentence about a quota."""

from kaohe.grading.headcounts import Headcount
from kaohe.grading.quotas import allocate_quota
from tests.engine.grading.organs import APPROVED, DAY, allocate, make_rule, tell, tilt

LINKED = {"一等次": "20%"}
GRADES = {"甲": "一等次", "乙": "三等次", "丁": "一等次", "戊": "二等次"}


def allocate_in_full():
    return allocate(
        {"甲": 20, "乙": 30, "丙": 25}, caps=[APPROVED], approved_total=14, minimum=1,
        pools=[{"code": "P", "organs": ["甲", "乙"], "approval": "2号"}],
        tilts=[
            tilt("丙", seats=3),
            tilt("乙", "甲", kind="additional", points_share="5%", approval="3号"),
        ],
        unit_grade_link=LINKED, grades=GRADES, tie_order=["甲", "乙"], tie_decision="常委会",
    )  # fmt: skip


def tell_english(allocation):
    return [step.text.en for step in allocation.steps]


def test_every_step_of_a_quota_in_chinese():
    assert tell(allocate_in_full()) == [
        "2019-12-31执行的比例上限为20%，经批准不超过25%（测组〔2021〕1号）",
        "2019-12-31公务员合计75人，按上限至多18个，核定总数14个",
        "每个单位至少1个，但不突破上限",
        "条件完全相同时的先后：甲、乙（常委会）",
        "有等次而没有人数、未参加分配的单位：丁、戊",
        "丙（未定等次，按一般比例）：20% × 25 = 5，取整5",
        "甲（一等次）：20% × 20 = 4，归入P",
        "乙（三等次，未挂钩，按一般比例）：20% × 30 = 6，归入P",
        "P（合并核定：2号）：应得合计10，取整10",
        "取整合计15个，超过总数14个，总数按最大余数法分配",
        "P：应得14 × 10 ÷ 15 = 9.3333…，先得9",
        "丙：应得14 × 5 ÷ 15 = 4.6666…，先得4",
        "第14个：丙，应得4.6666…，已有4，尚差0.6666…",
        "P的9个名额在组内按最大余数法分配",
        "乙：应得9 × 6 ÷ 10 = 5.4，先得5",
        "甲：应得9 × 4 ÷ 10 = 3.6，先得3",
        "第9个：甲，应得3.6，已有3，尚差0.6",
        "倾斜（防疫一线，调剂）：丙现有5个，应增3个，实增0个，其余受上限或可调剂数所限",
        "倾斜（防疫一线，另增 3号）：乙（20% × 30 = 6，25% × 30 = 7.5）现有5个，应增1个，实增1个",
        "倾斜（防疫一线，另增 3号）：甲（20% × 20 = 4，25% × 20 = 5）现有4个，应增1个，实增1个",
        "合计16个：总数14个，另增2个，不超过上限18个",
    ]


def test_the_figures_of_a_total_stand_beside_its_sentence():
    assert dict(allocate_in_full().steps[1].figures) == {"headcount": 75, "most": 18, "total": 14}


def test_every_step_of_a_quota_in_english():
    assert tell_english(allocate_in_full()) == [
        "the cap in force on 2019-12-31 is 20%, 25% by approval (测组〔2021〕1号)",
        "公务员 on 2019-12-31: 75; at most 18 by the cap, approved total 14",
        "at least 1 for each organ, never beyond the cap",
        "the order of organs equal in everything: 甲, 乙 (常委会)",
        "units with a grade and without headcount, left aside: 丁, 戊",
        "丙 (no grade: the ordinary share): 20% × 25 = 5, rounded down 5",
        "甲 (一等次): 20% × 20 = 4, goes into P",
        "乙 (三等次, not linked: the ordinary share): 20% × 30 = 6, goes into P",
        "P (pooled by 2号): claims 10, rounded down 10",
        "rounded claims come to 15, above the total 14: it is divided by largest remainder",
        "P: quota 14 × 10 ÷ 15 = 9.3333…, first 9",
        "丙: quota 14 × 5 ÷ 15 = 4.6666…, first 4",
        "place 14: 丙, quota 4.6666…, has 4, lacks 0.6666…",
        "the 9 places of P are divided inside by largest remainder",
        "乙: quota 9 × 6 ÷ 10 = 5.4, first 5",
        "甲: quota 9 × 4 ÷ 10 = 3.6, first 3",
        "place 9: 甲, quota 3.6, has 3, lacks 0.6",
        "tilt (防疫一线; redistributed): 丙 has 5, asked 3, gets 0; the cap, or what others have, allows no more",
        "tilt (防疫一线; additional 3号): 乙 (20% × 30 = 6, 25% × 30 = 7.5) has 5, asked 1, gets 1",
        "tilt (防疫一线; additional 3号): 甲 (20% × 20 = 4, 25% × 20 = 5) has 4, asked 1, gets 1",
        "16 places: total 14, 2 additional, within the cap of 18",
    ]


def test_the_total_by_the_cap_says_how_much_is_not_given():
    allocation = allocate({"甲": 14, "乙": 14}, base_categories=["公务员"], grades=GRADES)

    assert tell(allocation) == [
        "2019-12-31执行的比例上限为20%",
        "2019-12-31公务员合计28人，20% × 28 = 5.6，取整，总数5个",
        "甲：20% × 14 = 2.8，取整2",
        "乙：20% × 14 = 2.8，取整2",
        "合计4个：总数5个，余1个不分配，不超过上限5个",
    ]
    assert tell_english(allocation)[1] == (
        "公务员 on 2019-12-31: 28; 20% × 28 = 5.6, rounded down, total 5"
    )
    assert tell_english(allocation)[-1] == "4 places: total 5, 1 not given, within the cap of 5"


def test_a_redistribution_says_what_is_divided_again():
    allocation = allocate({"甲": 20, "乙": 30}, caps=[APPROVED], tilts=[tilt("乙", seats=1)])

    assert tell_english(allocation)[4:] == [
        "tilt (防疫一线; redistributed): 乙 has 6, asked 1, gets 1",
        "the others have 4 and give 1; the 3 left are divided by largest remainder",
        "甲: quota 3 × 4 ÷ 4 = 3, first 3",
        "甲 gives 1",
        "10 places: total 10, within the cap of 12",
    ]


def test_what_waits_for_a_decision_is_counted():
    waiting = allocate(
        {"甲": 5, "乙": 5, "丙": 20}, approved_total=3, method="quota_method", tilts=[tilt("丙", seats=1)]
    )  # fmt: skip

    assert tell_english(waiting)[-3:] == [
        "乙, 甲 are equal in everything; 1 places need a decision",
        "tilt (防疫一线): 丙, waits for the decision of a tie",
        "2 places: total 3, 1 wait for a decision, within the cap of 6",
    ]
    assert tell(waiting)[-1] == "合计2个：总数3个，1个待决定，不超过上限6个"
    assert "it is divided by the quota method" in tell_english(waiting)[5]


def test_a_category_counted_as_zero_is_told():
    rows = [Headcount("甲", "公务员", DAY, 14), Headcount("乙", "参公", DAY, 14)]
    allocation = allocate_quota(make_rule(base_categories=["公务员", "参公"]), rows, on=DAY)

    assert tell(allocation)[1:3] == [
        "2019-12-31公务员、参公合计28人，20% × 28 = 5.6，取整，总数5个",
        "没有这些人数的行，按零计：乙 公务员、甲 参公",
    ]
    assert tell_english(allocation)[1:3] == [
        "公务员, 参公 on 2019-12-31: 28; 20% × 28 = 5.6, rounded down, total 5",
        "no row of these headcounts, counted as zero: 乙 公务员, 甲 参公",
    ]
