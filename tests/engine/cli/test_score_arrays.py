"""Scoring a population from the command line."""

import signal
import subprocess
import sys
import time
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from tests.engine.cli.running import list_names, run_kaohe
from tests.engine.population.people import SCHEME
from tests.engine.results.town import write_town

ROWS: dict[str, list] = {
    "unit": ["P1", "P2", "P3", "P4", "P5"],
    "group": ["north", "north", "south", "north", "north"],
    "A1": [80, 60, 40, None, 80],
    "A2": [10.0, 7.5, 5.0, 2.5, 10.0],
    "B": [95, 60, 10, 95, 95],
}
ARRAYS = ("--engine", "arrays")


def write_people(folder, rows=None):
    (folder / "people.yaml").write_text(SCHEME, encoding="utf-8")
    pq.write_table(pa.table(rows or ROWS), folder / "data.parquet")


def test_a_parquet_file_becomes_files_and_a_ranking(tmp_path):
    write_people(tmp_path)
    outputs = ("-o", "out.parquet", "-o", "out.csv")

    done = run_kaohe(
        tmp_path, "score", "people.yaml", "data.parquet", *ARRAYS, *outputs, "--top", "3"
    )

    assert (done.code, done.err) == (0, "")
    assert [line.split() for line in done.out.splitlines()] == [
        ["wrote", "out.parquet"],
        ["wrote", "out.csv"],
        ["北组（4）"],
        ["rank", "unit", "total", "proposed", "grade"],
        ["1", "P1", "100.00", "to", "be", "decided"],
        ["1", "P5", "100.00", "to", "be", "decided"],
        ["3", "P2", "76.50", "称职"],
        ["南组（1）"],
        ["rank", "unit", "total", "proposed", "grade"],
        ["1", "P3", "50.00", "称职"],
        [
            "provisional,",
            "figures",
            "still",
            "to",
            "come:",
            "1;",
            "not",
            "to",
            "be",
            "published",
            "before",
        ],
    ]
    assert list_names(tmp_path) == ["data.parquet", "out.csv", "out.parquet", "people.yaml"]
    assert pq.read_table(tmp_path / "out.parquet")["total"].to_pylist() == [
        Decimal(each) for each in ("100.00", "76.50", "50.00", "47.50", "100.00")
    ]
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()[3] == (
        '"P3","south","ranked",50.00,1,"称职"'
    )


def test_units_that_the_scheme_lists_are_scored_as_exactly(tmp_path):
    write_town(tmp_path)
    files = ["scheme.yaml", "marks.csv", "records.csv", "figures.csv"]

    exact = run_kaohe(tmp_path, "score", *files)
    columns = run_kaohe(tmp_path, "score", *files, *ARRAYS, "--scores", "-o", "out.csv")

    assert (columns.code, columns.err) == (0, "")
    shown = [line.split() for line in columns.out.splitlines() if line[:1].isdigit()]
    ranked = [line.split() for line in exact.out.splitlines() if line[:1].isdigit()]
    assert [row[0] for row in shown] == [row[0] for row in ranked]
    assert [row[2] for row in shown] == [row[-4] for row in ranked]
    assert [row[3] for row in shown] == [row[-1] for row in ranked]
    heads = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    assert heads[:6] == ['"unit"', '"group"', '"participation"', '"total"', '"rank"', '"grade"']


def test_sheets_that_are_not_read_are_warned_of(tmp_path):
    write_people(tmp_path)
    with xlsxwriter.Workbook(str(tmp_path / "data.xlsx")) as book:
        for name in ("first", "second"):
            sheet = book.add_worksheet(name)
            for column, (head, cells) in enumerate(ROWS.items()):
                sheet.write_column(0, column, [head, *cells])

    done = run_kaohe(tmp_path, "score", "people.yaml", "data.xlsx", *ARRAYS, "--top", "0")

    assert (done.code, done.err) == (
        0,
        "warning [data-not-read] data.xlsx · second: this sheet is not read: only the first one is → "
        "put the figures on the first sheet, or delete this one\n",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("data.parquet",), "blocking [no-units] units: the scheme lists no units → "),
        (
            ("data.parquet", *ARRAYS, "-o", "out.json"),
            'blocking [unknown-ending] out.json: cannot write ".json" → write one of: .parquet .csv',
        ),
        (
            ("data.parquet", *ARRAYS, "-o", "data.parquet"),
            "blocking [output-is-input] data.parquet: this file is an input, and would be lost",
        ),
        (
            ("absent.parquet", *ARRAYS),
            "blocking [missing-file] absent.parquet: there is no such file → check the path",
        ),
        (
            ("data.parquet", "--scores"),
            "blocking [only-with-arrays] --scores: ",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_written(tmp_path, arguments, said):
    write_people(tmp_path)

    done = run_kaohe(tmp_path, "score", "people.yaml", *arguments)

    assert done.code == 2
    assert done.err.startswith(said)
    assert list_names(tmp_path) == ["data.parquet", "people.yaml"]


def test_wrong_data_leave_nothing_behind(tmp_path):
    write_people(
        tmp_path, ROWS | {"A1": [80, -1, 40, 80, 80], "group": ["north", "east"] * 2 + [""]}
    )

    done = run_kaohe(
        tmp_path, "score", "people.yaml", "data.parquet", *ARRAYS, "-o", "new/out.parquet"
    )

    assert done.code == 2
    assert done.err.splitlines() == [
        'blocking [unknown-word] data.parquet · line 2 · group: unknown group "east" → '
        "write one of: 北组, 南组, north, south",
        "blocking [unknown-word] data.parquet · line 5 · group: no group is given → "
        "write one of: 北组, 南组, north, south",
        "blocking [bad-figure] data.parquet · line 2 · A1: -1 is beyond the least value 0 → "
        "check the figure and its unit; if it is right, change the bound in the scheme",
    ]
    assert list_names(tmp_path) == ["data.parquet", "people.yaml"]


@pytest.mark.slow
def test_whoever_stops_it_finds_no_half_written_file(tmp_path):
    count = 1_500_000
    write_people(
        tmp_path,
        {
            "unit": [f"P{number}" for number in range(count)],
            "group": ["north", "south"] * (count // 2),
            **{head: pa.array(range(count)) for head in ("A1", "A2", "B")},
        },
    )
    command = (sys.executable, "-m", "kaohe.cli.main", "score", "people.yaml", "data.parquet")
    running = subprocess.Popen(
        [*command, *ARRAYS, "-o", "out.csv"],
        cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    time.sleep(2)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)

    assert running.returncode == 130
    assert "stopped, no file is left unfinished" in err.decode()
    assert list_names(tmp_path) == ["data.parquet", "people.yaml"]
