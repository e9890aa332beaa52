"""Points that do not add up, group by group."""

from kaohe.checking.inspected import Inspected
from kaohe.checking.points import POINTS_DO_NOT_ADD_UP, TOTAL_POINTS_DIFFER
from kaohe.scheme.model import SchemeModel
from tests.engine.checking.samples import sample


def find(kind, old, new):
    draft = sample(old, new)
    return kind.inspect(Inspected(SchemeModel.model_validate(draft.tree), draft))


def test_one_finding_names_all_groups_for_which_the_sum_is_the_same():
    (finding,) = find(POINTS_DO_NOT_ADD_UP, "    points: 12\n", "    points: 13\n")

    assert finding.wrong.en == '"发展" has 13 points, its children 12 together (for towns, bureaus)'
    assert finding.remedy.en == (
        "write 12, or change the children's points so that they add up to 13"
    )


def test_points_that_differ_by_group_are_checked_for_each_at_its_own_place():
    (finding,) = find(
        POINTS_DO_NOT_ADD_UP, "    points: 12\n", "    points: {towns: 12, bureaus: 14.5}\n"
    )

    assert finding.place.key == "indicators[0].points.bureaus"
    assert finding.wrong.zh == "“发展”写明 14.5 分，下级指标合计 12 分（bureaus）"


def test_an_indicator_for_one_group_adds_to_that_group_alone():
    found = find(
        POINTS_DO_NOT_ADD_UP,
        "        points: 5\n        unit: 亿元",
        "        points: {towns: 5}\n        unit: 亿元",
    )

    assert [finding.wrong.en for finding in found] == [
        '"发展" has 12 points, its children 7 together (for bureaus)'
    ]


def test_bonus_is_no_part_of_the_total():
    assert find(TOTAL_POINTS_DIFFER, "bonus_cap: 1", "bonus_cap: 9") == []


def test_a_weighted_mean_has_the_mean_of_its_childrens_points():
    second = "        points: 8\n        weight: 0.4\n"
    (finding,) = find(POINTS_DO_NOT_ADD_UP, second, second.replace("8", "10"))

    assert finding.wrong.en == '"治理" has 8 points, its children 8.8 together (for towns, bureaus)'
    assert find(POINTS_DO_NOT_ADD_UP, second, second.replace("0.4", "4")) == []


def test_a_top_level_that_is_a_mean_counts_as_its_mean():
    unsaid = "    name: 治理\n    points: 8\n"

    assert find(TOTAL_POINTS_DIFFER, unsaid, "    name: 治理\n") == []


def test_listed_indicators_count_for_the_units_they_list():
    (finding,) = find(
        POINTS_DO_NOT_ADD_UP,
        "        points: 5\n        unit: 亿元",
        "        points: 5\n        applicable: [T1, D1]\n        unit: 亿元",
    )

    assert finding.wrong.en == (
        '"发展" has 12 points, its children 7 together (for T2, T3, D2, D3, D4)'
    )
