"""The comparison with published results, on four invented countries."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "cases" / "run_asem.py"
METADATA = """\
Level,iCode,iName,Direction,Weight,Parent,Type
1,Air,Flights,1,2,Con,Indicator
1,Sea,Shipping,1,1,Con,Indicator
1,CO2,Emissions,-1,1,Sus,Indicator
2,Con,Connectivity,1,1,Index,Aggregate
2,Sus,Sustainability,1,3,Index,Aggregate
3,Index,Both,1,1,,Aggregate
,Area,Area,,,,Denominator
"""
INDICATORS = """\
uName,uCode,Area,Air,Sea,CO2
Alta,AA,100,10,0.29999999999999999,4.5
Bree,BB,20,25,0.1,1.5
Cole,CC,3,40,,3
Dorn,DD,,,0.40000000000000002,
"""
NORMALISED = """\
uCode,Air,Sea,CO2
AA,0,66.666666666666657,0
BB,50,0,100
CC,100,,50
DD,,100,
"""
SCORES = """\
uCode,Con,Sus,Index
AA,22.222222222222221,0,5.5555555555555554
BB,33.333333333333336,100,83.333333333333329
CC,100,50,62.5
DD,100,,100
"""
RANKS = """\
uCode,Con,Sus,Index
AA,4,3,4
BB,3,1,2
CC,1,2,3
DD,1,,1
"""
TABLES = {
    "metadata": METADATA,
    "indicators": INDICATORS,
    "expected_normalised_minmax_0_100": NORMALISED,
    "expected_scores_arithmetic": SCORES,
    "expected_ranks_arithmetic": RANKS,
}

pytestmark = pytest.mark.slow


def run_cases(folder, **replaced):
    case = folder / "asem"
    case.mkdir()
    for name, table in TABLES.items():
        (case / f"{name}.csv").write_text(replaced.get(name, table), encoding="utf-8")
    return run_script(folder, str(folder))


def run_script(folder, *arguments):
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_figure_is_compared_with_the_published_one(tmp_path):
    done = run_cases(tmp_path)

    assert done.returncode == 0
    compared = [line.partition(", at most")[0] for line in done.stdout.splitlines()[-3:]]
    assert compared == [
        "normalised values: 12 figures agree",
        "scores: 12 figures agree",
        "ranks: 12 figures agree",
    ]


def test_a_figure_that_differs_is_named_and_fails(tmp_path):
    wrong = SCORES.replace("CC,100,50,62.5", "CC,100,50,62.500001")

    done = run_cases(tmp_path, expected_scores_arithmetic=wrong)

    assert done.returncode == 1
    assert done.stdout.splitlines()[-2] == "scores: 12 figures DIFFER, at most 1e-06 at CC Index"


def test_a_figure_that_should_be_missing_differs(tmp_path):
    wrong = NORMALISED.replace("BB,50,0,100", "BB,50,,100")

    done = run_cases(tmp_path, expected_normalised_minmax_0_100=wrong)

    assert done.returncode == 1
    assert (
        done.stdout.splitlines()[-3]
        == "normalised values: 12 figures DIFFER, at most inf at BB Sea"
    )


@pytest.mark.parametrize("arguments", [(), ("nowhere",), ("one", "two")])
def test_a_folder_that_holds_no_such_case_is_told(tmp_path, arguments):
    done = run_script(tmp_path, *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "usage: python3 run.py cases FOLDER, where FOLDER/asem/metadata.csv is\n"
