"""Methods that put scores given elsewhere together: by departments, or by another scheme."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kaohe.expressions.nodes import Facet, Named, Node, WeightedMean, as_node
from kaohe.expressions.writing import POINTS, VALUE
from kaohe.language import Text
from kaohe.rules.method import Example, Method, describe, name_score
from kaohe.rules.movements import require_rank, take_place
from kaohe.rules.parameters import Exact, Weight
from kaohe.rules.places import check_descending

FacetName = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]
_PROCESS = ("finance", "reform", "trade", "commerce", "farming", "statistics", "science", "safety")


MISSING_PARTS = (
    "refuse＝缺数，renormalise＝其余按权重折算",
    "`refuse` the whole, or `renormalise` the others",
)


class WeightedPart(BaseModel):
    """One score among several: the facet that holds it, what it is called, and its weight."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facet: FacetName = describe("数据项", "facet")
    name: str = describe("名称", "name", default="")
    weight: Weight = describe("权重", "weight")

    def as_node(self) -> Node:
        """The score, called by its name."""
        return Facet(self.facet, Text(self.name, self.name) if self.name else None)


class WeightedScores(Method):
    """The weighted mean of scores that several departments gave, folded to the points."""

    method: Literal["weighted_scores"] = "weighted_scores"
    parts: tuple[WeightedPart, ...] = describe("各部分", "the parts", min_length=1)
    full: Exact = describe("各部分满分", "full marks of each part", default=100, gt=0)
    missing: Literal["refuse", "renormalise"] = describe(
        "缺一部分时", "with a part missing", MISSING_PARTS
    )

    code: ClassVar = "R23"
    title: ClassVar = Text("多部门加权法", "Scores of several departments")
    formula: ClassVar = "S = w·(Σ weight·score/Σ weight)/full"
    summary: ClassVar = Text(
        "各部门（各部分）分别评分，按权重平均后折算；有部门未评分的，或等其补齐，或按其余权重折算。",
        "Several departments score; the weighted mean is folded to the points; a missing one waits or is left out.",
    )
    source: ClassVar = Text(
        "南通市港闸区经济与城建考核（2008年）：过程考核由八个部门按权重评分",
        "Nantong Gangzha 2008: process scored by eight departments with weights",
    )
    examples: ClassVar = (
        Example(
            figures=dict(zip(_PROCESS, (("92",), ("88",), ("95",), ("90",), ("85",), ("93",), ("80",), ("97",)), strict=True)),
            parameters={
                "missing": "refuse",
                "parts": [
                    {"facet": facet, "weight": weight}
                    for facet, weight in zip(_PROCESS, (8, 30, 20, 20, 4, 6, 6, 6), strict=True)
                ],
            },
            scores=("90.36",),
            reference="E37",
        ),
        Example(
            points="150",
            figures={"year_end": ("138",), "routine": ("141",)},
            parameters={
                "missing": "refuse", "full": 150,
                "parts": [
                    {"facet": "year_end", "name": "年终考核", "weight": "0.7"},
                    {"facet": "routine", "name": "平时考核", "weight": "0.3"},
                ],
            },
            scores=("138.900",),
            reference="E41",
        ),
        Example(
            points="150",
            figures={"year_end": ("138",), "routine": ("141",), "social": ("132",)},
            parameters={
                "missing": "refuse", "full": 150,
                "parts": [
                    {"facet": "year_end", "name": "年终考核", "weight": "0.56"},
                    {"facet": "routine", "name": "平时考核", "weight": "0.24"},
                    {"facet": "social", "name": "社会评价", "weight": "0.2"},
                ],
            },
            scores=("137.520",),
            reference="E41",
        ),
        Example(
            figures={"task": ("138.9",), "social": ("132",)},
            parameters={
                "missing": "refuse", "full": 150,
                "parts": [{"facet": "task", "weight": 80}, {"facet": "social", "weight": 20}],
            },
            scores=("91.680",),
            reference="E41",
        ),
        Example(
            figures={"team": ("91.09",), "ballot": ("94",), "superior": ("90",)},
            parameters={
                "missing": "refuse",
                "parts": [
                    {"facet": "team", "name": "单位考核", "weight": 70},
                    {"facet": "ballot", "name": "民主测评", "weight": 20},
                    {"facet": "superior", "name": "上级评价", "weight": 10},
                ],
            },
            scores=("91.563",),
            reference="E42",
        ),
        Example(
            points="10",
            figures={"finance": ("90", "90", ""), "reform": ("", "60", "")},
            parameters={
                "missing": "renormalise",
                "parts": [{"facet": "finance", "weight": 2}, {"facet": "reform", "weight": 1}],
            },
            scores=("9", "8", ""),
        ),
    )  # fmt: skip

    @model_validator(mode="after")
    def _names_each_part_once(self) -> Self:
        facets = [part.facet for part in self.parts]
        if len(set(facets)) < len(facets):
            raise ValueError("各部分的 facet 不得重复\neach part needs a facet of its own")
        return self

    def expression(self, *, higher_is_better: bool) -> Named:
        """The mean, folded."""
        weights = tuple(as_node(part.weight) for part in self.parts)
        mean = WeightedMean(tuple(part.as_node() for part in self.parts), weights, self.missing)
        return name_score(POINTS * mean / self.figure("full"))


class Reference(Method):
    """The score or the place that another scheme gave, folded to the points."""

    method: Literal["reference"] = "reference"
    by: Literal["score", "rank"] = describe(
        "引用内容",
        "taken over",
        (
            "score＝得分，填入完成值；rank＝位次",
            "the `score` given there, supplied as the value, or the `rank`",
        ),
    )
    full: Exact = describe(
        "被引用得分的满分", "full marks of the score taken over", default=100, gt=0
    )
    table: tuple[Exact, ...] | None = describe(
        "各位次得分",
        "points of each place",
        ("引用位次时", "for a rank"),
        default=None,
        min_length=1,
    )
    scheme: str = describe("引用的方案", "the scheme referred to", default="")
    version: str = describe("引用方案的校验码", "the digest of its version", default="")

    code: ClassVar = "R24"
    title: ClassVar = Text("引用折算法", "Folded from another result")
    formula: ClassVar = "S = w·x/100, or table[rank]"
    summary: ClassVar = Text(
        "直接引用上级或其他方案的考核结果，按满分折算，或按其位次取分；须注明引用的方案和版本。",
        "The result of another scheme, folded by its full marks or read by rank; scheme and version pinned.",
    )
    source: ClassVar = Text(
        "机构编制质效评估计分细则：引用市委、市政府考核结果折算",
        "scoring rules of an assessment of public bodies: results of the city's assessment, folded",
    )
    examples: ClassVar = (
        Example(
            points="20",
            figures={"value": ("91.5", "100", "105")},
            parameters={"by": "score", "scheme": "special-2019"},
            scores=("18.3", "20", "21"),
            reference="R24",
        ),
        Example(
            points="5",
            figures={"rank": ("1", "2", "3", "7")},
            parameters={"by": "rank", "table": (5, "4.5", 4)},
            scores=("5", "4.5", "4", "4"),
        ),
    )

    @model_validator(mode="after")
    def _has_a_table_for_ranks(self) -> Self:
        if (self.by == "rank") != (self.table is not None):
            raise ValueError(
                "引用位次须写 table，引用得分不写\ngive a table for a rank, and only then"
            )
        check_descending(self.table or ())
        return self

    def expression(self, *, higher_is_better: bool) -> Named:
        """The result there, folded."""
        if self.table is not None:
            return name_score(require_rank(take_place(Facet("rank"), self.table)))
        return name_score(POINTS * VALUE / self.figure("full"))

    def directions(self) -> tuple[bool, ...]:
        """More is better of a score."""
        return (True, False) if self.by == "rank" else (True,)
