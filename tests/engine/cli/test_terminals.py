"""Where a terminal or a file cannot hold Chinese, the work is done all the same."""

import os
import subprocess
import sys
from pathlib import Path

from tests.engine.results.town import write_town

FILES = ["marks.csv", "records.csv", "figures.csv"]


def test_what_cannot_be_shown_is_shown_by_its_number(tmp_path: Path):
    write_town(tmp_path)

    done = subprocess.run(
        [sys.executable, "-m", "kaohe.cli.main", "--language", "zh",
         "score", "scheme.yaml", *FILES, "-o", "a.json", "-o", "b.csv", "--top", "0"],
        cwd=tmp_path, capture_output=True, encoding="ascii", check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip

    wrote = r"\u5df2\u5199\u51fa"
    assert done.returncode == 0
    assert done.stdout.splitlines()[:2] == [f"{wrote} a.json", f"{wrote} b.csv"]
    assert (tmp_path / "b.csv").exists()
