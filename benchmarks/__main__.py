"""`python3 run.py bench [NAME …]`: every measurement, or those named."""

import os
import platform
import sys
from importlib import import_module

from benchmarks.measuring import say

NAMES = ("engine", "population", "robustness", "workbooks", "volume", "spark")


def main(chosen: list[str]) -> None:
    """Measure what is named, or everything; the figures are printed as they come."""
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        raise SystemExit(f"unknown: {' '.join(unknown)}; there are: {' '.join(NAMES)}")
    say(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    for name in chosen or NAMES:
        say(f"— {name}")
        import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
