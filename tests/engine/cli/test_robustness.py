"""`kaohe robustness`, as people start it."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.engine.analysis.indexes import INDEX
from tests.engine.cli.running import list_names, run_kaohe
from tests.engine.results.town import write_town

FILES = ["marks.csv", "records.csv", "figures.csv"]
TABLE = "unit,A1,A2,B1\nQX,10,4,1\nQY,30,8,2\nQZ,20,6,\nQW,25,5,4\n"


def write_index(folder: Path) -> None:
    (folder / "index.yaml").write_text(INDEX, encoding="utf-8")
    (folder / "data.csv").write_text(TABLE, encoding="utf-8")


def test_every_group_of_a_scheme_is_shown_with_its_chances_above_the_lines(tmp_path):
    write_town(tmp_path)

    done = run_kaohe(
        tmp_path, "robustness", "scheme.yaml", *FILES, "--spread", "0", "--draws", "20", "--top", "2",
        "--sensitivity", "0",
    )  # fmt: skip

    assert (done.code, done.err) == (0, "")
    heads = ["rank", "subject", "expected", "5", "%", "median", "95", "%"]
    chances = ["Chance", "above", "优秀", "Chance", "above", "良好"]
    settings = [
        "· 20 draws (seed 1), each weight within ± 0 %; scores ranked at 4 decimals",
        "· methods: shares as scored, arithmetic mean",
        "· 优秀: the first 1",
        "· 良好: the first 2",
    ]
    lines = done.out.splitlines()
    assert [line.split() for line in lines[:4]] == [
        ["镇街（4）"],
        [*heads, *chances],
        ["1", "松潆镇", "T1", "1.00", "1", "1", "1", "100.0%", "100.0%"],
        ["2", "竹畹镇", "T2", "2.00", "2", "2", "2", "0.0%", "100.0%"],
    ]
    assert lines[4:8] == settings
    assert lines[8].split() == ["区直部门（4）"]
    assert lines[-1] == "(binary-float analysis; it decides no score, rank or grade)"


@pytest.mark.slow
def test_outputs_are_written_and_the_same_seed_gives_the_same(tmp_path):
    write_town(tmp_path)
    for name in ("a", "b"):
        outputs = [part for end in ("json", "csv", "xlsx") for part in ("-o", f"{name}.{end}")]
        done = run_kaohe(
            tmp_path, "robustness", "scheme.yaml", *FILES, *outputs, "--pairwise", "--cut", "3",
            "--any-weights", "--sensitivity", "32", "--top", "0", language="zh",
        )  # fmt: skip
        assert (done.code, done.err) == (0, "")
        assert done.out.splitlines()[:3] == [
            f"已写出 {name}.{end}" for end in ("json", "csv", "xlsx")
        ]

    for end in ("json", "csv", "xlsx"):
        assert (tmp_path / f"a.{end}").read_bytes() == (tmp_path / f"b.{end}").read_bytes()
    towns = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["rankings"][0]
    assert (towns["draws"], towns["cuts"][-1]) == (1000, {"rank": 3, "grade": ""})
    assert "wins" in towns["subjects"][0]


def test_an_index_file_goes_through_its_own_methods(tmp_path):
    write_index(tmp_path)

    done = run_kaohe(
        tmp_path, "robustness", "index.yaml", "data.csv", "--normalisation", "min_max",
        "--normalisation", "rank", "--concentration", "5", "--draws", "50", "-o", "a.json",
    )  # fmt: skip

    assert (done.code, done.err) == (0, "")
    ranking = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["rankings"][0]
    assert [choice["normalisation"] for choice in ranking["choices"]] == ["min_max", "rank"]
    assert ranking["spread"] == {"kind": "dirichlet", "concentration": 5}
    assert [each["factor"]["en"] for each in ranking["sensitivity"]["factors"]] == [
        "weights", "normalisation", "one indicator left out",
    ]  # fmt: skip
    assert "· mean shift in rank" in done.out


REFUSALS = {
    "two spreads": (["--spread", "5", "--any-weights"], "only one of --spread, --concentration"),
    "spread": (
        ["--spread", "101"],
        "weights cannot vary by 101 % → give 0 % to 100 %: --spread takes percent",
    ),
    "draws": (["--draws", "0"], "0 draws are out of range"),
    "method": (
        ["--aggregation", "copeland"],
        '"copeland" cannot be used on the scores of a scheme',
    ),
    "ending": (["-o", "a.html"], 'cannot write ".html"'),
    "input": (["-o", "figures.csv"], "this file is an input"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_done_is_refused_and_nothing_written(tmp_path, case):
    options, said = REFUSALS[case]
    write_town(tmp_path)
    before = list_names(tmp_path)

    done = run_kaohe(tmp_path, "robustness", "scheme.yaml", *FILES, "-o", "ok.csv", *options)

    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert list_names(tmp_path) == before


def test_the_data_of_an_index_stand_in_one_table(tmp_path):
    write_index(tmp_path)

    done = run_kaohe(tmp_path, "robustness", "index.yaml", "data.csv", "data.csv")

    assert (done.code, done.out) == (2, "")
    assert "the data of an index stand in one table" in done.err


@pytest.mark.slow
def test_an_interruption_keeps_and_reports_what_was_drawn_so_far(tmp_path):
    write_town(tmp_path)
    terminal, end = pty.openpty()
    command = [
        sys.executable, "-m", "kaohe.cli.main", "--language", "en", "robustness", "scheme.yaml", *FILES,
        "--draws", "1000000000", "-o", "a.json", "--top", "1",
    ]  # fmt: skip
    work = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=end, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "xterm"},
    )  # fmt: skip
    os.close(end)

    shown = b""
    while b"drawing" not in shown:
        shown += os.read(terminal, 1024)
    work.send_signal(signal.SIGINT)
    while chunk := read_terminal(terminal):
        shown += chunk
    out, _ = work.communicate(timeout=60)

    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    (towns,) = data["rankings"]  # the offices were not begun
    assert work.returncode == 130
    assert 0 < towns["draws"] < towns["draws_asked_for"] == 1_000_000_000
    said = f"stopped: {towns['draws']} draws of the 1000000000 asked for"
    assert said in [note["en"] for note in towns["notes"]]
    assert f"· {said}" in out.splitlines()
    assert "stopped; not drawn: 区直部门" in shown.decode()
    assert list_names(tmp_path) == sorted(["a.json", "scheme.yaml", *FILES])


def read_terminal(terminal: int) -> bytes:
    """What stands on the terminal next; nothing once its other end is closed."""
    try:
        return os.read(terminal, 1024)
    except OSError:
        return b""
