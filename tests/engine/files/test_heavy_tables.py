"""Files that would take all memory or time: each ends within ten seconds and half a gigabyte."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from time import process_time

import pytest
from python_calamine import CalamineWorkbook
from tests.engine.files.forged import HEADER, SHEET_1, forge_workbook, number, row, text
from tests.engine.files.hostile import CLOSING, OPENING, Forge, make_dice
from tests.engine.files.hostile_corpus import CORPUS
from tests.engine.scheme.drafts import SMALL

from kaohe.files.tables.addresses import name_column
from kaohe.files.tables.reading import read_table


def rows_without_cells(path: Path) -> None:
    forge_workbook(path, members={SHEET_1: OPENING + "<row/>" * 1_100_000 + CLOSING})


def blanks_of_three_hundred_megabytes(path: Path) -> None:
    forge_workbook(
        path, members={SHEET_1: OPENING.encode() + b" " * 300_000_000 + CLOSING.encode()}
    )


def cells_one_upon_another(path: Path) -> None:
    cell = '<c r="A1"><v>1</v></c>'
    forge_workbook(
        path, members={SHEET_1: f'{OPENING}<row r="1">{cell * 4_500_000}</row>{CLOSING}'}
    )


def one_string_everywhere(path: Path) -> None:
    cells = "".join(
        row(n, *(f'<c r="{letter}{n}" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJ"))
        for n in range(1, 30_001)
    )
    forge_workbook(path, cells, strings=f"<si><t>{'长' * 30_000}</t></si>")


def many_short_strings(path: Path) -> None:
    forge_workbook(path, HEADER, strings="<si/>" * 4_100_000)


def inline_text_of_many_runs(path: Path) -> None:
    runs = "".join(f"<r><t>{make_dice(n).randbytes(14).hex()}</t></r>" for n in range(40_000)) * 60
    forge_workbook(
        path,
        members={
            SHEET_1: f'{OPENING}<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>{CLOSING}'
        },
    )


def nested_elements(path: Path) -> None:
    forge_workbook(path, HEADER, members={"xl/styles.xml": "<a>" * 3_000_000})


def many_merged_cells(path: Path) -> None:
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(3, 300_000))
    last = row(300_000, number("A300000", "1"))
    forge_workbook(path, HEADER, last, after=f"<mergeCells>{merged}</mergeCells>")


def one_long_line(path: Path) -> None:
    path.write_bytes(b"unit," + b"x" * 50_000_000)


def fifty_million_commas(path: Path) -> None:
    path.write_bytes(b"unit,A01\n" + b"," * 50_000_000)


def an_open_quote(path: Path) -> None:
    path.write_bytes(b'unit,A01\n"' + b"U01,1\n" * 8_000_000)


def one_record_of_many_lines(path: Path) -> None:
    path.write_bytes(b"unit,A01\n" + b'"\n",' * 10_000_000)


def numbers_all_over(path: Path) -> None:
    """Four million different numbers, as many as may be read, under a header of two columns."""
    cells = "".join(f'<c r="{name_column(n)}%(row)d"><v>%(row)d.{n}</v></c>' for n in range(1, 31))
    rows = (f'<row r="{n}">{cells % {"row": n}}</row>' for n in range(2, 133_000))
    forge_workbook(path, HEADER, *rows)


def texts_all_over(path: Path) -> None:
    dice, letters = make_dice(1), "ABCDEFGHIJKLMNOP"
    rows = (
        row(n, *(text(f"{letter}{n}", dice.randbytes(14).hex()) for letter in letters))
        for n in range(2, 60_000)
    )
    forge_workbook(path, HEADER, *rows)


def units_nobody_knows(path: Path) -> None:
    path.write_text("unit,A1\n" + "".join(f"X{n},{n}\n" for n in range(500_000)))


def brackets_without_end(path: Path) -> None:
    path.write_text("a: " + "[" * 9_000_000)


def values_without_end(path: Path) -> None:
    path.write_text("a: [" + "[]," * 3_000_000 + "]")


def keys_nobody_knows(path: Path) -> None:
    path.write_text(SMALL + "".join(f"k{n}: 1\n" for n in range(150_000)), encoding="utf-8")


HEAVY: list[tuple[Forge, str, str]] = [
    # how it is made, its name, the finding's kind
    (rows_without_cells, "a.xlsx", "hostile-file"),
    (blanks_of_three_hundred_megabytes, "a.xlsx", "hostile-file"),
    (cells_one_upon_another, "a.xlsx", "hostile-file"),
    (one_string_everywhere, "a.xlsx", "too-large"),
    (many_short_strings, "a.xlsx", "hostile-file"),
    (inline_text_of_many_runs, "a.xlsx", "too-large"),
    (nested_elements, "a.xlsx", "hostile-file"),
    (many_merged_cells, "a.xlsx", "merged-cells"),
    (numbers_all_over, "a.xlsx", "bad-header"),
    (texts_all_over, "a.xlsx", "bad-header"),
    (one_long_line, "a.csv", "bad-encoding"),
    (fifty_million_commas, "a.csv", "bad-encoding"),
    (an_open_quote, "a.csv", "bad-quotes"),
    (one_record_of_many_lines, "a.csv", "bad-quotes"),
    (units_nobody_knows, "a.csv", "unknown-unit"),
    (brackets_without_end, "a.yaml", "not-readable"),
    (values_without_end, "a.yaml", "not-readable"),
    (keys_nobody_knows, "a.yaml", "unknown-key"),
]
DENSE: list[tuple[Forge, str]] = [
    # the same files, were they packed less suspiciously
    (rows_without_cells, "too-large"),
    (blanks_of_three_hundred_megabytes, "strange-sheet"),
    (cells_one_upon_another, "too-large"),
    (many_short_strings, "damaged-file"),
    (nested_elements, "damaged-file"),
]

BOUNDS = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (512_000_000, 512_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
"""
COMMAND = f"{BOUNDS}from kaohe.cli.main import run\nrun()\n"
READING = f"""{BOUNDS}
from dataclasses import replace
from pathlib import Path
from kaohe.errors import BadInput
from kaohe.files.tables.limits import COMMAND_LINE
from kaohe.files.tables.reading import read_table
ratio, *paths = sys.argv[1:]
for path in paths:
    try:
        read_table(Path(path), limits=replace(COMMAND_LINE, ratio=int(ratio)))
    except BadInput as refusal:
        print(refusal.findings[0].kind)
"""


def run_bounded(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, timeout=120
    )


@pytest.mark.slow
@pytest.mark.parametrize(("forge", "name", "kind"), HEAVY)
def test_a_heavy_file_ends_the_command_in_an_error_within_its_bounds(
    tmp_path: Path, forge: Forge, name: str, kind: str
) -> None:
    forge(tmp_path / name)
    scheme = tmp_path / ("a.yaml" if name == "a.yaml" else "scheme.yaml")
    if scheme.name == "scheme.yaml":
        scheme.write_text(SMALL, encoding="utf-8")
    output = tmp_path / "out" / "result.json"

    done = run_bounded(COMMAND, "score", scheme, tmp_path / name, "-o", output)

    assert done.stderr.startswith(f"须改 [{kind}] {name}"), done.stderr[-1000:]
    assert (done.returncode, done.stdout, output.parent.exists()) == (2, "", False)


@pytest.mark.slow
def test_all_small_hostile_files_together_stay_within_the_bounds_of_one(tmp_path: Path) -> None:
    paths = []
    for place, (forge, _, _) in enumerate(CORPUS.values()):
        paths.append(tmp_path / str(place) / "a.xlsx")
        paths[-1].parent.mkdir()
        forge(paths[-1])

    done = run_bounded(READING, "200", *paths)

    assert done.stderr == ""
    assert done.stdout.split() == [kind for _, kind, _ in CORPUS.values()]


@pytest.mark.slow
@pytest.mark.parametrize(("forge", "kind"), DENSE)
def test_the_ratio_of_packing_is_not_the_only_guard(
    tmp_path: Path, forge: Forge, kind: str
) -> None:
    forge(tmp_path / "a.xlsx")

    done = run_bounded(READING, "2000", tmp_path / "a.xlsx")

    assert (done.stdout, done.stderr) == (f"{kind}\n", "")


@pytest.mark.slow
def test_a_hundred_thousand_units_of_thirty_figures_are_read(tmp_path: Path) -> None:
    letters = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB", "AC", "AD"]
    cells = "".join(f'<c r="{letter}%(n)d"><v>%(n)d.25</v></c>' for letter in letters)
    rows = (f'<row r="{n}">{cells % {"n": n}}</row>' for n in range(2, 100_002))
    header = row(1, *(text(f"{letter}1", letter) for letter in letters))
    path = forge_workbook(tmp_path / "a.xlsx", header, *rows)

    alone = process_time()
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    guarded = process_time()
    table = read_table(path)
    done = process_time()

    assert len(table.rows) == 100_000
    assert table.rows[-1] == (Fraction("100001.25"),) * 30
    assert done - guarded < 4 * (guarded - alone)
