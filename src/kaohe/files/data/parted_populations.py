"""A population larger than memory, parted: its figures wait in a folder, and those compared stand together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from kaohe.files.data.folder_store import BLOCK, FolderStore
from kaohe.files.data.population_columns import pick_rows
from kaohe.files.data.population_files import PopulationFiles
from kaohe.population.families import Families
from kaohe.population.subjects import FacetKey, Population
from kaohe.renderings.arrays.absences import Kinds
from kaohe.renderings.arrays.columns import FacetColumn, Integers
from kaohe.renderings.arrays.settling import MISSING_SCORE
from kaohe.scheme.indicators import IndicatorNode

Rows = slice | Integers
Facets = tuple[Mapping[FacetKey, FacetColumn], Mapping[FacetKey, Kinds]]
Tell = Callable[[int, int], None]
"""Told how many steps of how many are done."""


@dataclass(frozen=True)
class _Kept:
    """Where one facet is: its numerators and kinds of absence by their numbers in the store."""

    numbers: int
    denominator: int
    kinds: int | None


class PartedPopulation:
    """Subjects family by family, families in the order of their groups; `parts` are the rows scored together."""

    def __init__(
        self, table: PopulationFiles, people: Population, families: Families, folder: Path,
        most_rows: int, tell: Tell,
    ) -> None:  # fmt: skip
        self._order = (
            None if (np.diff(families) >= 0).all() else np.argsort(families, kind="stable")
        )
        self.people = people if self._order is None else pick_rows(people, self._order)
        self.parts = _pack_families(np.bincount(families), most_rows)
        self._kept: dict[FacetKey, _Kept | FacetColumn] = {}
        self._store = FolderStore(folder, 2 * len(table.leaves), len(people))
        self._used = 0
        for number, read in enumerate(_read_ahead(table)):
            tell(number, len(table.leaves) + len(self.parts))
            self._keep(*read)

    def _keep(
        self, facets: Mapping[FacetKey, FacetColumn], kinds: Mapping[FacetKey, Kinds]
    ) -> None:
        for key, column in facets.items():
            codes = kinds.get(key)
            if codes is None and column.figures.strides == (0,):  # one figure for all
                self._kept[key] = column
                continue
            self._kept[key] = _Kept(
                self._put_figures(column),
                column.denominator,
                None if codes is None else self._put_codes(codes),
            )

    def _put_figures(self, column: FacetColumn) -> int:
        has_gaps = bool(np.isnan(np.add.reduce(column.figures)))
        take = partial(_take_wholes, column, has_gaps=has_gaps)
        return self._put(take, _find_most(column), has_gaps=has_gaps)

    def _put_codes(self, codes: Kinds) -> int:
        return self._put(lambda rows: codes[rows].astype(np.int64), int(codes.max()))

    def _put(self, take: Callable[[Rows], Integers], most: int, *, has_gaps: bool = False) -> int:
        """Keep what `take` gives of rows, family by family; the number it has in the store."""
        count, order = len(self.people), self._order
        cuts = (slice(at, min(at + BLOCK, count)) for at in range(0, count, BLOCK))
        blocks = (take(rows if order is None else order[rows]) for rows in cuts)
        self._store.put_blocks(self._used, blocks, most, has_gaps=has_gaps)
        self._used += 1
        return self._used - 1

    def take_people(self, rows: slice) -> Population:
        """Some of the subjects, without their figures."""
        people = self.people
        rank = people.previous_rank
        return replace(
            people,
            codes=people.codes[rows],
            group=people.group[rows],
            participation=people.participation[rows],
            previous_rank=None if rank is None else replace(rank, figures=rank.figures[rows]),
            vetoes={code: hits[rows] for code, hits in people.vetoes.items()},
            levels={key: marks[rows] for key, marks in people.levels.items()},
        )

    def take(self, rows: slice) -> Population:
        """Some of the subjects with everything known of them."""
        facets, absences = self._read(list(self._kept), rows)
        return replace(self.take_people(rows), facets=facets, absences=absences)

    def read_leaf(
        self, leaf: IndicatorNode, rows: slice
    ) -> tuple[Mapping[FacetKey, FacetColumn], Mapping[FacetKey, Kinds]]:
        """The figures of one indicator, of some of the subjects."""
        return self._read([key for key in self._kept if key[0] == leaf.code], rows)

    def _read(
        self, keys: Sequence[FacetKey], rows: slice
    ) -> tuple[dict[FacetKey, FacetColumn], dict[FacetKey, Kinds]]:
        facets, absences = {}, {}
        for key in keys:
            kept = self._kept[key]
            if isinstance(kept, FacetColumn):
                facets[key] = replace(kept, figures=kept.figures[rows])
                continue
            wholes = self._store[kept.numbers, rows]
            figures = np.where(wholes == MISSING_SCORE, np.nan, wholes / float(kept.denominator))
            facets[key] = FacetColumn(figures, kept.denominator)
            if kept.kinds is not None:
                absences[key] = self._store[kept.kinds, rows].astype(np.int8)
        return facets, absences


def _read_ahead(table: PopulationFiles) -> Iterator[Facets]:
    """The figures of every indicator in turn, the next being read while one is put away."""
    with ThreadPoolExecutor(1) as worker:
        coming: list[Future[Facets]] = []
        for leaf in table.leaves:
            coming.append(worker.submit(table.read_leaf, leaf))
            if len(coming) > 1:
                yield coming.pop(0).result()
        for last in coming:
            yield last.result()


def _take_wholes(column: FacetColumn, rows: Rows, *, has_gaps: bool) -> Integers:
    """The numerators of some rows; MISSING_SCORE where there is no figure."""
    scaled = column.figures[rows] * float(column.denominator)
    if not has_gaps:
        return np.rint(scaled).astype(np.int64)
    missing = np.isnan(scaled)
    wholes = np.rint(np.where(missing, 0.0, scaled)).astype(np.int64)
    wholes[missing] = MISSING_SCORE
    return wholes


def _find_most(column: FacetColumn) -> int:
    """The largest numerator, signs aside."""
    edges = (pick.reduce(column.figures, initial=0.0) for pick in (np.fmin, np.fmax))
    return max(abs(round(float(edge) * column.denominator)) for edge in edges)


def _pack_families(counts: Integers, most: int) -> list[slice]:
    """Consecutive families, as many to a part as have at most `most` rows together; a larger one is alone."""
    ends: list[int] = []
    start = end = 0
    for count in counts[counts > 0].tolist():
        if end > start and end + count - start > most:
            ends.append(end)
            start = end
        end += count
    ends.append(end)
    return [slice(one, other) for one, other in zip([0, *ends], ends, strict=False)]
