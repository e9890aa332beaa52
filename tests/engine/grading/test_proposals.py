"""A proposal becomes a grade by a named decision only."""

import pytest

from kaohe.errors import BadInput
from kaohe.grading.decisions import Decision
from kaohe.grading.grades import propose_grades
from kaohe.grading.proposals import decide_grade, list_labels
from tests.engine.grading.groups import FIRST_THREE, make_rule, rank


def test_a_proposal_is_no_grade_until_somebody_named_decides():
    rule = make_rule(*FIRST_THREE)
    proposal = propose_grades(rule, rank(95, 94, 93, 92), {}).proposals[3]

    grade = decide_grade(
        rule, proposal, label="一等次", decision=Decision("区委常委会", "急难任务")
    )

    assert (proposal.label, proposal.decided_by) == ("二等次", None)
    assert (grade.unit, grade.label, grade.proposed) == ("U4", "一等次", "二等次")
    assert grade.decision.decided_by == "区委常委会"
    assert grade.rule == "G"


def test_an_unknown_grade_and_a_unit_without_grade_are_refused():
    rule = make_rule({"label": "A", "number": 1}, {"label": "B", "rest": True}, fail="C")
    ranked, apart = propose_grades(rule, rank(95, ungraded=94), {}).proposals
    decision = Decision("区委常委会", "会议纪要3号")

    assert decide_grade(rule, ranked, label="C", decision=decision).label == "C"
    with pytest.raises(
        BadInput, match='U1: the rule knows no grade "D" → known: A, B, C'
    ) as unknown:
        decide_grade(rule, ranked, label="D", decision=decision)
    with pytest.raises(BadInput, match="ungraded: ungraded takes no grade") as outside:
        decide_grade(rule, apart, label="A", decision=decision)
    assert unknown.value.findings[0].kind == "grade-unknown"
    assert outside.value.findings[0].kind == "grade-outside"


def test_a_failing_grade_may_be_the_last_band_or_one_below_it():
    assert list_labels(make_rule(*FIRST_THREE)) == ["一等次", "二等次", "三等次"]
    assert list_labels(make_rule(*FIRST_THREE, fail="三等次")) == ["一等次", "二等次", "三等次"]
    assert list_labels(make_rule(*FIRST_THREE, fail="末等")) == [
        "一等次",
        "二等次",
        "三等次",
        "末等",
    ]
