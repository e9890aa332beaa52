"""Means and comparisons of many draws of weights at once, by matrix products that add up exactly.

Figures become whole numbers of at most 24 bits (a subject's own power of two brings them there), weights are
whole numbers of 28 bits (kaohe.analysis.draws): sums of their products stay below 2⁵³, where doubles are exact
in whatever order they add. A figure changes by at most 3·10⁻⁸ of the subject's greatest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kaohe.analysis.matrices import Flags, Floats, round_significant

_FIGURE_BITS = 24
_SMALL_PRODUCT = 2**18
"""Multiplications up to which OpenBLAS stays on the thread it was called from. Pieces of that size cost an
eighth more than one large product on one thread; on a busy machine a second thread costs many times that."""

_DRAWS_IN_PIECE = 48

Indices = npt.NDArray[np.intp]
Transform = Callable[[Floats], Floats]


class Branch(Protocol):
    """Scores of n subjects as a function of weights."""

    @property
    def leaves(self) -> Indices:
        """The columns of the weights that it counts: every indicator below."""

    @property
    def width(self) -> int:
        """The most numbers that a draw takes while it is worked out."""

    def score(self, weights: Floats) -> Floats:
        """The scores, draws × subjects, under weights in steps, draws × indicators."""


@dataclass(frozen=True)
class Columns:
    """Figures as whole numbers of `steps`, indicators × subjects; `mask` is 1 where there is one, None if all are."""

    whole: Floats
    steps: Floats
    mask: Floats | None

    @classmethod
    def of(cls, values: Floats) -> "Columns":
        """The figures of subjects × indicators, NaN where missing."""
        is_there = ~np.isnan(values)
        present = np.where(is_there, values, 0.0)
        _, exponents = np.frexp(np.abs(present).max(axis=1, initial=0.0))
        steps = np.ldexp(1.0, exponents - _FIGURE_BITS)
        whole = np.rint(present / steps[:, np.newaxis]).T.copy()
        return cls(whole, steps, None if is_there.all() else is_there.T.astype(np.float64))

    def add_up(self, weights: Floats) -> tuple[Floats, Floats]:
        """Σ w·x and Σ w over what is there: one product, and another where something is missing."""
        total = multiply(weights, self.whole)
        total *= self.steps
        if self.mask is None:
            return total, weights.sum(axis=1, keepdims=True)
        return total, multiply(weights, self.mask)


def multiply(weights: Floats, columns: Floats) -> Floats:
    """The product, in pieces that the linear algebra library does not spread over threads."""
    indicators, width = columns.shape
    cells = max(1, _SMALL_PRODUCT // max(1, indicators))
    across = min(width, max(1, cells // _DRAWS_IN_PIECE))
    down = max(1, cells // across)
    product = np.empty((len(weights), width))
    for top in range(0, len(weights), down):
        rows = slice(top, top + down)
        for left in range(0, width, across):
            piece = slice(left, left + across)
            np.matmul(weights[rows], columns[:, piece], out=product[rows, piece])
    return product


@dataclass(frozen=True)
class Mean:
    """A weighted mean of figures, and of branches below, each transformed; the mean is transformed back.

    A branch weighs what its leaves weigh together. `present` says of each branch who has a score there;
    None where all have.
    """

    direct: Indices
    columns: Columns
    forth: Transform
    back: Transform
    below: tuple[tuple[Branch, Flags | None], ...] = ()

    @property
    def leaves(self) -> Indices:
        """Its own figures' columns of the weights, and those of the branches below."""
        return np.concatenate([self.direct, *(branch.leaves for branch, _ in self.below)])

    @property
    def width(self) -> int:
        """The number of subjects, or what a branch below takes."""
        return max(len(self.columns.steps), *(branch.width for branch, _ in self.below), 1)

    def score(self, weights: Floats) -> Floats:
        """The weighted means."""
        total, counted = self.columns.add_up(np.take(weights, self.direct, axis=1))
        for branch, present in self.below:
            scores = branch.score(weights)
            weight = weights[:, branch.leaves].sum(axis=1, keepdims=True)
            if present is not None:
                scores[:, ~present] = (
                    1.0  # a figure that every transform takes, counted for nothing
                )
                weight = weight * present
            total = total + weight * self.forth(scores)
            counted = counted + weight
        return self.back(np.divide(total, counted, out=total))


@dataclass(frozen=True)
class Pairs:
    """Copeland's rule over figures: subjects beaten less subjects beaten by, on more than half of the weight."""

    leaves: Indices
    signs: Floats
    subjects: int

    @classmethod
    def of(cls, values: Floats, leaves: Indices) -> "Pairs":
        """The figures of subjects × indicators, compared pair by pair; a missing one decides nothing."""
        compared = round_significant(values).T
        signs = np.sign(compared[:, :, np.newaxis] - compared[:, np.newaxis, :])
        return cls(leaves, np.nan_to_num(signs).reshape(len(compared), -1), len(values))

    @property
    def width(self) -> int:
        """The number of ordered pairs."""
        return self.subjects**2

    def score(self, weights: Floats) -> Floats:
        """Wins less losses."""
        leads = np.sign(multiply(np.take(weights, self.leaves, axis=1), self.signs))
        wins: Floats = leads.reshape(len(weights), self.subjects, self.subjects).sum(axis=2)
        return wins


def find_transform(method: str, power: float | None) -> tuple[Transform, Transform]:
    """The function whose arithmetic mean a mean is, and the one back; `power` is that of a generalised mean."""
    if method == "harmonic":
        return np.reciprocal, np.reciprocal
    if method == "geometric" or power == 0:
        return np.log, np.exp
    if method == "arithmetic" or power is None or power == 1:
        return _keep, _keep
    return (lambda values: values**power), (lambda values: values ** (1 / power))


def _keep(values: Floats) -> Floats:
    return values
