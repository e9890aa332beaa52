"""Grades proposed for a whole scheme: the rule of the day, tilts between groups, ties once decided."""

from fractions import Fraction
from pathlib import Path

import pytest

from kaohe.checking import admit
from kaohe.cli.inputs import load_package
from kaohe.errors import BadInput
from kaohe.files.data.observations import read_observations
from kaohe.files.results.packages import write_package
from kaohe.files.results.words import say_grade
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.results.package import compare_package, pack_result
from kaohe.results.result import Result, score

SCHEME = """\
kaohe: 1
code: small
name: 小方案
period: 2019
ends: 2019-12-31
groups: [{code: F, name: 一线}, {code: O, name: 综合}]
units:
  - {code: F1, name: 甲局, group: F}
  - {code: F2, name: 乙局, group: F}
  - {code: F3, name: 丙局, group: F}
  - {code: F4, name: 丁局, group: F}
  - {code: O1, name: 戊局, group: O}
  - {code: O2, name: 己局, group: O}
  - {code: O3, name: 庚局, group: O}
  - {code: O4, name: 辛局, group: O, participation: ungraded, reason: 当年新设}
tie_break: []
total: {points: 100}
vetoes:
  - {code: V, name: 重大事故, effects: [no_top_grade], text: 发生重大事故的不得评为优秀。}
indicators:
  - {code: X, name: 完成率, points: 100, target: 100, rule: {method: target_ratio}}
grades:
  - code: G
    name: 等次
    groups: [F, O]
    since: 2019-12-31
    bands: [{label: 优秀, share: 25%, at_least: 1}, {label: 达标, rest: true}]
  - code: OLD
    name: 旧等次
    groups: [F, O]
    until: 2019-12-30
    bands: [{label: 好, rest: true}]
"""
DATA = "单位代码,X\nF1,99\nF2,90\nF3,90\nF4,80\nO1,99\nO2,98\nO3,97\nO4,96\n"
MATTERS = "事项,单位,指标,日期,依据文件,状态\nM1,F1,V,2019-05-01,某函〔2019〕1号,认定\n"
DECIDED = (
    "tie_break: [{by: decision, order: [F3, F2], decided_by: 常委会第1次会议, reason: 任务重}]"
)
TAKEN = "{group: F, grade: 优秀, places: 1, kind: redistributed, taken_from: {O: 1}, reason: 一线}"


def grade(folder: Path, *changes: tuple[str, str], matters: bool = False) -> Result:
    written = SCHEME
    for old, new in changes:
        assert old in written
        written = written.replace(old, new)
    scheme = admit(compose_draft(written, "scheme.yaml"))
    paths = [folder / "data.csv", folder / "matters.csv"]
    for path, text in zip(paths, (DATA, MATTERS), strict=True):
        path.write_text(text, encoding="utf-8")
    return score(scheme, read_observations(paths if matters else paths[:1], scheme))


def list_grades(result: Result) -> dict[str, str | None]:
    return {each.unit.code: say_grade(each.grade, "zh") for each in result.units}


def test_the_rule_of_the_last_day_grades_every_group(tmp_path: Path):
    result = grade(tmp_path)

    assert [(each.group, each.rule.code, each.outcome.base) for each in result.grades] == [
        ("F", "G", 4), ("O", "G", 3)
    ]  # fmt: skip
    assert list_grades(result) == {
        "F1": "优秀", "F2": "达标", "F3": "达标", "F4": "达标",
        "O1": "优秀", "O2": "达标", "O3": "达标", "O4": None,
    }  # fmt: skip


def test_a_tie_at_the_line_waits_until_a_recorded_decision_is_in_the_scheme(tmp_path: Path):
    half = ("25%, at_least: 1", "50%")

    waiting = grade(tmp_path, half)
    decided = grade(tmp_path, half, ("tie_break: []", DECIDED))

    assert [list_grades(waiting)[unit] for unit in ("F1", "F2", "F3", "F4")] == [
        "优秀", "待研究决定", "待研究决定", "达标"
    ]  # fmt: skip
    assert say_grade(waiting.units[1].grade, "en") == "to be decided"
    assert [list_grades(decided)[unit] for unit in ("F1", "F2", "F3", "F4")] == [
        "优秀", "达标", "优秀", "达标"
    ]  # fmt: skip
    assert decided.units[2].grade is not None
    assert [step.text.zh for step in decided.units[2].grade.steps] == [
        "2个单位总分同为90，按研究决定的先后定序：1（常委会第1次会议：任务重）",
        "总分90，第2名",
        "第2名，总分90，在优秀范围内",
    ]
    assert waiting.scheme.digest != decided.scheme.digest
    write_package(pack_result(decided), tmp_path / "p.zip")
    members, run = load_package(tmp_path / "p.zip")
    assert compare_package(members, score(run.scheme, run.observations), "p.zip") == []


def test_a_tilt_moves_a_place_between_the_groups_of_a_rule(tmp_path: Path):
    shares = ("{label: 优秀, share: 25%, at_least: 1}", "{label: 优秀, share: 50%}")
    tilted = ("    since: 2019-12-31\n", f"    since: 2019-12-31\n    tilts: [{TAKEN}]\n")

    result = grade(tmp_path, shares, tilted)

    assert [(each.group, each.outcome.bands[0].places) for each in result.grades] == [
        ("F", 3), ("O", 0)
    ]  # fmt: skip
    assert [list_grades(result)[unit] for unit in ("F1", "F2", "F3", "F4", "O1", "O2")] == [
        "优秀", "优秀", "优秀", "达标", "达标", "达标"
    ]  # fmt: skip
    with pytest.raises(BadInput, match="group O has 1 of .* keeps 1 at least, and cannot give 1"):
        grade(tmp_path, tilted)


def test_a_veto_acts_on_the_grade_and_leaves_score_and_rank_alone(tmp_path: Path):
    result = grade(tmp_path, matters=True)

    first = result.units[0]
    assert (first.total.total, first.standing.rank) == (Fraction(99), Fraction(1))
    assert first.grade is not None
    assert (first.grade.label, first.grade.basis, first.grade.decided_by) == ("达标", "place", None)
    assert [step.text.zh for step in first.grade.steps] == [
        "总分99，第1名",
        "在优秀范围内，因否决事项V不得评为该等次，位置由下一名递补",
        "第1名，总分99，在达标范围内",
    ]
    assert [list_grades(result)[unit] for unit in ("F2", "F3")] == ["待研究决定", "待研究决定"]
