"""Columns of whole numbers of very many subjects, kept in a folder, a file for each."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from kaohe.renderings.arrays.columns import Integers
from kaohe.renderings.arrays.settling import MISSING_SCORE

BLOCK = 1 << 16
_NARROW, _WIDE = np.dtype(np.int32), np.dtype(np.int64)
_NARROW_MISSING = np.iinfo(np.int32).min


class FolderStore:
    """Columns by number, each over all subjects; MISSING_SCORE is none, and small ones take four bytes each."""

    def __init__(self, folder: Path, columns: int, subjects: int) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._kinds: dict[int, np.dtype[Any]] = {}
        self.shape = columns, subjects

    def put(self, number: int, scores: Integers) -> None:
        """Keep one column."""
        known = scores != MISSING_SCORE
        most = int(np.max(np.abs(scores), initial=0, where=known))
        blocks = (scores[at : at + BLOCK] for at in range(0, len(scores), BLOCK))
        self.put_blocks(number, blocks, most, has_gaps=not known.all())

    def put_blocks(
        self, number: int, blocks: Iterable[Integers], most: int, *, has_gaps: bool
    ) -> None:
        """Keep a column that comes block by block, none of whose numbers is larger than `most`, signs aside."""
        kind = self._kinds[number] = _NARROW if most < -_NARROW_MISSING else _WIDE
        with self._path(number).open("wb") as file:
            for block in blocks:
                wholes = block
                if has_gaps and kind is _NARROW:
                    wholes = np.where(block == MISSING_SCORE, _NARROW_MISSING, block)
                wholes.astype(kind).tofile(file)

    def __getitem__(self, where: int | tuple[int, slice]) -> Integers:
        number, rows = where if isinstance(where, tuple) else (where, slice(None))
        start, stop, _ = rows.indices(self.shape[1])
        kind = self._kinds[number]
        with self._path(number).open("rb") as file:
            scores = np.fromfile(file, kind, stop - start, offset=start * kind.itemsize)
        if kind is _WIDE:
            return scores
        widened: Any = scores.astype(np.int64)
        widened[scores == _NARROW_MISSING] = MISSING_SCORE
        return np.asarray(widened)

    def __iter__(self) -> Iterator[Integers]:
        return (self[number] for number in range(self.shape[0]))

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:05}"
