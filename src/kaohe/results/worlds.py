"""One unit's total under every mixture of two runs: either scheme, its own data and the others' from either."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import product, starmap

from kaohe.expressions import nodes
from kaohe.numbers.absence import Absence
from kaohe.renderings.exact import Refusal
from kaohe.scheme import queries
from kaohe.scheme.draft import Scheme
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.units import Unit
from kaohe.scoring.leaves import score_leaf
from kaohe.scoring.observations import Observations
from kaohe.scoring.rollup import RollUp
from kaohe.scoring.scores import LeafScore, LeafScores
from kaohe.scoring.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Run:
    """A scheme with the data it was, or would be, scored on."""

    scheme: Scheme
    observations: Observations


@dataclass(frozen=True, slots=True)
class World:
    """Which run each thing is taken from: 0 the earlier, 1 the later."""

    scheme: int
    own: int
    others: int


WORLDS = tuple(starmap(World, product((0, 1), repeat=3)))


class Worlds:
    """The totals of units under every mixture of two runs."""

    def __init__(self, before: Run, after: Run) -> None:
        self._is_one_scheme = before.scheme.digest == after.scheme.digest
        self._models = (before.scheme.model, after.scheme.model)
        self._data = (before.observations, after.observations)
        self._changes = list_changes(*self._data)
        self._plain: dict[tuple[int, int, str], LeafScores] = {}

    def totals(self, unit: str) -> dict[World, Fraction | None]:
        """One unit's total in every world; None where it has none, or a rule refuses it there."""
        found: dict[World, Fraction | None] = {}
        for world in WORLDS:
            twin = replace(world, scheme=0) if self._is_one_scheme else world
            found[world] = found[twin] if twin in found else self._total(unit, world)
        return found

    def _total(self, unit: str, world: World) -> Fraction | None:
        model = self._models[world.scheme]
        mixed = _Mixed(model, self._data[world.own], self._data[world.others], unit)
        cells = {
            leaf.code: self._score_cell(leaf, world, mixed)
            for leaf in queries.iterate_leaves(model)
        }
        scored = {code: [cell] for code, cell in cells.items() if cell is not None}
        if len(scored) < len(cells):
            return None
        return RollUp(model, [mixed.scored_unit], scored).totals()[0].total

    def _score_cell(self, leaf: IndicatorNode, world: World, mixed: "_Mixed") -> LeafScore | None:
        """The unit's score under one indicator; None where the rule refuses it."""
        scores = self._score_leaf(leaf, world, mixed)
        row = self._rows[world.scheme][mixed.unit]
        refused = isinstance(scores.evaluation.values[row], Refusal)
        return None if refused else scores.cells[row]

    def _score_leaf(self, leaf: IndicatorNode, world: World, mixed: "_Mixed") -> LeafScores:
        """The indicator's scores, from the data of one run alone wherever that makes no difference."""
        changed = self._changes.get(leaf.code, set()) | self._changed_vetoes
        others_matter = world.own != world.others and bool(changed - mixed.owned)
        if not others_matter or not depends_on_others(leaf, mixed.model):
            return self._score_plain(leaf, world.scheme, world.own)
        if not changed & mixed.owned:
            return self._score_plain(leaf, world.scheme, world.others)
        return score_leaf(leaf, mixed.sheet)[0]

    def _score_plain(self, leaf: IndicatorNode, scheme: int, data: int) -> LeafScores:
        key = (scheme, data, leaf.code)
        if key not in self._plain:
            self._plain[key] = score_leaf(leaf, self._sheets[scheme, data])[0]
        return self._plain[key]

    @cached_property
    def _sheets(self) -> Mapping[tuple[int, int], Sheet]:
        return {
            (scheme, data): Sheet.lay_out(self._models[scheme], self._data[data])
            for scheme in (0, 1)
            for data in (0, 1)
        }

    @cached_property
    def _changed_vetoes(self) -> set[str]:
        """The units under whose vetoes something changed, which may zero any indicator."""
        codes = {veto.code for model in self._models for veto in model.vetoes}
        return {unit for code in codes for unit in self._changes.get(code, ())}

    @cached_property
    def _rows(self) -> list[dict[str, int]]:
        return [
            {unit.code: row for row, unit in enumerate(queries.scored_units(model))}
            for model in self._models
        ]


class _Mixed:
    """One unit with its own data from one run, among others with theirs from another."""

    def __init__(
        self, model: SchemeModel, own: Observations, others: Observations, unit: str
    ) -> None:
        self.model = model
        self.unit = unit
        self._own, self._others = own, others

    @cached_property
    def scored_unit(self) -> Unit:
        return next(each for each in queries.scored_units(self.model) if each.code == self.unit)

    @cached_property
    def owned(self) -> set[str]:
        """The unit, and those it has absorbed with their targets."""
        return {self.unit, *queries.list_absorbed(self.model, self.scored_unit)}

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet.lay_out(self.model, mix_observations(self._own, self._others, self.owned))


def depends_on_others(leaf: IndicatorNode, model: SchemeModel) -> bool:
    """Whether other units' figures can move a unit's score under an indicator."""
    asks = any(
        isinstance(node, nodes.Peer | nodes.Rank | nodes.PlacePoints)
        for node in nodes.iterate_nodes(queries.leaf_expression(leaf))
    )
    policies = {queries.missing_policy(model, leaf, absence) for absence in Absence}
    return asks or bool(policies & {"group_mean", "comparable_mean"})


def mix_observations(own: Observations, others: Observations, owned: set[str]) -> Observations:
    """The data of some units from one snapshot and everybody else's from another."""
    figures = {key: cell for key, cell in others.figures.items() if key[2] not in owned}
    figures |= {key: cell for key, cell in own.figures.items() if key[2] in owned}
    records = (
        *(record for record in others.records if record.unit not in owned),
        *(record for record in own.records if record.unit in owned),
    )
    return Observations(figures, records)


def list_changes(before: Observations, after: Observations) -> dict[str, set[str]]:
    """By the code of an indicator or veto, the units whose figures or records differ."""
    changed: dict[str, set[str]] = {}
    for key in before.figures.keys() | after.figures.keys():
        cells = (each.figures.get(key, Absence.EMPTY) for each in (before, after))
        if len(set(cells)) > 1:
            changed.setdefault(key[0], set()).add(key[2])
    earlier, later = Counter(before.records), Counter(after.records)
    for record in (earlier - later) + (later - earlier):
        changed.setdefault(record.indicator, set()).add(record.unit)
    return changed
