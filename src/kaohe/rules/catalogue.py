"""All scoring methods, by name and by code: what an indicator's `rule` may be."""

from typing import TYPE_CHECKING

from kaohe.rules.components import Components
from kaohe.rules.families import PLAIN_METHODS, make_rule_type, method_name, name_canonically
from kaohe.rules.method import Method

METHODS: tuple[type[Method], ...] = (*PLAIN_METHODS, Components)
BY_NAME: dict[str, type[Method]] = {method_name(method): method for method in METHODS}

use_canonical_name = name_canonically(METHODS)

if TYPE_CHECKING:
    RuleSpec = Method
else:
    RuleSpec = make_rule_type(METHODS)
