"""The workbook form without a workbook: the same drafts, at the same places."""

from pathlib import Path

import pytest

from kaohe.checking.admission import admit, check_draft
from kaohe.errors import BadInput
from kaohe.files.schemes.plain_sheets import (
    list_plain_sheets,
    read_plain_sheets,
    read_workbook_cells,
)
from kaohe.files.schemes.workbook_writing import write_scheme_workbook
from kaohe.files.schemes.yaml_reading import read_scheme_yaml
from kaohe.files.tables.limits import UPLOAD

ANNUAL = Path(__file__).parents[3] / "examples" / "district" / "2019" / "annual.yaml"
SHEETS = {
    "方案": [["键", "值"], ["代码", "S-1"], ["名称", "试点"], ["考核年度", "2026"]],
    "单位": [["代码", "名称"], ["QZ01", "甲镇"]],
    "指标": [["代码", "名称", "分值", "计分办法"], ["A", "增收", "100", "ratio_to_best"]],
}


def test_sheets_of_a_scheme_give_the_scheme_back() -> None:
    scheme = admit(read_scheme_yaml(ANNUAL))

    again = admit(read_plain_sheets(list_plain_sheets(scheme.model)))

    assert again.digest == scheme.digest


def test_a_workbook_holds_the_same_sheets(tmp_path: Path) -> None:
    scheme = admit(read_scheme_yaml(ANNUAL))
    write_scheme_workbook(scheme.model, tmp_path / "scheme.xlsx")

    cells = read_workbook_cells(tmp_path / "scheme.xlsx", limits=UPLOAD)

    assert cells == list_plain_sheets(scheme.model)


def test_a_finding_stands_at_the_cell_of_its_sheet() -> None:
    heads = ["代码", "名称", "分值", "计分办法"]
    sheets = {**SHEETS, "指标": [heads, ["A", "增收", "百", "没有的办法"]]}

    places = {
        (found.place.sheet, found.place.cell) for found in check_draft(read_plain_sheets(sheets))
    }

    assert places == {("指标", "C2"), ("指标", "D2")}


def test_an_empty_row_is_no_row_but_counts() -> None:
    heads = ["代码", "名称", "分值", "计分办法"]
    sheets = {**SHEETS, "指标": [heads, ["", "", "", ""], ["A", "增收", "百"]]}

    places = {
        (found.place.sheet, found.place.cell) for found in check_draft(read_plain_sheets(sheets))
    }

    assert ("指标", "C3") in places


def test_a_missing_sheet_is_named() -> None:
    with pytest.raises(BadInput) as refused:
        read_plain_sheets({"方案": SHEETS["方案"]}, "编辑中的方案")

    assert "缺少工作表“指标”" in refused.value.say("zh")
