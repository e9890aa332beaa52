"""Putting rows in order by whole numbers, and numbering those that are alike."""

import numpy as np

from kaohe.renderings.arrays.columns import Floats, Integers, Mask


def sort_rows(keys: Integers) -> Integers:
    """The rows in rising order of their keys, those alike as they stood.

    Sorting keys that carry their row along is several times faster than sorting rows by keys.
    """
    if not len(keys):
        return np.empty(0, dtype=np.int64)
    low, bits = int(keys.min()), (len(keys) - 1).bit_length()
    if (int(keys.max()) - low).bit_length() + bits > 62:
        return np.argsort(keys, kind="stable")
    packed = ((keys - low) << bits) | np.arange(len(keys))
    packed.sort()
    return np.asarray(packed & ((1 << bits) - 1))


def sort_within(groups: Integers, keys: Integers, *, higher: bool) -> Integers:
    """The rows by group, and within it from the best key."""
    if not len(keys):
        return np.empty(0, dtype=np.int64)
    low, high = int(keys.min()), int(keys.max())
    rising = high - keys if higher else keys - low
    span = high - low + 1
    if span * (int(groups.max()) + 1) < 2**62:
        return sort_rows(groups.astype(np.int64) * span + rising)
    return np.lexsort((rising, groups))


def find_begins(*keys: Integers | Floats) -> Mask:
    """Where a row differs from the one before in any of the keys."""
    begins = np.zeros(len(keys[0]), dtype=bool)
    begins[:1] = True
    for key in keys:
        begins[1:] |= key[1:] != key[:-1]
    return begins


def number_rows(*keys: Integers) -> Integers:
    """Rows numbered from 0, a new number where any of the keys changes."""
    return np.cumsum(find_begins(*keys)) - 1
