"""Every policy for a missing figure is live: a figure taken away is treated as the scheme says."""

from pathlib import Path

import pytest
from tests.engine.files.results.live.books import (
    edit_book,
    list_differences,
    read_cells,
    recalculate_books,
)

from kaohe.checking import admit
from kaohe.files.data.observations import read_observations
from kaohe.files.results.outputs import write_outputs
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.results.result import score

pytestmark = pytest.mark.slow
POLICIES = ("zero", "leave_out", "provisional", "group_mean", "comparable_mean")
SCHEME = """\
kaohe: 1
code: gaps
name: 缺数
period: 2019
groups: [{{code: a, name: 甲类}}, {{code: b, name: 乙类}}]
pools: [{{code: all, name: 全部, groups: [a, b]}}]
units:
  - {{code: A1, name: 甲一, group: a}}
  - {{code: A2, name: 甲二, group: a}}
  - {{code: A3, name: 甲三, group: a, participation: listed_apart, reason: 单列}}
  - {{code: A4, name: 甲四, group: a}}
  - {{code: B1, name: 乙一, group: b}}
  - {{code: B2, name: 乙二, group: b}}
missing: {{empty: {0}, not_due: {0}, refused: {0}, not_applicable: {0}, no_target: {0}}}
indicators:
  - {{code: X, name: 完成率, points: {{a: 30, b: 60}}, pool: all, text: 按完成率, rule: {{method: target_ratio}}}}
  - {{code: Y, name: 位次, points: 20, pool: all, text: 按功效系数, rule: {{method: efficacy_coefficient}}}}
  - {{code: Z, name: 档次, points: {{a: 50, b: 20}}, not_applicable: [A2], text: 按档,
     rule: {{method: bands, bands: [{{edge: 60, share: 1}}]}}}}
"""
FULL = """\
单位代码,X,X.目标值,Y,Z
A1,8,10,3,70
A2,9,10,4,
A3,7,10,5,50
A4,6,10,6,65
B1,5,10,7,61
B2,4,10,8,59
"""
GAPS = """\
单位代码,X,X.目标值,Y,Z
A1,8,10,,70
A2,,10,4,
A3,7,,5,未到期
A4,拒报,10,6,65
B1,5,10,7,不适用
B2,4,,8,59
"""
TYPED = {
    ("A1", "Y", "完成值"): None,
    ("A2", "X", "完成值"): None,
    ("A3", "X", "目标值"): None,
    ("A3", "Z", "完成值"): "未到期",
    ("A4", "X", "完成值"): "拒报",
    ("B1", "Z", "完成值"): "不适用",
    ("B2", "X", "目标值"): None,
}


def write_book(folder: Path, policy: str, figures: str, name: str) -> Path:
    scheme = admit(compose_draft(SCHEME.format(policy), "scheme.yaml"))
    table = folder / "figures.csv"
    table.write_text(figures, encoding="utf-8")
    path = folder / f"{name}_{policy}.xlsx"
    write_outputs(score(scheme, read_observations([table], scheme)), [path], "zh")
    return path


def test_figures_taken_away_are_treated_as_the_scheme_says(tmp_path: Path) -> None:
    edited = []
    for policy in POLICIES:
        full = write_book(tmp_path, policy, FULL, "full")
        write_book(tmp_path, policy, GAPS, "gaps")
        edited.append(tmp_path / f"edited_{policy}.xlsx")
        edit_book(full, edited[-1], figures=TYPED)

    for policy, shown in zip(POLICIES, recalculate_books(edited, tmp_path), strict=True):
        exact = read_cells(tmp_path / f"gaps_{policy}.xlsx")
        del exact["说明"], shown["说明"]
        assert list_differences(exact, shown) == [], policy


def test_a_word_that_says_nothing_is_an_error_and_no_zero(tmp_path: Path) -> None:
    full = write_book(tmp_path, "zero", FULL, "full")
    edit_book(full, tmp_path / "typed.xlsx", figures={("A1", "Y", "完成值"): "约三"})
    (cells,) = recalculate_books([tmp_path / "typed.xlsx"], tmp_path)
    row = next(row for row in cells["计算 Y"] if row[0] == "A1")

    assert row[4:7] == ["#N/A", "约三", "#N/A"]
