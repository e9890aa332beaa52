"""Every sentence about a quota."""

from tests.engine.grading.organs import APPROVED, allocate, tilt


def test_every_sentence_stands_in_english_too():
    allocation = allocate(
        {"甲": 20, "乙": 30, "丙": 25}, caps=[APPROVED], approved_total=14,
        pools=[{"code": "P", "organs": ["甲", "乙"], "approval": "2号"}],
        tilts=[tilt("丙", seats=3), tilt("乙", "甲", kind="additional", seats=1, approval="3号")],
    )  # fmt: skip
    waiting = allocate({"甲": 5, "乙": 5, "丙": 20}, approved_total=3, tilts=[tilt("丙", seats=1)])

    assert [step.text.en for step in allocation.steps] == [
        "cap 0.2, 0.25 by approval (测组〔2021〕1号)",
        "headcount 75, approved total 14",
        "丙: 0.2 × 25 = 5, rounded down 5",
        "P (pooled by 2号): claims 10, rounded down 10",
        "rounded claims come to 15, above the total 14: the total is divided",
        "P: quota 28/3, first 9",
        "丙: quota 14/3, first 4",
        "place 14: 丙, quota 14/3, has 4, lacks 2/3",
        "the 9 places of P are divided inside",
        "乙: quota 5.4, first 5",
        "甲: quota 3.6, first 3",
        "place 9: 甲, quota 3.6, has 3, lacks 0.6",
        "tilt (防疫一线; redistributed): 丙 has 5, asked 3, gets 0; the cap, or what others have, allows no more",
        "tilt (防疫一线; additional 3号): 乙 has 5, asked 1, gets 1",
        "tilt (防疫一线; additional 3号): 甲 has 4, asked 1, gets 1",
    ]
    assert allocate({"甲": 28}).steps[1].text.en == "headcount 28, 0.2 × 28 = 5.6, total 5"
    assert waiting.steps[-1].text.en == "tilt (防疫一线): 丙, waits for the decision of a tie"
