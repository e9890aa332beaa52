"""Many indicators over many subjects: those of one shape are scored together, in floats where that is safe.

What is certified (kaohe.renderings.certified) is computed once, without an error beside each figure; what
is not is scored the guarded way (kaohe.renderings.arrays). Both equal the exact rendering after rounding.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kaohe.expressions import nodes
from kaohe.numbers.rounding import RoundingMode
from kaohe.renderings.arrays import score_columns
from kaohe.renderings.block_compiling import POINTS, compile_block, tell_shape
from kaohe.renderings.block_pieces import Condition, Leaf, Piece
from kaohe.renderings.block_rounding import Rounded
from kaohe.renderings.block_run import BlockRun, Stack
from kaohe.renderings.columns import ColumnFrame, Floats, Integers, PoolOrder
from kaohe.renderings.settling import MISSING_SCORE

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
        self._shapes = [
            (tell_shape(each.expression), each.decimals, each.mode) for each in scorings
        ]
        self._compiled: dict[tuple[int, ...], tuple[Piece, list[str]]] = {}

    def score(self, frames: Sequence[ColumnFrame]) -> list[Integers]:
        """Scores of each indicator as whole numbers of its last decimal; `MISSING_SCORE` where none.

        All frames have the same rows.
        """
        found = self.find_certain(frames)
        return [
            self._score_guarded(number, frames[number]) if number not in found else found[number]
            for number in range(len(frames))
        ]

    @np.errstate(all="ignore")  # what is missing or divided by zero is looked after piece by piece
    def find_certain(self, frames: Sequence[ColumnFrame]) -> dict[int, Integers]:
        """The scores that floats are certain of, by the indicator's number."""
        found: dict[int, Integers] = {}
        for members in self._group(frames):
            found |= self._score_block(members, [frames[member] for member in members])
        return found

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
        self, members: tuple[int, ...], frames: Sequence[ColumnFrame]
    ) -> dict[int, Integers]:
        rounded, names = self._compile(members)
        pools = frames[0].pools
        order = slice(None) if pools.is_sorted else pools.order
        columns = {
            name: [frame.points if name == POINTS else frame.facets.get(name) for frame in frames]
            for name in names
        }
        stacks = {
            name: Stack.gather(each, order, len(pools.order)) for name, each in columns.items()
        }
        run = BlockRun(stacks, stand_in_order(pools), len(members))
        gaps = run.bound(rounded).gaps
        if not run.certain.any():
            return {}
        scores = np.empty((len(members), len(pools.order)), dtype=np.int64)
        for part in run.iterate_parts():
            _write_wholes(part.get(rounded), scores[:, part.start : part.stop], gaps=gaps)
        if not pools.is_sorted:
            back = np.empty_like(scores)
            back[:, pools.order] = scores
            scores = back
        return {
            member: row
            for member, row, certain in zip(members, scores, run.certain[:, 0], strict=True)
            if certain
        }

    def _score_guarded(self, number: int, frame: ColumnFrame) -> Integers:
        if not len(frame):
            return np.zeros(0, dtype=np.int64)
        each = self.scorings[number]
        return score_columns(each.expression, frame, decimals=each.decimals, mode=each.mode)


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
