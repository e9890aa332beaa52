"""The methods that stand alone, family by family, and how a rule names its method."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from kaohe.rules.bands import FiveGrades, Interval, ValueBands
from kaohe.rules.coefficients import EfficacyCoefficient, MeanTaper
from kaohe.rules.comparisons import Contribution, RatioToBest, ReachMean
from kaohe.rules.completion import AllOrNothing, Control, TargetRatio
from kaohe.rules.composites import Reference, WeightedScores
from kaohe.rules.custom import CustomFormula
from kaohe.rules.deductions import Deductions, Specials
from kaohe.rules.growth import IncrementGrowth, StaticDynamic
from kaohe.rules.judged import Ballot, Panel
from kaohe.rules.matters import Awards, Events, OverFulfilment
from kaohe.rules.method import Method
from kaohe.rules.movements import Movement, UpperPlaces
from kaohe.rules.places import Place
from kaohe.rules.targets import TargetSteps
from kaohe.rules.workload import CaseHandling, Difficulty

PLAIN_METHODS: tuple[type[Method], ...] = (
    TargetRatio, Control, TargetSteps, EfficacyCoefficient, StaticDynamic, Place, RatioToBest,
    MeanTaper, IncrementGrowth, Movement, UpperPlaces, ReachMean, Events, ValueBands, Difficulty,
    OverFulfilment, AllOrNothing, Awards, Deductions, Contribution, Specials, CaseHandling,
    WeightedScores, Reference, Interval, FiveGrades, Panel, Ballot,
    CustomFormula,
)  # fmt: skip


def method_name(method: type[Method]) -> str:
    """The canonical name of a method, as written in a scheme."""
    name: str = method.model_fields["method"].default
    return name


def name_canonically(methods: Iterable[type[Method]]) -> Callable[[Any], Any]:
    """Turns a rule as written, its method named by code (R04) or Chinese title, to the name."""
    aliases = {
        alias: method_name(method) for method in methods for alias in (method.code, method.title.zh)
    }

    def use_canonical_name(rule: Any) -> Any:
        if isinstance(rule, dict) and isinstance(rule.get("method"), str):
            return {**rule, "method": aliases.get(rule["method"], rule["method"])}
        return rule

    return use_canonical_name


def make_rule_type(methods: tuple[type[Method], ...]) -> Any:
    """The type of a rule by one of these methods, told apart by the field `method`."""
    return Annotated[
        Annotated[reduce(or_, methods), Field(discriminator="method")],
        BeforeValidator(name_canonically(methods)),
    ]


if TYPE_CHECKING:
    PlainRule = Method
else:
    PlainRule = make_rule_type(PLAIN_METHODS)
