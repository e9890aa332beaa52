"""How firmly a ranking stands: ranks under many draws of weights and several choices of method.

Binary-float analysis, which never decides a rank or a grade. After the OECD/JRC Handbook (2008), step 7, and
SMAA-2 (Lahdelma and Salminen 2001).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from kaohe.analysis.composites import Composite
from kaohe.analysis.draws import (
    Band,
    Spread,
    draw_weights,
    make_generator,
    require_spread,
    split_draws,
    step_weights,
)
from kaohe.analysis.matrices import Floats
from kaohe.analysis.rank_counts import Places, RankCounts, Ranks, rank_draws, round_scores
from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.language import Text

MOST_SUBJECTS = 5000
"""Subjects ranked together at most: their counts take four bytes for each pair of subject and place."""

MOST_PAIRED = 500
"""Subjects that can be compared pair by pair in every draw."""

MOST_DRAWS = 2**31 - 1
MOST_DECIMALS = 12
"""As many as two scores are told apart by."""

_CELLS_AT_ONCE = 2**18
_DRAWS_AT_ONCE = (16, 4096)


@dataclass(frozen=True)
class Study:
    """What is drawn and ranked: weights around `central` (adding up to 1), each under every composite.

    Scores are rounded to `decimals` before they are ranked. The first composite, at the central weights,
    is the ranking that the others are held against.
    """

    subjects: Sequence[str]
    indicators: Sequence[str]
    central: Floats
    composites: Sequence[Composite]
    spread: Spread = field(default_factory=Band)
    draws: int = 1000
    seed: int = 1
    decimals: int = 2
    with_wins: bool = False

    def __post_init__(self) -> None:
        require_spread(self.spread)
        faults = list(_find_faults(self))
        if faults:
            raise BadInput(faults)


def _find_faults(study: Study) -> Iterator[Finding]:
    rankings = study.draws * len(study.composites)
    if not 0 < study.draws <= rankings <= MOST_DRAWS:
        yield _refuse(
            Text(f"抽样次数 {study.draws} 超出范围", f"{study.draws} draws are out of range"),
            Text(f"请写 1 到 {MOST_DRAWS} 之间的数", f"give 1 to {MOST_DRAWS}"),
        )
    if not 0 <= study.decimals <= MOST_DECIMALS:
        yield _refuse(
            Text(f"不能按 {study.decimals} 位小数排名", f"no ranks at {study.decimals} decimals"),
            Text(f"请写 0 到 {MOST_DECIMALS} 之间的整数", f"give 0 to {MOST_DECIMALS}"),
        )
    subjects = len(study.subjects)
    if subjects > MOST_SUBJECTS:
        yield _refuse(
            Text(f"一起排名的对象有 {subjects} 个，太多",
                 f"{subjects} subjects are too many to be ranked together"),
            Text(f"请分组，每组至多 {MOST_SUBJECTS} 个", f"take groups of at most {MOST_SUBJECTS}"),
        )  # fmt: skip
    if study.with_wins and subjects > MOST_PAIRED:
        yield _refuse(
            Text(f"{subjects} 个对象太多，不能两两比较", f"{subjects} subjects are too many to compare in pairs"),
            Text(f"两两胜率至多用于 {MOST_PAIRED} 个对象", f"ask for pairs of at most {MOST_PAIRED}"),
        )  # fmt: skip


def _refuse(wrong: Text, remedy: Text) -> Finding:
    return blocking("robustness-size", Place(), wrong, remedy)


def draw_ranks(study: Study, *, block: int | None = None) -> Iterator[RankCounts]:
    """Draw and rank, block by block; yields the same counts each time, of whole blocks.

    Whoever stops asking keeps what was drawn so far. The block changes memory and time, and no figure.
    """
    counts = RankCounts(len(study.subjects), len(study.central), with_wins=study.with_wins)
    generator = make_generator(study.seed)
    for size in split_draws(study.draws, block or choose_block(study)):
        weights = draw_weights(study.central, study.spread, generator, size)
        ranked = [rank_under(study, composite, weights) for composite in study.composites]
        for places in ranked:
            counts.add(places, weights)
        yield counts


def choose_block(study: Study) -> int:
    """How many draws are worked out at once, so that what they take stays small."""
    widest = max(composite.root.width for composite in study.composites)
    return int(np.clip(_CELLS_AT_ONCE // widest, *_DRAWS_AT_ONCE))


def rank_under(study: Study, composite: Composite, weights: Floats) -> Places:
    """The places of all subjects under one composite, a row for each row of weights in steps."""
    return rank_draws(round_scores(composite.score(weights), study.decimals))


def count_ranks(study: Study) -> RankCounts:
    """All draws at once."""
    *_, counts = draw_ranks(study)
    return counts


def rank_centrally(study: Study) -> Ranks:
    """The ranks at the central weights under the first composite, the best being 1."""
    places = rank_under(study, study.composites[0], step_weights(study.central))
    ranks: Ranks = places[0].astype(np.intp) + 1
    return ranks
