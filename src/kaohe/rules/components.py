"""Several rules put together, each for its share of the points."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from string import ascii_lowercase
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from kaohe.expressions.nodes import Add, Facet, Named, Node, Parameter, Points
from kaohe.expressions.structure import rewrite
from kaohe.language import Text
from kaohe.rules.composites import FacetName
from kaohe.rules.families import PlainRule
from kaohe.rules.method import Example, Method, describe, name_score
from kaohe.rules.parameters import Share
from kaohe.rules.records import Records, Reduction


class Component(BaseModel):
    """One rule among several: its share of the points, and where it reads other facets."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    rule: PlainRule = describe("计分办法", "the rule")
    share: Share = describe("所占比重", "share of the points", gt=0)
    name: str = describe("名称", "what it is called", default="")
    facets: dict[FacetName, FacetName] = describe(
        "数据项替换",
        "facets read instead",
        ("如 value: growth 表示按增幅计分", "value: growth, for instance"),
        default_factory=dict,
    )

    def label(self, number: int) -> Text:
        """What the component is called in receipts."""
        if self.name:
            return Text(self.name, self.name)
        title = self.rule.title
        return Text(f"第{number}部分（{title.zh}）", f"part {number} ({title.en})")


class Components(Method):
    """Several rules, each scoring its share of the points, added up."""

    method: Literal["components"] = "components"
    parts: tuple[Component, ...] = describe("各部分", "the parts", min_length=2, max_length=10)

    code: ClassVar = "R33"
    title: ClassVar = Text("组合计分法", "Several rules together")
    formula: ClassVar = "S = Σ rule_k(share_k·w), Σ share_k = 1"
    summary: ClassVar = Text(
        "一个指标由几种计分办法组成，各占本项分值的一定比重，分别计分后相加。",
        "One indicator scored by several rules, each for its share of the points, added up.",
    )
    source: ClassVar = Text(
        "贵阳市目标绩效考核计分细则等：完成率八成、贡献率二成",
        "Guiyang, scoring rules of target assessment, and others: completion 80 %, contribution 20 %",
    )
    is_monotone: ClassVar = False
    examples: ClassVar = (
        Example(
            points="10",
            figures={"value": ("120", "60", "30"), "target": ("100", "80", "30")},
            parameters={
                "parts": [
                    {"rule": {"method": "target_ratio"}, "share": "80%"},
                    {"rule": {"method": "contribution", "completion_share": 0}, "share": "20%"},
                ],
            },
            scores=("10", "7", "8.5"),
            reference="R20",
        ),
        Example(
            points="10",
            figures={"value": ("200", "150", "100"), "growth": ("5", "9", "7")},
            parameters={
                "parts": [
                    {"name": "静态", "rule": {"method": "R04"}, "share": "0.4"},
                    {
                        "name": "动态", "rule": {"method": "R04"}, "share": "0.6",
                        "facets": {"value": "growth"},
                    },
                ],
            },
            scores=("7.6", "9.2", "7.2"),
            reference="R05",
        ),
    )  # fmt: skip

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum((part.share for part in self.parts), Fraction(0))
        if total != 1:
            raise ValueError(
                f"各部分比重之和为 {total}，须等于 1\nthe shares add up to {total}, not to 1"
            )
        return self

    def directions(self) -> tuple[bool, ...]:
        """What all parts have a meaning for."""
        allowed = [part.rule.directions() for part in self.parts]
        return tuple(way for way in (True, False) if all(way in ways for ways in allowed))

    def expression(self, *, higher_is_better: bool) -> Named:
        """The steps of every part, each by its own name → score."""
        embeddings = self._embeddings()
        scores = [each.embed(higher_is_better=higher_is_better) for each in embeddings]
        return name_score(Add(tuple(scores)))

    def reduce_records(self, records: Records) -> Reduction:
        """The facets of every part, each by its own name."""
        reductions = [each.reduce(records) for each in self._embeddings()]
        facets = {name: cell for each in reductions for name, cell in each.facets.items()}
        return Reduction(facets, tuple(line for each in reductions for line in each.lines))

    def describe_records(self) -> tuple[Text, ...]:
        """How records count in every part."""
        return tuple(
            each.call(line)
            for each in self._embeddings()
            for line in each.part.rule.describe_records()
        )

    def _embeddings(self) -> list["_Embedding"]:
        found: list[_Embedding] = []
        taken: set[str] = set()
        for number, part in enumerate(self.parts, start=1):
            letter = ascii_lowercase[number - 1]
            renamed = {name: f"{name}_{letter}" for name in part.rule.reduced if name in taken}
            taken |= set(part.rule.reduced)
            found.append(_Embedding(part, letter, part.label(number), renamed))
        return found


@dataclass(frozen=True, slots=True)
class _Embedding:
    """One part inside the whole: its names get a letter, its points its share.

    `renamed` holds the facets made of records that an earlier part makes too.
    """

    part: Component
    letter: str
    label: Text
    renamed: Mapping[str, str]

    def embed(self, *, higher_is_better: bool) -> Node:
        """The part's expression under names of its own."""
        return rewrite(self.part.rule.expression(higher_is_better=higher_is_better), self._change)

    def reduce(self, records: Records) -> Reduction:
        """The facets the part makes of the records."""
        reduction = self.part.rule.reduce_records(records)
        facets = {self.renamed.get(name, name): cell for name, cell in reduction.facets.items()}
        lines = (line._replace(text=self.call(line.text)) for line in reduction.lines)
        return Reduction(facets, tuple(lines))

    def call(self, line: Text) -> Text:
        """A line or label with the part's own in front."""
        return Text(f"{self.label.zh}：{line.zh}", f"{self.label.en}: {line.en}")

    def _change(self, node: Node) -> Node | None:
        match node:
            case Points():
                share = Text("所占比重", "share of the points")
                return node * Parameter(f"{self.letter}_share", self.part.share, share)
            case Facet(name=name):
                names = {**self.renamed, **self.part.facets}
                return Facet(names[name]) if name in names else None
            case Parameter():
                return replace(node, name=f"{self.letter}_{node.name}")
            case Named(name=name, of=of):
                return Named(f"{self.letter}_{name}", self._label(node), rewrite(of, self._change))
        return None

    def _label(self, step: Named) -> Text:
        return Text(f"{self.label.zh}·{step.label.zh}", f"{self.label.en} · {step.label.en}")
