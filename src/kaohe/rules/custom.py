"""The method for rules that no other method writes: a formula of the scheme's own."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from kaohe.expressions.functions import FUNCTIONS
from kaohe.expressions.language import parse_formula
from kaohe.expressions.names import Names
from kaohe.expressions.nodes import Named
from kaohe.expressions.tokens import BadFormula
from kaohe.language import Text
from kaohe.rules.composites import FacetName
from kaohe.rules.method import Example, Method, describe

_Label = Annotated[str, Field(min_length=1, max_length=40)]


class CustomFormula(Method):
    """A formula of the scheme's own, over the same figures and with the same steps as every rule."""

    method: Literal["custom"] = "custom"
    calculation: str = describe("算式", "the formula")
    facets: dict[FacetName, _Label] = describe(
        "自有数据项及其名称",
        "facets of the scheme's own, with their labels",
        ("如 gdp: 生产总值", "such as gdp: GDP"),
        default_factory=dict,
    )

    code: ClassVar = "R32"
    title: ClassVar = Text("自定义公式", "Custom formula")
    formula: ClassVar = "S = f(x, t, prev, a, n, w, …)"
    summary: ClassVar = Text(
        "按方案自己写的算式计分：可用数据项、分值、四则运算、如果…则…否则…、组内统计和分步名称，不能有循环和外部数据。",
        "A formula the scheme writes: figures, points, arithmetic, if–then–else, statistics of the pool, named steps.",
    )
    source: ClassVar = Text("本系统自定", "this project's own")
    is_monotone: ClassVar = False
    examples: ClassVar = (
        Example(
            points="10",
            figures={"value": ("120", "60", "0"), "target": ("100", "80", "30")},
            parameters={"calculation": "x / t * w"},
            scores=("12", "7.5", "0"),
            reference="R01",
        ),
        Example(
            points="10",
            figures={"value": ("100", "97", "95", "89.9", "30"), "target": ("100",) * 5},
            parameters={
                "calculation": "缺口 = 最大(0, 目标值 - 完成值)\n得分 = 最大(0, 分值 - 进步数(缺口, 5))"
            },
            scores=("10", "9", "9", "7", "0"),
        ),
        Example(
            points="30",
            figures={"value": ("10", "20", "40", "")},
            parameters={"calculation": "w * (x - pool_min(x)) / (pool_max(x) - pool_min(x))"},
            scores=("0", "10", "30", ""),
            reference="R04",
        ),
        Example(
            points="15",
            figures={"tax": ("10", "30"), "gdp": ("100", "200")},
            parameters={
                "facets": {"tax": "税收收入", "gdp": "生产总值"},
                "calculation": "share = 税收收入 / 生产总值; w * share / pool_max(share)",
            },
            scores=("10", "15"),
        ),
        Example(
            points="20",
            figures={"value": ("110", "100", "95", "70"), "target": ("100",) * 4},
            parameters={
                "calculation": "rate = x / t\nscore = if rate >= 1 then w else if rate >= 90% then w * 0.8 else 0"
            },
            scores=("20", "20", "16", "0"),
        ),
    )  # fmt: skip

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        self._require_free_names()
        try:
            self.expression(higher_is_better=True)
        except BadFormula as fault:
            raise ValueError(
                f"{fault.wrong.zh}；{fault.remedy.zh}\n{fault.wrong.en}; {fault.remedy.en}"
            ) from fault
        return self

    def _require_free_names(self) -> None:
        """A facet of the scheme's own is called by its key or its label, each once and neither known."""
        names, words = Names({}, FUNCTIONS), set[str]()
        for key, label in self.facets.items():
            for word in {key, label}:
                if names.is_known(word) or word in words:
                    raise ValueError(
                        f"facets 中的名称“{word}”已有含义；请另起名称\n"
                        f'the name "{word}" in facets already has a meaning; choose another name'
                    )
                words.add(word)

    def expression(self, *, higher_is_better: bool) -> Named:
        """The steps as the formula names them → score."""
        return parse_formula(
            self.calculation, facets=self.facets, higher_is_better=higher_is_better
        )
