"""What a quota rule may say."""

from datetime import date
from fractions import Fraction

import pytest
from pydantic import ValidationError

from kaohe.scheme.quotas import Cap, QuotaRule

CAPS = [
    {"until": "2020-12-31", "share": "15%", "approved_share": "20%"},
    {"since": "2021-01-01", "share": "20%", "approved_share": "25%", "approval": "1号"},
]


def make_rule(**fields):
    return QuotaRule.model_validate(
        {
            "code": "Q", "name": "优秀名额", "category": "公务员", "base_date": "2019-12-31",
            "caps": CAPS, **fields,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "share", "limit"), [("2020-12-31", "0.15", "0.15"), ("2021-01-01", "0.2", "0.25")]
)
def test_each_day_has_its_cap_and_its_limit(day, share, limit):
    cap = make_rule().find_cap(date.fromisoformat(day))

    assert cap is not None
    assert (cap.share, cap.limit) == (Fraction(share), Fraction(limit))


def test_a_day_may_have_no_cap():
    assert make_rule(caps=CAPS[1:]).find_cap(date(2020, 12, 31)) is None


def test_an_approval_without_a_higher_share_changes_nothing():
    assert Cap(share=Fraction(1, 5), approval="1号").limit == Fraction(1, 5)


def test_a_rule_comes_back_from_what_it_writes():
    rule = make_rule(
        unit_grade_link={"一等次": "25%"},
        pools=[{"code": "P", "organs": ["甲", "乙"], "approval": "2号"}],
        tilts=[{"units": ["甲"], "points_share": "5%", "kind": "redistributed", "reason": "一线"}],
    )

    assert QuotaRule.model_validate_json(rule.model_dump_json()) == rule


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"caps": []}, "at least 1"),
        ({"caps": [CAPS[0], {"since": "2020-12-31", "share": "20%"}]}, "hold on the same day"),
        ({"caps": [{"share": "20%"}, CAPS[0]]}, "hold on the same day"),
        ({"caps": [{"share": "20%", "approved_share": "15%"}]}, "below the ordinary one"),
        ({"caps": [{"share": "120%"}]}, "less than or equal to 1"),
        ({"tie_order": ["甲"]}, "needs its tie_decision"),
        ({"method": "dhondt"}, "largest_remainder"),
        (
            {"pools": [{"code": "P", "organs": ["甲"]}, {"code": "R", "organs": ["甲"]}]},
            "twice among pools: 甲",
        ),
        (
            {"pools": [{"code": "P", "organs": ["甲"]}, {"code": "P", "organs": ["乙"]}]},
            "twice among pools: P",
        ),
        ({"tilts": [{"units": ["甲"], "seats": 1, "kind": "additional", "reason": "一线"}]}, "approval"),
        ({"tilts": [{"units": ["甲"], "kind": "redistributed", "reason": "一线"}]}, "exactly one of points_share and seats"),
        ({"tilts": [{"units": ["甲"], "seats": 1, "kind": "redistributed"}]}, "reason"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(fields, said):
    with pytest.raises(ValidationError, match=said):
        make_rule(**fields)
