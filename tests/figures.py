"""How long a test runs: a small figure in every run, the full one in `python3 run.py soak`."""

import os


def choose_figure(name: str, *, usual: int, full: int) -> int:
    """The figure that the environment gives under a name, or the usual one; the full one while soaking."""
    return int(os.environ.get(name, full if "KAOHE_SOAK" in os.environ else usual))
