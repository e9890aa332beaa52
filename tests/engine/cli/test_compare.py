"""Naming the one unit to compare."""

from pathlib import Path

from tests.engine.cli.running import run_kaohe
from tests.engine.results.town import SCHEME, write_town

DATA = ["--data", "figures.csv", "--data", "records.csv", "--data", "marks.csv"]


def test_a_unit_is_named_by_code_or_by_name(tmp_path: Path):
    write_town(tmp_path)
    changed = SCHEME.replace("share: 0.8}", "share: 0.9}")
    (tmp_path / "new.yaml").write_text(changed, encoding="utf-8")
    compare = ["compare", "scheme.yaml", "new.yaml", *DATA, "--unit"]

    by_code = run_kaohe(tmp_path, *compare, "D2")
    by_name = run_kaohe(tmp_path, *compare, "区建设办")

    assert by_name == by_code
    assert by_name.out.splitlines()[-1] == "units that moved: 1"
    assert run_kaohe(tmp_path, *compare, "D9").err.startswith("blocking [unknown-code] --unit: ")
