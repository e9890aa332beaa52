"""Measure the engine: `python3 run.py bench`. Every figure stands beside a baseline of the same run."""

import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from kaohe.numbers.absence import Absence
from kaohe.results.receipts import Receipts
from kaohe.results.result import score
from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.observations import Observations

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


def take_median(work: Callable[[], object]) -> float:
    """The median seconds of several runs."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def write_every_receipt(scheme: Scheme, data: Observations) -> int:
    """Score, and write every receipt of every unit; the number of receipts."""
    result = score(scheme, data)
    receipts = Receipts(scheme.model, data, result.scores)
    return sum(1 for unit in result.scores.units for _ in receipts.of_unit(unit))


def add_fractions() -> Fraction:
    """The baseline: as many exact multiplications and additions as there are cells."""
    total, step = Fraction(0), Fraction(1, 100)
    for cell in range(UNITS * INDICATORS):
        total = Fraction(cell, 100) * step + Fraction(1, 3)
    return total


def measure_start(code: str) -> float:
    """The median seconds of a fresh interpreter running a line."""
    return take_median(lambda: subprocess.run([sys.executable, "-c", code], check=True))


def report(name: str, seconds: float, baseline: float, limit: str) -> None:
    """One line: what was measured, how long, how many times its baseline, and the promise."""
    print(f"{name:<52} {seconds:8.3f} s  {seconds / baseline:6.1f} ×  {limit}", flush=True)


def main() -> None:
    """Print every figure."""
    scheme, data = make_scheme(), make_data()
    fractions = take_median(add_fractions)
    bare = measure_start("pass")
    print(f"baselines: 60,000 fraction steps {fractions:.3f} s · bare interpreter {bare:.3f} s")
    report(
        f"exact {UNITS} × {INDICATORS}: scores, ranks",
        take_median(lambda: score(scheme, data)),
        fractions,
        "",
    )
    report(
        f"exact {UNITS} × {INDICATORS}: with every receipt",
        take_median(lambda: write_every_receipt(scheme, data)), fractions, "≤ 3 s",
    )  # fmt: skip
    report(
        "import kaohe", measure_start("import kaohe"), bare, f"≤ bare + 0.05 s ({bare + 0.05:.3f})"
    )
    example = Path(__file__).resolve().parent.parent / "examples" / "district" / "2019"
    if example.is_dir():
        command = [
            "-m",
            "kaohe.cli.main",
            "score",
            str(example / "annual.yaml"),
            str(example / "data.xlsx"),
        ]
        cold = take_median(
            lambda: subprocess.run([sys.executable, *command], check=True, capture_output=True)
        )
        report("kaohe score, district, cold", cold, bare, "≤ 2 s")


if __name__ == "__main__":
    main()
