"""Ranks under drawn weights, beside the bare matrix product plus sort of as many scores."""

import numpy as np

from benchmarks.measuring import compare, measure_in_turn
from kaohe.analysis.composites import Choice, compose
from kaohe.analysis.draws import Dirichlet, draw_weights, make_generator
from kaohe.analysis.rank_shifts import measure_shifts
from kaohe.analysis.robustness import Study, count_ranks

RUNS = 5


def make_study(subjects: int, indicators: int, draws: int) -> Study:
    """Even figures between 0 and 100, any weights as likely as others; ranks at two decimals."""
    figures = 100 * make_generator(7).random((subjects, indicators))
    names = [str(number) for number in range(max(subjects, indicators))]
    central = np.full(indicators, 1 / indicators)
    return Study(
        names[:subjects], names[:indicators], central, [compose(figures, Choice())],
        Dirichlet(), draws,
    )  # fmt: skip


def summarise(study: Study) -> object:
    """Everything from the draws to intervals, expected ranks and chances."""
    counts = count_ranks(study)
    return (
        counts.quantiles([5, 50, 95]), counts.extremes(), counts.expected_ranks(),
        counts.chance_within(10), counts.central_weights(),
    )  # fmt: skip


def measure_study(subjects: int, indicators: int, draws: int, *, runs: int, limit: str) -> None:
    """The whole study beside product and sort, in single and in double precision."""
    study = make_study(subjects, indicators, draws)
    weights = draw_weights(study.central, study.spread, make_generator(1), draws)
    figures = 100 * make_generator(7).random((subjects, indicators)).T
    small = (weights.astype(np.float32), figures.astype(np.float32))
    works = {
        "draws, ranks and intervals": lambda: summarise(study),
        "float32 product + sort": lambda: np.sort(small[0] @ small[1], axis=1),
        "float64 product + sort": lambda: np.sort(weights @ figures, axis=1),
    }
    medians = measure_in_turn(works, runs)
    compare(f"{draws:,} draws, {subjects:,} × {indicators}", medians, limit)


def main() -> None:
    """The two sizes promised, and a sensitivity of each."""
    measure_study(51, 49, 1000, runs=10 * RUNS, limit="10 ms")
    measure_study(3000, 100, 10_000, runs=RUNS, limit="2 ×")
    for subjects, indicators in ((51, 49), (3000, 100)):
        study = make_study(subjects, indicators, 1000)
        works = {
            "sensitivity of 512 samples": lambda study=study: measure_shifts(study),
            "1,000 draws": lambda study=study: count_ranks(study),
        }
        compare(f"{subjects:,} × {indicators}", measure_in_turn(works, RUNS), "none")


if __name__ == "__main__":
    main()
