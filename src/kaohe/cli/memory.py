"""How this process keeps its memory while columns of millions come and go."""

import ctypes
import sys

import pyarrow as pa

# Numbers of glibc's mallopt.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_MOST = 2**31 - 1
_LARGEST_KEPT = 32 * 2**20  # more than that glibc refuses


def keep_memory() -> None:
    """Keep freed memory for the next columns instead of giving it back and asking for it again.

    Scoring makes and drops columns of megabytes all the time, and Linux clears each page anew: a third of
    the processor's time. One heap, shared with Arrow, keeps the same memory in use, and needs less of it.
    """
    if not sys.platform.startswith("linux"):
        return
    tune = getattr(ctypes.CDLL(None), "mallopt", None)  # the GNU library has it, others do not
    if tune is None:
        return
    for option, value in (
        (_ARENA_MAX, 1),
        (_TRIM_THRESHOLD, _MOST),
        (_MMAP_THRESHOLD, _LARGEST_KEPT),
    ):
        tune(option, value)
    pa.set_memory_pool(pa.system_memory_pool())
