"""Rules without points: those that multiply them, and those whose cap they are."""

import pytest

from kaohe.checking import check_draft
from kaohe.files.schemes.yaml_reading import compose_draft
from tests.engine.checking.samples import sample

AWARDS = "    points: 1\n    owner: 考核办\n"
UNCAPPED = "bonus_cap: 1, deduction_cap: 2"
PEOPLE = """\
kaohe: 1
code: people
name: 全员考核
period: "2019"
groups:
  - {code: north, name: 北片}
  - {code: south, name: 南片}
indicators:
  - code: A
    name: 实绩
    points: 10
    target: 4
    rule: {method: target_ratio}
    examples:
      - {value: 2, target: 4, score: 5}
  - code: B
    name: 加分
    family: bonus
    points: 2
    rule: {method: awards, levels: {national: 1}}
"""


def list_found(draft, *kinds):
    return [
        (finding.kind, finding.place.key, finding.wrong.en)
        for finding in check_draft(draft)
        if finding.kind in kinds
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "{method: awards, levels: {national: 1, city: 0.5}}",
        "{method: over_fulfilment, rates: {key: 8%}}",
        "{method: difficulty, combine: sum}",
    ],
)
def test_a_cap_of_no_points_holds_a_bonus_at_zero(rule):
    draft = sample(AWARDS, "    owner: 考核办\n")
    draft.tree["indicators"][2]["rule"] = compose_draft(rule, "rule.yaml").tree
    draft.tree["total"].pop("bonus_cap")

    assert list_found(draft, "no-points", "cap-without-points", "bonus-without-cap") == [
        (
            "cap-without-points",
            "indicators[2].rule",
            "C has neither points for towns, bureaus nor a cap in its rule: "
            "it is held at 0 and never counts",
        )
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "{method: events, start: zero, per_event: 0.5, counted_from: value}",
        "{method: deductions, start: zero, kinds: {late: 1}}",
    ],
)
def test_a_cap_of_no_points_holds_a_deduction_at_zero(rule):
    draft = sample("    points: 2\n    direction: lower\n", "    direction: lower\n")
    draft.tree["indicators"][3]["rule"] = compose_draft(rule, "rule.yaml").tree
    draft.tree["total"].pop("deduction_cap")

    assert [
        (kind, where)
        for kind, where, _ in list_found(
            draft, "no-points", "cap-without-points", "deduction-without-cap"
        )
    ] == [("cap-without-points", "indicators[3].rule")]


def test_a_rule_that_starts_from_the_points_has_none_to_start_from():
    draft = sample("        points: 8\n        weight: 0.4\n", "        weight: 0.4\n")
    draft.tree["indicators"][1]["children"][1]["rule"] = {
        "method": "deductions", "start": "points", "kinds": {"late": "1"},
    }  # fmt: skip

    assert [kind for kind, *_ in list_found(draft, "no-points", "cap-without-points")] == [
        "no-points"
    ]


def test_a_cap_in_the_rule_needs_no_points():
    draft = sample(AWARDS, "    owner: 考核办\n")
    draft.tree["indicators"][2]["rule"]["cap"] = "1"

    assert list_found(draft, "no-points", "cap-without-points") == []


def test_a_bonus_that_counts_for_some_still_needs_a_cap():
    draft = sample(AWARDS, "    points: {towns: 1, bureaus: 0}\n    owner: 考核办\n")
    draft.tree["total"].pop("bonus_cap")

    assert [kind for kind, *_ in list_found(draft, "cap-without-points", "bonus-without-cap")] == [
        "cap-without-points", "bonus-without-cap",
    ]  # fmt: skip


def list_of_people(old="", new=""):
    assert old in PEOPLE
    draft = compose_draft(PEOPLE.replace(old, new, 1), "people.yaml")
    kinds = ("no-points", "cap-without-points", "example-fails", "pool-too-small")
    return list_found(draft, *kinds)


def test_where_nobody_is_listed_every_group_is_meant():
    assert list_of_people() == []
    assert list_of_people("    points: 10\n    target", "    target")[0] == (
        "no-points",
        "indicators[0].points",
        "A has no points for north, south: its score is always nothing",
    )
    assert list_of_people("    points: 2\n", "") == [
        (
            "cap-without-points",
            "indicators[1].rule",
            "B has neither points for north, south nor a cap in its rule: "
            "it is held at 0 and never counts",
        )
    ]


def test_an_example_is_tried_where_nobody_is_listed():
    assert list_of_people("score: 5}", "score: 6}") == [
        (
            "example-fails",
            "indicators[0].examples[0].score",
            "A: the example expects 6, the rule gives 5",
        )
    ]


def test_a_place_is_no_pool_too_small_where_nobody_is_listed():
    assert list_of_people("rule: {method: target_ratio}\n    examples:\n      - {value: 2, target: 4, score: 5}",
                          "rule: {method: place, table: [10, 5]}") == []  # fmt: skip
