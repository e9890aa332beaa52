"""What share of a model's variance each input is responsible for: Sobol' indices from a fixed seed.

First order: Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), table 2 (b). Total: Jansen
(1999), the same table (f). Inputs are independent and even between 0 and 1.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kaohe.analysis.draws import make_generator
from kaohe.analysis.matrices import Floats

_STREAM = 1  # weights of the same seed come from another
Model = Callable[[Floats], Floats]


@dataclass(frozen=True)
class SobolIndices:
    """Indices by input, with their standard errors; NaN where the model does not vary.

    `first` is what an input does alone, `total` what it does alone and together with others.
    """

    first: Floats
    first_error: Floats
    total: Floats
    total_error: Floats
    mean: float
    variance: float
    evaluations: int


def find_sobol_indices(model: Model, inputs: int, *, samples: int, seed: int) -> SobolIndices:
    """The indices of a model that takes rows of inputs and gives one figure a row.

    It is asked for samples · (inputs + 2) rows, `samples` at a time.
    """
    generator = make_generator(seed, stream=_STREAM)
    base, other = generator.random((2, samples, inputs))
    of_base, of_other = model(base), model(other)
    of_mixed = [model(_exchange(base, other, place)) for place in range(inputs)]
    every = np.concatenate([of_base, of_other])
    variance = float(every.var())
    moved = np.reshape(of_mixed, (inputs, samples)) - of_base
    first, first_error = _divide((of_other - every.mean()) * moved, variance)
    total, total_error = _divide(moved**2 / 2, variance)
    return SobolIndices(
        first, first_error, total, total_error,
        float(every.mean()), variance, samples * (inputs + 2),
    )  # fmt: skip


def _exchange(base: Floats, other: Floats, place: int) -> Floats:
    """The base sample with one input from the other."""
    mixed = base.copy()
    mixed[:, place] = other[:, place]
    return mixed


def _divide(terms: Floats, variance: float) -> tuple[Floats, Floats]:
    """The mean of each input's terms as a share of the variance, and its standard error."""
    if not variance:
        nothing = np.full(len(terms), np.nan)
        return nothing, nothing
    samples = terms.shape[1]
    return terms.mean(axis=1) / variance, terms.std(axis=1) / (variance * np.sqrt(samples))
