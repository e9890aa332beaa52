"""Compute the Human Development Index 2021 and compare with what UNDP published: `python3 run.py cases FOLDER`.

FOLDER holds `hdi/` with `hdi_2021.csv`, the four components of each country, and
`published_rank_2021.csv`. The index is `hdi.yaml` beside this file; the real command line computes it.
"""

import csv
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

BUILD = Path("build", "cases")
INDEX = Path(__file__).with_name("hdi.yaml")
VALUE, RANK = 3, 0
"""Columns of the table the command line writes: place, code, name, index, …"""


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a table below its heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def compute_index(data: Path) -> dict[str, list[str]]:
    """The row of each country as the command line writes it."""
    BUILD.mkdir(parents=True, exist_ok=True)
    result = BUILD / "hdi.csv"
    command = [sys.executable, "-m", "kaohe.cli.main", "analyse", INDEX, data, "-o", result]
    status = subprocess.run(
        [str(part) for part in [*command, "--top", "3"]], check=False
    ).returncode
    if status:
        sys.exit(status)
    return {row[1]: row for row in read_rows(result)}


def compare(name: str, expected: dict[str, str], found: dict[str, list[str]], column: int) -> bool:
    """Print how many published figures agree to the last digit, and the first that differ."""
    differing = [
        f"{code} {found[code][column] or 'nothing'} instead of {figure}"
        for code, figure in expected.items()
        if not found[code][column] or Fraction(found[code][column]) != Fraction(figure)
    ]
    print(f"{name}: {len(expected) - len(differing)} of {len(expected)} agree", *differing[:5])
    return bool(expected) and not differing


def main(folders: list[Path]) -> int:
    """Run the case: 1 where a figure differs, 2 where no folder of this kind is given."""
    if len(folders) != 1 or not (folders[0] / "hdi" / "hdi_2021.csv").exists():
        print(
            "usage: python3 run.py cases FOLDER, where FOLDER/hdi/hdi_2021.csv is", file=sys.stderr
        )
        return 2
    folder = folders[0] / "hdi"
    published = [row for row in read_rows(folder / "published_rank_2021.csv") if row[2] and row[3]]
    found = compute_index(folder / "hdi_2021.csv")
    values = compare("published values", {row[0]: row[3] for row in published}, found, VALUE)
    ranks = compare("published ranks", {row[0]: row[2] for row in published}, found, RANK)
    return 0 if values and ranks else 1


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
