"""Many indicators over many subjects: those of one shape are scored together, in floats where that is safe.

What is certified (kaohe.renderings.arrays.certified) is computed once, without an error beside each figure; what
is not is scored the guarded way (kaohe.renderings.arrays.guarded). Both equal the exact rendering after rounding.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kaohe.expressions import nodes
from kaohe.numbers.rounding import RoundingMode
from kaohe.renderings.arrays.block_compiling import POINTS, compile_block, tell_shape
from kaohe.renderings.arrays.block_pieces import Condition, Leaf, Piece
from kaohe.renderings.arrays.block_rounding import Rounded
from kaohe.renderings.arrays.block_run import BlockRun, Stack
from kaohe.renderings.arrays.columns import ColumnFrame, Floats, Integers, PoolOrder
from kaohe.renderings.arrays.guarded import score_columns
from kaohe.renderings.arrays.settling import MISSING_SCORE, TooManyDigits
from kaohe.renderings.arrays.sharing import share_work

_SHARED = 50_000
"""From so many rows on threads pay: NumPy lets them run side by side."""
_TOGETHER = 2**18
"""So many figures of a facet are laid under each other; beyond, an indicator's columns serve as they are."""


with np.errstate(invalid="ignore"):
    _NAN_IS_MISSING = bool(np.array([np.nan]).astype(np.int64)[0] == MISSING_SCORE)
"""Whether this processor turns NaN into the sentinel by itself, as x86 does and ARM does not."""


@dataclass(frozen=True)
class Scoring:
    """One indicator's rule with its rounding."""

    expression: nodes.Node
    decimals: int
    mode: RoundingMode = "half_up"


class Program:
    """Rules compiled once; `score` takes their columns, one frame each, as often as wanted."""

    def __init__(self, scorings: Sequence[Scoring]) -> None:
        self.scorings = scorings
        numbers: dict[Hashable, int] = {}
        shapes = [(tell_shape(each.expression), each.decimals, each.mode) for each in scorings]
        self._shapes = [numbers.setdefault(shape, len(numbers)) for shape in shapes]
        self._compiled: dict[tuple[int, ...], tuple[Piece, list[str]]] = {}

    def score(self, frames: Sequence[ColumnFrame], *, threads: int = 1) -> Integers:
        """Scores as whole numbers of the last decimal, a row for each indicator; `MISSING_SCORE` where none.

        All frames have the same rows. So many `threads` share the work where there are many rows; the
        scores are the same. Raises TooManyDigits, with the indicator's number, where a score is too long.
        """
        scores = np.empty((len(frames), len(frames[0]) if frames else 0), dtype=np.int64)
        certain = self.score_certain(frames, scores, threads=threads)
        for number, frame in enumerate(frames):
            if number not in certain and len(frame):
                scores[number] = self._score_guarded(number, frame)
        return scores

    def score_certain(
        self, frames: Sequence[ColumnFrame], into: Integers, *, threads: int = 1
    ) -> set[int]:
        """Score the indicators that floats are certain of into their rows, and tell which those are."""
        blocks = list(self._group(frames))
        for members in blocks:
            self._compile(members)

        @np.errstate(
            all="ignore"
        )  # what is missing or divided by zero is looked after piece by piece
        def score_block(members: tuple[int, ...]) -> set[int]:
            return self._score_block(members, [frames[member] for member in members], into)

        is_large = into.shape[1] >= _SHARED
        return set().union(*share_work(score_block, blocks, threads=threads if is_large else 1))

    def _group(self, frames: Sequence[ColumnFrame]) -> Iterator[tuple[int, ...]]:
        """Indicators of one shape and the same pools, so many at a time as go together."""
        groups: dict[Hashable, list[int]] = {}
        for number, (shape, frame) in enumerate(zip(self._shapes, frames, strict=True)):
            if len(frame) and frame.pools.members is None:
                groups.setdefault((shape, id(frame.pools)), []).append(number)
        for members in groups.values():
            most = max(_TOGETHER // len(frames[members[0]]), 1)
            for first in range(0, len(members), most):
                yield tuple(members[first : first + most])

    def _compile(self, members: tuple[int, ...]) -> tuple[Piece, list[str]]:
        if members not in self._compiled:
            chosen = [self.scorings[member] for member in members]
            piece = compile_block([each.expression for each in chosen])
            rounded = Rounded(piece, chosen[0].decimals, chosen[0].mode, scaled=True)
            self._compiled[members] = rounded, sorted(_list_leaves(rounded))
        return self._compiled[members]

    def _score_block(
        self, members: tuple[int, ...], frames: Sequence[ColumnFrame], into: Integers
    ) -> set[int]:
        rounded, names = self._compile(members)
        pools = frames[0].pools
        order = slice(None) if pools.is_sorted else pools.order
        columns = {
            name: [frame.points if name == POINTS else frame.facets.get(name) for frame in frames]
            for name in names
        }
        length = len(pools.order)
        stacks = {name: Stack.gather(each, order, length) for name, each in columns.items()}
        run = BlockRun(stacks, stand_in_order(pools), len(members))
        gaps = run.bound(rounded).gaps
        if run.certain.any():
            self._write_scores(run, rounded, into, members, order, gaps=gaps)
        return {member for member, sure in zip(members, run.certain[:, 0], strict=True) if sure}

    def _write_scores(
        self, run: BlockRun, rounded: Piece, into: Integers, members: tuple[int, ...],
        order: slice | Integers, *, gaps: bool,
    ) -> None:  # fmt: skip
        is_direct = len(members) == 1 and isinstance(order, slice)
        first = members[0]
        scores = into[first : first + 1] if is_direct else np.empty_like(into[: len(members)])
        for part in run.iterate_parts():
            _write_wholes(part.get(rounded), scores[:, part.start : part.stop], gaps=gaps)
        if not is_direct:
            for member, row in zip(members, scores, strict=True):
                into[member, order] = row

    def _score_guarded(self, number: int, frame: ColumnFrame) -> Integers:
        each = self.scorings[number]
        try:
            return score_columns(each.expression, frame, decimals=each.decimals, mode=each.mode)
        except TooManyDigits as fault:
            raise TooManyDigits(number) from fault


def stand_in_order(pools: PoolOrder) -> PoolOrder:
    """The same pools, of rows that stand in pool order."""
    rows = np.arange(len(pools.order))
    number = np.repeat(np.arange(len(pools.starts)), pools.sizes)
    return PoolOrder(rows, pools.starts, number)


def _write_wholes(wholes: Floats, into: Integers, *, gaps: bool) -> None:
    if gaps and not _NAN_IS_MISSING:
        wholes = np.where(np.isnan(wholes), float(MISSING_SCORE), wholes)
    into[...] = wholes


def _list_leaves(piece: Piece | Condition) -> set[str]:
    found = {piece.name} if isinstance(piece, Leaf) else set()
    for part in piece.parts:
        found |= _list_leaves(part)
    return found
