"""What is recorded about a unit besides plain figures: matters, items, panel marks and ballots.

They are reduced to plain facets before a rule is computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from kaohe.language import Text
from kaohe.numbers.absence import Cell

MatterStatus = Literal["counted", "refused", "pending"]
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Matter:
    """A countable event, award or claim with a document and a date.

    `code` is the identity of the matter: the same matter filed twice counts once, at its highest
    level. `count` is how many events it stands for, `share` this unit's part of a joint matter,
    `points` a value fixed by a document instead of the level's, `tolerance` what is left of a
    deduction after a ruling on tolerance (0 … 1).
    """

    code: str
    unit: str
    indicator: str
    level: str = ""
    date: str = ""
    document: str = ""
    title: str = ""
    count: Fraction = ONE
    share: Fraction = ONE
    points: Fraction | None = None
    tolerance: Fraction = ONE
    status: MatterStatus = "counted"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A weighted part of an indicator: its weight, difficulty and completion (0 … 1)."""

    code: str
    unit: str
    indicator: str
    completion: Fraction
    weight: Fraction = ONE
    difficulty: Fraction = ONE


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark one scorer of a panel gave, with the scorer's class where classes weigh differently."""

    scorer: str
    unit: str
    indicator: str
    points: Fraction
    scorer_class: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """How many ballots of one voter class chose one option for a unit."""

    unit: str
    indicator: str
    option: str
    count: Fraction
    voter_class: str = ""


Record = Matter | Item | Mark | Vote


@dataclass(frozen=True, slots=True)
class Records:
    """Everything recorded for one unit under one indicator."""

    matters: Sequence[Matter] = ()
    items: Sequence[Item] = ()
    marks: Sequence[Mark] = ()
    votes: Sequence[Vote] = ()


class RecordLine(NamedTuple):
    """How records counted, and which they were; a line about no record in particular names none."""

    text: Text
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Reduction:
    """Plain facets made of records, and lines that say how they counted."""

    facets: dict[str, Cell] = field(default_factory=dict)
    lines: tuple[RecordLine, ...] = ()
