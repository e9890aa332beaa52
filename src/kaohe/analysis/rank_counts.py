"""Ranks of many draws, counted as they come: how often each subject stands at each place.

A subject's rank is one more than the number of subjects above it; equal scores share the best rank, exactly,
since scores are whole numbers of the declared digit. Places here count from 0. No draw is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from kaohe.analysis.draws import WEIGHT_UNIT
from kaohe.analysis.matrices import Flags, Floats
from kaohe.analysis.products import multiply

Places = npt.NDArray[np.signedinteger]
Counts = npt.NDArray[np.int32]
Ranks = npt.NDArray[np.intp]

_DENSE = (
    8  # steps between best and worst score for each subject, up to which counting beats sorting
)
_CELLS_AT_ONCE = 2**16  # of counts that a processor's own memory holds
_MOST_WAITING = 2**23  # places kept until they are counted together


def round_scores(scores: Floats, decimals: int) -> Floats:
    """Scores as whole numbers of the last decimal, halves up; overwrites what it is given."""
    scores *= 10.0**decimals
    scores += 0.5
    return np.floor(scores, out=scores)


def rank_draws(rounded: Floats) -> Places:
    """The places within each row (a draw) of whole numbers, the greatest being at place 0."""
    behind = rounded.max() - rounded
    steps = int(behind.max()) + 1
    if steps <= _DENSE * rounded.shape[1]:
        return _rank_by_counting(behind, steps)
    return _rank_by_sorting(behind, steps)


def _rank_by_counting(behind: Floats, steps: int) -> Places:
    """How many of a row are less far behind the best: counted by score, then added up."""
    draws, subjects = behind.shape
    at = behind.astype(np.intp)
    at += (np.arange(draws) * steps)[:, np.newaxis]
    counts = np.bincount(at.ravel(), minlength=draws * steps).reshape(draws, steps)
    above = np.cumsum(counts, axis=1)
    above -= counts
    return above.ravel()[at].astype(_choose_type(subjects))


def _rank_by_sorting(behind: Floats, steps: int) -> Places:
    """Where the equals of each begin in sorted order."""
    subjects = behind.shape[1]
    kind = _choose_type(subjects)
    order, ordered = _sort(behind, steps)
    begins = np.zeros(behind.shape, dtype=kind)
    is_new = ordered[:, 1:] != ordered[:, :-1]
    np.multiply(is_new, np.arange(1, subjects, dtype=kind), out=begins[:, 1:])
    np.maximum.accumulate(begins, axis=1, out=begins)
    places = np.empty_like(begins)
    np.put_along_axis(places, order, begins, axis=1)
    return places


def _sort(behind: Floats, steps: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[Any]]:
    """The order of each row, and the row in that order; by whole numbers that hold both, where they fit."""
    subjects = behind.shape[1]
    bits = subjects.bit_length()
    if steps << bits > 2**63:
        order = np.argsort(behind, axis=1)
        return order, np.take_along_axis(behind, order, axis=1)
    kind = np.uint32 if steps << bits <= 2**32 else np.uint64
    keys = (behind * 2.0**bits).astype(kind)
    keys |= np.arange(subjects, dtype=kind)
    keys.sort(axis=1)
    return (keys & kind(2**bits - 1)).astype(np.intp), keys >> kind(bits)


def _choose_type(subjects: int) -> type[np.signedinteger]:
    return np.int16 if subjects <= np.iinfo(np.int16).max else np.int32


@dataclass
class RankCounts:
    """How often each of n subjects stood at each place, over all draws so far.

    `first_weights` adds up the weights under which a subject came first, n × indicators, in steps of
    2⁻²⁸; `wins`, empty unless asked for, counts in how many draws one subject scored more than another.
    """

    subjects: int
    indicators: int
    with_wins: bool = False
    draws: int = 0
    first_weights: Floats = field(init=False)
    wins: Counts = field(init=False)
    _counted: Counts = field(init=False)
    _waiting: list[Places] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._counted = np.zeros((self.subjects, self.subjects), dtype=np.int32)
        self.first_weights = np.zeros((self.subjects, self.indicators))
        compared = self.subjects if self.with_wins else 0
        self.wins = np.zeros((compared, compared), dtype=np.int32)

    def add(self, places: Places, weights: Floats) -> None:
        """Take in the places of some draws, and the weights they were drawn with."""
        self._waiting.append(places)
        if sum(each.size for each in self._waiting) >= _MOST_WAITING:
            self._count_waiting()
        self._add_first_weights(places == 0, weights)
        for subject in range(len(self.wins)):
            ahead = places[:, subject : subject + 1] < places
            self.wins[subject] += ahead.sum(axis=0, dtype=np.int32)
        self.draws += len(places)

    @property
    def counts(self) -> Counts:
        """n × n: in how many draws a subject (row) stood at a place (column)."""
        self._count_waiting()
        return self._counted

    def _count_waiting(self) -> None:
        """Count a few subjects at a time, over many draws, so that their counts stay at hand."""
        if not self._waiting:
            return
        places = np.concatenate(self._waiting)
        self._waiting.clear()
        step = max(1, _CELLS_AT_ONCE // self.subjects)
        for start in range(0, self.subjects, step):
            some = self._counted[start : start + step]
            at = places[:, start : start + step] + np.arange(len(some)) * self.subjects
            some += np.bincount(at.ravel(), minlength=some.size).reshape(some.shape)

    def _add_first_weights(self, is_first: Flags, weights: Floats) -> None:
        winners = np.flatnonzero(is_first.any(axis=0))
        self.first_weights[winners] += multiply(is_first[:, winners].T.astype(np.float64), weights)

    def acceptability(self) -> Floats:
        """The share of draws in which each subject stands at each place: rank acceptability indices (SMAA-2)."""
        return self.counts / self.draws

    def expected_ranks(self) -> Floats:
        """The mean rank of each subject, counted from 1."""
        summed: Floats = self.counts @ np.arange(1.0, self.subjects + 1)
        return summed / self.draws

    def quantiles(self, percents: Sequence[int]) -> list[Ranks]:
        """For each percentage the least rank that so many of a hundred draws do not exceed, counted from 1."""
        reached = np.cumsum(self.counts, axis=1, dtype=np.int32)
        needed = [-(-percent * self.draws // 100) for percent in percents]
        return [(reached < draws).sum(axis=1) + 1 for draws in needed]

    def extremes(self) -> tuple[Ranks, Ranks]:
        """The best and the worst rank of each subject, counted from 1."""
        seen = self.counts > 0
        return seen.argmax(axis=1) + 1, self.subjects - seen[:, ::-1].argmax(axis=1)

    def chance_within(self, rank: int) -> Floats:
        """The share of draws in which each subject is at this rank or better."""
        within: Counts = self.counts[:, :rank].sum(axis=1)
        return within / self.draws

    def central_weights(self) -> Floats:
        """The mean weights that put each subject first (SMAA's central weights); NaN where none did."""
        total = WEIGHT_UNIT * self.counts[:, :1]
        nothing = np.full_like(self.first_weights, np.nan)
        found: Floats = np.divide(self.first_weights, total, out=nothing, where=total > 0)
        return found

    def win_chances(self) -> Floats:
        """The share of draws in which the subject of a row scores more than that of a column; empty if not kept."""
        return self.wins / self.draws
