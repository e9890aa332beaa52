"""Every way to normalise with every way to aggregate, on the ASEM data: `python3 run.py cases FOLDER`.

FOLDER holds `asem/`, as `run_asem.py` says. Each pair gives a result or a refusal that names indicator and
subject; nothing else may happen. Min–max with the arithmetic mean is compared with the published results.
"""

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from run_asem import Comparison, Rows, compare, make_table, read_rows

from kaohe.analysis.aggregating import AGGREGATIONS
from kaohe.analysis.analysing import Analysis, analyse
from kaohe.analysis.index_model import IndexModel
from kaohe.analysis.normalising import NORMALISATIONS
from kaohe.analysis.wide_tables import WideTable
from kaohe.errors import BadInput
from kaohe.files.data.wide_tables import read_wide_table
from kaohe.files.results.analysis_outputs import make_analysis_data

BUILD = Path("build", "cases")
POSITIVE = ["1", "100"]
REFERENCE = "DEU"
SCALED = [name for name in NORMALISATIONS if name not in ("z_score", "rank", "borda")]


def make_nodes(metadata: Rows, figures: Rows, parent: str) -> list[dict[str, Any]]:
    """The nodes under one parent as an index file states them; goalposts are the extremes of 2018."""
    return [
        {"code": row["iCode"], "weight": row["Weight"], **describe(row, metadata, figures)}
        for row in metadata
        if row["Parent"] == parent and row["Type"] in ("Indicator", "Aggregate")
    ]


def describe(row: dict[str, str], metadata: Rows, figures: Rows) -> dict[str, Any]:
    """What a branch or an indicator has beside its code and weight."""
    if row["Type"] == "Aggregate":
        return {"children": make_nodes(metadata, figures, row["iCode"])}
    present = [float(each[row["iCode"]]) for each in figures if each[row["iCode"]]]
    return {
        "direction": "lower" if row["Direction"] == "-1" else "higher",
        "target": row["Target"],
        "goalposts": {"low": str(min(present)), "high": str(max(present))},
    }


def make_index(
    tree: list[dict[str, Any]], normalisation: dict[str, Any], aggregation: str
) -> IndexModel:
    """One pair as an index."""
    chosen = {"method": aggregation, **({"power": "0.5"} if aggregation == "power" else {})}
    extra = {"reference": REFERENCE} if normalisation["method"] == "distance_to_reference" else {}
    (root,) = tree
    return IndexModel.model_validate({
        "index": root["code"], "normalisation": {**normalisation, **extra},
        "aggregation": chosen, "indicators": root["children"],
    })  # fmt: skip


def run_pair(index: IndexModel, table: WideTable) -> tuple[Analysis | None, str]:
    """The analysis with how many subjects have a result, or how it was refused."""
    try:
        analysis = analyse(index, table)
    except BadInput as refusal:
        kinds = Counter(finding.kind for finding in refusal.findings)
        said = ", ".join(f"{kind} of {count}" for kind, count in kinds.items())
        return None, f"refused: {said}"
    return analysis, f"{int((~(index_values(analysis) != index_values(analysis))).sum())} results"


def index_values(analysis: Analysis) -> Any:
    """The index of every subject."""
    return analysis.values[analysis.index.index]


def run_scale(
    tree: list[dict[str, Any]], table: WideTable, methods: list[str], to: Any
) -> Counter[str]:
    """All pairs on one scale, a line for each way to normalise; how many gave results or refusals."""
    print(
        f"{'scale ' + '–'.join(to) if to else 'own scale':24}"
        + "".join(f"{name:28}" for name in AGGREGATIONS)
    )
    counts: Counter[str] = Counter()
    for method in methods:
        normalisation = {"method": method, **({"to": to} if to else {})}
        said = [run_pair(make_index(tree, normalisation, each), table)[1] for each in AGGREGATIONS]
        counts.update(each.partition(":")[0].partition(" ")[2] or "refused" for each in said)
        print(f"{method:24}" + "".join(f"{each:28}" for each in said))
    return counts


def compare_published(
    tree: list[dict[str, Any]], table: WideTable, folder: Path
) -> list[Comparison]:
    """Min–max and the arithmetic mean beside the published figures."""
    analysis, said = run_pair(make_index(tree, {"method": "min_max"}, "arithmetic"), table)
    if analysis is None:
        sys.exit(said)
    data = make_analysis_data(analysis)
    values = write_figures(data["values"])
    return [
        compare("normalised values", read_rows(folder / "expected_normalised_minmax_0_100.csv"), values, "found"),
        compare("scores", read_rows(folder / "expected_scores_arithmetic.csv"), values, "found"),
        compare("ranks", read_rows(folder / "expected_ranks_arithmetic.csv"), write_figures(data["ranks"]), "found"),
    ]  # fmt: skip


def write_figures(columns: dict[str, dict[str, float | None]]) -> dict[str, Any]:
    """Floats as `compare` looks for them: by node and subject, written out."""
    return {
        code: {
            who: {"found": None if value is None else repr(value)} for who, value in column.items()
        }
        for code, column in columns.items()
    }


def main(folders: list[Path]) -> int:
    """Run every pair: 1 where a published figure differs, 2 where no folder of this kind is given."""
    if len(folders) != 1 or not (folders[0] / "asem" / "metadata.csv").exists():
        print(
            "usage: python3 run.py cases FOLDER, where FOLDER/asem/metadata.csv is", file=sys.stderr
        )
        return 2
    folder = folders[0] / "asem"
    metadata, figures = (read_rows(folder / name) for name in ("metadata.csv", "indicators.csv"))
    tree = make_nodes(metadata, figures, "")
    table = read_figures(metadata, figures, tree)
    counts = run_scale(tree, table, list(NORMALISATIONS), None)
    counts += run_scale(tree, table, SCALED, POSITIVE)
    print(f"pairs: {counts['results']} with results, {counts['refused']} refused")
    comparisons = compare_published(tree, table, folder)
    for comparison in comparisons:
        print(comparison)
    return 0 if all(comparison.holds for comparison in comparisons) else 1


def read_figures(metadata: Rows, figures: Rows, tree: list[dict[str, Any]]) -> WideTable:
    """The figures by way of a file, as the command line reads them."""
    BUILD.mkdir(parents=True, exist_ok=True)
    data = BUILD / "asem-wide.csv"
    with data.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(make_table(metadata, figures))
    return read_wide_table(data, make_index(tree, {"method": "min_max"}, "arithmetic"))


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
