"""Tables larger than memory: scored from Parquet, beside reading them and the time of NumPy by hand."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.measuring import measure_in_turn, say
from benchmarks.population import make_task, score_by_hand, write_tree

FILES = 20
SUBJECTS = int(os.environ.get("KAOHE_BENCH_SUBJECTS", "20_000_000"))
INDICATORS = 30


def main() -> None:
    """Twenty files of one group each, scored by the command line in a process of its own."""
    with TemporaryDirectory() as folder:
        scheme, data = Path(folder, "scheme.json.yaml"), Path(folder, "data")
        scheme.write_text(json.dumps(write_tree(INDICATORS, FILES), ensure_ascii=False), "utf-8")
        write_files(data)
        reading = read_all(data)
        allowed = 2 * reading + 1.5 * time_cells() * SUBJECTS * INDICATORS
        seconds, memory = score(scheme, data, Path(folder, "scores.parquet"))
        say(
            f"{SUBJECTS:,} subjects × {INDICATORS} indicators from Parquet: {seconds:.0f} s, "
            f"{memory / 2**30:.2f} GB of memory (limit {allowed:.0f} s: reading twice, "
            f"{reading:.1f} s each, and 1.5 × NumPy by hand; 3 GB)"
        )


def write_files(folder: Path) -> None:
    """A file for each group, so that no process holds all of them."""
    folder.mkdir()
    for number in range(FILES):
        task = make_task(SUBJECTS // FILES, INDICATORS, 1, seed=number)
        columns = {"unit": pa.array([f"S{number}-{row}" for row in range(SUBJECTS // FILES)])}
        columns["group"] = pa.array([f"G{number}"] * (SUBJECTS // FILES))
        for (code, facet), column in task.population.facets.items():
            name = code if facet == "value" else f"{code}.{facet}"
            columns[name] = pa.array(column.figures, from_pandas=True)
        pq.write_table(pa.table(columns), folder / f"group{number:02}.parquet", compression="zstd")


def read_all(folder: Path) -> float:
    """Seconds to read every file once, and to keep nothing."""
    start = time.perf_counter()
    for path in sorted(folder.iterdir()):
        for _ in pq.ParquetFile(path).iter_batches():
            pass
    return time.perf_counter() - start


def time_cells() -> float:
    """Seconds for a figure in the program by hand, at the size at which columns are compared."""
    task = make_task(1_000_000, 50, 20)
    return measure_in_turn({"by hand": lambda: score_by_hand(task)}, 3)["by hand"] / 50_000_000


def score(scheme: Path, data: Path, output: Path) -> tuple[float, int]:
    """Seconds and bytes of memory of the command line."""
    command = [sys.executable, "-m", "kaohe.cli.main", "score", str(scheme), str(data)]
    start = time.perf_counter()
    program = subprocess.Popen(
        [*command, "--engine", "arrays", "-o", str(output)], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(program.pid, 0)
    if status:
        raise SystemExit(f"kaohe score ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, usage.ru_maxrss * 1024
