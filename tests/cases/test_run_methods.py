"""Every pair of methods on the four invented countries of the ASEM comparison."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases.test_run_asem import NORMALISED, TABLES

SCRIPT = Path(__file__).resolve().parents[2] / "cases" / "run_methods.py"
METADATA = """\
Level,iCode,iName,Direction,Weight,Target,Parent,Type
1,Air,Flights,1,2,30,Con,Indicator
1,Sea,Shipping,1,1,0.35,Con,Indicator
1,CO2,Emissions,-1,1,2,Sus,Indicator
2,Con,Connectivity,1,1,,Index,Aggregate
2,Sus,Sustainability,1,3,,Index,Aggregate
3,Index,Both,1,1,,,Aggregate
,Area,Area,,,,,Denominator
"""
INDICATORS = """\
uName,uCode,Area,Air,Sea,CO2
Alta,AA,100,10,0.29999999999999999,4.5
Germany,DEU,20,25,0.1,1.5
Cole,CC,3,40,,3
Dorn,DD,,,0.40000000000000002,
"""

pytestmark = pytest.mark.slow


def run_case(folder, **replaced):
    (folder / "asem").mkdir()
    tables = {**TABLES, "metadata": METADATA, "indicators": INDICATORS, **replaced}
    for name, table in tables.items():
        renamed = table.replace("BB,", "DEU,")
        (folder / "asem" / f"{name}.csv").write_text(renamed, encoding="utf-8")
    command = [sys.executable, str(SCRIPT), str(folder)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_pair_has_results_or_a_refusal_and_the_published_figures_agree(tmp_path):
    done = run_case(tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[1:11]] == [
        "min_max", "z_score", "rank", "percentile_rank", "borda", "distance_to_best",
        "distance_to_reference", "distance_to_target", "goalposts", "fraction_of_max",
    ]  # fmt: skip
    assert [line.partition(", at most")[0] for line in lines[-3:]] == [
        "normalised values: 12 figures agree",
        "scores: 12 figures agree",
        "ranks: 12 figures agree",
    ]


def test_a_figure_that_differs_is_named_and_fails(tmp_path):
    wrong = NORMALISED.replace("BB,50", "BB,51")

    done = run_case(tmp_path, expected_normalised_minmax_0_100=wrong)

    assert done.returncode == 1
    assert "normalised values: 12 figures DIFFER, at most 1 at DEU Air" in done.stdout
