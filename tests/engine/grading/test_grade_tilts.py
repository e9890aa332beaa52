"""Tilts of the grades: more places for one group, additional or from other groups of the rule."""

from fractions import Fraction

import pytest

from kaohe.errors import BadInput
from kaohe.grading.grades import propose_grades
from tests.engine.grading.groups import make_rule, rank

SHARES = ({"label": "一等次", "share": "30%"}, {"label": "二等次", "share": "50%"}, {"label": "三等次", "rest": True})  # fmt: skip
GROUPS = ["一线", "综合", "执法"]
TAKEN = {
    "group": "一线", "grade": "一等次", "places": 2, "kind": "redistributed",
    "taken_from": {"综合": 1, "执法": 1}, "reason": "防疫一线",
}  # fmt: skip
RAISED = {
    "group": "一线", "grade": "一等次", "points_share": "5%", "kind": "additional",
    "approval": "测组〔2021〕4号", "reason": "防疫一线",
}  # fmt: skip
TEN = rank(*range(100, 90, -1))


def grade(group, *tilts, bands=SHARES, units=TEN, **fields):
    rule = make_rule(*bands, groups=GROUPS, tilts=tilts, **fields)
    return propose_grades(rule, units, {}, group=group)


def count(outcome):
    return [len(band.units) for band in outcome.bands]


def tell(outcome):
    return [(step.text.zh, step.text.en) for step in outcome.bands[0].steps]


def test_a_redistributed_tilt_moves_places_and_leaves_their_sum():
    plain = [count(grade(group)) for group in GROUPS]
    tilted = [count(grade(group, TAKEN)) for group in GROUPS]

    assert plain == [[3, 5, 2]] * 3
    assert tilted == [[5, 5, 0], [2, 5, 3], [2, 5, 3]]
    assert sum(first for first, _, _ in tilted) == sum(first for first, _, _ in plain) == 9
    assert grade("一线", TAKEN).bands[0].places == 5
    assert tell(grade("一线", TAKEN)) == [
        ("一等次：30% × 10 = 3，舍去尾数，3个", "一等次: 30% × 10 = 3, rounded down: 3"),
        (
            "一等次倾斜（防疫一线，调剂）：增2个，共5个",
            "一等次 tilt (防疫一线; redistributed): 2 more, 5 together",
        ),
        ("一等次：入线最低总分96", "一等次: lowest total in 96"),
    ]
    assert tell(grade("综合", TAKEN))[1] == (
        "一等次倾斜（防疫一线，调剂）：让出1个给一线，余2个",
        "一等次 tilt (防疫一线; redistributed): 1 given to 一线, 2 left",
    )


def test_an_additional_tilt_raises_the_share_and_takes_from_nobody():
    twenty = rank(*range(100, 80, -1))

    tilted = grade("一线", RAISED, units=twenty)

    assert count(tilted) == [7, 10, 3]
    assert count(grade("综合", RAISED, units=twenty)) == [6, 10, 4]
    assert tell(tilted)[1] == (
        "一等次倾斜（防疫一线，另增 测组〔2021〕4号），比例提高5个百分点：增1个，共7个",
        "一等次 tilt (防疫一线; additional 测组〔2021〕4号), the share raised by 5 points: 1 more, 7 together",
    )
    assert dict(tilted.bands[0].steps[1].figures) == {"gained": Fraction(1), "places": Fraction(7)}


def test_raised_shares_add_up_before_they_are_rounded():
    # 3.5 and 4 of ten: the first adds nothing, the second one place
    assert count(grade("一线", RAISED))[0] == 3
    assert count(grade("一线", RAISED, RAISED))[0] == 4
    assert count(grade("一线", RAISED, share_rounding="half_up"))[0] == 4
    # 2.7, then 3.2 of ten
    bands = ({"label": "一等次", "share": "27%"}, {"label": "二等次", "rest": True})
    assert count(grade("一线", bands=bands))[0] == 2
    assert count(grade("一线", RAISED, bands=bands))[0] == 3


def test_a_raised_share_keeps_the_least_number():
    bands = ({"label": "一等次", "share": "10%", "at_least": 2}, {"label": "二等次", "rest": True})

    # 1, then 2 of ten: two at least in either case
    assert count(grade("一线", {**RAISED, "points_share": "10%"}, bands=bands))[0] == 2


def test_bands_by_number_and_from_the_top_are_tilted_by_places():
    numbers = ({"label": "一等次", "number": 3}, {"label": "二等次", "rest": True})
    running = (
        {"label": "一等次", "up_to": "30%"}, {"label": "二等次", "up_to": "80%"}, {"label": "三等次", "rest": True}
    )  # fmt: skip

    assert [count(grade(group, TAKEN, bands=numbers)) for group in GROUPS] == [
        [5, 5], [2, 8], [2, 8]
    ]  # fmt: skip
    assert [count(grade(group, TAKEN, bands=running)) for group in GROUPS] == [
        [5, 3, 2], [2, 6, 2], [2, 6, 2]
    ]  # fmt: skip


def test_other_grades_and_other_groups_are_left_alone():
    second = {**TAKEN, "grade": "二等次"}

    assert count(grade("一线", second)) == [3, 7, 0]
    assert count(grade("综合", second)) == [3, 4, 3]
    assert count(grade("", TAKEN)) == [3, 5, 2]


def test_a_group_gives_no_more_than_it_has_above_its_least():
    bands = ({"label": "一等次", "share": "30%", "at_least": 2}, {"label": "二等次", "rest": True})
    two = {**TAKEN, "taken_from": {"综合": 2}}
    three = {**TAKEN, "places": 3, "taken_from": {"综合": 3}}
    four = {**TAKEN, "places": 4, "taken_from": {"综合": 4}}

    assert count(grade("综合", TAKEN, bands=bands))[0] == 2
    assert count(grade("综合", three))[0] == 0
    with pytest.raises(BadInput) as short:
        grade("综合", four)
    with pytest.raises(BadInput) as least:
        grade("综合", two, bands=bands)
    assert short.value.findings[0].kind == "grade-tilt-too-large"
    assert str(least.value) == (
        'grades.G.tilts: group 综合 has 3 of "一等次", keeps 2 at least, and cannot give 2'
        " → take fewer from it in `taken_from`"
    )
