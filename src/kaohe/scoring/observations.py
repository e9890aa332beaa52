"""The data snapshot a result is a function of: figures by indicator, facet and unit, and records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kaohe.errors import Place
from kaohe.numbers.absence import Cell
from kaohe.rules.records import Item, Mark, Matter, Record, Records, Vote

FigureKey = tuple[str, str, str]
"""Indicator, facet, unit."""


@dataclass(frozen=True)
class Observations:
    """Figures and records as read, none of them derived.

    `figures[indicator, facet, unit]` is a number or the reason why there is none; `places` and
    `record_places` say where each was read and are no part of the snapshot's identity.
    """

    figures: Mapping[FigureKey, Cell]
    records: tuple[Record, ...] = ()
    places: Mapping[FigureKey, Place] = field(default_factory=dict, compare=False)
    record_places: Mapping[Record, Place] = field(default_factory=dict, compare=False)

    def records_of(self) -> dict[tuple[str, str], Records]:
        """The records by unit and indicator, in a canonical order."""
        grouped: dict[tuple[str, str], list[Record]] = {}
        for record in sorted(self.records, key=repr):
            grouped.setdefault((record.unit, record.indicator), []).append(record)
        return {key: _sort_kinds(found) for key, found in grouped.items()}


def _sort_kinds(records: Iterable[Record]) -> Records:
    found = tuple(records)
    return Records(
        matters=tuple(record for record in found if isinstance(record, Matter)),
        items=tuple(record for record in found if isinstance(record, Item)),
        marks=tuple(record for record in found if isinstance(record, Mark)),
        votes=tuple(record for record in found if isinstance(record, Vote)),
    )
