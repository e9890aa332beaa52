import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.engine.cli.running import list_names, run_kaohe
from tests.engine.results.town import SCHEME, TABLES, write_town

FILES = ["marks.csv", "records.csv", "figures.csv"]
WRITTEN = sorted([*FILES, "scheme.yaml"])


def test_score_writes_every_output_and_shows_the_ranking(tmp_path: Path):
    write_town(tmp_path)
    outputs = [f"out.{ending}" for ending in ("json", "csv", "xlsx", "html", "zip")]
    options = [part for output in outputs for part in ("-o", output)]

    done = run_kaohe(tmp_path, "score", "scheme.yaml", *FILES, *options, "--top", "2")

    assert (done.code, done.err) == (0, "")
    assert [line.split() for line in done.out.splitlines()] == [
        *(["wrote", output] for output in outputs),
        ["镇街（5）"],
        ["rank", "unit", "total", "bonus", "deduction", "proposed", "grade"],
        ["1", "松潆镇", "T1", "〔veto", "V1〕", "96.05", "3.00", "0.00", "良好"],
        ["2", "竹畹镇", "T2", "87.27", "0.00", "0.50", "优秀"],
        ["区直部门（5）"],
        ["rank", "unit", "total", "bonus", "deduction", "proposed", "grade"],
        ["1", "区产业办", "D1", "96.00", "0.00", "0.00", "优秀"],
        ["2", "区民生办", "D3", "90.00", "0.00", "0.00", "良好"],
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
    assert list_names(tmp_path) == sorted([*WRITTEN, *outputs])
    assert (
        json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["units"][0]["total"]
        == "96.05"
    )


def test_score_speaks_chinese(tmp_path: Path):
    write_town(tmp_path)

    done = run_kaohe(tmp_path, "score", "scheme.yaml", *FILES, language="zh")

    lines = done.out.splitlines()
    assert lines[1].split() == ["位次", "单位", "总分", "加分", "扣分", "建议等次"]
    assert lines[-1] == "暂定结果：还有 1 个数据未报，补齐前不得公布"


def test_scoring_twice_writes_the_same_bytes(tmp_path: Path):
    write_town(tmp_path)
    for name, tables in (("a.zip", FILES), ("b.zip", FILES[::-1])):
        assert (
            run_kaohe(tmp_path, "score", "scheme.yaml", *tables, "-o", name, "--top", "0").code == 0
        )

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


REFUSALS = {
    "unknown key": (
        ("  - {by: category, of: A}", "  - {by: category, of: A}\ntie_brake: []"),
        "blocking [unknown-key] scheme.yaml · line 23 · tie_brake:",
    ),
    "unknown method": (
        ("{method: target_ratio}", "{method: target_rato}"),
        "target_ratio",
    ),
    "missing parameter": (
        ("levels: {nation: 2, province: 1, city: 0.5}", "cap: 2"),
        "[missing-key]",
    ),
    "duplicate code": (
        ("code: T2, name: 竹畹镇", "code: T1, name: 竹畹镇"),
        'the code "T1" stands twice',
    ),
    "unit in no group": (
        ("name: 区产业办, group: offices", "name: 区产业办, group: office"),
        "offices",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_scheme_that_blocks_is_not_scored_and_nothing_is_written(tmp_path: Path, case: str):
    (old, new), said = REFUSALS[case]
    assert SCHEME.count(old) == 1
    write_town(tmp_path, scheme=SCHEME.replace(old, new))

    done = run_kaohe(tmp_path, "score", "scheme.yaml", *FILES, "-o", "out.json", "-o", "out.html")

    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert all(line.startswith("blocking [") and " → " in line for line in done.err.splitlines())
    assert list_names(tmp_path) == WRITTEN


def test_every_fault_is_named_at_once_in_chinese_too(tmp_path: Path):
    scheme = SCHEME.replace("{method: target_ratio}", "{method: target_rato}").replace(
        "periods", "x"
    )
    write_town(
        tmp_path, scheme=scheme.replace("name: 松潆镇, group: towns", "name: 松潆镇, groups: towns")
    )

    done = run_kaohe(tmp_path, "score", "scheme.yaml", *FILES, language="zh")

    assert done.code == 2
    assert len(done.err.splitlines()) >= 3
    assert all(line.startswith("须改 [") for line in done.err.splitlines())
    assert "scheme.yaml · 第11行" in done.err


def test_bad_data_are_named_by_file_row_and_column_and_nothing_is_written(tmp_path: Path):
    figures = TABLES["figures.csv"].replace("31.2", "三十一").replace("28.5", "NaN")
    write_town(tmp_path, figures=figures)

    done = run_kaohe(tmp_path, "score", "scheme.yaml", *FILES, "-o", "out.zip")

    assert done.code == 2
    assert [line.split(": ")[0] for line in done.err.splitlines()] == [
        "blocking [bad-figure] figures.csv · line 2 · A2",
        "blocking [bad-figure] figures.csv · line 3 · A2",
    ]
    assert list_names(tmp_path) == WRITTEN


def test_an_unknown_ending_is_refused_before_anything_is_read(tmp_path: Path):
    done = run_kaohe(tmp_path, "score", "no.yaml", "no.csv", "-o", "out.json", "-o", "out.pdf")

    assert (done.code, done.out) == (2, "")
    assert done.err == (
        'blocking [unknown-ending] out.pdf: cannot write ".pdf" → write one of: .json .csv .xlsx .html .zip\n'
    )
    assert list_names(tmp_path) == []


@pytest.mark.parametrize("missing", ["scheme.yaml", "figures.csv"])
def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, missing: str):
    write_town(tmp_path)
    (tmp_path / missing).unlink()

    done = run_kaohe(tmp_path, "score", "scheme.yaml", *FILES, "-o", "out.json")

    assert (done.code, done.out) == (2, "")
    assert missing in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "out.json").exists()


def test_a_failed_run_leaves_the_earlier_output_as_it_was(tmp_path: Path):
    write_town(tmp_path)
    (tmp_path / "out.json").write_text("earlier")
    write_town(tmp_path, figures=TABLES["figures.csv"].replace("31.2", "?"))

    assert run_kaohe(tmp_path, "score", "scheme.yaml", *FILES, "-o", "out.json").code == 2
    assert (tmp_path / "out.json").read_text() == "earlier"


INTERRUPTED = """
import _thread, sys, threading, time
from pathlib import Path

def interrupt_writing():
    while not list(Path().glob(".writing-*")):
        time.sleep(0.001)
    time.sleep(0.01)
    _thread.interrupt_main()

threading.Thread(target=interrupt_writing, daemon=True).start()
from kaohe.cli.main import run
sys.argv[0] = "kaohe"
run()
"""


def test_stopping_while_a_file_is_written_ends_with_130_and_leaves_nothing(tmp_path: Path):
    write_town(tmp_path)
    command = [sys.executable, "-c", INTERRUPTED, "score", "scheme.yaml", *FILES, "-o", "out.xlsx"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)

    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "已停止，没有留下不完整的文件 · stopped, no file is left unfinished\n"
    assert list_names(tmp_path) == WRITTEN


@pytest.mark.parametrize(
    "arguments", [[], ["score"], ["score", "x.yaml"], ["dance"], ["score", "a", "b", "--tops", "1"]]
)
def test_bad_use_ends_with_2(tmp_path: Path, arguments: list[str]):
    done = run_kaohe(tmp_path, *arguments)

    assert done.code == 2
    assert "Traceback" not in done.err
