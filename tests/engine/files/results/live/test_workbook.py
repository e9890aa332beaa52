"""What stands in a live workbook before anything recalculates it."""

import re
from pathlib import Path

import openpyxl
import pytest
from tests.engine.results.town import SCHEME, score_town

from kaohe.files.results.outputs import write_outputs
from kaohe.language import Language

NASTY = '=HYPERLINK("http://x","甲")'
FIGURES_UNNAMED = """\
单位代码,A1,A2,A3,B1
T1,8.50,31.2,301,92
T2,6.25,28.5,310,88
T3,7.40,30,295,79
"""


def write_book(folder: Path, language: Language = "zh", **replaced: str) -> Path:
    path = folder / "town.xlsx"
    write_outputs(score_town(folder, **replaced), [path], language)
    return path


def find_line(sheet, code: str, column: int) -> int:
    return next(
        line for line in range(1, sheet.max_row + 1) if sheet.cell(line, column).value == code
    )


def test_the_sheets_are_named_in_the_language_of_the_reader(tmp_path: Path) -> None:
    chinese = openpyxl.load_workbook(write_book(tmp_path))
    english = openpyxl.load_workbook(write_book(tmp_path, "en"))

    assert chinese.sheetnames == [
        "说明", "得分与排名", "数据", "规则", "计算 A", "计算 B", "计算 P", "计算 M", "分值", "汇总", "位次",
        "等次", "事项",
    ]  # fmt: skip
    assert english.sheetnames == [
        "Guide", "Ranking", "Data", "Rules", "Steps A", "Steps B", "Steps P", "Steps M",
        "Full marks", "Roll-up", "Places", "Grades", "Matters",
    ]  # fmt: skip


def test_every_number_of_the_scheme_has_a_cell_with_a_name(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_book(tmp_path))

    assert sorted(book.defined_names) == [
        "c_offices_1", "c_offices_2", "c_offices_3", "c_towns_1", "c_towns_2", "c_towns_3",
        "g_annual_at_least_1", "g_annual_at_least_2", "g_annual_share_1", "g_annual_share_2",
        "p_A1_base", "p_A1_points", "p_A1_span", "p_A2_cap", "p_A2_points", "p_A3_points_towns",
        "p_A3_table_place", *(f"p_A3_table_place_{place}" for place in (1, 2, 3, 4)), "p_B1_points",
        "p_B1_table_edge", *(f"p_B1_table_edge_{band}" for band in (1, 2, 3)), "p_B1_table_else",
        "p_B1_table_value", *(f"p_B1_table_value_{band}" for band in (1, 2, 3)), "p_B2_full", "p_B2_points_offices", "p_B2_points_towns", "p_M_points",
        "p_P_points", "p_total_bonus_cap", "p_total_maximum", "p_total_minimum",
        "s_A1", "s_A2", "s_A3", "s_B1", "s_B2", "s_M", "s_P", "位次", "基础分", "总分", "次序",
    ]  # fmt: skip
    sheet, cell = next(iter(book.defined_names["p_A1_points"].destinations))
    assert book[sheet][cell.replace("$", "")].value == 20


def test_the_ranking_shows_the_exact_figures_before_anything_recalculates(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write_book(tmp_path), data_only=True)["得分与排名"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]

    assert rows[0] == [
        "次序", "考核类别", "位次", "代码", "单位", "总分", "基础分", "加分", "扣分", "距上一位", "上期位次", "升降",
        "建议等次", "参评方式", "未报数据", "否决",
    ]  # fmt: skip
    assert rows[2][:9] == [2, "镇街", 2, "T2", "竹畹镇", 87.2667, 87.7667, 0, 0.5]
    assert rows[2][12:15] == ["优秀", "参评", 0]
    assert [row[3] for row in rows[1:]] == [
        "T1", "T2", "T3", "T4", "T5", "D1", "D3", "D2", "D5", "D4",
    ]  # fmt: skip


def test_an_indicator_is_worked_out_step_by_step(tmp_path: Path) -> None:
    path = write_book(tmp_path)
    formulas = openpyxl.load_workbook(path)["计算 A"]
    figures = openpyxl.load_workbook(path, data_only=True)["计算 A"]
    line = find_line(formulas, "T2", 1)

    assert [cell.value for cell in formulas[line - 2]][:12] == [
        "代码", "单位", "考核类别", "分值", "计入得分", "缺数", "处理", "单项位次", "完成值", "功效系数", "百分制得分", "得分",
    ]  # fmt: skip
    assert [cell.value for cell in figures[line]][:5] == ["T2", "竹畹镇", "镇街", 20, 16.6667]
    assert [cell.value for cell in formulas[line]][3:] == [
        "=p_A1_points",
        '=IF(G6="",M6,IF(G6="记零分",0,""))',
        '=IF(M6<>"","",IF(ISNUMBER(I6),"未报",IF(I6="","未报",I6)))',
        '=IF(F6="","",IF(F6="拒报","记零分",IF(OR(F6="不适用",F6="未到期"),"不计入",'
        'IF(OR(F6="未报",F6="未定目标"),"暂定",NA()))))',
        '=IF(E6="","",COUNTIF($E$5:$E$8,">"&E6)+1)',
        "=IF('数据'!G6=\"\",\"\",'数据'!G6)",
        *[cell.value for cell in formulas[line]][9:12],
        '=IF(L6="","",ROUND(ROUND(L6,12),4))',
    ]


def test_points_by_place_and_bands_stand_in_cells_of_their_own(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_book(tmp_path))
    place, bands = book["计算 A"], book["计算 B"]

    assert place.cell(find_last_line(place, "T2", "A3"), 10).value == (
        '=IF(COUNT(I32)<1,"",IF(COUNT($I$31:$I$34)>=3,'
        "INDEX(p_A3_table_place,MIN(RANK(I32,$I$31:$I$34,0),4)),NA()))"
    )
    assert bands.cell(find_last_line(bands, "T2", "B1"), 10).value == (
        '=IF(COUNT(I6)<1,"",IF(I6<INDEX(p_B1_table_edge,1),p_B1_table_else,'
        "LOOKUP(I6,p_B1_table_edge,p_B1_table_value)))"
    )


def find_last_line(sheet, unit: str, indicator: str) -> int:
    """The line of a unit in the block of an indicator."""
    first = find_line(sheet, indicator, 1)
    return next(
        line for line in range(first, sheet.max_row + 1) if sheet.cell(line, 1).value == unit
    )


def test_only_functions_that_every_spreadsheet_has_are_used(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_book(tmp_path))
    formulas = [
        cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "f"
    ]
    used = {name for formula in formulas for name in re.findall(r"([A-Z.]+)\(", formula)}

    assert used <= {
        "AND", "AVERAGE", "COUNT", "COUNTIF", "EXACT", "IF", "INDEX", "INT", "ISNUMBER", "LOOKUP", "MATCH", "MAX",
        "MIN", "N", "NA", "NOT", "OR", "RANK", "ROUND", "ROWS", "SUM", "SUMIF", "SUMPRODUCT", "TRIM",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_is_a_formula_or_a_link(tmp_path: Path, language: Language) -> None:
    scheme = SCHEME.replace("name: 松潆镇", f"name: '{NASTY}'")
    path = write_book(tmp_path, language, scheme=scheme, figures=FIGURES_UNNAMED)
    sheet = openpyxl.load_workbook(path).worksheets[2]
    cell = sheet.cell(5, 2)

    assert (cell.value, cell.data_type, cell.hyperlink) == (NASTY, "s", None)


def test_sheets_are_ready_to_print(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_book(tmp_path))
    found = {
        sheet.title: (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation)
        for sheet in book
    }

    assert found["得分与排名"] == ("F4", "$1:$3", "landscape")
    assert found["数据"] == ("C5", "$1:$4", "landscape")
    assert found["计算 A"] == ("C2", "$1:$1", "landscape")
    assert {orientation for _, _, orientation in found.values()} == {"landscape"}


def test_what_may_be_changed_is_yellow(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_book(tmp_path))
    colours = [
        book[sheet].cell(line, column).fill.fgColor.rgb
        for sheet, line, column in (("数据", 5, 7), ("规则", 3, 4), ("数据", 5, 2), ("汇总", 5, 4))
    ]

    assert colours == ["FFFFF8E1", "FFFFF8E1", "00000000", "00000000"]
