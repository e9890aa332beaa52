"""The district's year 2019: who leads, and what its tie, veto, gaps and quotas come to."""

from datetime import date
from fractions import Fraction

import pytest
from examples.write_district import DISTRICT

from kaohe.files.data.quota_tables import read_decided_grades, read_headcounts
from kaohe.grading.caps import find_excesses
from kaohe.grading.quotas import allocate_quota
from kaohe.numbers.absence import Absence
from kaohe.numbers.writing import write_number
from tests.examples.years import find_unit, score_annual

pytestmark = pytest.mark.slow


def test_the_first_three_of_each_group():
    result = score_annual(2019)
    first = {
        group.code: [
            _write_outcome(find_unit(result, each.unit.code))
            for each in result.rank_group(group.code)[:3]
        ]
        for group in result.scheme.model.groups
    }

    assert first == {
        "QZ": [
            ("桑渚镇", "96.2158", "第一等次"),
            ("枫埭镇", "94.7194", "第一等次"),
            ("屿东新城", "94.7194", "第二等次"),
        ],
        "DQ": [
            ("区委编办", "96.2692", "第一等次"),
            ("区纪委监委机关", "96.2119", "第一等次"),
            ("区总工会", "94.7858", "第二等次"),
        ],
        "JJ": [
            ("区发展改革委", "97.1127", "第一等次"),
            ("区住房和城乡建设局", "96.3409", "第二等次"),
            ("区工业和信息化局", "96.0635", "第一等次"),
        ],
        "MS": [
            ("区卫生健康委", "97.0551", "第一等次"),
            ("区文化体育和旅游局", "96.8185", "第一等次"),
            ("区城市管理局", "95.3710", "第一等次"),
        ],
        "CG": [
            ("区公安分局", "95.5900", "第一等次"),
            ("区税务局", "95.2524", "第一等次"),
            ("区消防救援大队", "93.3491", "第一等次"),
        ],
    }


def _write_outcome(each):
    return each.unit.name, write_number(each.total.total, decimals=4), each.grade.label


def test_two_towns_with_exactly_the_same_total_at_the_cut_line_are_parted_by_the_chain():
    result = score_annual(2019)
    ahead, behind = find_unit(result, "QZ06"), find_unit(result, "QZ02")

    assert ahead.total.total == behind.total.total == Fraction("94.7194")
    assert (ahead.standing.rank, behind.standing.rank) == (2, 3)
    assert (ahead.grade.label, behind.grade.label) == ("第一等次", "第二等次")
    assert [link.of for link in ahead.standing.broken_by] == ["A"]
    assert ahead.standing.steps[0].text.zh == "2个单位总分同为94.7194，按类别得分 A定序：67.0875"


def test_a_vetoed_department_in_the_top_zone_is_passed_over_and_the_next_moves_up():
    result = score_annual(2019)
    vetoed, successor = find_unit(result, "JJ05"), find_unit(result, "JJ10")

    assert (vetoed.standing.rank, vetoed.grade.label) == (2, "第二等次")
    assert "因否决事项V01不得评为该等次，位置由下一名递补" in vetoed.grade.steps[1].text.zh
    assert (successor.standing.rank, successor.grade.label) == (5, "第一等次")


def test_a_national_award_promotes_outside_the_share():
    promoted = find_unit(score_annual(2019), "JJ07")

    assert (promoted.standing.rank, promoted.grade.label) == (8, "第一等次")
    assert promoted.grade.basis == "promotion"
    assert promoted.total.bonus == Fraction("1.5")  # the same award at two levels counts once


def test_the_front_lines_groups_have_more_first_grades_one_by_document_one_from_another_group():
    places = {
        group.group: (group.outcome.bands[0].label, group.outcome.bands[0].places)
        for group in score_annual(2019).grades
    }

    assert places == {
        "QZ": ("第一等次", 2),  # 30 % of 8, rounded down
        "DQ": ("第一等次", 2),  # 30 % of 9 is 3, and one given
        "JJ": ("第一等次", 4),  # 30 % of 12
        "MS": ("第一等次", 4),  # 40 % instead of 30 % of 11
        "CG": ("第一等次", 3),  # 30 % of 8 is 2, and one taken over
    }


def test_a_unit_listed_apart_and_one_too_new_are_scored_and_take_no_place():
    result = score_annual(2019)
    apart = [find_unit(result, code) for code in ("DQ01", "MS12")]

    assert [each.unit.participation for each in apart] == ["listed_apart", "ungraded"]
    assert [each.standing.rank for each in apart] == [None, None]
    assert [each.grade.label for each in apart] == [None, None]
    assert all(each.total.total is not None for each in apart)


def test_a_town_merged_in_the_year_is_not_scored_and_leaves_its_targets_to_the_other():
    result = score_annual(2019)
    row = result.scores.units.index("QZ07")
    targets = result.scores.leaves["A1201"].evaluation.frame.column("target")

    assert "QZ09" not in result.scores.units
    assert targets[row] == 2400 + 1000


def test_every_kind_of_missing_figure_means_what_the_scheme_says():
    result = score_annual(2019)
    gaps = {
        (code, unit): (cell.absence, cell.policy)
        for code, leaf in result.scores.leaves.items()
        for unit, cell in zip(result.scores.units, leaf.cells, strict=True)
        if cell.absence is not None and cell.absence is not Absence.NOT_APPLICABLE
    }

    assert gaps == {
        ("A1403", "QZ06"): (Absence.NOT_DUE, "group_mean"),
        ("A1707", "CG08"): (Absence.REFUSED, "zero"),
        ("A2104", "QZ08"): (Absence.NO_TARGET, "group_mean"),
        ("B101", "MS11"): (Absence.NOT_DUE, "leave_out"),
        ("B101", "CG05"): (Absence.NOT_DUE, "leave_out"),
        ("C102", "CG07"): (Absence.EMPTY, "comparable_mean"),
    }
    cells = result.scores.leaves["A1706"].cells
    away = [cells[result.scores.units.index(unit)] for unit in ("DQ09", "CG06")]
    assert [(cell.absence, cell.policy) for cell in away] == [
        (Absence.NOT_APPLICABLE, "leave_out")
    ] * 2


def test_numbers_are_read_as_people_write_them():
    figures = score_annual(2019).observations.figures

    assert figures["A1104", "value", "QZ03"] == Fraction("26.45")  # written full-width
    assert figures["A1101", "value", "QZ01"] == 84000  # written 8.4万
    assert figures["A1201", "value", "QZ01"] == 17640  # written 17,640
    assert figures["A1105", "value", "QZ04"] == Fraction("8.6")  # written 8.6%


def test_quotas_stay_within_the_caps_of_every_organ_and_of_all_together():
    folder = DISTRICT / "2019"
    headcounts = read_headcounts(folder / "headcount.csv")
    grades = read_decided_grades(folder / "grades.csv")
    model = score_annual(2019).scheme.model
    found = {}
    for rule in model.quotas:
        allocation = allocate_quota(rule, headcounts, on=date(2019, 12, 31), grades=grades)
        places = {each.organ: each.places for each in allocation.organs}
        bases = {each.organ: each.headcount for each in allocation.organs}
        assert find_excesses(places, bases, allocation.limit, rule.pools) == ()
        assert allocation.open_ties == ()
        found[rule.code] = (allocation.headcount, allocation.total, allocation.places)

    assert found == {"YX": (2544, 345, 351), "HAO": (6632, 2652, 2388)}


def test_the_front_line_gains_by_the_approved_tilt():
    rule = score_annual(2019).scheme.model.quotas[0]
    allocation = allocate_quota(
        rule,
        read_headcounts(DISTRICT / "2019" / "headcount.csv"),
        on=date(2019, 12, 31),
        grades=read_decided_grades(DISTRICT / "2019" / "grades.csv"),
    )

    assert {each.organ: each.gained for each in allocation.organs if each.gained} == {
        "QZ01": 2, "MS06": 1, "MS08": 1, "CG01": 4,
    }  # fmt: skip
    assert {each.organ: each.given for each in allocation.organs if each.given} == {
        "QZ08": 1, "DQ10": 1,
    }  # fmt: skip
