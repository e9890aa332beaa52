"""An index file: how figures become one composite index, stated without any code; binary-float analysis."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kaohe.language import Text
from kaohe.numbers.ranking import Ties
from kaohe.numbers.refusals import BadNumber
from kaohe.rules.method import describe
from kaohe.rules.parameters import as_value_error, read_exact, read_share

_WRITTEN = float | str
Number = Annotated[
    float,
    BeforeValidator(float),
    BeforeValidator(as_value_error(read_exact), json_schema_input_type=_WRITTEN),
]
"""Written as every number of a scheme, then a float."""
Part = Annotated[
    float,
    BeforeValidator(float),
    BeforeValidator(as_value_error(read_share), json_schema_input_type=_WRITTEN),
    Field(ge=0, le=1),
]
"""A share between nothing and all."""

NormalisationName = Literal[
    "min_max", "z_score", "rank", "percentile_rank", "borda", "distance_to_best",
    "distance_to_reference", "distance_to_target", "goalposts", "fraction_of_max",
]  # fmt: skip
AggregationName = Literal["arithmetic", "geometric", "harmonic", "power", "copeland"]
WeighingName = Literal["given", "equal", "standard_deviation", "entropy", "critic", "pca"]


class IndexPart(BaseModel):
    """Base of what an index file states: it cannot change, and knows no key beside its own."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, str_strip_whitespace=True
    )


def _name_method(written: Any) -> Any:
    """A method may stand alone where it needs nothing else: `aggregation: geometric`."""
    return {"method": written} if isinstance(written, str) else written


def _expect_pair(written: Any) -> Any:
    """A scale has two ends; each of them is read as a number then."""
    if written is None or (isinstance(written, list | tuple) and len(written) == 2):
        return written
    raise BadNumber(
        Text("结果区间须有两端", "a scale has two ends"),
        Text("请由小到大写两个数，如 [1, 100]", "write two numbers upwards, such as [1, 100]"),
    )


Ends = Annotated[tuple[Number, Number] | None, BeforeValidator(as_value_error(_expect_pair))]


class NormalisationChoice(IndexPart):
    """How indicators are brought to one scale."""

    method: NormalisationName = describe("归一化方法", "way to normalise", default="min_max")
    to: Ends = describe("结果区间", "scale of the results", default=None)
    mean: Number = describe("标准化后的均值", "mean of z-scores", default=0)
    deviation: Number = describe("标准化后的标准差", "deviation of z-scores", default=1, gt=0)
    ties: Ties = describe("并列名次", "tied places", default="average")
    reference: str = describe("参照对象", "the subject of reference", default="")
    cap: bool = describe(
        "超过参照或目标按满分", "nobody exceeds the reference or target", default=False
    )


class AvailabilityChoice(IndexPart):
    """What must be known of a subject for a branch to have a figure."""

    weight: Part = describe("至少有数的权重份额", "share of the weight needed", default=0)
    indicators: Part = describe("至少有数的指标份额", "share of the children needed", default=0)


class AggregationChoice(IndexPart):
    """How the children of a branch become one figure."""

    method: AggregationName = describe("汇总方法", "way to aggregate", default="arithmetic")
    power: Number | None = describe("幂次", "power of a generalised mean", default=None)
    missing: Literal["renormalise", "refuse"] = describe(
        "缺数时", "where a figure is missing", default="renormalise"
    )
    availability: AvailabilityChoice = describe(
        "数据要求", "what must be there", default_factory=AvailabilityChoice
    )


class TreatmentChoice(IndexPart):
    """Which outliers are treated, and how."""

    skewness: Number = describe("偏度界限", "limit of skewness", default=2, ge=0)
    kurtosis: Number = describe("峰度界限", "limit of kurtosis", default="3.5")
    most: int = describe("每个指标至多缩尾几个", "points winsorised at most", default=5, ge=0)
    fallback: Literal["logarithm", "box_cox", "none"] = describe(
        "缩尾不够时", "where winsorising is not enough", default="logarithm"
    )
    power: Number = describe("Box–Cox 幂次", "power of the Box–Cox transform", default=0)


class ImputationChoice(IndexPart):
    """How missing figures are estimated."""

    method: Literal["mean", "median"] = describe("插补方法", "way to impute")
    by: str = describe("分组的列", "the column of groups", default="")


class RankingChoice(IndexPart):
    """What the places are taken of."""

    on: Literal["unrounded", "rounded"] = describe(
        "按未舍入或舍入后的值", "which values", default="unrounded"
    )
    ties: Ties = describe("并列位次", "tied places", default="lowest")


class Goalposts(IndexPart):
    """The ends of an indicator's scale, in its own unit."""

    low: Number = describe("下门柱", "low goalpost")
    high: Number = describe("上门柱", "high goalpost")
    cap: bool = describe("超出按端点", "nobody is beyond them", default=True)


class Denominator(IndexPart):
    """What an indicator's figures are divided by."""

    column: str = describe("分母所在列", "column of denominators", min_length=1)
    scale: Number = describe("再乘以", "multiplied by", default=1, gt=0)


def _name_column(written: Any) -> Any:
    return {"column": written} if isinstance(written, str) else written


def _short_for(key: Callable[[Any], Any], form: type[IndexPart]) -> BeforeValidator:
    """Lets one word stand for a form of which only that one key is set."""
    return BeforeValidator(key, json_schema_input_type=str | form)


Aggregated = Annotated[AggregationChoice, _short_for(_name_method, AggregationChoice)]


class IndexNode(IndexPart):
    """A branch (with children) or an indicator."""

    code: str = describe("代码", "code", min_length=1)
    name: str = describe("名称", "name", default="")
    weight: Number = describe("权重", "weight", default=1, ge=0)
    children: tuple["IndexNode", ...] = describe("下级指标", "children", default=())
    aggregation: Aggregated | None = describe("汇总", "aggregation", default=None)
    direction: Literal["higher", "lower"] = describe("方向", "direction", default="higher")
    denominator: Annotated[Denominator, _short_for(_name_column, Denominator)] | None = describe(
        "分母", "denominator", default=None
    )
    transform: Literal["none", "logarithm"] = describe("变换", "transform", default="none")
    goalposts: Goalposts | None = describe("门柱", "goalposts", default=None)
    target: Number | None = describe("目标值", "target", default=None)

    def walk(self) -> Iterator["IndexNode"]:
        """The node and everything below it, parents before their children."""
        yield self
        for child in self.children:
            yield from child.walk()


class IndexModel(IndexPart):
    """How the figures of a table become one index, and who stands where."""

    index: str = describe("指数代码", "code of the index", min_length=1)
    name: str = describe("名称", "name", default="")
    subject: str = describe("对象代码所在列", "column of the subjects' codes", default="")
    subject_name: str = describe("对象名称所在列", "column of the subjects' names", default="")
    normalisation: Annotated[NormalisationChoice, _short_for(_name_method, NormalisationChoice)] = (
        describe("归一化", "normalisation", default_factory=NormalisationChoice)
    )
    aggregation: Aggregated = describe("汇总", "aggregation", default_factory=AggregationChoice)
    weighting: WeighingName = describe("指标权重", "weights of indicators", default="given")
    imputation: Annotated[ImputationChoice, _short_for(_name_method, ImputationChoice)] | None = (
        describe("插补", "imputation", default=None)
    )
    treatment: TreatmentChoice | None = describe(
        "离群值处理", "treatment of outliers", default=None
    )
    decimals: int | None = describe("小数位", "decimals shown", default=None, ge=0, le=12)
    ranking: RankingChoice = describe("位次", "ranking", default_factory=RankingChoice)
    indicators: tuple[IndexNode, ...] = describe("指标", "indicators", min_length=1)

    def iterate_nodes(self) -> Iterator[IndexNode]:
        """Every node below the index, parents before their children."""
        for node in self.indicators:
            yield from node.walk()

    def list_leaves(self) -> list[IndexNode]:
        """Every indicator, in the order written."""
        return [node for node in self.iterate_nodes() if not node.children]
