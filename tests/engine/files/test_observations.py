"""Data as one scheme understands them: wide and long tables, and everything wrong with them at once."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.engine.files.small_data import SCHEME, read, refuse

from kaohe.errors import BadInput, Place
from kaohe.files.data.observations import read_observations
from kaohe.numbers.absence import Absence
from kaohe.rules.records import Matter
from kaohe.scoring.snapshot import digest_snapshot


def write_workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = xlsxwriter.Workbook(path)
    percent = book.add_format({"num_format": "0.00%"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for r, cells in enumerate(rows):
            for c, cell in enumerate(cells):
                is_share = isinstance(cell, float) and 0 < cell < 1
                page.write(r, c, cell, percent if is_share else None)
    book.close()
    return path


def test_a_wide_table(tmp_path: Path) -> None:
    data = read(
        tmp_path,
        "unit,name,A01,A01.target,A02,A.3,A.3.previous,备注\n"
        "U01,甲镇,6.5%,７．５,1.2万,98,97.5,\n"
        'U02,乙镇（筹）,-1.25,不适用,"12,000",,/,说明\n'
        "U03,丙镇,未到期,,拒报,0,,\n",
    )

    assert data.figures == {
        ("A01", "value", "U01"): Fraction(13, 2),
        ("A01", "target", "U01"): Fraction(15, 2),
        ("A02", "value", "U01"): Fraction(12000),
        ("A.3", "value", "U01"): Fraction(98),
        ("A.3", "previous", "U01"): Fraction(195, 2),
        ("A01", "value", "U02"): Fraction(-5, 4),
        ("A01", "target", "U02"): Absence.NOT_APPLICABLE,
        ("A02", "value", "U02"): Fraction(12000),
        ("A.3", "previous", "U02"): Absence.NOT_APPLICABLE,
        ("A01", "value", "U03"): Absence.NOT_DUE,
        ("A02", "value", "U03"): Absence.REFUSED,
        ("A.3", "value", "U03"): Fraction(0),
    }
    assert data.places["A.3", "previous", "U01"] == Place(file="1.csv", line=2, key="A.3.previous")
    assert len(data.places) == len(list(data.places)) == 12


def test_names_and_labels_do_for_codes(tmp_path: Path) -> None:
    data = read(tmp_path, "单位,收入增长率,收入增长率.目标值\n甲镇,1,2\n U02 ,3,4\n")

    assert data.figures == {
        ("A01", "value", "U01"): Fraction(1),
        ("A01", "target", "U01"): Fraction(2),
        ("A01", "value", "U02"): Fraction(3),
        ("A01", "target", "U02"): Fraction(4),
    }


def test_last_years_place_of_a_unit_is_headed_as_if_the_total_were_an_indicator(
    tmp_path: Path,
) -> None:
    for heading in ("total.previous_rank", "总分.上期位次"):
        data = read(tmp_path, f"单位,{heading}\nU01,2\nU02,1\n")

        assert data.figures == {
            ("total", "previous_rank", "U01"): Fraction(2),
            ("total", "previous_rank", "U02"): Fraction(1),
        }


def test_of_a_unit_as_a_whole_nothing_else_is_supplied(tmp_path: Path) -> None:
    findings = refuse(tmp_path, "单位,总分.完成值\nU01,2\n")

    assert [finding.kind for finding in findings] == ["unknown-column"]
    assert "previous_rank" in findings[0].remedy.zh


def test_a_long_table_says_the_same(tmp_path: Path) -> None:
    wide = read(tmp_path, "unit,A01,A01.target,A02\nU01,6.5,7,3万\nU02,,/,5\n")
    long = read(
        tmp_path,
        "unit,indicator,period,facet,value\nU02,A02,2019,value,5\nU01,A01,2019,,6.5%\n"
        "U01,A01,,target,7\nU01,投资额,2019,完成值,30000\nU02,A01,2019,目标值,不适用\nU02,A01,2019,value,\n",
    )

    assert long == wide
    assert digest_snapshot(long) == digest_snapshot(wide)


def test_tables_add_up(tmp_path: Path) -> None:
    data = read(
        tmp_path, "unit,A01,A02\nU01,1,\n", "unit,A02\nU01,2\n", "单位,指标,值\nU02,A01,3\n"
    )

    assert data.figures == {
        ("A01", "value", "U01"): Fraction(1),
        ("A02", "value", "U01"): Fraction(2),
        ("A01", "value", "U02"): Fraction(3),
    }


def test_a_workbook_with_several_sheets(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "a.xlsx",
        {
            "说明": [["请于月底前报送"]],
            "方案": [["名称", "测试方案"]],
            "单位": [["代码", "名称"], ["U01", "甲镇"]],
            "数据": [["单位代码", "A01", "A02"], ["U01", 0.065, 12000], ["U02", "", "3万"]],
            "事项": [["事项", "单位", "指标", "级别", "份额"], ["M1", "U01", "A01", "市级", 0.5]],
        },
    )

    data = read_observations(path, SCHEME)

    assert data.figures == {
        ("A01", "value", "U01"): Fraction(13, 2),
        ("A02", "value", "U01"): Fraction(12000),
        ("A02", "value", "U02"): Fraction(30000),
    }
    assert data.records == (Matter("M1", "U01", "A01", level="city", share=Fraction(1, 2)),)
    assert data.places["A02", "value", "U02"] == Place(file="a.xlsx", sheet="数据", cell="C3")


def test_everything_wrong_in_all_files_is_listed_at_once(tmp_path: Path) -> None:
    findings = refuse(
        tmp_path,
        "unit,name,A01,A1,A01.targt,A,A02\n"
        "U01,甲镇,1,1,1,1,1\n"
        "U09,己镇,1,1,1,1,1\n"
        "U01,甲镇,2,1,1,1,1\n"
        "U02,丙镇,abc,1,1,1,0.5\n"
        "U03,,101,1,1,1,-\n",
        "unit,indicator,facet,period,value,x\n"
        "U03,A01,target,2019,1.234,\n"
        "U01,A01,value,2019,5,\n"
        "U02,A9,value,2019,5,\n"
        "U02,A02,goal,2019,5,\n"
        "U02,A02,,2018,5,\n"
        "U02,A02,previous,2019,6%,\n",
        "<html>",
        "matter,unit,indicator,level,date,share,status,price\n"
        "M1,U01,A01,provincial,2019-02-29,1.5,maybe,\n"
        ",U8,B,city,Mai,x,,\n",
    )

    assert {(f.kind, f.place.file, f.place.line, f.place.key, f.wrong.zh) for f in findings} == {
        ("unknown-column", "1.csv", 1, "A1", "方案里没有末级指标“A1”"),
        ("unknown-column", "1.csv", 1, "A01.targt", "方案里没有数据项“targt”"),
        ("unknown-column", "1.csv", 1, "A", "方案里没有末级指标“A”"),
        ("unknown-unit", "1.csv", 3, "unit", "方案里没有考核对象“U09”"),
        ("unit-twice", "1.csv", 4, "", "U01 已有一行：第2行"),
        ("unit-mismatch", "1.csv", 5, "name", "代码是 U02，名称却是 U03 的"),
        ("bad-figure", "1.csv", 5, "A01", "“abc”不是数"),
        ("bad-figure", "1.csv", 5, "A02", "0.5 的小数多于 0 位"),
        ("bad-figure", "1.csv", 6, "A01", "101 超出上限 100"),
        ("bad-figure", "1.csv", 6, "A02", "“-”说不清是什么意思"),
        ("unknown-column", "2.csv", 1, "x", "不认识的列“x”"),
        ("figure-twice", "2.csv", 3, "value", "U01 的 A01（value）已经填过：1.csv · 第2行 · A01"),
        ("unknown-indicator", "2.csv", 4, "indicator", "方案里没有末级指标“A9”"),
        ("unknown-indicator", "2.csv", 5, "facet", "方案里没有数据项“goal”"),
        ("other-period", "2.csv", 6, "period", "考核期是 2018，方案是 2019"),
        ("bad-figure", "2.csv", 7, "value", "“6%”带百分号，而这里的单位不是 %"),
        (
            "disguised-file",
            "3.csv",
            None,
            "",
            "名字以 .csv 结尾，内容其实是网页（HTML），常见于网上系统的“导出”",
        ),
        ("unknown-column", "4.csv", 1, "price", "不认识的列“price”"),
        ("bad-record", "4.csv", 2, "level", "方案里没有事项级别“provincial”"),
        ("bad-record", "4.csv", 2, "date", "“2019-02-29”不是日期"),
        ("bad-record", "4.csv", 2, "share", "1.5 不在 0 到 1 之间"),
        ("bad-record", "4.csv", 2, "status", "不认识的状态“maybe”"),
        ("empty-cell", "4.csv", 3, "matter", "“matter”没有填"),
        ("bad-record", "4.csv", 3, "unit", "方案里没有考核对象“U8”"),
        ("bad-record", "4.csv", 3, "indicator", "方案里没有末级指标“B”"),
        ("bad-record", "4.csv", 3, "date", "“Mai”不是日期"),
        ("bad-record", "4.csv", 3, "share", "“x”不是数"),
    }


@pytest.mark.parametrize(
    ("heading", "remedy"),
    [
        ("A1", "相近的有：A01"),
        ("收入增长", "相近的有：收入增长率"),
        ("A01.targets", "相近的有：target"),
    ],
)
def test_the_nearest_name_is_offered(tmp_path: Path, heading: str, remedy: str) -> None:
    [finding] = refuse(tmp_path, f"unit,{heading}\nU01,1\n")

    assert finding.remedy.zh.startswith(remedy)


def test_dates_and_truth_values_are_no_figures(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"数据": [["unit", "A01"], ["U01", True]]})

    with pytest.raises(BadInput) as refusal:
        read_observations(path, SCHEME)

    [finding] = refusal.value.findings
    assert (finding.place.cell, finding.wrong.zh) == ("B2", "TRUE 是真假值，不是数")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("代码,A01\nU01,1\n", "没有“单位代码”列"),
        ("indicator,value\nA01,1\n", "没有“单位代码”列"),
        ("matter,unit\nM1,U01\n", "没有“指标代码”列"),
    ],
)
def test_a_missing_column_is_named(tmp_path: Path, text: str, wrong: str) -> None:
    assert wrong in [finding.wrong.zh for finding in refuse(tmp_path, text)]


def test_a_workbook_without_data(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"说明": [["unit", "A01"], ["U01", 1]]})

    with pytest.raises(BadInput) as refusal:
        read_observations([path], SCHEME)

    assert refusal.value.findings[0].kind == "no-data"


def test_residues_of_calculation_are_not_rounded_away(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"数据": [["unit", "A01"], ["U01", 19 / 3]]})

    with pytest.raises(BadInput) as refusal:
        read_observations(path, SCHEME)

    assert refusal.value.findings[0].wrong.zh == "6.33333333333333 的小数多于 2 位"


def test_a_name_does_where_there_is_no_code_and_must_agree_where_there_is(tmp_path: Path) -> None:
    named = read(tmp_path, "单位名称,A01\n甲镇,1\n", "单位代码,单位,A02\nU02,乙镇（筹）,2\n")
    assert named.figures == {
        ("A01", "value", "U01"): Fraction(1),
        ("A02", "value", "U02"): Fraction(2),
    }

    findings = refuse(
        tmp_path,
        "单位代码,单位,A01\nU01,乙镇,1\n",
        "事项,单位代码,单位,指标\nM1,U01,乙镇,A01\n",
    )
    assert [(each.kind, each.place.file, each.place.line, each.place.key) for each in findings] == [
        ("unit-mismatch", "1.csv", 2, "单位"),
        ("columns-disagree", "2.csv", 2, "单位"),
    ]


def test_a_row_without_its_unit_says_so(tmp_path: Path) -> None:
    findings = refuse(tmp_path, "unit,A01\n,1\n合计,6\n", "unit,indicator,value\nU01,,5\n")

    assert [(each.place.file, each.place.line, each.wrong.zh) for each in findings] == [
        ("1.csv", 2, "没有填考核对象"),
        ("1.csv", 3, "方案里没有考核对象“合计”"),
        ("2.csv", 2, "没有填末级指标"),
    ]


def test_earlier_periods_never_pass_for_this_one(tmp_path: Path) -> None:
    findings = refuse(
        tmp_path,
        "unit,indicator,period,value\nU01,A01,2018,5\nU01,A01,2019,6\nU01,A01,2019年,7\n",
    )

    assert [(each.kind, each.place.line, each.place.key, each.remedy.en) for each in findings] == [
        ("other-period", 2, "period", "keep the rows of this period; earlier figures are the facet previous"),
        ("other-period", 4, "period", "keep the rows of this period; earlier figures are the facet previous"),
    ]  # fmt: skip


def test_a_file_wrong_in_ten_thousand_places_is_given_up(tmp_path: Path) -> None:
    findings = refuse(tmp_path, "unit,A01\n" + "U01,x\n" * 20_000)

    assert len(findings) == 201
    assert findings[-1].wrong.zh == "另有10000处以上问题没有列出"
