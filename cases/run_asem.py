"""Score the ASEM connectivity data and compare with published results: `python3 run.py cases FOLDER`.

FOLDER holds `asem/` with `metadata.csv`, `indicators.csv` and three tables of results that another
implementation computed in binary floats: normalised values, scores and ranks. The data become a scheme
and a table under `build/cases`, the real command line scores them, and every figure is compared.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

TOLERANCE = 1e-9
BUILD = Path("build", "cases")
KEY = "uCode"
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Comparison:
    """One kind of figure: how many were compared, and the greatest difference with its place."""

    name: str
    count: int
    greatest: float
    where: str

    @property
    def holds(self) -> bool:
        """Whether figures were compared and none differs by more than the tolerance."""
        return self.count > 0 and self.greatest <= TOLERANCE

    def __str__(self) -> str:
        verdict = "agree" if self.holds else "DIFFER"
        return f"{self.name}: {self.count} figures {verdict}, at most {self.greatest:.3g} at {self.where}"


def read_rows(path: Path) -> Rows:
    """The rows of a table, by heading."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def make_scheme(metadata: Rows, countries: Rows) -> dict[str, Any]:
    """Min–max to 0…100 over all countries, then weighted means up the tree over what is present."""
    return {
        "kaohe": 1,
        "code": "asem",
        "name": "ASEM sustainable connectivity",
        "period": "2018",
        "groups": [{"code": "all", "name": "all countries"}],
        "units": [{"code": each[KEY], "name": each["uName"], "group": "all"} for each in countries],
        "rounding": {"indicator": 12},
        "missing": {"empty": "leave_out"},
        "indicators": list(make_nodes(metadata, parent="")),
    }


def make_nodes(metadata: Rows, parent: str) -> Iterator[dict[str, Any]]:
    """The nodes under one parent, each with those below it."""
    for row in metadata:
        if row["Parent"] != parent or row["Type"] not in ("Indicator", "Aggregate"):
            continue
        node = {"code": row["iCode"], "name": row["iName"], "weight": row["Weight"]}
        if row["Type"] == "Indicator":
            rule = {"method": "efficacy_coefficient", "base": 0, "span": 100}
            direction = "lower" if row["Direction"] == "-1" else "higher"
            yield {**node, "points": 100, "direction": direction, "rule": rule}
        else:
            children = list(make_nodes(metadata, row["iCode"]))
            yield {**node, "points": 100, "combine": "weighted_mean", "children": children}


def make_table(metadata: Rows, countries: Rows) -> Iterator[list[str]]:
    """The figures as a wide table, each as the shortest text of the same double."""
    codes = [row["iCode"] for row in metadata if row["Type"] == "Indicator"]
    yield ["unit", *codes]
    for country in countries:
        yield [country[KEY], *(shorten(country[code]) for code in codes)]


def shorten(written: str) -> str:
    """12.300000000000001 as 12.3, where both are the same double; nothing stays nothing."""
    return np.format_float_positional(float(written), trim="-") if written else ""


def score_case(folder: Path) -> dict[str, Any]:
    """Write scheme and data, score them by the command line, and read the result."""
    metadata, countries = (read_rows(folder / name) for name in ("metadata.csv", "indicators.csv"))
    BUILD.mkdir(parents=True, exist_ok=True)
    scheme, data, result = (BUILD / f"asem{end}" for end in (".yaml", ".csv", ".json"))
    YAML().dump(make_scheme(metadata, countries), scheme)
    with data.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(make_table(metadata, countries))
    command = [sys.executable, "-m", "kaohe.cli.main", "score", scheme, data, "-o", result]
    status = subprocess.run(
        [str(part) for part in [*command, "--top", "3"]], check=False
    ).returncode
    if status:
        sys.exit(status)
    read: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return read


def compare(name: str, expected: Rows, nodes: dict[str, Any], key: str) -> Comparison:
    """Every figure expected beside the one in the result."""
    differences = [
        (measure_difference(written, nodes[code][row[KEY]].get(key)), f"{row[KEY]} {code}")
        for row in expected
        for code, written in row.items()
        if code != KEY
    ]
    greatest, where = max(differences, default=(0.0, "-"))
    return Comparison(name, len(differences), greatest, where)


def measure_difference(expected: str, found: str | None) -> float:
    """How far apart two figures are: not at all where neither is there, infinitely where one is not."""
    if not expected or found is None:
        return 0.0 if not expected and found is None else float("inf")
    return abs(float(Fraction(expected) - Fraction(found)))


def main(folders: list[Path]) -> int:
    """Run the case: 1 where a figure differs, 2 where no folder of this kind is given."""
    if len(folders) != 1 or not (folders[0] / "asem" / "metadata.csv").exists():
        print(
            "usage: python3 run.py cases FOLDER, where FOLDER/asem/metadata.csv is", file=sys.stderr
        )
        return 2
    return compare_case(folders[0] / "asem")


def compare_case(case: Path) -> int:
    """Score one folder and say how every kind of figure compares."""
    result = score_case(case)
    nodes = {**result["leaves"], **result["branches"]}
    comparisons = [
        compare(name, read_rows(case / f"expected_{table}.csv"), nodes, key)
        for name, table, key in (
            ("normalised values", "normalised_minmax_0_100", "score"),
            ("scores", "scores_arithmetic", "score"),
            ("ranks", "ranks_arithmetic", "rank"),
        )
    ]
    for comparison in comparisons:
        print(comparison)
    return 0 if all(comparison.holds for comparison in comparisons) else 1


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
