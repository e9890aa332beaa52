"""The headcount base by category and date."""

from datetime import date

import pytest

from kaohe.errors import BadInput, Place
from kaohe.grading.headcounts import Headcount, count_bases, find_unreported
from kaohe.scheme.quotas import QuotaRule

DAY = date(2019, 12, 31)


def make_rule(**fields):
    return QuotaRule.model_validate(
        {
            "code": "Q", "name": "优秀名额", "category": "公务员", "base_date": "2019-12-31",
            "caps": [{"share": "20%"}], **fields,
        }
    )  # fmt: skip


def row(organ, number, category="公务员", day=DAY, cell=""):
    return Headcount(organ, category, day, number, Place(cell=cell))


def test_only_rows_of_the_date_and_category_count():
    rows = [
        row("乙", 4),
        row("甲", 3),
        row("甲", 30, "事业"),
        row("甲", 5, day=date(2018, 12, 31)),
        row("丙", 7, "事业"),
    ]

    assert count_bases(make_rule(), rows) == {"乙": 4, "甲": 3}


def test_several_categories_add_up():
    rows = [row("甲", 3), row("甲", 30, "参公"), row("乙", 2, "参公")]

    assert count_bases(make_rule(base_categories=["公务员", "参公"]), rows) == {"甲": 33, "乙": 2}


def test_all_faults_are_named_at_once_with_their_places():
    rule = make_rule(
        pools=[{"code": "甲", "organs": ["甲", "丙"], "approval": "1号"}],
        tilts=[{"units": ["丁", "丙"], "seats": 1, "kind": "redistributed", "reason": "一线"}],
    )
    rows = [
        row("甲", 3, cell="B2"),
        row("甲", 4, cell="B3"),
        row("乙", -1, cell="B4"),
        row("己", 0),
    ]

    with pytest.raises(BadInput) as caught:
        count_bases(rule, rows)

    assert [(each.kind, each.place.cell) for each in caught.value.findings] == [
        ("headcount-repeated", "B3"),
        ("headcount-negative", "B4"),
        ("quota-code-shared", ""),
        ("quota-organ-unknown", ""),
        ("quota-organ-unknown", ""),
    ]
    wrong = [each.wrong.zh for each in caught.value.findings]
    assert wrong[0] == "甲“公务员”2019-12-31的人数写了两次"
    assert wrong[3:] == ["规则提到的丙在基准日没有人数", "规则提到的丁在基准日没有人数"]
    assert str(caught.value).splitlines() == [
        "B3: 甲 has two headcounts of 公务员 on 2019-12-31 → keep one row",
        "B4: 乙 has -1 persons → write zero or a positive whole number",
        "quotas.Q.pools: 甲 is both an organ and a pool → give the pool a code of its own",
        "quotas.Q: the rule names 丙, which has no headcount on the base date"
        " → add its headcount, or mend its code",
        "quotas.Q: the rule names 丁, which has no headcount on the base date"
        " → add its headcount, or mend its code",
    ]


def test_no_rows_of_the_date_is_said_once():
    rule = make_rule(
        base_categories=["公务员", "参公"],
        tilts=[{"units": ["甲"], "seats": 1, "kind": "redistributed", "reason": "一线"}],
    )

    with pytest.raises(BadInput) as caught:
        count_bases(rule, [row("甲", 3, "事业")])

    assert [(each.kind, each.place.key, each.wrong.zh) for each in caught.value.findings] == [
        ("headcount-missing", "quotas.Q.base_date", "没有2019-12-31“公务员、参公”的人数")
    ]


def test_a_category_without_a_row_is_found():
    rule = make_rule(base_categories=["公务员", "参公"])
    rows = [
        row("乙", 2, "参公"),
        row("甲", 3),
        row("甲", 0, "参公"),
        row("丙", 4),
        row("丙", 4, "参公", day=date(2018, 12, 31)),
        row("丁", 7, "事业"),
    ]

    assert find_unreported(rule, rows) == [("丙", "参公"), ("乙", "公务员")]
    assert find_unreported(make_rule(), rows) == []
