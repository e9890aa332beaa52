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
from pydantic.fields import FieldInfo

from kaohe.expressions.nodes import Named, Node, Parameter
from kaohe.expressions.writing import POINTS
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


@dataclass(frozen=True, slots=True)
class Note:
    """How a parameter is set, where its label does not say: on its page, in the template, in the JSON Schema."""

    text: Text

    def __call__(self, schema: dict[str, Any]) -> None:
        """Write the note into the parameter's JSON Schema, behind its label."""
        schema["description"] += f" ({self.text.en})"


STEP_MODES = (
    "linear＝按比例，floor＝满一步计一步，ceil＝不足一步按一步",
    "`linear`: parts of a step count; `floor`: whole steps only; `ceil`: a begun step counts whole",
)
TIES = (
    "lowest＝并列取前位，average＝取平均，highest＝取后位，dense＝不占位",
    "tied units take the better place: `lowest`, the mean: `average`, the worse: `highest`, or one: `dense`",
)
POINTS_AS_CAP = ("points＝以本项分值为限", "`points` for the indicator's own")


def describe(zh: str, en: str, note: tuple[str, str] | None = None, **constraints: Any) -> Any:
    """A parameter's field: the short label that sentences use, and a note on how it is set.

    Both are in Chinese and in English; without `default` the parameter must be set.
    """
    shown = None if note is None else Note(Text(*note))
    return Field(title=zh, description=en, json_schema_extra=shown, **constraints)


def explain_field(name: str, field: FieldInfo) -> Text:
    """What a parameter is: its label, with the note on how it is set."""
    zh, en, note = field.title or name, field.description or name, field.json_schema_extra
    if isinstance(note, Note):
        return Text(f"{zh}（{note.text.zh}）", f"{en} ({note.text.en})")
    return Text(zh, en)


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

    def figure_or_points(self, name: str) -> Node:
        """A parameter as a leaf; the indicator's own points where it is empty or says `points`."""
        return POINTS if getattr(self, name) in (None, "points") else self.figure(name)


def name_score(of: Node) -> Named:
    """The outermost step of every rule: the indicator's score before clamp and rounding."""
    return Named("score", Text("得分", "score"), of)
