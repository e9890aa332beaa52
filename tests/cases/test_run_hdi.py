"""The comparison with UNDP's published index, on three invented countries."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "cases" / "run_hdi.py"
# Each at half of every goalpost in turn: an index of 0.5 means 52.5 years, 9 and 7.5 years, sqrt(7,500,000) $.
DATA = """\
iso3,country,year,life_expectancy,expected_schooling,mean_schooling,gni_per_capita,hdi_published
AAA,Alta,2021,52.5,9,7.5,2738.6127875258306,0.5
BBB,Bree,2021,52.51,9,7.5,2738.6127875258306,0.5
CCC,Cole,2021,90,20,16,80000,1
DDD,Dorn,2021,60,,7,2000,
"""
PUBLISHED = """\
iso3,country,hdi_rank_2021,hdi_2021
AAA,Alta,2.0,0.5
BBB,Bree,2.0,0.5
CCC,Cole,1.0,1
DDD,Dorn,,
"""

pytestmark = pytest.mark.slow


def run_case(folder, published=PUBLISHED):
    (folder / "hdi").mkdir()
    (folder / "hdi" / "hdi_2021.csv").write_text(DATA, encoding="utf-8")
    (folder / "hdi" / "published_rank_2021.csv").write_text(published, encoding="utf-8")
    return run_script(folder, str(folder))


def run_script(folder, *arguments):
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_values_and_ranks_are_the_published_ones_ties_at_three_decimals_included(tmp_path):
    done = run_case(tmp_path)

    assert done.returncode == 0
    assert done.stdout.splitlines()[-2:] == [
        "published values: 3 of 3 agree",
        "published ranks: 3 of 3 agree",
    ]


def test_a_figure_that_differs_is_named_and_fails(tmp_path):
    done = run_case(tmp_path, PUBLISHED.replace("2.0,0.5\nCCC", "3.0,0.501\nCCC"))

    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == [
        "published values: 2 of 3 agree BBB 0.500 instead of 0.501",
        "published ranks: 2 of 3 agree BBB 2 instead of 3.0",
    ]


def test_a_folder_that_holds_no_such_case_is_told(tmp_path):
    done = run_script(tmp_path, "nowhere")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "usage: python3 run.py cases FOLDER, where FOLDER/hdi/hdi_2021.csv is\n"
