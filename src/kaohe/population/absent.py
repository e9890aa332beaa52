"""Why subjects have no score under an indicator: told from which figures they miss, where that is enough."""

from collections.abc import Iterator, Mapping, Set

import numpy as np

from kaohe.numbers.absence import Absence
from kaohe.population.program import LeafProgram
from kaohe.renderings.arrays.absences import CODE_OF, Kinds, find_absences, missing_code
from kaohe.renderings.arrays.columns import ColumnFrame, Integers

_EMPTY = CODE_OF[Absence.EMPTY]


def find_kinds(
    leaf: LeafProgram, frame: ColumnFrame, known: Mapping[str, Kinds], rows: Integers
) -> Kinds:
    """The kind of absence of each of `rows`, none of which has a score, coded as renderings.absences does.

    `known` holds a facet's codes over all subjects where any is another than nothing reported.
    """
    alone = _find_only_missing(leaf, frame, rows)
    if alone and leaf.find_deciding(frozenset({alone}), _list_unreported({alone}, known)):
        return _take_kinds(alone, known, rows)
    kinds = np.zeros(len(rows), dtype=np.int8)
    for missing, places in _group_by_missing(leaf, frame, rows):
        facet = leaf.find_deciding(missing, _list_unreported(missing, known))
        if facet is None:
            kinds[places] = find_absences(leaf.expression, frame, known, rows[places])
        else:
            kinds[places] = _take_kinds(facet, known, rows[places])
    return kinds


def _take_kinds(facet: str, known: Mapping[str, Kinds], rows: Integers) -> Kinds:
    if facet in known:
        return known[facet][rows]
    return np.full(len(rows), missing_code(facet), dtype=np.int8)


def _find_only_missing(leaf: LeafProgram, frame: ColumnFrame, rows: Integers) -> str | None:
    """The one facet that is missing anywhere, where it is so in all these rows."""
    columns = ((name, frame.facets.get(name)) for name in leaf.facets)
    gappy = [(name, column) for name, column in columns if column is None or column.extent[2]]
    if len(gappy) != 1:
        return None
    ((name, column),) = gappy
    if column is not None and not np.isnan(column.figures[rows]).all():
        return None
    return name


def _list_unreported(missing: Set[str], known: Mapping[str, Kinds]) -> frozenset[str]:
    """The facets that are nowhere missing for another reason than that nothing was reported."""
    return frozenset(name for name in missing if name not in known and missing_code(name) == _EMPTY)


def _group_by_missing(
    leaf: LeafProgram, frame: ColumnFrame, rows: Integers
) -> Iterator[tuple[frozenset[str], Integers]]:
    """The rows that miss the same facets, by their places among `rows`."""
    patterns = np.zeros(len(rows), dtype=np.int64)
    for bit, name in enumerate(leaf.facets):
        column = frame.facets.get(name)
        is_missing = True if column is None else np.isnan(column.figures[rows])
        patterns |= np.where(is_missing, 1 << bit, 0)
    for pattern in np.unique(patterns):
        missing = frozenset(name for bit, name in enumerate(leaf.facets) if pattern >> bit & 1)
        yield missing, np.flatnonzero(patterns == pattern)
