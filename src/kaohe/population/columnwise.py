"""A population larger than memory: one indicator at a time over all subjects, then all indicators over some.

A column of every subject fits where the whole table does not, so that pools of any size are compared as
they are. Scores wait in a store, on a disk as a rule, until they are added up block by block.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from kaohe.errors import BadInput, Finding
from kaohe.population.gathering import Gathering
from kaohe.population.leaves import LeafColumns, score_leaves
from kaohe.population.program import Program, compile_scheme
from kaohe.population.proposals import Grading
from kaohe.population.ranking import rank_totals
from kaohe.population.rollup import Sums, add_up
from kaohe.population.roster import Roster
from kaohe.population.scoring import PopulationResult
from kaohe.population.subjects import FacetKey, Population
from kaohe.renderings.arrays.absences import Kinds
from kaohe.renderings.arrays.columns import FacetColumn, Integers, Mask
from kaohe.scheme.draft import Scheme
from kaohe.scheme.indicators import IndicatorNode

BLOCK = 1 << 19
"""Subjects whose scores are added up at a time."""

Facets = tuple[Mapping[FacetKey, FacetColumn], Mapping[FacetKey, Kinds]]
Tell = Callable[[int, int], None]
"""Told how many steps of how many are done."""


class ScoreStore(Protocol):
    """Scores of all indicators, a row each, kept elsewhere; read like an array of whole numbers."""

    def put(self, number: int, scores: Integers) -> None:
        """Keep one indicator's scores."""

    def __getitem__(self, where: Any) -> Integers:
        """One indicator's scores, or with a slice of subjects some of them."""

    def __iter__(self) -> Iterator[Integers]:
        """The indicators' scores one after the other."""

    @property
    def shape(self) -> tuple[int, int]:
        """How many indicators and subjects there are."""


def score_columnwise(
    scheme: Scheme,
    people: Population,
    read: Callable[[IndicatorNode], Facets],
    store: ScoreStore,
    tell: Tell = lambda done, of: None,
) -> PopulationResult:
    """Score subjects of whom `people` knows no figures, which `read` gives one indicator at a time.

    The same as `score_population`, but reasons of absences are not kept. Raises BadInput as that does.
    """
    program = compile_scheme(scheme)
    leaves = _score_leaves(program, people, read, store, tell)
    sums = _add_up(program, people, leaves, store)
    roster = Roster(program, people)
    standings = rank_totals(program, roster, leaves, sums)
    grades = Grading(program, people, leaves, sums, standings).propose()
    tell(len(program.leaves) + 1, len(program.leaves) + 1)
    return PopulationResult(program, people, roster, leaves, sums, standings, grades)


def _score_leaves(
    program: Program,
    people: Population,
    read: Callable[[IndicatorNode], Facets],
    store: ScoreStore,
    tell: Tell,
) -> LeafColumns:
    roster, gaps, findings = Roster(program, people), list[bool](), list[Finding](people.findings)
    provisional = _PackedMasks(len(people))
    for number, leaf in enumerate(program.leaves):
        tell(number, len(program.leaves) + 1)
        facets, absences = read(leaf.node)
        own = replace(people, facets=facets, absences=absences)
        single = replace(program, leaves=(leaf,))
        scored = score_leaves(single, roster.look_at(single, own))
        store.put(number, scored.scores[0])
        gaps += scored.has_gaps
        findings += scored.findings
        provisional.update(scored.provisional)
    if findings:
        raise BadInput(findings)
    kept: Any = store
    return LeafColumns(kept, gaps, {}, provisional, ())


def _add_up(program: Program, people: Population, leaves: LeafColumns, store: ScoreStore) -> Sums:
    """The totals, and those branches by which ties are broken or subjects promoted."""
    gathering = Gathering(len(people))
    wanted = set(_list_wanted(program))
    for start in range(0, len(people), BLOCK):
        rows = slice(start, min(start + BLOCK, len(people)))
        scores = np.stack([store[number, rows] for number in range(len(program.leaves))])
        some = Population(people.codes[rows], people.group[rows], people.participation[rows], {})
        sums = add_up(program, Roster(program, some), scores, leaves.has_gaps)
        branches = {code: column for code, column in sums.branches.items() if code in wanted}
        three = {"+bonus": sums.bonus, "+deduction": sums.deduction, "+total": sums.total}
        gathering.keep(rows, branches | three)
    found = gathering.finish()
    return Sums(
        bonus=found.pop("+bonus"),
        deduction=found.pop("+deduction"),
        total=found.pop("+total"),
        branches=found,
    )


def _list_wanted(program: Program) -> Iterable[str]:
    yield from (link.of for link in program.model.tie_break)
    yield from (each.of for rule in program.model.grades for each in rule.promotions)


class _PackedMasks(Mapping[str, Mask]):
    """Masks kept a bit a subject."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._packed: dict[str, Any] = {}

    def update(self, masks: Mapping[str, Mask]) -> None:
        """Keep masks."""
        self._packed |= {code: np.packbits(mask) for code, mask in masks.items()}

    def __getitem__(self, code: str) -> Mask:
        return np.unpackbits(self._packed[code], count=self._count).astype(bool)

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)
