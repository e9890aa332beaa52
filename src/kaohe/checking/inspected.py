"""What is checked: a scheme with its draft, and the data with it where there are any."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from kaohe.errors import Place
from kaohe.expressions.structure import list_facets
from kaohe.numbers.absence import Cell
from kaohe.renderings.frame import Frame
from kaohe.rules.records import Matter, Reduction
from kaohe.scheme import queries
from kaohe.scheme.draft import Draft, Path
from kaohe.scheme.indicators import IndicatorNode
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.paths import iterate_node_paths
from kaohe.scheme.units import Unit
from kaohe.scoring.leaves import make_frame
from kaohe.scoring.observations import FigureKey, Observations
from kaohe.scoring.sheet import Sheet


@dataclass(frozen=True)
class Inspected:
    """A scheme under inspection, read once for all checks."""

    model: SchemeModel
    draft: Draft
    observations: Observations | None = None

    @cached_property
    def nodes(self) -> list[tuple[IndicatorNode, Path]]:
        """Every node with its path in the draft."""
        return list(iterate_node_paths(self.model))

    @cached_property
    def leaves(self) -> list[tuple[IndicatorNode, Path]]:
        """Every leaf with its path in the draft."""
        return [(node, path) for node, path in self.nodes if not node.children]

    @cached_property
    def branches(self) -> list[tuple[IndicatorNode, Path]]:
        """Every branch with its path in the draft."""
        return [(node, path) for node, path in self.nodes if node.children]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units that get a score."""
        return queries.scored_units(self.model)

    @property
    def lists_units(self) -> bool:
        """Whether the scheme says who is assessed; a population's data do."""
        return bool(self.model.units)

    @cached_property
    def kinds(self) -> list[list[Unit]]:
        """The scored units by kind: alike in group and in the listed indicators that are their own.

        Where the scheme lists no units, one that stands for each group.
        """
        if not self.lists_units:
            return [
                [Unit(code=each.code, name=each.name, group=each.code)]
                for each in self.model.groups
            ]
        kinds: dict[queries.UnitKind, list[Unit]] = {}
        for kind, unit in zip(queries.tell_apart(self.model, self.units), self.units, strict=True):
            kinds.setdefault(kind, []).append(unit)
        return list(kinds.values())

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups that have scored units, in the order of the scheme."""
        used = {unit.group for unit in self.units}
        return tuple(group.code for group in self.model.groups if group.code in used)

    @cached_property
    def matters(self) -> list[Matter]:
        """The matters among the data."""
        records = self.observations.records if self.observations else ()
        return [record for record in records if isinstance(record, Matter)]

    @cached_property
    def figures(self) -> Mapping[FigureKey, Cell]:
        """The figures among the data."""
        return self.observations.figures if self.observations else {}

    @property
    def data_file(self) -> str:
        """The file of the first figure: where something is missing nothing has a place."""
        places = self.observations.places if self.observations else {}
        return next((place.file for place in places.values()), "")

    @cached_property
    def _facets(self) -> dict[str, frozenset[str]]:
        return {
            leaf.code: frozenset(facet.name for facet in list_facets(leaf.expression))
            for leaf, _ in self.leaves
        }

    @cached_property
    def _applicable(self) -> dict[str, tuple[Unit, ...]]:
        return {
            leaf.code: tuple(unit for unit in self.units if queries.applies_to(leaf, unit))
            for leaf, _ in self.leaves
        }

    def facets_of(self, leaf: IndicatorNode) -> frozenset[str]:
        """The facets a leaf's rule reads."""
        return self._facets[leaf.code]

    def units_of(self, leaf: IndicatorNode) -> tuple[Unit, ...]:
        """The scored units a leaf applies to."""
        return self._applicable[leaf.code]

    def groups_of(self, leaf: IndicatorNode) -> list[str]:
        """The groups of the units a leaf applies to, in the order of the units; where none are listed, all it is for."""
        units = self.units_of(leaf)
        if not self.lists_units:
            units = tuple(each for each, *_ in self.kinds if queries.applies_to(leaf, each))
        return list(dict.fromkeys(unit.group for unit in units))

    def most_points(self, node: IndicatorNode) -> Fraction:
        """A node's points for the unit for which it has most."""
        points = (queries.points_of(node, unit) for unit, *_ in self.kinds)
        return max(points, default=Fraction(0))

    def figure(self, leaf: IndicatorNode, unit: Unit, facet: str) -> Fraction | None:
        """A figure as scoring takes it: from the data, or planned in the scheme, with those of merged units."""
        if leaf.code not in self._frames:
            self._frames[leaf.code] = make_frame(leaf, self._sheet, [Reduction()] * len(self.units))
        cell = self._frames[leaf.code].column(facet)[self._rows[unit.code]]
        if isinstance(cell, Fraction):
            return cell
        return queries.planned_figure(leaf, unit.code, facet)

    @cached_property
    def _sheet(self) -> Sheet:
        return Sheet.lay_out(self.model, self.observations or Observations({}))

    @cached_property
    def _frames(self) -> dict[str, Frame]:
        return {}

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {unit.code: row for row, unit in enumerate(self.units)}

    def place_figure(self, key: FigureKey) -> Place:
        """Where a figure was read."""
        places = self.observations.places if self.observations else {}
        indicator, facet, unit = key
        return places.get(key, Place(key=f"{indicator}.{facet}.{unit}"))

    def place_matter(self, matter: Matter) -> Place:
        """Where a matter was read."""
        places = self.observations.record_places if self.observations else {}
        return places.get(matter, Place(key=matter.code))


def list_some(names: Iterable[str], most: int = 5) -> tuple[str, str]:
    """The first few of a list of names in Chinese and in English, saying how many more there are."""
    found = list(names)
    shown, more = found[:most], len(found) - most
    zh, en = "、".join(shown), ", ".join(shown)
    return (f"{zh}等{len(found)}个", f"{en} and {more} more") if more > 0 else (zh, en)
