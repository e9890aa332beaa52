"""Random records: matters, items, marks and ballots, with doubles, unknown levels and gaps."""

from fractions import Fraction
from random import Random

from kaohe.rules.records import Item, Mark, Matter, Records, Vote

LEVELS = ("national", "provincial", "city")
OPTIONS = ("good", "fair", "poor")
CLASSES = ("leaders", "staff")
_PARTS = (Fraction(1), Fraction(1), Fraction(1, 2), Fraction(1, 3))


def make_records(random: Random) -> Records:
    """Everything recorded for one unit; each kind may be missing."""
    return Records(
        matters=[_make_matter(random) for _ in range(random.randint(0, 4))],
        items=[_make_item(random) for _ in range(random.randint(0, 4))],
        marks=_make_marks(random),
        votes=[_make_vote(random) for _ in range(random.randint(0, 5))],
    )


def _make_matter(random: Random) -> Matter:
    level = random.choice(LEVELS) if random.random() < 0.95 else "unheard of"
    return Matter(
        code=f"M{random.randint(1, 5)}",
        unit="",
        indicator="",
        level=level,
        share=random.choice(_PARTS),
        points=random.choice([None, None, None, Fraction("0.40005"), Fraction(10)]),
        tolerance=random.choice([Fraction(1), Fraction(1), Fraction("0.35")]),
        status=random.choice(["counted", "counted", "counted", "pending"]),
    )


def _make_item(random: Random) -> Item:
    done = Fraction(random.randint(0, 8), 8) if random.random() < 0.95 else Fraction(6, 5)
    difficulty = Fraction(random.choice(["1", "1.2", "1.5"]))
    return Item("", "", "", done, Fraction(random.randint(1, 5)), difficulty)


def _make_marks(random: Random) -> list[Mark]:
    marks = [Fraction(random.randint(120, 200), 2) for _ in range(random.randint(0, 7))]
    return [
        Mark(f"S{number}", "", "", points, random.choice(CLASSES))
        for number, points in enumerate(marks)
    ]


def _make_vote(random: Random) -> Vote:
    option = random.choice([*OPTIONS, "unsure"])
    return Vote("", "", option, Fraction(random.randint(0, 9)), random.choice(CLASSES))
