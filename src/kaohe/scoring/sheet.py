"""What scoring works on: a scheme, the units it scores, and one snapshot of data, indexed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kaohe.numbers.absence import Absence, Cell
from kaohe.rules.records import Records
from kaohe.scheme import queries
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.units import Unit
from kaohe.scoring.observations import Observations
from kaohe.scoring.vetoes import find_zeroed

PoolRows = tuple[list[int], list[list[int]]]
"""For every row the number of its pool, and for every pool its rows."""


@dataclass(frozen=True)
class Sheet:
    """A scheme with its scored units and one snapshot of data.

    `zeroed[leaf, unit]` names the veto that zeroes a score; `facets` lists those in the data by leaf.
    """

    model: SchemeModel
    units: Sequence[Unit]
    observations: Observations
    records: Mapping[tuple[str, str], Records]
    zeroed: Mapping[tuple[str, str], str]
    facets: Mapping[str, set[str]]
    _pools: dict[str, PoolRows] = field(default_factory=dict)
    _applies: dict[str, Sequence[bool]] = field(default_factory=dict)

    @classmethod
    def lay_out(cls, model: SchemeModel, observations: Observations) -> "Sheet":
        """The sheet of a scheme and its data."""
        facets: dict[str, set[str]] = {}
        for code, facet, _ in observations.figures:
            facets.setdefault(code, set()).add(facet)
        units = queries.scored_units(model)
        zeroed = find_zeroed(model, observations)
        return cls(model, units, observations, observations.records_of(), zeroed, facets)

    def find_written(self, leaf: str, facet: str, unit: str) -> Cell | None:
        """A figure of the data, or the reason it is not there; None where nothing was written."""
        written = self.observations.figures.get((leaf, facet, unit))
        return None if written is Absence.EMPTY else written

    def applies(self, leaf: IndicatorNode) -> Sequence[bool]:
        """Row by row, whether an indicator is measured for the unit."""
        if leaf.code not in self._applies:
            self._applies[leaf.code] = [queries.applies_to(leaf, unit) for unit in self.units]
        return self._applies[leaf.code]

    def list_pools(self, pool: str) -> PoolRows:
        """The pools by which the rows are compared under indicators of one comparison pool."""
        if pool not in self._pools:
            self._pools[pool] = self._gather_pools(pool)
        return self._pools[pool]

    def _gather_pools(self, pool: str) -> PoolRows:
        groups = {unit.group: 0 for unit in self.units}
        row_of = {unit.code: row for row, unit in enumerate(self.units)}
        numbers: dict[tuple[int, ...], int] = {}
        for group in groups:
            members = queries.pool_members(self.model, pool, group)
            rows = tuple(row_of[member.code] for member in members)
            groups[group] = numbers.setdefault(rows, len(numbers))
        return [groups[unit.group] for unit in self.units], [list(rows) for rows in numbers]
