"""Large workbooks in and out, beside the parser and the writer alone that they are made with."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pyarrow as pa
import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.measuring import compare, measure_in_turn
from kaohe.files.data.population_tables import read_population
from kaohe.files.results.population_workbook import open_workbook
from kaohe.files.tables.reading import read_table
from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel

ROWS, COLUMNS, RUNS = 100_000, 30, 3
SIZE = f"{ROWS:,} × {COLUMNS}"
SCORE = pa.decimal128(18, 2)


def make_table() -> pa.Table:
    """Codes and figures of two decimals."""
    random = Random(11)
    figures = {
        f"A{number}": [random.randint(0, 99_999) / 100 for _ in range(ROWS)]
        for number in range(COLUMNS)
    }
    return pa.table({"unit": [f"U{row:06d}" for row in range(ROWS)], **figures})


def make_scheme() -> Scheme:
    """An indicator a column, all in one group."""
    leaves = [
        {
            "code": f"A{number}",
            "name": f"指标{number}",
            "points": 1,
            "rule": {"method": "efficacy_coefficient"},
        }
        for number in range(COLUMNS)
    ]
    group = {"code": "G", "name": "组"}
    tree = {"kaohe": 1, "code": "bench", "name": "基准", "period": "2019", "groups": [group]}
    units = [{"code": "U", "name": "单位", "group": "G"}]
    return Scheme(SchemeModel.model_validate({**tree, "units": units, "indicators": leaves}))


def write_alone(table: pa.Table, path: Path) -> None:
    """The same sheet by XlsxWriter, cell by cell, holding one row at a time."""
    columns = [column.to_pylist() for column in table.columns]
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        shown = book.add_format({"num_format": "0.00"})
        sheet.write_row(0, 0, table.column_names)
        for row in range(len(table)):
            sheet.write_string(row + 1, 0, columns[0][row])
            for place in range(1, len(columns)):
                sheet.write_number(row + 1, place, columns[place][row], shown)


def write_result(table: pa.Table, path: Path) -> None:
    """The same sheet as the result of a population is written."""
    with open_workbook(path, table.schema) as write:
        write(table)


def measure_writing(table: pa.Table, folder: Path) -> None:
    """A sheet of scores, which are decimals."""
    scores = table.cast(pa.schema([("unit", pa.string()), *((name, SCORE) for name in table.column_names[1:])]))  # fmt: skip
    works = {
        "result": lambda: write_result(scores, folder / "result.xlsx"),
        "XlsxWriter": lambda: write_alone(table, folder / "alone.xlsx"),
    }
    compare(f"XLSX out, {SIZE}", measure_in_turn(works, RUNS), "1.3 ×")


def measure_reading(path: Path) -> None:
    """A sheet looked through, parsed and checked; and the same made columns of figures."""
    scheme = make_scheme()
    works = {
        "table": lambda: read_table(path),
        "population": lambda: read_population(path, scheme),
        "calamine": lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(),
    }
    medians = measure_in_turn(works, RUNS)
    for name in ("table", "population"):
        shown = {each: medians[each] for each in (name, "calamine")}
        compare(f"XLSX in, {SIZE}", shown, "3 ×")


def main() -> None:
    """The same table out and in."""
    table = make_table()
    with TemporaryDirectory() as made:
        measure_writing(table, Path(made))
        measure_reading(Path(made) / "alone.xlsx")


if __name__ == "__main__":
    main()
