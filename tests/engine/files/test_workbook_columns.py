"""A sheet read by columns means what it means cell by cell."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter
from tests.engine.properties.years import read_scheme

from kaohe.errors import BadInput
from kaohe.files.data.observations import read_observations
from kaohe.files.data.population_tables import read_population
from kaohe.files.tables.column_files import open_columns
from kaohe.population.layout import lay_out

ROWS: list[list[object]] = [
    ["unit", "A", "A.target", "B", "C"],
    ["U1", 12.5, 10, 0.125, 3],
    ["U2", "n/a", 10, 0.07, ""],
    ["U3", 0.1, "", "不适用", 0.00001],
    ["U4", 1234567.25, 7.5, "12.5%", 2],
]


def write_rows(path: Path, rows: list[list[object]]) -> Path:
    """A workbook whose fourth column shows percentages."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("data")
        percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "yyyy-mm-dd"})  # fmt: skip
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif cell != "":
                    sheet.write(number, place, cell, percent if place == 3 else None)
    return path


def make_scheme():
    rule = {"method": "target_ratio"}
    leaf = {"points": "10", "target": "8", "rule": rule, "unit": "%"}
    return read_scheme({
        "kaohe": 1, "code": "s", "name": "s", "period": "2019",
        "groups": [{"code": "G", "name": "G"}],
        "units": [{"code": f"U{number}", "name": f"{number}", "group": "G"} for number in range(1, 5)],
        "indicators": [{**leaf, "code": code, "name": code} for code in "ABC"],
    })  # fmt: skip


def test_columns_hold_numbers_or_the_texts_that_cells_show(tmp_path: Path) -> None:
    (file,) = open_columns(write_rows(tmp_path / "data.xlsx", ROWS))

    table = file.read(["unit", "A.target", "B", "C", "A"])

    assert (list(file.header), file.first_line) == (["unit", "A", "A.target", "B", "C"], 2)
    assert table.to_pydict() == {
        "unit": ["U1", "U2", "U3", "U4"],
        "A.target": [10, 10, None, 7.5],
        "B": ["12.5%", "7%", "不适用", "12.5%"],
        "C": [3, None, 0.00001, 2],
        "A": ["12.5", "n/a", "0.1", "1234567.25"],
    }
    (piece,) = file.iterate(["C", "A.target"], 1)
    assert piece.to_pydict() == {"C": ["3", None, "0.00001", "2"], "A.target": ["10", "10", None, "7.5"]}  # fmt: skip


def test_a_population_from_a_workbook_is_that_of_its_observations(tmp_path: Path) -> None:
    path, scheme = write_rows(tmp_path / "data.xlsx", ROWS), make_scheme()

    read, laid_out = read_population(path, scheme), lay_out(scheme, read_observations(path, scheme))

    assert read.codes.to_pylist() == laid_out.codes.to_pylist()
    assert {key: [column.exact(row) for row in range(4)] for key, column in read.facets.items()} == {
        key: [column.exact(row) for row in range(4)] for key, column in laid_out.facets.items()
    }  # fmt: skip
    assert {key: kinds.tolist() for key, kinds in read.absences.items()} == {
        key: kinds.tolist() for key, kinds in laid_out.absences.items()
    }
    assert read.facets["B", "value"].exact(1) == Fraction(7)


def test_whole_numbers_may_be_codes(tmp_path: Path) -> None:
    (file,) = open_columns(
        write_rows(tmp_path / "data.xlsx", [["unit", "A"], [1001, 2.5], [1002, 3]])
    )

    assert str(file.read(["unit"]).schema.field("unit").type) == "int64"


def test_an_empty_row_inside_the_table_is_refused_since_rows_are_known_by_their_number(
    tmp_path: Path,
) -> None:
    path = write_rows(tmp_path / "data.xlsx", [["unit", "A"], ["U1", 1], [], ["U2", 2]])

    with pytest.raises(BadInput) as refusal:
        open_columns(path)

    (finding,) = refusal.value.findings
    assert (finding.kind, finding.place.cell) == ("empty-row", "4")


def test_dates_are_shown_as_days_and_refused_as_figures(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "data.xlsx", [["unit", "A"], ["U1", date(2019, 5, 1)], ["U2", 2]])
    (file,) = open_columns(path)

    assert file.read(["A"])["A"].to_pylist() == ["2019-05-01", "2"]
    with pytest.raises(BadInput) as refusal:
        read_population(path, make_scheme())
    assert [(each.kind, each.place.line) for each in refusal.value.findings] == [("bad-figure", 2)]
