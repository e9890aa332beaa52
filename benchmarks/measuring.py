"""How works are measured beside one another: in turn, several times, and the median of each."""

import time
from collections.abc import Callable, Mapping
from statistics import median


def say(line: str) -> None:
    """One line of what was measured."""
    print(line, flush=True)


def measure_in_turn(works: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """The median seconds of each work; they take turns, so that a busy machine is busy for all of them."""
    for work in works.values():
        work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - start)
    return {name: median(each) for name, each in seconds.items()}


def compare(title: str, medians: Mapping[str, float], limit: str) -> None:
    """The first work beside the others of the same run."""
    (name, own), *others = medians.items()
    beside = "; ".join(
        f"{own / seconds:.2f} × {other} ({write_seconds(seconds)})" for other, seconds in others
    )
    say(f"{title}: {name} {write_seconds(own)}; {beside} (limit {limit})")


def write_seconds(seconds: float) -> str:
    """Seconds, or milliseconds where there are few."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
