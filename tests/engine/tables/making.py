"""What a maker of rules decides: the rule, its direction, and what the figures are like."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from kaohe.numbers.writing import write_number
from kaohe.rules.catalogue import BY_NAME
from kaohe.rules.method import Method
from tests.engine.tables.figures import Size

MODES = ("linear", "floor", "ceil")
TIES = ("lowest", "average", "highest", "dense")


@dataclass(frozen=True)
class Setting:
    """A rule ready for a table; `edges` are figures at which it decides, `sizes` those of facets."""

    rule: Method
    edges: Sequence[Fraction] = ()
    sizes: Mapping[str, Size] = field(default_factory=dict)


Maker = Callable[[Random, Size], Setting]


def set_rule(name: str, *edges: Fraction, **parameters: Any) -> Setting:
    """A rule by its name and parameters; one that is None is left at its default."""
    given = {key: value for key, value in parameters.items() if value is not None}
    return Setting(BY_NAME[name](**given), edges)


def write_all(numbers: Sequence[Fraction]) -> list[str]:
    """Numbers as a scheme writes them."""
    return [write_number(number) for number in numbers]
