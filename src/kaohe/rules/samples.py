"""Records written short, for the worked examples of methods."""

from collections.abc import Mapping
from fractions import Fraction

from kaohe.rules.records import Item, Mark, Matter, Records, Vote


def sample_matters(*levels: str, **fields: str) -> Records:
    """One matter of each level; `fields` holds further numbers, the same for all of them."""
    numbers = {name: Fraction(text) for name, text in fields.items()}
    return Records(
        matters=tuple(
            Matter(f"M{number}", "", "", level=level, **numbers)  # type: ignore[arg-type]
            for number, level in enumerate(levels, start=1)
        )
    )


def sample_items(*items: tuple[str, str, str]) -> Records:
    """Items given as weight, difficulty and completion."""
    return Records(
        items=tuple(
            Item(f"T{number}", "", "", Fraction(done), Fraction(weight), Fraction(difficulty))
            for number, (weight, difficulty, done) in enumerate(items, start=1)
        )
    )


def sample_marks(*marks: str, **by_class: tuple[str, ...]) -> Records:
    """Marks of a panel, a scorer each: of no class, or of the classes named."""
    given = [("", mark) for mark in marks]
    given += [(name, mark) for name, of_class in by_class.items() for mark in of_class]
    return Records(
        marks=tuple(
            Mark(f"S{number}", "", "", Fraction(mark), scorer_class)
            for number, (scorer_class, mark) in enumerate(given, start=1)
        )
    )


def sample_votes(**by_class: Mapping[str, int]) -> Records:
    """Ballots counted by option, for each voter class (`everybody` for none)."""
    return Records(
        votes=tuple(
            Vote("", "", option, Fraction(count), "" if voters == "everybody" else voters)
            for voters, options in by_class.items()
            for option, count in options.items()
        )
    )
