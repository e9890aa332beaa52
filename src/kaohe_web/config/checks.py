"""What settings must hold for real use, beyond what Django itself asks: `kaohe serve` starts with nothing less."""

from typing import Any

from django.core.checks import CheckMessage

from kaohe_web.config.sign_in_demands import SIGN_IN_DEMANDS
from kaohe_web.config.site_demands import SITE_DEMANDS

DEMANDS = tuple(sorted((*SITE_DEMANDS, *SIGN_IN_DEMANDS), key=lambda demand: demand.number))
"""Every demand; docs/guide/operators names the environment variables they speak of."""


def check_settings(**_: Any) -> list[CheckMessage]:
    """Every demand that the settings fail."""
    return [demand.describe() for demand in DEMANDS if not demand.holds()]
