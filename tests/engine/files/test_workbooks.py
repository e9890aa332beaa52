"""Workbooks read as they are meant: numbers, percentages, dates, and the places of everything."""

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.engine.files.forged import (
    HEADER,
    MAIN,
    forge_workbook,
    number,
    row,
    sheet,
    text,
    workbook,
)
from tests.engine.office import recalculate

from kaohe.errors import BadInput, Finding, Place
from kaohe.files.tables.limits import COMMAND_LINE, UPLOAD
from kaohe.files.tables.reading import read_table
from kaohe.files.tables.workbooks import list_sheets, read_workbook


def refuse(path: Path, **options: object) -> tuple[Finding, ...]:
    with pytest.raises(BadInput) as refusal:
        read_table(path, **options)  # type: ignore[arg-type]
    return refusal.value.findings


def write(path: Path, rows: list[list[object]], **formats: str) -> Path:
    """A workbook as XlsxWriter writes it; `formats` gives number formats by column letter."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("数据")
    made = {
        ord(letter) - ord("A"): book.add_format({"num_format": code})
        for letter, code in formats.items()
    }
    for r, cells in enumerate(rows):
        for c, cell in enumerate(cells):
            page.write(r, c, cell, made.get(c) if r else None)
    book.close()
    return path


def test_numbers_are_read_as_they_were_typed(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx", [["unit", "A01", "A02"], ["U01", 0.1 + 0.2, 98], ["U02", -2.675, 1e-7]]
    )

    table = read_table(path)

    assert table.header == ("unit", "A01", "A02")
    assert list(table.rows) == [
        ("U01", Fraction(3, 10), Fraction(98)),
        ("U02", Fraction(-107, 40), Fraction(1, 10000000)),
    ]


def test_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    forge_workbook(
        path,
        HEADER,
        row(2, text("A2", "甲 镇"), text("B2", "１．５")),
        row(3, text("A3", "乙"), text("B3", "  ")),
    )

    assert list(read_table(path).rows) == [("甲 镇", "１．５"), ("乙", None)]


def test_shared_strings_rich_text_and_entities(tmp_path: Path) -> None:
    strings = (
        "<si><t>unit</t></si><si><r><t>A</t></r><r><t>01</t></r></si><si><t>甲&amp;乙</t></si>"
    )
    cells = [f'<c r="{at}" t="s"><v>{index}</v></c>' for index, at in enumerate(["A1", "B1", "A2"])]
    path = forge_workbook(
        tmp_path / "a.xlsx",
        row(1, *cells[:2]),
        row(2, cells[2], number("B2", "1")),
        strings=strings,
    )

    table = read_table(path)

    assert (table.header, list(table.rows)) == (("unit", "A01"), [("甲&乙", Fraction(1))])


def test_a_percentage_is_read_as_it_is_shown(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        [["unit", "A01", "A02", "A03"], ["U01", 0.125, 0.07, 0.3], ["U02", "", 1, 0.125]],
        B="0.00%",
        C='0.0" 增幅"%',
        D='0.00"%"',
    )

    assert list(read_table(path).rows) == [
        ("U01", "12.5%", "7%", Fraction(3, 10)),
        ("U02", None, "100%", Fraction(1, 8)),
    ]


def test_dates_and_truth_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["unit", "date", "moment", "yes"])
    moment = datetime.fromisoformat("2019-12-31T08:30:00")
    book.active.append(["U01", date(2019, 12, 31), moment, True])
    book.save(tmp_path / "a.xlsx")

    assert list(read_table(tmp_path / "a.xlsx").rows) == [
        ("U01", date(2019, 12, 31), "2019-12-31 08:30:00", True)
    ]


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    path = forge_workbook(
        tmp_path / "a.xlsx",
        HEADER,
        row(2, text("A2", "U01"), number("B2", "42368", style=1)),
        styles=styles,
        members={
            "xl/workbook.xml": workbook(
                {"数据": "visible"}, properties='<workbookPr date1904="1"/>'
            )
        },
    )

    assert list(read_table(path).rows) == [("U01", date(2019, 12, 31))]


def test_a_formula_gives_its_stored_value(tmp_path: Path) -> None:
    formula = '<c r="B2"><f>SUM(C2:D2)</f><v>7.5</v></c>'
    empty = '<c r="B3" t="str"><f>""</f><v></v></c>'
    path = forge_workbook(
        tmp_path / "a.xlsx",
        HEADER,
        row(2, text("A2", "U01"), formula),
        row(3, text("A3", "U02"), empty),
    )

    assert list(read_table(path).rows) == [("U01", Fraction(15, 2)), ("U02", None)]


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>", "<v />"])
def test_a_formula_without_a_value_is_refused(tmp_path: Path, value: str) -> None:
    path = forge_workbook(
        tmp_path / "a.xlsx", HEADER, row(2, text("A2", "U01"), f'<c r="B2"><f>1+1</f>{value}</c>')
    )

    [finding] = refuse(path)

    assert finding.place == Place(file="a.xlsx", sheet="数据", cell="B2")
    assert finding.wrong.zh == "是公式，但没有存下算好的值"


def test_formulas_written_by_a_library_have_no_value(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["unit", "A01"])
    book.active.append(["U01", "=1+1"])
    book.save(tmp_path / "a.xlsx")

    assert [finding.place.cell for finding in refuse(tmp_path / "a.xlsx")] == ["B2"]


def test_empty_rows_and_columns_are_left_out_and_places_stay_right(tmp_path: Path) -> None:
    path = forge_workbook(
        tmp_path / "a.xlsx",
        row(3, text("B3", "unit"), text("D3", "A01")),
        row(5, text("B5", "U01"), number("D5", "1")),
        row(9, text("B9", "U02"), number("D9", "2")),
    )

    table = read_table(path)

    assert table.header == ("unit", "A01")
    assert list(table.rows) == [("U01", Fraction(1)), ("U02", Fraction(2))]
    assert table.place(1, 1) == Place(file="a.xlsx", sheet="数据", cell="D9")
    assert table.place(None, 0) == Place(file="a.xlsx", sheet="数据", cell="B3")
    assert table.place(0) == Place(file="a.xlsx", sheet="数据", cell="5")


def test_formatted_cells_without_content_do_not_count(tmp_path: Path) -> None:
    path = forge_workbook(
        tmp_path / "a.xlsx",
        HEADER,
        row(2, text("A2", "U01"), number("B2", "1"), '<c r="XFD2" s="0"/>'),
        '<row r="1048576" ht="20"/>',
        before='<dimension ref="A1:XFD1048576"/><cols><col min="9" max="16384" hidden="1"/></cols>',
    )

    assert list(read_table(path).rows) == [("U01", Fraction(1))]


def test_protection_and_an_open_filter_change_nothing(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page = book.add_worksheet("数据")
        page.write_row(0, 0, ["unit", "A01"])
        page.write_row(1, 0, ["U01", 1])
        page.autofilter(0, 0, 1, 1)
        page.protect("secret")

    assert list(read_table(tmp_path / "a.xlsx").rows) == [("U01", Fraction(1))]


def test_a_namespace_prefix_is_understood(tmp_path: Path) -> None:
    prefixed = (
        f'<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1">'
        '<x:c r="A1" t="str"><x:v>unit</x:v></x:c><x:c r="B1" t="str"><x:v>A01</x:v></x:c></x:row>'
        '<x:row r="2"><x:c r="A2" t="str"><x:v>U01</x:v></x:c><x:c r="B2"><x:f>1+1</x:f></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    path = forge_workbook(tmp_path / "a.xlsx", members={"xl/worksheets/sheet1.xml": prefixed})

    assert [finding.place.cell for finding in refuse(path)] == ["B2"]


def test_sheets_are_found_by_name(tmp_path: Path) -> None:
    path = forge_workbook(
        tmp_path / "a.xlsx",
        HEADER,
        row(2, text("A2", "U01"), number("B2", "1")),
        names={"指标": "visible", "单位": "visible", "空白": "visible"},
        members={"xl/worksheets/sheet2.xml": sheet(HEADER), "xl/worksheets/sheet3.xml": sheet()},
    )

    assert list_sheets(path) == ("指标", "单位", "空白")
    assert {name: len(table.rows) for name, table in read_workbook(path).items()} == {
        "指标": 1,
        "单位": 0,
    }
    assert read_table(path).sheet == "指标"
    assert read_table(path, sheet="单位").sheet == "单位"
    assert refuse(path, sheet="事项")[0].remedy.zh == "现有：指标、单位、空白"
    assert refuse(path, sheet="空白")[0].wrong.zh == "是空表"


def test_everything_wrong_is_listed_at_once(tmp_path: Path) -> None:
    path = forge_workbook(
        tmp_path / "a.xlsx",
        row(1, text("A1", "unit"), text("B1", "A01"), text("C1", "A01"), text("E1", "A\n02")),
        row(2, text("A2", "U01"), '<c r="B2" t="e"><v>#DIV/0!</v></c>', number("D2", "1e999")),
        row(
            3,
            text("A3", "U02"),
            number("B3", "110101199003070011"),
            number("C3", "nan"),
            attributes=' hidden="1"',
        ),
        row(4, text("A4", "U03"), '<c r="B4"><f>A1</f></c>'),
        before='<cols><col min="2" max="3" hidden="true" width="9"/></cols>',
        after='<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="Z90:Z99"/></mergeCells>',
    )

    assert {(finding.place.cell, finding.wrong.zh) for finding in refuse(path)} == {
        ("B2", "是错误值（如 #DIV/0!）"),
        ("B4", "是公式，但没有存下算好的值"),
        ("3", "第3行是隐藏的"),
        ("B:C", "B:C 列是隐藏的"),
        ("A2:A3", "是合并单元格"),
        ("B3", "110101199003070016 多于15位，表格里已不精确"),
        ("C3", "nan 不是一个确定的数"),
        ("D2", "inf 不是一个确定的数"),
        ("C1", "表头“A01”重复了"),
        ("D1", "这一列有内容，但没有表头"),
        ("E1", "表头里有换行或看不见的字符"),
    }


def test_a_file_that_is_wrong_all_over_lists_two_hundred_places(tmp_path: Path) -> None:
    rows = [row(n, text(f"A{n}", "U"), f'<c r="B{n}" t="e"><v>#N/A</v></c>') for n in range(2, 302)]
    path = forge_workbook(tmp_path / "a.xlsx", HEADER, *rows)

    findings = refuse(path)

    assert len(findings) == 201
    assert findings[-1].wrong.zh == "另有100处问题没有列出"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_refused_whichever_is_read(tmp_path: Path, state: str) -> None:
    path = forge_workbook(tmp_path / "a.xlsx", HEADER, names={"数据": "visible", "底稿": state})

    for read in (read_table, read_workbook, list_sheets):
        with pytest.raises(BadInput) as refusal:
            read(path)
        [finding] = refusal.value.findings
        assert finding.place == Place(file="a.xlsx", sheet="底稿")
        assert finding.wrong.zh == "这张工作表是隐藏的"


def test_uploads_are_held_to_smaller_limits(tmp_path: Path) -> None:
    path = forge_workbook(tmp_path / "a.xlsx", HEADER, row(20_001, text("A20001", "U01")))

    assert len(read_table(path, limits=COMMAND_LINE).rows) == 1
    assert refuse(path, limits=UPLOAD)[0].wrong.zh == "用到 B20001，有 20,001 行，上限 20,000"


@pytest.mark.slow
def test_what_an_office_program_saves_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        [["unit", "A01", "A02", "日期"], ["U01", 0.125, "=1/8+0.2", date(2019, 12, 31)]],
        B="0.0%",
        D="yyyy-mm-dd",
    )

    recalculate(path, tmp_path)

    assert list(read_table(tmp_path / "recalculated" / "a.xlsx").rows) == [
        ("U01", "12.5%", Fraction(13, 40), date(2019, 12, 31))
    ]


def test_another_reader_sees_the_same(tmp_path: Path) -> None:
    rows: list[list[object]] = [["unit", "A01", "A02"]]
    rows += [[f"U{n:02d}", n / 7, n * 1.1 if n % 3 else None] for n in range(40)]
    path = write(tmp_path / "a.xlsx", rows)
    page = openpyxl.load_workbook(path).active

    mine = [
        tuple(None if cell is None else str(cell) for cell in cells)
        for cells in read_table(path).rows
    ]

    assert mine == [
        tuple(
            None
            if cell is None
            else cell
            if isinstance(cell, str)
            else str(Fraction(f"{cell:.15g}"))
            for cell in cells
        )
        for cells in page.iter_rows(min_row=2, values_only=True)
    ]
