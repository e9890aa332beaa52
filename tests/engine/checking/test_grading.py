"""Grades nobody can have, rules that overlap, caps above the law."""

import pytest

from kaohe.checking.grading import GRADE_OUT_OF_REACH, GROUP_UNGRADED, TWO_GRADE_RULES
from kaohe.checking.inspected import Inspected
from kaohe.checking.quotas import QUOTA_ABOVE_LAW
from kaohe.scheme.model import SchemeModel
from tests.engine.checking.samples import sample

BANDS = "      - {label: 第一等次, share: 40%}\n      - {label: 第二等次, rest: true}\n"


def find(kind, old, new):
    draft = sample(old, new)
    return kind.inspect(Inspected(SchemeModel.model_validate(draft.tree), draft))


@pytest.mark.parametrize(
    ("bands", "reason"),
    [
        ("      - {label: 一, share: 33%}\n", "its share comes to no place at all"),
        ("      - {label: 一, number: 0}\n", "its share comes to no place at all"),
        (
            "      - {label: 一, minimum_score: 22}\n",
            "its least score is above the greatest total 21",
        ),
    ],
)
def test_a_grade_out_of_reach_says_why(bands, reason):
    (finding,) = find(GRADE_OUT_OF_REACH, BANDS, bands + "      - {label: 第二等次, rest: true}\n")

    assert finding.wrong.en == f'nobody can have the grade "一": {reason}'
    assert finding.place.key == "grades[0].bands[0]"


def test_a_worse_grade_with_a_line_no_lower_is_out_of_reach():
    bands = "      - {label: 一, minimum_score: 18}\n      - {label: 二, minimum_score: 18}\n"
    (finding,) = find(GRADE_OUT_OF_REACH, BANDS, bands + "      - {label: 三, rest: true}\n")

    assert finding.place.key == "grades[0].bands[1]"
    assert finding.wrong.en.endswith("its least score is not below a better grade's")


@pytest.mark.parametrize(
    "band",
    [
        "{label: 一, share: 34%}",
        "{label: 一, share: 15%, at_least: 1}",
        "{label: 一, number: 1}",
        "{label: 一, minimum_score: 21}",
    ],
)
def test_a_grade_somebody_can_have_is_left_alone(band):
    bands = f"      - {band}\n      - {{label: 二, rest: true}}\n"

    assert find(GRADE_OUT_OF_REACH, BANDS, bands) == []


def add_rule(dates):
    return (
        f"  - code: H\n    name: 另一规则\n    groups: [towns]\n    {dates}\n"
        "    bands:\n      - {label: 达标, rest: true}\nquotas:\n"
    )


@pytest.mark.parametrize(("dates", "found"), [("since: 2019-12-31", 1), ("until: 2018-12-31", 1)])
def test_an_open_rule_overlaps_with_any_other(dates, found):
    assert len(find(TWO_GRADE_RULES, "quotas:\n", add_rule(dates))) == found


def test_a_rule_that_holds_on_another_day_grades_nobody():
    found = find(
        GROUP_UNGRADED,
        "    name: 年度等次\n",
        "    name: 年度等次\n    until: 2019-12-30\n",
    )

    assert [finding.place.key for finding in found] == ["groups[0]", "groups[1]"]


@pytest.mark.parametrize(
    ("cap", "key"),
    [
        ("{until: 2020-12-31, share: 16%}", "share"),
        ("{until: 2020-12-31, share: 15%, approved_share: 21%}", "approved_share"),
        ("{until: 2020-12-31, share: 15%, approved_share: 20%}", None),
    ],
)
def test_a_cap_is_held_against_the_law_of_its_time(cap, key):
    old = "{until: 2020-12-31, share: 15%, approved_share: 20%}"
    found = find(QUOTA_ABOVE_LAW, old, cap) if cap != old else find(QUOTA_ABOVE_LAW, "", "")

    assert [finding.place.key for finding in found] == ([f"quotas[0].caps[0].{key}"] if key else [])
