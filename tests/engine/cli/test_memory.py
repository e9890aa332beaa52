"""Memory is kept for the next columns, in a process of its own, since it cannot be given up again."""

import platform
import subprocess
import sys

PROGRAM = """
from resource import RUSAGE_SELF, getrusage
import numpy as np
from kaohe.cli.memory import keep_memory

def make_columns():
    return [np.ones(1_000_000) for _ in range(20)]

{begin}
make_columns()
before = getrusage(RUSAGE_SELF).ru_minflt
make_columns()
print(getrusage(RUSAGE_SELF).ru_minflt - before)
"""


def count_pages(begin: str) -> int:
    """The pages that twenty columns of eight megabytes ask for when as many were dropped just before."""
    command = [sys.executable, "-c", PROGRAM.format(begin=begin)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_columns_that_were_dropped_leave_their_memory_to_the_next():
    """160 MB are about 40,000 pages; only the GNU library can be told to keep them."""
    kept, untouched = count_pages("keep_memory()"), count_pages("")

    assert untouched > 1_000
    assert kept < 100 if platform.libc_ver()[0] == "glibc" else kept > 1_000
