"""Kaohe (考核): exact, explainable scoring of many units under one scheme.

The public names below load their module when first used, so that importing the package costs nothing.
"""

from importlib import import_module

__version__ = "0.1.0"

_NAMES: dict[str, str] = {}


def __getattr__(name: str) -> object:
    if name not in _NAMES:
        raise AttributeError(f"module 'kaohe' has no attribute {name!r}")
    value: object = getattr(import_module(_NAMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_NAMES])
