"""The exact engine and the cold starts, beside fractions and a bare interpreter."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any

from kaohe.numbers.absence import Absence
from kaohe.results.receipts import Receipts
from kaohe.results.result import score
from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations

DISTRICT = Path(__file__).resolve().parent.parent / "examples" / "district" / "2019"
UNITS, INDICATORS, POOLS, RUNS = 200, 300, 8, 3
RULES: list[dict[str, Any]] = [
    {"method": "efficacy_coefficient"},
    {"method": "place", "step": "0.01"},
    {"method": "mean_taper"},
    {
        "method": "target_steps", "gain": 1, "gain_step": 1, "gain_mode": "floor", "gain_cap": 2,
        "loss": "0.5", "loss_step": 1, "loss_mode": "linear",
    },
]  # fmt: skip


def make_scheme() -> Scheme:
    """200 units in 8 groups, 300 indicators under 10 branches, four rules in turn."""
    groups = [{"code": f"G{pool}", "name": f"第{pool}组"} for pool in range(POOLS)]
    units = [
        {"code": f"U{unit}", "name": f"单位{unit}", "group": f"G{unit % POOLS}"}
        for unit in range(UNITS)
    ]
    leaves = [
        {
            "code": f"I{number}", "name": f"指标{number}", "points": 1, "direction": "higher",
            "unit": "%", "target": 60, "rule": RULES[number % len(RULES)],
        }
        for number in range(INDICATORS)
    ]  # fmt: skip
    branches = [
        {"code": f"B{place}", "name": f"类别{place}", "children": leaves[place::10]}
        for place in range(10)
    ]
    tree = {"kaohe": 1, "code": "bench", "name": "基准", "period": "2019", "groups": groups}
    return Scheme(SchemeModel.model_validate({**tree, "units": units, "indicators": branches}), ())


def make_data() -> Observations:
    """Figures of two decimals, one in fifty missing."""
    random = Random(7)
    return Observations({
        (f"I{indicator}", "value", f"U{unit}"): Absence.NOT_APPLICABLE
        if random.random() < 0.02
        else Fraction(random.randint(2000, 9999), 100)
        for indicator in range(INDICATORS)
        for unit in range(UNITS)
    })  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """What some work took: seconds by the clock, and of processor time, which a busy machine spares."""

    wall: float
    processor: float


def measure(work: Callable[[], object]) -> Cost:
    """The least of several runs, processor time of started programs included."""
    costs = []
    for _ in range(RUNS):
        before, start = read_processor(), time.perf_counter()
        work()
        costs.append(Cost(time.perf_counter() - start, read_processor() - before))
    return Cost(min(each.wall for each in costs), min(each.processor for each in costs))


def read_processor() -> float:
    """The seconds of processor time that this process and the programs it started have had."""
    used = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def write_every_receipt(scheme: Scheme, data: Observations) -> int:
    """Score, and write every receipt of every unit; the number of receipts."""
    result = score(scheme, data)
    receipts = Receipts(scheme.model, data, result.scores)
    return sum(1 for unit in result.scores.units for _ in receipts.of_unit(unit))


def add_fractions() -> Fraction:
    """As many exact multiplications and additions as there are cells."""
    total, step = Fraction(0), Fraction(1, 100)
    for cell in range(UNITS * INDICATORS):
        total = Fraction(cell, 100) * step + Fraction(1, 3)
    return total


def measure_program(*arguments: str) -> Cost:
    """What a fresh interpreter takes with these arguments."""
    command = [sys.executable, *arguments]
    return measure(lambda: subprocess.run(command, check=True, capture_output=True))


def report(name: str, cost: Cost, baseline: Cost, limit: str = "") -> None:
    """One line: what was measured, its cost, how many times its baseline, and the promise."""
    times = cost.processor / baseline.processor
    print(
        f"{name:<42} {cost.wall:8.3f} s wall {cost.processor:8.3f} s processor {times:7.1f} ×  {limit}",
        flush=True,
    )


def measure_exact() -> None:
    """Scores and receipts, beside as many exact multiplications and additions as there are cells."""
    scheme, data = make_scheme(), make_data()
    fractions, size = measure(add_fractions), f"{UNITS} × {INDICATORS}"
    report(f"{UNITS * INDICATORS} steps with fractions", fractions, fractions)
    report(f"exact {size}: scores", measure(lambda: score(scheme, data)), fractions)
    receipts = measure(lambda: write_every_receipt(scheme, data))
    report(f"exact {size}: with every receipt", receipts, fractions, "≤ 3 s")


def measure_starts() -> None:
    """Cold starts, beside that of a bare interpreter."""
    bare = measure_program("-c", "pass")
    report("bare interpreter", bare, bare)
    report("import kaohe", measure_program("-c", "import kaohe"), bare, "≤ bare + 0.05 s")
    files = [str(DISTRICT / name) for name in ("annual.yaml", "data.xlsx")]
    cold = measure_program("-m", "kaohe.cli.main", "score", *files)
    report("kaohe score, a district's year, cold", cold, bare, "≤ 2 s")


def main() -> None:
    """The exact engine, and how fast the command line starts."""
    measure_exact()
    measure_starts()
