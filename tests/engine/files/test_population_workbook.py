"""The result of a population as a sheet: plain figures with their decimals, texts that stay texts."""

import zipfile
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from openpyxl import load_workbook
from tests.engine.files.test_population_outputs import score_rows

from kaohe.errors import BadInput
from kaohe.files.results.population_outputs import write_population
from kaohe.files.results.population_workbook import MOST_ROWS, open_workbook, require_room

HEADS = ["unit", "group", "participation", "total", "rank", "grade"]
LINES = [
    ["P1", "north", "ranked", 100, 1, "称职"],
    ["P2", "north", "ranked", 76.5, 3, "称职"],
    ["=P3", "south", "ranked", 50, 1, "称职"],
    ["P4", "north", "ungraded", 77.5, None, None],
    ["P5", "north", "ranked", 100, 1, "优秀"],
]


def read_lines(path: Path) -> list[list[object]]:
    (sheet,) = load_workbook(path).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_workbook_holds_places_grades_and_totals(tmp_path: Path) -> None:
    write_population([score_rows()], [tmp_path / "out.xlsx"], "zh")

    assert read_lines(tmp_path / "out.xlsx") == [HEADS, *LINES]
    (sheet,) = load_workbook(tmp_path / "out.xlsx").worksheets
    assert [sheet[cell].number_format for cell in ("D2", "E2", "A2")] == ["0.00", "0", "@"]
    assert (sheet["A4"].data_type, sheet.freeze_panes) == ("s", "B2")


def test_text_and_workbook_are_written_of_results_that_come_once(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.xlsx", "b.csv", "c.xlsx", "d.csv")]

    write_population(iter([score_rows()]), paths, "zh")

    assert read_lines(paths[0]) == [HEADS, *LINES]
    assert paths[0].read_bytes() == paths[2].read_bytes()
    assert paths[1].read_bytes() == paths[3].read_bytes()
    assert paths[1].read_text(encoding="utf-8-sig").count("\n") == 6


def test_decimals_become_the_doubles_nearest_to_them_in_every_piece(tmp_path: Path) -> None:
    schema = pa.schema([("score", pa.decimal128(18, 4)), ("share", pa.float64())])
    texts = ["0.0003", "-0.07", None, "12345678901.2345", "0"]
    decimals = pa.array([text and Decimal(text) for text in texts], schema.field(0).type)
    table = pa.table([decimals, pa.array([0.1, None, 0.3, 1.5, -2.0])], schema=schema)

    with open_workbook(tmp_path / "out.xlsx", schema) as write:
        write(table.slice(0, 2))
        write(table.slice(2))

    assert read_lines(tmp_path / "out.xlsx") == [
        ["score", "share"],
        [0.0003, 0.1], [-0.07, None], [None, 0.3], [12345678901.2345, 1.5], [0, -2],
    ]  # fmt: skip
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_table_of_nobody_has_its_heads(tmp_path: Path) -> None:
    schema = pa.schema([("unit", pa.string()), ("score", pa.decimal128(18, 4))])

    with open_workbook(tmp_path / "out.xlsx", schema) as write:
        write(schema.empty_table())

    assert read_lines(tmp_path / "out.xlsx") == [["unit", "score"]]


def test_a_text_is_cut_where_a_cell_ends(tmp_path: Path) -> None:
    schema = pa.schema([("unit", pa.string())])

    with open_workbook(tmp_path / "out.xlsx", schema) as write:
        write(pa.table([["长" * 40_000]], schema=schema))

    assert read_lines(tmp_path / "out.xlsx") == [["unit"], ["长" * 32_767]]


def test_more_rows_than_a_sheet_has_are_refused() -> None:
    require_room(MOST_ROWS)
    with pytest.raises(BadInput) as refusal:
        require_room(MOST_ROWS + 1)

    assert refusal.value.say("en") == "a sheet has at most 1,048,576 rows → write .parquet or .csv instead"  # fmt: skip
