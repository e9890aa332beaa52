"""Whose every indicator is, and with whom each subject is compared: read off a scheme, over columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kaohe.population.program import LeafProgram, Program
from kaohe.population.subjects import PARTICIPATIONS, RANKED, Population
from kaohe.renderings.arrays.columns import Integers, Mask, PoolOrder, sort_codes
from kaohe.scheme import queries
from kaohe.scheme.units import Unit


@dataclass(frozen=True)
class Kind:
    """Subjects alike in group and own indicators, who add up alike: one of them, and their rows.

    `rows` is None where they are the whole population.
    """

    key: queries.UnitKind
    unit: Unit
    rows: Integers | None


class Roster:
    """A population under a scheme: ownership of indicators, comparison pools, kinds."""

    def __init__(self, program: Program, population: Population) -> None:
        self.program = program
        self.population = population
        self._pools: dict[str, PoolOrder] = {}

    def look_at(self, program: Program, population: Population) -> "Roster":
        """The same subjects with other figures or part of the program; pools are sorted once for all."""
        other = Roster(program, population)
        other._pools = self._pools
        return other

    @cached_property
    def _listed_rows(self) -> dict[str, int]:
        """The row of every subject here that an indicator names."""
        listed = self.program.listed
        if not listed:
            return {}
        rows, places = self.population.find_rows(listed)
        return {listed[place]: int(row) for row, place in zip(rows, places, strict=True)}

    def _mark(self, codes: Sequence[str]) -> Mask:
        marked = np.zeros(len(self.population), dtype=bool)
        marked[[self._listed_rows[code] for code in codes if code in self._listed_rows]] = True
        return marked

    def belongs(self, leaf: LeafProgram) -> Mask | None:
        """Whose an indicator is at all; None where it is everybody's."""
        of_group = None
        if not all(leaf.belongs):
            of_group = np.array(leaf.belongs)[self.population.group]
        if leaf.listed is None:
            return of_group
        listed = self._mark(leaf.listed)
        return listed if of_group is None else listed & of_group

    def applies(self, leaf: LeafProgram) -> Mask | None:
        """For whom an indicator is measured; None where it is for everybody."""
        belongs = self.belongs(leaf)
        if not leaf.exempted:
            return belongs
        exempted = self._mark(leaf.exempted)
        return ~exempted if belongs is None else belongs & ~exempted

    @cached_property
    def nobody(self) -> PoolOrder:
        """The pools of indicators that compare nobody: the rows as they stand."""
        return PoolOrder.sort(np.zeros(len(self.population), dtype=np.int64))

    def pools(self, pool: str) -> PoolOrder:
        """The comparison pools of indicators of one pool: a pool of the scheme, or everybody's group."""
        if pool not in self.program.model.pools_by_code:
            pool = ""
        if pool not in self._pools:
            self._pools[pool] = self._sort_pools(pool)
        return self._pools[pool]

    def _sort_pools(self, pool: str) -> PoolOrder:
        people, model = self.population, self.program.model
        counted = [each in model.peers for each in PARTICIPATIONS]
        members = np.array(counted)[people.participation]
        chosen = model.pools_by_code.get(pool)
        if chosen is None:
            return PoolOrder.sort(people.group, None if members.all() else members)
        members &= np.array([group in chosen.groups for group in self.program.groups])[people.group]
        if chosen.units:
            members[people.find_rows(chosen.units)[0]] = True
        everybody = np.zeros(len(people), dtype=np.int64)
        return PoolOrder.sort(everybody, None if members.all() else members)

    def zeroed(self, leaf: LeafProgram) -> Mask | None:
        """Whose score under an indicator a veto makes zero; None where nobody's."""
        model, met = self.program.model, self.population.vetoes
        marks = [
            met[veto.code] > 0
            for veto in model.vetoes
            if veto.code in met and leaf.code in self.program.zeroes.get(veto.code, ())
        ]
        if not marks:
            return None
        struck: Mask = np.logical_or.reduce(marks)
        return struck

    @cached_property
    def ranked(self) -> Mask:
        """Who takes a place."""
        return np.asarray(self.population.participation == RANKED)

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of subjects here, as queries.tell_apart tells them."""
        labels = self.population.group.astype(np.int64)
        found: list[tuple[queries.UnitKind, Unit]] = [
            ((code, frozenset()), self._name(code)) for code in self.program.groups
        ]
        numbers: dict[queries.UnitKind, int] = {}
        owners = self._list_owners()
        units = [unit for _, unit in owners]
        keys = queries.tell_apart(self.program.model, units) if owners else []
        for (row, unit), key in zip(owners, keys, strict=True):
            if key[1] and key not in numbers:
                numbers[key] = len(found)
                found.append((key, unit))
            labels[row] = numbers.get(key, labels[row])
        counts = np.bincount(labels, minlength=len(found))
        present = np.flatnonzero(counts)
        if len(present) == 1:
            key, unit = found[int(present[0])]
            return (Kind(key, unit, None),)
        rows = np.split(sort_codes(labels), np.cumsum(counts)[:-1])
        return tuple(
            Kind(key, unit, rows[number])
            for number, (key, unit) in enumerate(found)
            if counts[number]
        )

    def _list_owners(self) -> list[tuple[int, Unit]]:
        """The rows named by an indicator, each with a unit of its code and group."""
        codes = list(self.program.groups)
        return [
            (row, self._name(codes[self.population.group[row]], code))
            for code, row in self._listed_rows.items()
        ]

    @staticmethod
    def _name(group: str, code: str = "") -> Unit:
        """A unit as far as ownership of indicators asks: a group, and its code where one is named."""
        return Unit.model_construct(code=code, group=group)
