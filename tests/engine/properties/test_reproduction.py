"""The same scheme and data are the same bytes, whatever the hash seed and the order of the rows."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from tests.engine.results.town import TABLES, write_town

DATA_OUTPUTS = ("result.json", "result.zip", "result.csv")
OUTPUTS = (*DATA_OUTPUTS, "result.html", "result.xlsx")
"""Those for people tell for every figure in which row it was read, and differ with the order of rows."""

SEEDS = (1, 2, 3, 4, 20191231)


def shuffle_rows(table: str, random: Random) -> str:
    """The same table with its rows in another order, and its columns too."""
    header, *rows = (line.split(",") for line in table.splitlines())
    random.shuffle(rows)
    order = random.sample(range(len(header)), len(header))
    return "".join(",".join(row[column] for column in order) + "\n" for row in [header, *rows])


def score_files(folder: Path, tables: Mapping[str, str], *, hash_seed: int) -> dict[str, bytes]:
    """The town scored by the command line under one hash seed."""
    folder.mkdir()
    by_stem = {Path(name).stem: table for name, table in tables.items()}
    scheme, written = write_town(folder, **by_stem)
    outputs = [part for name in OUTPUTS for part in ("-o", folder / name)]
    command = [sys.executable, "-m", "kaohe.cli.main", "score", scheme, *written, *outputs]
    subprocess.run(
        [str(part) for part in command],
        check=True,
        capture_output=True,
        env=os.environ | {"PYTHONHASHSEED": str(hash_seed)},
    )
    return {name: (folder / name).read_bytes() for name in OUTPUTS}


@pytest.mark.slow
def test_five_hash_seeds_and_shuffled_rows_give_the_same_result_and_package(tmp_path):
    plain = score_files(tmp_path / "plain", TABLES, hash_seed=0)

    for seed in SEEDS:
        random = Random(seed)  # noqa: S311 - an order, no secret
        tables = {name: shuffle_rows(table, random) for name, table in TABLES.items()}
        again = score_files(tmp_path / str(seed), tables, hash_seed=seed)
        assert [name for name in DATA_OUTPUTS if again[name] != plain[name]] == []


@pytest.mark.slow
def test_five_hash_seeds_give_the_same_board_and_workbook(tmp_path):
    plain = score_files(tmp_path / "plain", TABLES, hash_seed=0)

    for seed in SEEDS:
        again = score_files(tmp_path / str(seed), TABLES, hash_seed=seed)
        assert [name for name in OUTPUTS if again[name] != plain[name]] == []
