"""One printable step of a ranking, a grading or an allocation."""

from dataclasses import dataclass
from fractions import Fraction

from kaohe.language import Language, Text
from kaohe.numbers.writing import write_number


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence anybody can follow, and the exact figures it speaks of by name."""

    text: Text
    figures: tuple[tuple[str, Fraction], ...] = ()


def tell_step(zh: str, en: str, **parts: Fraction | int | str | Text) -> Step:
    """A step from its sentence in both languages; `{name}` stands for the part of that name.

    Numbers among the parts become the step's figures; words are put in as they are.
    """
    figures = {
        name: Fraction(part) for name, part in parts.items() if isinstance(part, Fraction | int)
    }
    text = Text(
        zh.format(**{name: _write(part, "zh") for name, part in parts.items()}),
        en.format(**{name: _write(part, "en") for name, part in parts.items()}),
    )
    return Step(text, tuple(figures.items()))


def _write(part: Fraction | int | str | Text, language: Language) -> str:
    match part:
        case Text():
            return part.say(language)
        case str():
            return part
        case _:
            return write_number(Fraction(part))
