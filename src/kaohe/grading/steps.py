"""One printable step of a ranking, a grading or an allocation."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from kaohe.language import Language, Text
from kaohe.numbers.writing import write_number


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence anybody can follow, and the exact figures it speaks of by name."""

    text: Text
    figures: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An exact figure that a sentence shows otherwise than in full."""

    figure: Fraction
    words: str


def show_percent(share: Fraction) -> Shown:
    """A share as people say it: 15%."""
    return Shown(share, f"{_cut_endless(share * 100)}%")


def show_decimal(value: Fraction) -> Shown:
    """A figure in decimals, which end in … where it never ends: 27.3995…"""
    return Shown(value, _cut_endless(value))


def _cut_endless(value: Fraction) -> str:
    written = write_number(value)
    if "/" not in written:
        return written
    return f"{write_number(Fraction(floor(value * 10_000), 10_000), decimals=4)}…"


Part = Fraction | int | str | Text | Shown


def tell_step(zh: str, en: str, **parts: Part) -> Step:
    """A step from its sentence in both languages; `{name}` stands for the part of that name.

    Numbers among the parts become the step's figures; words are put in as they are.
    """
    figures = {
        name: Fraction(part.figure if isinstance(part, Shown) else part)
        for name, part in parts.items()
        if isinstance(part, Fraction | int | Shown)
    }
    text = Text(
        zh.format(**{name: _write(part, "zh") for name, part in parts.items()}),
        en.format(**{name: _write(part, "en") for name, part in parts.items()}),
    )
    return Step(text, tuple(figures.items()))


def _write(part: Part, language: Language) -> str:
    match part:
        case Text():
            return part.say(language)
        case Shown():
            return part.words
        case str():
            return part
        case _:
            return write_number(Fraction(part))
