"""Why a unit's total moved between two results: its own change, the others', and the rules'.

Each part is the exact Shapley mean: what the change adds, averaged over all six orders in which
the three changes can be made one after the other. The parts add up to the whole move.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from typing import Literal

from kaohe.expressions import nodes
from kaohe.numbers.absence import Absence
from kaohe.rules.records import Record
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scoring.leaves import score_leaf
from kaohe.scoring.observations import Observations
from kaohe.scoring.rollup import RollUp
from kaohe.scoring.scores import LeafScore
from kaohe.scoring.sheet import Sheet

Cause = Literal["own", "others", "rule"]
CAUSES: tuple[Cause, ...] = ("own", "others", "rule")


@dataclass(frozen=True, slots=True)
class Run:
    """A scheme with the data it was, or would be, scored on."""

    scheme: Scheme
    observations: Observations


@dataclass(frozen=True, slots=True)
class Move:
    """One unit's total before and after, and the parts of the move by cause.

    `parts` is None where a total is missing before, after, or on the way.
    """

    unit: str
    before: Fraction | None
    after: Fraction | None
    parts: Mapping[Cause, Fraction] | None


def explain_moves(before: Run, after: Run, *, only: str | None = None) -> Iterator[Move]:
    """The moves of the units scored in both runs, or of one of them, in the later scheme's order."""
    worlds = _Worlds(before, after)
    for unit in _common_units(before, after):
        if only in (None, unit):
            yield worlds.explain_move(unit)


def count_moves(before: Run, after: Run) -> int:
    """How many units are scored in both runs."""
    return len(_common_units(before, after))


def _common_units(before: Run, after: Run) -> list[str]:
    earlier = {unit.code for unit in queries.scored_units(before.scheme.model)}
    later = queries.scored_units(after.scheme.model)
    return [unit.code for unit in later if unit.code in earlier]


def share_move(value_of: Callable[[frozenset[Cause]], Fraction]) -> dict[Cause, Fraction]:
    """The Shapley mean of each cause; `value_of` gives the total once those changes are made."""
    shares = dict.fromkeys(CAUSES, Fraction(0))
    orders = list(permutations(CAUSES))
    for order in orders:
        made: frozenset[Cause] = frozenset()
        for cause in order:
            shares[cause] += value_of(made | {cause}) - value_of(made)
            made |= {cause}
    return {cause: share / len(orders) for cause, share in shares.items()}


def depends_on_others(leaf: IndicatorNode, model: SchemeModel) -> bool:
    """Whether other units' figures can move a unit's score under an indicator."""
    asks = any(
        isinstance(node, nodes.Peer | nodes.Rank | nodes.PlacePoints)
        for node in nodes.iterate_nodes(queries.leaf_expression(leaf))
    )
    policies = {queries.missing_policy(model, leaf, absence) for absence in Absence}
    return asks or bool(policies & {"group_mean", "comparable_mean"})


def mix_observations(own: Observations, others: Observations, unit: str) -> Observations:
    """One unit's data from one snapshot and everybody else's from another."""
    figures = {key: cell for key, cell in others.figures.items() if key[2] != unit}
    figures |= {key: cell for key, cell in own.figures.items() if key[2] == unit}
    records: tuple[Record, ...] = (
        *(record for record in others.records if record.unit != unit),
        *(record for record in own.records if record.unit == unit),
    )
    return Observations(figures, records)


class _Worlds:
    """Totals of one unit at a time under every mixture of schemes, own data and others' data."""

    def __init__(self, before: Run, after: Run) -> None:
        self._models = (before.scheme.model, after.scheme.model)
        self._data = (before.observations, after.observations)
        self._sheets = {
            (scheme, data): Sheet.lay_out(model, observations)
            for scheme, model in enumerate(self._models)
            for data, observations in enumerate(self._data)
        }
        self._plain: dict[tuple[int, int, str], Sequence[LeafScore]] = {}

    def explain_move(self, unit: str) -> Move:
        """The move of one unit, shared among the causes."""
        mixed = {
            (scheme, own): Sheet.lay_out(
                self._models[scheme], mix_observations(self._data[own], self._data[1 - own], unit)
            )
            for scheme in (0, 1)
            for own in (0, 1)
        }
        totals = {made: self._total(unit, made, mixed) for made in _subsets()}
        before, after = totals[frozenset()], totals[frozenset(CAUSES)]
        if any(total is None for total in totals.values()):
            return Move(unit, before, after, None)
        return Move(unit, before, after, share_move(lambda made: totals[made] or Fraction(0)))

    def _total(
        self, unit: str, made: frozenset[Cause], mixed: Mapping[tuple[int, int], Sheet]
    ) -> Fraction | None:
        scheme, own, others = (int(cause in made) for cause in ("rule", "own", "others"))
        model = self._models[scheme]
        row = _row_of(self._sheets[scheme, own], unit)
        cells = {}
        for leaf in queries.iterate_leaves(model):
            if own == others or not depends_on_others(leaf, model):
                column = self._score_plain(leaf, scheme, own)
            else:
                column = score_leaf(leaf, mixed[scheme, own])[0].cells
            cells[leaf.code] = [column[row]]
        return RollUp(model, [queries.unit_by_code(model, unit)], cells).totals()[0].total

    def _score_plain(self, leaf: IndicatorNode, scheme: int, data: int) -> Sequence[LeafScore]:
        key = (scheme, data, leaf.code)
        if key not in self._plain:
            self._plain[key] = score_leaf(leaf, self._sheets[scheme, data])[0].cells
        return self._plain[key]


def _row_of(sheet: Sheet, unit: str) -> int:
    return next(row for row, scored in enumerate(sheet.units) if scored.code == unit)


def _subsets() -> list[frozenset[Cause]]:
    return [
        frozenset(chosen)
        for size in range(len(CAUSES) + 1)
        for chosen in combinations(CAUSES, size)
    ]
