"""Schemes in workbooks: what a clerk may write, and every cell that cannot be understood."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from kaohe.errors import BadInput, Place
from kaohe.files.schemes.reading import read_draft
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.reading import read_model

Sheets = dict[str, list[list[Any]]]
SMALL: Sheets = {
    "方案": [["代码", "s"], ["名称", "小方案"], ["考核年度", 2019]],
    "单位": [["代码", "名称"], ["U1", "甲镇"], ["U2", "乙镇"]],
    "指标": [["代码", "名称", "分值", "计分办法"], ["A", "收入", 5, "功效系数法"]],
}


def write(path: Path, sheets: Sheets) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                page.write_row(number, 0, cells)
    return path


def read(path: Path) -> SchemeModel:
    model, findings = read_model(read_draft(path))
    assert findings == []
    assert model is not None
    return model


def refuse(path: Path) -> set[tuple[str, str, str, str]]:
    with pytest.raises(BadInput) as refusal:
        read_draft(path)
    assert all(finding.remedy.zh and finding.remedy.en for finding in refusal.value.findings)
    return {
        (finding.kind, finding.place.sheet, finding.place.cell, finding.wrong.zh)
        for finding in refusal.value.findings
    }


def test_three_sheets_are_a_scheme(tmp_path: Path) -> None:
    model = read(write(tmp_path / "a.xlsx", SMALL))

    assert model.model_dump(mode="json", exclude_defaults=True) == {
        "kaohe": 1,
        "code": "s",
        "name": "小方案",
        "period": "2019",
        "groups": [{"code": "全部", "name": "全部"}],
        "units": [
            {"code": "U1", "name": "甲镇", "group": "全部"},
            {"code": "U2", "name": "乙镇", "group": "全部"},
        ],
        "indicators": [{"code": "A", "name": "收入", "points": "5", "rule": {}}],
    }


def test_cells_are_understood_as_clerks_write_them(tmp_path: Path) -> None:
    sheets = SMALL | {
        "方案": [
            ["键", "值"],
            *SMALL["方案"],
            ["舍入.mode", "四舍六入五成双"],
            ["总分.bonus_cap", "１．５"],
        ],
        "指标": [
            ["代码", "上级", "名称", "分值", "方向", "可写万、亿", "适用单位", "报送期限", "计分办法", "计分参数"],
            ["A", "", "经济", "", "", "", "", "", "", ""],
            ["A1", "A", "收入", "全部=5", "正向", "是", "U1、U2", "15", "R04", ""],
            ["A2", "A", "降耗", 2.5, "逆向", "否", "", "2019-12-31", "目标完成率法", "计分方式=difference；每差1个单位增减的完成率=0.1"],
        ],
        "目标": [["指标代码", "单位代码", "目标值", "挑战目标"], ["A2", "U1", 3, ""], ["A2", "U2", "1/3", 4]],
    }  # fmt: skip

    model = read(write(tmp_path / "a.xlsx", sheets))

    assert model.rounding.mode == "half_even"
    assert str(model.total.bonus_cap) == "3/2"
    first, second = model.indicators[0].children
    assert first.points_by_group == {"全部": 5}
    assert first.myriads
    assert first.applicable == ("U1", "U2")
    assert first.due == 15
    assert second.points == Fraction(5, 2)
    assert second.direction == "lower"
    assert not second.myriads
    assert second.rule is not None
    assert second.rule.model_dump(exclude_defaults=True, mode="json") == {
        "mode": "difference",
        "per_unit": "0.1",
    }
    assert second.model_dump(mode="json")["targets"] == {
        "U1": "3",
        "U2": {"target": "1/3", "challenge": "4", "constraint": None},
    }


def test_every_cell_that_cannot_be_understood_is_listed_at_once(tmp_path: Path) -> None:
    sheets: Sheets = {
        "方案": [
            ["键", "值"],
            *SMALL["方案"],
            ["名字", "x"],
            ["名称", "又一个"],
            ["units", "U3"],
            ["total", "5"],
            ["total.maximum", "120"],
        ],
        "单位": [["代码", "名称", "电话", "name"], ["U1", "甲镇", "110", "甲"]],
        "指标": [
            ["代码", "上级", "名称", "计分办法", "计分参数", "各单位目标", "下级指标"],
            ["A", "B", "甲", "R04", ""],
            ["B", "A", "乙", "R04", ""],
            ["C", "D", "丙", "R04", ""],
            ["E", "", "丁", "R04", "[1"],
            ["F", "", "戊", "R04", "a=1；a=2"],
            ["G", "", "己", "R04", "[" * 30_000],
            ["H", "H", "庚", "R04", ""],
        ],
        "目标": [
            ["指标代码", "单位代码", "目标值"],
            ["E", "U1", 1],
            ["E", "U1", 2],
            ["X", "U1", 1],
        ],
    }

    assert refuse(write(tmp_path / "a.xlsx", sheets)) == {
        ("unknown-column", "方案", "A5", "不认识“名字”"),
        ("duplicate-key", "方案", "A6", "“名称”重复"),
        ("unknown-column", "方案", "A7", "不认识“units”"),
        ("duplicate-key", "方案", "A9", "“total.maximum”重复"),
        ("unknown-column", "单位", "C1", "不认识“电话”"),
        ("duplicate-key", "单位", "D1", "“name”重复"),
        ("unknown-column", "指标", "F1", "不认识“各单位目标”"),
        ("unknown-column", "指标", "G1", "不认识“下级指标”"),
        ("no-way-to-top", "指标", "2", "沿“上级”找不到最上级：互为上级，或层次过深"),
        ("no-way-to-top", "指标", "3", "沿“上级”找不到最上级：互为上级，或层次过深"),
        ("unknown-code", "指标", "4", "没有代码为“D”的指标"),
        ("cell-not-readable", "指标", "E5", "看不懂“[1”"),
        ("cell-not-readable", "指标", "E6", "看不懂“a=1；a=2”"),
        ("cell-not-readable", "指标", "E7", f"看不懂“{'[' * 20}…”"),
        ("no-way-to-top", "指标", "8", "沿“上级”找不到最上级：互为上级，或层次过深"),
        ("duplicate-key", "目标", "3", "“E · U1”重复"),
        ("unknown-code", "目标", "4", "没有代码为“X”的指标"),
    }


def test_missing_sheets_are_named(tmp_path: Path) -> None:
    assert refuse(write(tmp_path / "a.xlsx", {"单位": SMALL["单位"]})) == {
        ("sheet-missing", "", "", "缺少工作表“方案”"),
        ("sheet-missing", "", "", "缺少工作表“指标”"),
    }


def test_a_sheet_whose_name_is_mistyped_is_not_left_out_in_silence(tmp_path: Path) -> None:
    sheets = SMALL | {
        "说明": [["请填写"]],
        "数据": [["单位代码", "A"], ["U1", 5]],
        "等级": [["代码", "名称"], ["g", "等次"]],
    }

    assert refuse(write(tmp_path / "a.xlsx", sheets)) == {
        ("unknown-sheet", "等级", "", "不认识这张工作表")
    }


def test_a_ladder_of_thousands_is_too_deep(tmp_path: Path) -> None:
    rows = [[f"A{n}", f"A{n - 1}" if n else "", "甲", "R04"] for n in range(5_000)]
    sheets = SMALL | {"指标": [["代码", "上级", "名称", "计分办法"], *rows]}

    assert ("no-way-to-top", "指标", "5001") in {
        each[:3] for each in refuse(write(tmp_path / "a.xlsx", sheets))
    } or len(refuse(tmp_path / "a.xlsx")) == 201


def test_what_does_not_fit_a_scheme_is_found_at_its_cell(tmp_path: Path) -> None:
    sheets = SMALL | {
        "指标": [["代码", "名称", "分值", "计分办法"], ["A", "收入", "五", "R04"], ["B", "支出", 5, "R4"]],
        "目标": [["指标代码", "单位代码", "目标值"], ["B", "U1", "约3"]],
    }  # fmt: skip

    model, findings = read_model(read_draft(write(tmp_path / "a.xlsx", sheets)))

    assert model is None
    assert {(each.kind, each.place.sheet, each.place.cell, each.wrong.zh) for each in findings} == {
        ("malformed", "指标", "C2", "“五”里有 0–9 以外的数字"),
        ("unknown-method", "指标", "D3", "没有计分办法“R4”"),
        ("malformed", "目标", "2", "“约3”里除了数还有别的字"),
    }


def test_a_sheet_is_read_behind_the_same_guards_as_data(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        for name, rows in SMALL.items():
            page = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                page.write_row(number, 0, cells)
        book.worksheets()[1].hide()
        book.worksheets()[2].merge_range("A2:A3", "A")

    with pytest.raises(BadInput) as refusal:
        read_draft(tmp_path / "a.xlsx")

    assert [(each.kind, each.place) for each in refusal.value.findings] == [
        ("hidden-sheet", Place(file="a.xlsx", sheet="单位")),
        ("merged-cells", Place(file="a.xlsx", sheet="指标", cell="A2:A3")),
    ]
