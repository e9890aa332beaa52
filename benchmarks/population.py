"""Many subjects over columns, beside the same scheme written by hand in NumPy and in pandas."""

from collections.abc import Callable
from dataclasses import dataclass
from os import cpu_count
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from benchmarks.measuring import compare, measure_in_turn, say
from kaohe.population.scoring import PopulationResult, score_population
from kaohe.population.subjects import RANKED, Population
from kaohe.renderings.arrays.columns import FacetColumn
from kaohe.scheme.draft import Scheme
from kaohe.scheme.model import SchemeModel

Floats = npt.NDArray[np.float64]
RULES: list[dict[str, Any]] = [
    {"method": "target_ratio"},
    {
        "method": "target_steps", "gain": 1, "gain_step": "0.5", "gain_mode": "floor", "gain_cap": 2,
        "loss": "0.5", "loss_step": 1, "loss_mode": "linear",
    },
    {"method": "efficacy_coefficient"},
    {"method": "place", "table": [5, 4, 3, 2, 1]},
    {"method": "ratio_to_best"},
    {"method": "mean_taper"},
    {
        "method": "bands",
        "bands": [{"edge": 95, "share": 1}, {"edge": 90, "share": "0.9"}, {"edge": 85, "share": "0.75"}],
    },
    {"method": "awards", "levels": {"national": 2, "city": "0.5"}},
    {"method": "interval", "low": 40, "high": 60, "lowest": 20, "highest": 100},
]  # fmt: skip
NAMES = [rule["method"] for rule in RULES]
POINTS = ("2", "2.5", "1.5", "4")
BRANCHES = 5


@dataclass(frozen=True)
class Task:
    """A scheme with its subjects, and the same figures as bare arrays."""

    scheme: Scheme
    population: Population
    starts: npt.NDArray[np.int64]
    values: list[Floats]
    targets: dict[int, Floats]
    points: list[float]

    def branch_rows(self, branch: int) -> range:
        """The indicators of one branch."""
        return range(branch, len(self.values), BRANCHES)


def make_task(subjects: int, indicators: int, pools: int, *, seed: int = 20261125) -> Task:
    """Subjects in groups, rows by group; nine rules in turn, one figure in fifty missing."""
    random = np.random.default_rng(seed)
    groups = np.sort(random.integers(0, pools, subjects))
    facets: dict[tuple[str, str], FacetColumn] = {}
    values, targets = [], {}
    for number in range(indicators):
        name = NAMES[number % len(NAMES)]
        high, scale, facet = (40, 10, "tally") if name == "awards" else (15_000, 100, "value")
        value = random.integers(0, high, subjects) / scale
        value[random.random(subjects) < 0.02] = np.nan
        facets[f"I{number}", facet] = FacetColumn(value, scale)
        values.append(value)
        if name.startswith("target"):
            targets[number] = random.integers(8_000, 12_000, subjects) / 100
            facets[f"I{number}", "target"] = FacetColumn(targets[number], 100)
    people = Population(
        codes=pa.array(np.arange(subjects)).cast(pa.string()),
        group=groups,
        participation=np.full(subjects, RANKED, dtype=np.int8),
        facets=facets,
    )
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    points = [float(POINTS[number % len(POINTS)]) for number in range(indicators)]
    return Task(make_scheme(indicators, pools), people, starts, values, targets, points)


def make_scheme(indicators: int, pools: int) -> Scheme:
    """The scheme of so many indicators and groups."""
    return Scheme(SchemeModel.model_validate(write_tree(indicators, pools)), ())


def write_tree(indicators: int, pools: int) -> dict[str, Any]:
    """Nine rules in turn under five branches; what is missing is left out and made up for."""
    leaves = [
        {
            "code": f"I{number}", "name": f"指标{number}", "points": POINTS[number % len(POINTS)],
            "rule": RULES[number % len(RULES)], "missing": {"empty": "leave_out"},
        }
        for number in range(indicators)
    ]  # fmt: skip
    branches = [
        {"code": f"B{place}", "name": f"类别{place}", "children": leaves[place::BRANCHES]}
        for place in range(BRANCHES)
    ]
    groups = [{"code": f"G{pool}", "name": f"第{pool}组"} for pool in range(pools)]
    tree = {"kaohe": 1, "code": "bench", "name": "基准", "period": "2019", "groups": groups}
    return {**tree, "units": [], "indicators": branches}


@dataclass(frozen=True)
class Scored:
    """What a program by hand gives: totals and places in the group."""

    totals: Floats
    ranks: Floats


def score_by_hand(task: Task) -> Scored:
    """As a careful analyst writes it in NumPy, a column at a time, rounding to four decimals."""
    stops = np.r_[task.starts[1:], len(task.values[0])]
    number = np.repeat(np.arange(len(task.starts)), stops - task.starts)
    above, below = np.zeros(len(number)), np.zeros(len(number))
    for branch in range(BRANCHES):
        sums, present, full = np.zeros(len(number)), np.zeros(len(number)), 0.0
        for row in task.branch_rows(branch):
            rule = HAND[NAMES[row % len(NAMES)]]
            raw = rule(
                task.values[row], task.targets.get(row), task.points[row], task.starts, number
            )
            scores = np.floor(raw * 1e4 + 0.5 + 1e-6) / 1e4
            is_there = ~np.isnan(scores)
            sums += np.where(is_there, scores, 0.0)
            present += is_there * task.points[row]
            full += task.points[row]
        has_any = present > 0
        above += np.where(has_any, sums * full / np.where(has_any, present, 1.0), 0.0)
        below += has_any * full
    totals = above * sum(task.points) / np.where(below > 0, below, np.nan)
    return Scored(totals, rank_by_hand(np.round(totals, 9), task.starts, stops))


def rank_by_hand(totals: Floats, starts: Any, stops: Any) -> Floats:
    """Places from the best, tied ones sharing the first of theirs."""
    ranks = np.full(len(totals), np.nan)
    for start, stop in zip(starts, stops, strict=True):
        part = totals[start:stop]
        order = np.argsort(-part)
        sorted_part = part[order]
        is_new = np.r_[True, sorted_part[1:] != sorted_part[:-1]]
        first = np.maximum.accumulate(np.where(is_new, np.arange(len(part)), 0)) + 1.0
        ranks[start:stop][order] = first
    return np.where(np.isnan(totals), np.nan, ranks)


def _ratio(value: Floats, target: Any, points: float, _: Any, __: Any) -> Floats:
    return np.clip(value / target, 0, 1) * points


def _steps(value: Floats, target: Any, points: float, _: Any, __: Any) -> Floats:
    gap = value - target
    gain = np.minimum(np.floor(gap / 0.5 + 1e-9), 2)
    return np.where(
        np.isnan(gap), np.nan, np.maximum(points + np.where(gap >= 0, gain, 0.5 * gap), 0)
    )


def _efficacy(value: Floats, _: Any, points: float, starts: Any, number: Any) -> Floats:
    low, high = np.fmin.reduceat(value, starts), np.fmax.reduceat(value, starts)
    return points * (60 + 40 * (value - low[number]) / (high - low)[number]) / 100


def _place(value: Floats, _: Any, __: float, starts: Any, number: Any) -> Floats:
    ranks = rank_by_hand(value, starts, np.r_[starts[1:], len(value)])
    table = np.array([np.nan, 5, 4, 3, 2, 1])
    return table[np.where(np.isnan(ranks), 0, np.minimum(ranks, 5)).astype(np.int64)]


def _to_best(value: Floats, _: Any, points: float, starts: Any, number: Any) -> Floats:
    return points * value / np.fmax.reduceat(value, starts)[number]


def _taper(value: Floats, _: Any, points: float, starts: Any, number: Any) -> Floats:
    is_there = ~np.isnan(value)
    counts = np.add.reduceat(is_there.astype(np.float64), starts)
    mean = np.add.reduceat(np.where(is_there, value, 0.0), starts) / counts
    gap = value - mean[number]
    xs, ys = TAPER
    share = np.interp(gap, xs, ys)
    share = np.where(gap < xs[0], ys[0] + (gap - xs[0]) * (ys[1] - ys[0]) / (xs[1] - xs[0]), share)
    share = np.where(
        gap > xs[-1], ys[-1] + (gap - xs[-1]) * (ys[-1] - ys[-2]) / (xs[-1] - xs[-2]), share
    )
    return np.maximum(points * (1 + share), 0)


TAPER = (
    np.array([-30.0, -20, -10, 0, 10, 20, 30]),
    np.array([-47 / 120, -7 / 24, -1 / 6, 0, 1 / 2, 3 / 4, 11 / 12]),
)


def _bands(value: Floats, _: Any, points: float, __: Any, ___: Any) -> Floats:
    table = points * np.array([0, 0.75, 0.9, 1])
    return np.where(np.isnan(value), np.nan, table[np.digitize(value, [85, 90, 95])])


def _awards(value: Floats, _: Any, points: float, __: Any, ___: Any) -> Floats:
    return np.minimum(value, points)


def _interval(value: Floats, _: Any, points: float, __: Any, ___: Any) -> Floats:
    xs, ys = INTERVAL
    return points * np.interp(value, xs, ys)


INTERVAL = (np.array([0.0, 40, 60, 100]), np.array([0.0, 1, 1, 0]))
HAND: dict[str, Callable[..., Floats]] = {
    "target_ratio": _ratio,
    "target_steps": _steps,
    "efficacy_coefficient": _efficacy,
    "place": _place,
    "ratio_to_best": _to_best,
    "mean_taper": _taper,
    "bands": _bands,
    "awards": _awards,
    "interval": _interval,
}


def score_in_pandas(task: Task) -> Scored:
    """As it is usually written in pandas: groupby and transform."""
    keys = pd.Series(task.population.group)
    above, below = pd.Series(0.0, index=keys.index), pd.Series(0.0, index=keys.index)
    for branch in range(BRANCHES):
        frame = pd.DataFrame(
            {row: _score_series(task, row, keys) for row in task.branch_rows(branch)}
        )
        points = pd.Series({row: task.points[row] for row in frame.columns})
        present = frame.notna().mul(points).sum(axis=1)
        above += (frame.sum(axis=1) * points.sum() / present.where(present > 0)).fillna(0)
        below += (present > 0) * points.sum()
    totals = above * sum(task.points) / below.where(below > 0)
    ranks = totals.round(9).groupby(keys).rank(method="min", ascending=False)
    return Scored(totals.to_numpy(), ranks.to_numpy())


def _score_series(task: Task, row: int, keys: "pd.Series[Any]") -> "pd.Series[Any]":
    name, points = NAMES[row % len(NAMES)], task.points[row]
    value = pd.Series(task.values[row])
    grouped = value.groupby(keys)
    if name == "efficacy_coefficient":
        low, high = grouped.transform("min"), grouped.transform("max")
        raw = points * (60 + 40 * (value - low) / (high - low)) / 100
    elif name == "place":
        raw = 6 - grouped.rank(method="min", ascending=False).clip(upper=5)
    elif name == "ratio_to_best":
        raw = points * value / grouped.transform("max")
    elif name == "mean_taper":
        gap = value - grouped.transform("mean")
        xs, ys = TAPER
        raw = pd.Series(np.interp(gap, xs, ys))
        raw = raw.mask(gap < xs[0], ys[0] + (gap - xs[0]) * (ys[1] - ys[0]) / (xs[1] - xs[0]))
        raw = raw.mask(
            gap > xs[-1], ys[-1] + (gap - xs[-1]) * (ys[-1] - ys[-2]) / (xs[-1] - xs[-2])
        )
        raw = (points * (1 + raw)).clip(lower=0)
    else:
        raw = pd.Series(HAND[name](task.values[row], task.targets.get(row), points, None, None))
    return np.floor(raw * 1e4 + 0.5 + 1e-6) / 1e4


def check_same(result: PopulationResult, by_hand: Scored) -> None:
    """That both scored the same scheme: totals to nine decimals, and every place."""
    if not np.allclose(result.totals, by_hand.totals, rtol=0, atol=1e-9, equal_nan=True):
        raise SystemExit("the programs by hand score another scheme")
    differ = int((~((result.ranks == by_hand.ranks) | np.isnan(by_hand.ranks))).sum())
    if differ:
        say(f"    {differ} places differ by hand (floats that nearly tie)")


def measure_size(subjects: int, indicators: int, pools: int, limit: str, *, runs: int) -> None:
    """One size: ours, by hand in NumPy, and (where it is asked for) in pandas."""
    task = make_task(subjects, indicators, pools)
    works: dict[str, Callable[[], object]] = {
        "kaohe": lambda: score_all(task), "NumPy by hand": lambda: score_by_hand(task),
    }  # fmt: skip
    if subjects >= 1_000_000:
        works["kaohe on one thread"] = lambda: score_all(task, threads=1)
        works["pandas by hand"] = lambda: score_in_pandas(task)
    check_same(score_all(task), score_by_hand(task))
    compare(
        f"{subjects:,} subjects × {indicators} indicators, {pools} pools",
        measure_in_turn(works, runs),
        limit,
    )


def score_all(task: Task, threads: int = cpu_count() or 1) -> PopulationResult:
    """Scores, totals rounded, and places, on all processors as the command line does."""
    result = score_population(task.scheme, task.population, threads=threads)
    _ = result.ranks, result.rounded_totals
    return result


def main() -> None:
    """The sizes of the table in docs/benchmarks.md."""
    measure_size(100, 100, 4, "≤ 10 ms", runs=21)
    measure_size(3_000, 100, 20, "≤ 2 × NumPy", runs=11)
    measure_size(1_000_000, 50, 20, "≤ 1.5 × NumPy, half of pandas", runs=3)
