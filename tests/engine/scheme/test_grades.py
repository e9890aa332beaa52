"""What a grade rule may say."""

from datetime import date
from fractions import Fraction

import pytest
from pydantic import ValidationError

from kaohe.scheme.grades import GradeRule, TieBreak

BANDS = [{"label": "优秀", "share": "30%"}, {"label": "达标", "rest": True}]
TILT = {
    "group": "towns", "grade": "优秀", "places": 2, "kind": "redistributed",
    "taken_from": {"parks": 2}, "reason": "防疫一线",
}  # fmt: skip
RAISED = {
    "group": "towns", "grade": "优秀", "points_share": "5%", "kind": "additional",
    "approval": "1号", "reason": "防疫一线",
}  # fmt: skip


def make_rule(**fields):
    return GradeRule.model_validate(
        {"code": "G", "name": "等次", "groups": ["towns", "parks"], "bands": BANDS, **fields}
    )


def test_shares_are_exact_and_defaults_are_named():
    rule = make_rule()

    assert rule.bands[0].share == Fraction(3, 10)
    assert (rule.share_rounding, rule.cut_tie, rule.vetoed) == ("floor", "tie_break", "successor")
    assert rule.share_base == ("ranked",)


def test_a_rule_comes_back_from_what_it_writes():
    rule = make_rule(
        since="2019-01-01", until="2019-12-31", share_base=78, pass_line=82, fail="未达标",
        promotions=[{"by": "indicator_score", "of": "X", "at_least": "1/3", "to": "优秀"}],
    )  # fmt: skip

    assert GradeRule.model_validate_json(rule.model_dump_json()) == rule
    assert make_rule(share_base="78") == make_rule(share_base=78)


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2018-12-31", False), ("2019-01-01", True), ("2019-12-31", True), ("2020-01-01", False)],
)
def test_a_rule_holds_from_its_first_to_its_last_day(day, holds):
    rule = make_rule(since="2019-01-01", until="2019-12-31")

    assert rule.holds("towns", date.fromisoformat(day)) is holds
    assert rule.holds("departments", date.fromisoformat(day)) is False
    assert make_rule().holds("towns", date.fromisoformat(day)) is True


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"bands": [*BANDS[1:], *BANDS[:1]]}, "the last grade must be `rest`"),
        ({"bands": [BANDS[0], {"label": "达标", "minimum_score": 60}]}, "`fail` must be given"),
        ({"bands": [{"label": "A", "share": "1", "number": 1}, BANDS[1]]}, "needs one of share"),
        ({"bands": [{"label": "A"}, BANDS[1]]}, "needs one of share"),
        ({"bands": [{"label": "A", "number": 1, "at_least": 1}, BANDS[1]]}, "at_least of grade"),
        ({"bands": [{"label": "A", "share": "101%"}, BANDS[1]]}, "less than or equal to 1"),
        ({"bands": [{"label": "达标", "number": 1}, BANDS[1]]}, "named twice"),
        ({"fail": "优秀"}, "`fail` must be the last grade"),
        ({"pass_line": 60}, "a pass line needs `fail`"),
        ({"since": "2020-01-01", "until": "2019-01-01"}, "until is before since"),
        ({"share_base": 0}, "must be positive"),
        ({"groups": []}, "at least 1"),
        ({"cut": 1}, "Extra inputs"),
        (
            {"promotions": [{"by": "special_award", "of": "S", "levels": ["1"], "to": "一等"}]},
            "no such grade: 一等",
        ),
        ({"promotions": [{"by": "special_award", "of": "S", "at_least": 1, "to": "优秀"}]}, "levels"),
        ({"promotions": [{"by": "indicator_score", "of": "S", "to": "优秀"}]}, "needs at_least"),
        ({"bands": [{"label": "A", "share": 0.3}, BANDS[1]]}, "not an exact number"),
        ({"tilts": [{**TILT, "points_share": "5%"}]}, "exactly one of points_share and places"),
        ({"tilts": [{**TILT, "places": None}]}, "exactly one of points_share and places"),
        ({"tilts": [{**TILT, "places": 1}]}, "`taken_from` other groups just as many"),
        ({"tilts": [{**TILT, "taken_from": {"towns": 2}}]}, "`taken_from` other groups"),
        ({"tilts": [{**TILT, "taken_from": {"parks": 0, "offices": 2}}]}, "greater than 0"),
        ({"tilts": [{**TILT, "kind": "additional", "approval": "1号"}]}, "no `taken_from`"),
        ({"tilts": [{**TILT, "kind": "additional", "taken_from": {}}]}, "needs its `approval`"),
        ({"tilts": [{**TILT, "reason": ""}]}, "at least 1"),
        ({"tilts": [{**TILT, "grade": "达标"}]}, 'no such tilt of "达标"'),
        ({"tilts": [{**TILT, "grade": "良好"}]}, 'no such tilt of "良好"'),
        ({"tilts": [RAISED], "bands": [{"label": "优秀", "number": 2}, BANDS[1]]}, "a `share` to raise"),
        ({"tilts": [TILT], "groups": ["towns"]}, "the groups of a tilt: parks"),
        ({"tilts": [TILT], "groups": ["parks"]}, "the groups of a tilt: towns"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(fields, said):
    with pytest.raises(ValidationError, match=said):
        make_rule(**fields)


def test_a_category_tie_break_names_its_indicator():
    assert TieBreak(by="category", of="A").of == "A"
    with pytest.raises(ValidationError, match="names the indicator"):
        TieBreak(by="category")
    with pytest.raises(ValidationError, match="names the indicator"):
        TieBreak(by="bonus", of="A")


def test_a_tilt_of_grades_is_additional_or_redistributed():
    rule = make_rule(tilts=[TILT, RAISED])

    taken, raised = rule.tilts
    assert (taken.kind, taken.places, taken.taken_from) == ("redistributed", 2, {"parks": 2})
    assert (raised.kind, raised.points_share, raised.approval) == (
        "additional", Fraction(1, 20), "1号"
    )  # fmt: skip
    assert GradeRule.model_validate_json(rule.model_dump_json()) == rule


def test_a_decision_names_order_decider_and_reason():
    decided = {"by": "decision", "order": ["甲", "乙"], "decided_by": "常委会", "reason": "任务重"}

    assert TieBreak.model_validate(decided).order == ("甲", "乙")
    for missing in ("order", "decided_by", "reason"):
        with pytest.raises(ValidationError, match="order, decided_by and reason go together"):
            TieBreak.model_validate({**decided, missing: [] if missing == "order" else " "})
    with pytest.raises(ValidationError, match="`by: decision` only"):
        TieBreak.model_validate({**decided, "by": "bonus"})
    with pytest.raises(ValidationError, match="twice in the order: 甲"):
        TieBreak.model_validate({**decided, "order": ["甲", "乙", "甲"]})
