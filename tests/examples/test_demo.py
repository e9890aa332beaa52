"""`python3 run.py demo`: the main job, from input to ranking, as a new user sees it."""

import os
import re
import subprocess
import sys

import pytest
from examples.write_district import DISTRICT

ROOT = DISTRICT.parents[1]


@pytest.mark.slow
def test_the_demo_shows_ranking_receipt_and_verified_package_and_says_where_to_look() -> None:
    done = subprocess.run(
        [sys.executable, "run.py", "demo"],
        cwd=ROOT,
        env=os.environ | {"KAOHE_LANGUAGE": "zh", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    said = done.stdout

    assert re.search(r"\n2 +枫埭镇 QZ06 〔同分定序〕 +94\.72 .*第一等次", said)
    assert re.search(r"\n一致.*逐位相同", said)
    assert "QZ07 · A1201 实际使用外资  1.9171" in said
    for name in ("board.html", "receipts-QZ07.txt", "result.zip"):
        assert f"build/demo/{name}  " in said
        assert (ROOT / "build" / "demo" / name).stat().st_size > 10_000
