"""All scoring methods, by name and by code: what an indicator's `rule` may be."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from kaohe.rules.coefficients import EfficacyCoefficient, MeanTaper
from kaohe.rules.matters import Awards
from kaohe.rules.method import Method
from kaohe.rules.places import Place
from kaohe.rules.targets import TargetSteps

METHODS: tuple[type[Method], ...] = (TargetSteps, EfficacyCoefficient, Place, MeanTaper, Awards)


def method_name(method: type[Method]) -> str:
    """The canonical name of a method, as written in a scheme."""
    name: str = method.model_fields["method"].default
    return name


BY_NAME: dict[str, type[Method]] = {method_name(method): method for method in METHODS}
_ALIASES = {
    alias: method_name(method) for method in METHODS for alias in (method.code, method.title.zh)
}


def use_canonical_name(rule: Any) -> Any:
    """A rule as written, its method named by code (R04) or Chinese title turned into the name."""
    if isinstance(rule, dict) and isinstance(rule.get("method"), str):
        return {**rule, "method": _ALIASES.get(rule["method"], rule["method"])}
    return rule


if TYPE_CHECKING:
    RuleSpec = Method
else:
    RuleSpec = Annotated[
        Annotated[reduce(or_, METHODS), Field(discriminator="method")],
        BeforeValidator(use_canonical_name),
    ]
