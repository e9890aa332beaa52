"""Weights drawn at random, from a fixed seed: around given weights, or over all weights there could be.

Weights are whole multiples of 2⁻²⁸ and figures are brought to 24 bits (kaohe.analysis.products), so that
every sum of their products is a whole number below 2⁵³: exact in binary floats whatever the order of adding,
the number of threads or the size of a block. The same seed therefore gives the same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kaohe.analysis.matrices import Floats
from kaohe.errors import BadInput, Place, blocking
from kaohe.language import Text

WEIGHT_UNIT = 2.0**28
"""How many steps of a weight make the whole."""

LEAST_CONCENTRATION = 0.05
"""Below it nearly every draw is one indicator alone, and doubles can no longer tell the others from nothing."""


@dataclass(frozen=True, slots=True)
class Band:
    """Each weight evenly and independently within ± `share` of itself (0.25: a quarter), then made to add up to 1."""

    share: float = 0.25


@dataclass(frozen=True, slots=True)
class Dirichlet:
    """A Dirichlet distribution whose mean is the given weights; the greater the concentration, the closer to it.

    Its parameters are concentration · number of indicators · weight: all 1 for equal weights and a
    concentration of 1. Without a concentration they are all 1 whatever the weights: every set of weights
    is as likely as any other, as in SMAA (Lahdelma, Hokkanen and Salminen 1998).
    """

    concentration: float | None = None


Spread = Band | Dirichlet


def require_spread(spread: Spread) -> None:
    """Refuse a band that would make weights negative and a concentration too small. Raises BadInput."""
    if isinstance(spread, Band):
        is_right = 0 <= spread.share <= 1
        said = Text(
            f"权重不能浮动 {spread.share * 100:g}%",
            f"weights cannot vary by {spread.share * 100:g} %",
        )
        remedy = Text(
            "请写 0% 到 100%（--spread 写百分数，Band 写 0 到 1）",
            "give 0 % to 100 %: --spread takes percent, Band a share from 0 to 1",
        )
    else:
        given = spread.concentration
        is_right = given is None or LEAST_CONCENTRATION <= given < np.inf
        said = Text(f"集中度 {given} 超出范围", f"a concentration of {given} is out of range")
        remedy = Text(
            f"请写不小于 {LEAST_CONCENTRATION} 的数", f"give {LEAST_CONCENTRATION} or more"
        )
    if not is_right:
        raise BadInput([blocking("bad-spread", Place(), said, remedy)])


def make_generator(seed: int, *, stream: int = 0) -> np.random.Generator:
    """A generator of PCG64 started from a seed, nothing else; streams of one seed are independent."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(stream,))))


def draw_weights(
    central: Floats, spread: Spread, generator: np.random.Generator, count: int
) -> Floats:
    """So many draws around weights that add up to 1: count × indicators, in steps of 2⁻²⁸ of the whole.

    Draws follow one another: two calls for 3 and 4 give the same as one for 7. A weight of zero stays
    zero, except where weights are drawn over all there could be; any other is at least one step.
    """
    size = (count, len(central))
    if isinstance(spread, Band):
        drawn = central * (1 + spread.share * (2 * generator.random(size) - 1))
    elif spread.concentration is None:
        drawn = generator.standard_exponential(size)
    else:
        drawn = generator.standard_gamma(spread.concentration * len(central) * central, size)
    is_drawn = np.ones(len(central)) if spread == Dirichlet() else central > 0
    return _take_steps(drawn, is_drawn.astype(np.float64))


def step_weights(central: Floats) -> Floats:
    """The given weights themselves, in the same steps: one row."""
    return _take_steps(central[np.newaxis].copy(), (central > 0).astype(np.float64))


def _take_steps(weights: Floats, least: Floats) -> Floats:
    """Weights as whole steps of the sum of their row, not fewer than the least; overwrites what it is given."""
    weights *= WEIGHT_UNIT / weights.sum(axis=1, keepdims=True)
    np.rint(weights, out=weights)
    return np.maximum(weights, least, out=weights)


def split_draws(draws: int, block: int) -> Iterator[int]:
    """The sizes of the blocks in which so many draws are worked through."""
    for start in range(0, draws, block):
        yield min(block, draws - start)
