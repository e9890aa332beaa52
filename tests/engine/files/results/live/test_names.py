"""Names that every spreadsheet takes, whatever a scheme calls things."""

from pathlib import Path

import openpyxl
import pytest
from tests.engine.files.results.live.books import list_differences, read_cells, recalculate_books
from tests.engine.results.town import RECORDS, SCHEME, score_town

from kaohe.files.results.live.names import (
    DefinedNames,
    SheetNames,
    join_lines,
    quote_sheet,
    refer,
    span,
    spans,
)
from kaohe.files.results.live.words import quote
from kaohe.files.results.outputs import write_outputs


def test_a_name_holds_only_what_names_may_hold_and_comes_once() -> None:
    names = DefinedNames()
    given = [
        names.name("p", "A-1", "cap"), names.name("p", "A 1", "cap"), names.name("P", "a+1", "CAP"),
        names.name("p", "指标（一）", "points"), names.name("p", "A.1", ""), names.name("p", "x" * 300),
    ]  # fmt: skip

    assert given[:5] == ["p_A_1_cap", "p_A_1_cap_2", "P_a_1_CAP_3", "p_指标_一__points", "p_A.1"]
    assert len(given[5]) == 200
    assert names.name("p", "x²①𠀀五") == "p_x___五"


def test_a_sheet_is_named_within_its_bounds() -> None:
    names = SheetNames()

    assert [names.name("计算 A/B:[1]"), names.name("计算 a/b:[1]"), names.name("长" * 40)] == [
        "计算 A_B__1_", "计算 a_b__1__2", "长" * 31,
    ]  # fmt: skip
    assert names.name("𠀀" * 31) == "_" * 31


def test_a_long_text_is_written_in_parts_that_excel_takes() -> None:
    assert quote("") == '""'
    assert quote('优"秀') == '"优""秀"'
    assert quote("长" * 121) == f'"{"长" * 120}"&"长"'


def test_references_say_where_a_cell_is() -> None:
    assert refer("计算 A", 27, 5) == "'计算 A'!AB5"
    assert quote_sheet("o'clock") == "'o''clock'"
    assert span(4, 3, 9) == "$E$3:$E$9"
    assert spans(4, [9, 3, 4, 5]) == "$E$3:$E$5,$E$9:$E$9"
    assert join_lines([]) == []


@pytest.mark.slow
def test_strange_codes_and_labels_break_no_formula(tmp_path: Path) -> None:
    """A grade rule called like an indicator, codes full of signs or alike but for case, long labels with quotes."""
    scheme = (
        SCHEME.replace("code: annual", "code: A")
        .replace("label: 优秀", f"label: '优\"秀\"}}{'长' * 300}'")
        .replace("code: A1\n", "code: 'A 1/?*'\n")
        .replace("code: A2\n", "code: 'a-1/?*'\n")
        .replace("code: V1,", "code: 'V\"1',")
        .replace("code: B\n", "code: 'B:[x]'\n")
        .replace("  - {code: D1,", "  - {code: t1, name: 又一镇, group: towns}\n  - {code: D1,")
    )
    figures = (
        "单位代码,A 1/?*,a-1/?*,A3,B1\nT1,8.50,31.2,301,92\nT2,6.25,28.5,310,88\nT3,7,30,295,79\n"
    )
    figures += "D1,5,30,/,91\nD2,4.2,29.1,/,85\nD3,3,24,/,95\n"
    path = tmp_path / "strange.xlsx"
    records = RECORDS.replace(",V1,", ',"V""1",')
    result = score_town(tmp_path, scheme=scheme, figures=figures, records=records)
    write_outputs(result, [path], "zh")

    assert openpyxl.load_workbook(path).sheetnames[4:6] == ["计算 A", "计算 B__x_"]
    (recalculated,) = recalculate_books([path], tmp_path)
    assert list_differences(read_cells(path), recalculated) == []
