"""`python3 run.py score`: a year on the command line, from input to ranking, as a new user sees it."""

import os
import re
import subprocess
import sys

import pytest
from examples.write_district import DISTRICT

ROOT = DISTRICT.parents[1]


@pytest.mark.slow
def test_scoring_a_year_shows_ranking_and_verified_package_and_says_where_to_look() -> None:
    done = subprocess.run(
        [sys.executable, "run.py", "score"],
        cwd=ROOT,
        env=os.environ | {"KAOHE_LANGUAGE": "zh", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    said = done.stdout

    assert re.search(r"\n2 +枫埭镇 QZ06 〔同分定序〕 +94\.72 .*第一等次", said)
    assert re.search(r"\n一致.*逐位相同", said)
    for name in ("board.html", "receipts.txt", "result.zip"):
        assert f"build/scored/{name}  " in said
        assert (ROOT / "build" / "scored" / name).stat().st_size > 10_000
