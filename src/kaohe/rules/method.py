"""What a scoring method is: its parameters, its one expression, its source and worked examples.

A method is a pydantic model whose fields are the parameters a scheme may set. Everything else,
scores, formulas in workbooks, sentences and the documentation page, follows from `expression`.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from kaohe.expressions.nodes import Named, Node, Parameter
from kaohe.language import Text
from kaohe.rules.records import Records, Reduction


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example of a method: figures of a pool in, scores out, all written as text.

    `figures` maps a facet to its column over the pool, an empty text being no figure; `records` are
    reduced to further facets, one entry a unit. `scores` are compared after rounding to the decimals
    they are written with; an empty one is no score. `reference` names the example it restates.
    """

    scores: tuple[str, ...]
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    records: tuple[Records, ...] = ()
    points: str = "100"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    higher_is_better: bool = True
    reference: str = ""


def describe(zh: str, en: str, **constraints: Any) -> Any:
    """A parameter's field with its label in both languages; without `default` it must be set."""
    return Field(title=zh, description=en, **constraints)


class Method(BaseModel):
    """Base of every scoring method.

    `is_monotone` says that a better figure never lowers the score while the others' stay; `reduced`
    lists the facets it makes of records.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, str_strip_whitespace=True
    )

    code: ClassVar[str]
    title: ClassVar[Text]
    formula: ClassVar[str]
    summary: ClassVar[Text]
    source: ClassVar[Text]
    examples: ClassVar[tuple[Example, ...]] = ()
    is_monotone: ClassVar[bool] = True
    reduced: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def expression(self, *, higher_is_better: bool) -> Named:
        """The rule as one expression; its outermost step is called `score`."""

    def directions(self) -> tuple[bool, ...]:
        """The values of `higher_is_better` that the rule, as it is set, has a meaning for."""
        return (True, False)

    def reduce_records(self, records: Records) -> Reduction:
        """The facets this method makes of a unit's records; most methods need none."""
        return Reduction()

    def describe_records(self) -> tuple[Text, ...]:
        """How records count before the rule is computed, a sentence each; none where it needs none."""
        return ()

    def figure(self, name: str) -> Parameter:
        """One of the method's parameters as a leaf of its expression."""
        described = type(self).model_fields[name]
        label = Text(described.title or name, described.description or name)
        value: Fraction = getattr(self, name)
        return Parameter(name, value, label)


def name_score(of: Node) -> Named:
    """The outermost step of every rule: the indicator's score before clamp and rounding."""
    return Named("score", Text("得分", "score"), of)
