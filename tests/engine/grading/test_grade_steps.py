"""Every sentence about a grade."""

from kaohe.grading.grades import propose_grades
from kaohe.grading.proposals import UnitFacts
from tests.engine.grading.groups import make_rule, promoted_by, rank, veto


def test_every_sentence_stands_in_english_too():
    rule = make_rule(
        {"label": "A", "share": "0.2"}, {"label": "B", "number": 1}, {"label": "C", "rest": True},
        promotions=[
            {"by": "special_award", "of": "S", "levels": ["1"], "to": "B", "limit": 1},
            {"by": "matter_level", "of": "M", "levels": ["1"], "to": "B"},
        ],
        vetoed="vacant", pass_line=60, fail="D",
    )  # fmt: skip
    won = promoted_by("S", levels=frozenset({"1"}))
    facts = {
        "U1": veto("no_top_grade"),
        "U3": won,
        "U4": won,
        "U5": promoted_by("M", levels=frozenset({"1"})),
        "U6": UnitFacts((*veto("fail").vetoes, *veto("no_award", code="V2").vetoes)),
    }

    outcome = propose_grades(rule, rank(90, 80, 70, 70, 65, 61, 59, exempt=1), facts)

    assert outcome.rule == "G"
    assert {each.rule for each in outcome.proposals} == {"G"}
    assert [each.steps[-1].text.en for each in outcome.proposals] == [
        "rank 1, total 90: within B",
        "rank 2, total 80: within C",
        "rank 3, total 70: within C",
        "rank 3, total 70: within C",
        "promoted to B by matter level M, beside the share",
        "total 61: D, by veto V1, V2",
        "total 59: D, below the line",
        "exempt: takes neither place nor grade",
    ]
    assert outcome.proposals[0].steps[-2].text.en == (
        "within A, kept out by veto V1; the place stays vacant"
    )
    assert outcome.proposals[2].steps[-2].text.en == (
        "2 units tied for the last promotion by S: needs a decision"
    )
    assert [step.text.en for band in outcome.bands for step in band.steps] == [
        "A: 20% × 7 = 1.4, rounded down: 1",
        "A: nobody by rank",
        "B: 1",
        "B: lowest total in 90",
        "C: no limit",
        "C: lowest total in 70",
    ]
    tied = propose_grades(rule, rank(90, 90, 80, 70, 65), {}).bands[0]
    assert tied.steps[-1].text.en == "2 units tied at the line of A for 1 places: needs a decision"
