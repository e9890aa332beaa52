"""Work shared among threads: NumPy lets go of the interpreter while it computes."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Done = TypeVar("Done")


def share_work(work: Callable[[Task], Done], tasks: Sequence[Task], *, threads: int) -> list[Done]:
    """What each task gives, in their order; so many at a time. What one raises is raised."""
    if threads == 1:
        return [work(task) for task in tasks]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, tasks))
