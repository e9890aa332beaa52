"""What moves a ranking: the mean shift in rank as a function of the choices made, and its Sobol' indices.

Saisana, Saltelli and Tarantola (2005); OECD/JRC Handbook (2008), step 7: R = Σ |reference rank − rank| ÷ n.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from kaohe.analysis.composites import Composite
from kaohe.analysis.draws import draw_weights, make_generator
from kaohe.analysis.matrices import Flags, Floats
from kaohe.analysis.rank_counts import Ranks
from kaohe.analysis.robustness import Study, choose_block, rank_centrally, rank_under
from kaohe.analysis.sensitivity import SobolIndices, find_sobol_indices
from kaohe.errors import BadInput, Place, blocking
from kaohe.language import Text

_MOST_DRAWS = 2**14
_WEIGHTS = Text("权重", "weights")
_LEFT_OUT = Text("剔除一个指标", "one indicator left out")
_CHOSEN = (
    Text("归一化", "normalisation"),
    Text("汇总", "aggregation"),
    Text("插补", "imputation"),
)
_INCOMPLETE = blocking(
    "choices-incomplete",
    Place(),
    Text("方法没有两两组合齐全，无法分清各自的影响",
         "not every combination of the methods is there, so their effects cannot be told apart"),
    Text("请去掉不能组合的方法，或不做敏感性分析",
         "leave out a method that cannot be combined, or the sensitivity"),
)  # fmt: skip
_STEP = 1.0  # the least weight: a subject that has only the indicator left out keeps it


@dataclass(frozen=True)
class ShiftSensitivity:
    """The indices of the mean shift in rank, for each factor in which there was anything to choose."""

    factors: Sequence[Text]
    indices: SobolIndices


def measure_shifts(
    study: Study,
    *,
    samples: int = 512,
    leave_out: bool = True,
    on_block: Callable[[], None] | None = None,
) -> ShiftSensitivity:
    """First- and total-order indices of the mean shift in rank, over the choices of a study.

    The weights are one factor: which of the study's draws. Leaving out is one factor: none, or each
    indicator in turn. `on_block` is called before every block of draws, and may end the work by raising.
    Raises BadInput unless the composites are every combination of the methods they name.
    """
    model = _ShiftModel.of(study, leave_out=leave_out, on_block=on_block)
    factors = [factor for factor, count in model.factors if count > 1]
    indices = find_sobol_indices(model.measure, len(factors), samples=samples, seed=study.seed)
    return ShiftSensitivity(factors, indices)


@dataclass(frozen=True)
class _ShiftModel:
    """The mean shift in rank, given a number between 0 and 1 for each factor with options."""

    study: Study
    reference: Ranks
    pool: Floats
    methods: Sequence[Sequence[str]]
    leave_out: bool
    on_block: Callable[[], None] | None

    @classmethod
    def of(
        cls, study: Study, *, leave_out: bool, on_block: Callable[[], None] | None
    ) -> "_ShiftModel":
        """The study's own draws, and the names of methods of each kind."""
        draws = min(study.draws, _MOST_DRAWS)
        pool = draw_weights(study.central, study.spread, make_generator(study.seed), draws)
        choices = [composite.choice for composite in study.composites]
        methods = [list(dict.fromkeys(names)) for names in zip(*choices, strict=True)]
        if len(set(choices)) < prod(len(names) for names in methods):
            raise BadInput([_INCOMPLETE])
        can_leave_out = leave_out and len(study.central) > 1
        return cls(study, rank_centrally(study), pool, methods, can_leave_out, on_block)

    @property
    def factors(self) -> list[tuple[Text, int]]:
        """Every factor with the number of its options."""
        options = [len(names) for names in self.methods]
        left_out = len(self.study.central) + 1 if self.leave_out else 1
        return [
            (_WEIGHTS, len(self.pool)),
            *zip(_CHOSEN, options, strict=True),
            (_LEFT_OUT, left_out),
        ]

    def measure(self, inputs: Floats) -> Floats:
        """The shift of each row of inputs."""
        picked = iter((inputs.T * self._counts()).astype(np.intp))
        every = [
            next(picked) if count > 1 else np.zeros(len(inputs), dtype=np.intp)
            for _, count in self.factors
        ]
        draws, *methods, left_out = every
        shifts = np.empty(len(inputs))
        for composite in self.study.composites:
            rows = np.flatnonzero(self._is_chosen(composite, methods))
            shifts[rows] = self._shift(composite, draws[rows], left_out[rows])
        return shifts

    def _counts(self) -> Floats:
        counts = [float(count) for _, count in self.factors if count > 1]
        return np.array(counts)[:, np.newaxis]

    def _is_chosen(self, composite: Composite, methods: Sequence[Ranks]) -> Flags:
        wanted = [
            names.index(name) for names, name in zip(self.methods, composite.choice, strict=True)
        ]
        chosen = [picked == place for picked, place in zip(methods, wanted, strict=True)]
        every: Flags = np.all(chosen, axis=0)
        return every

    def _shift(self, composite: Composite, draws: Ranks, left_out: Ranks) -> Floats:
        step = choose_block(self.study)
        blocks = [
            self._shift_block(
                composite, draws[start : start + step], left_out[start : start + step]
            )
            for start in range(0, len(draws), step)
        ]
        return np.concatenate(blocks) if blocks else np.empty(0)

    def _shift_block(self, composite: Composite, draws: Ranks, left_out: Ranks) -> Floats:
        if self.on_block is not None:
            self.on_block()
        weights = self.pool[draws]
        rows = np.flatnonzero(left_out)
        weights[rows, left_out[rows] - 1] = _STEP
        ranks = rank_under(self.study, composite, weights) + 1
        shifts: Floats = np.abs(ranks - self.reference).mean(axis=1)
        return shifts
