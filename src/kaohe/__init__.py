"""Kaohe (考核): exact, explainable scoring of many units under one scheme.

The public names below load their module when first used, so that importing the package costs nothing.

`read_scheme`, `score` and `score_table` score by a scheme. `analyse` computes an index file,
`study_robustness` says how firm the ranks of a result or an index are, `normalise`, `aggregate`, `weigh`,
`impute` and `treat` are single methods over a table of pandas, polars or Arrow: all of them binary-float
analysis, which decides no score, rank or grade. `BadInput` is what all refuse with.
"""

from importlib import import_module

__version__ = "0.1.0"

_NAMES = {
    "BadInput": "kaohe.errors",
    "aggregate": "kaohe.notebook.methods",
    "analyse": "kaohe.notebook.indexes",
    "impute": "kaohe.notebook.methods",
    "normalise": "kaohe.notebook.methods",
    "read_scheme": "kaohe.notebook.schemes",
    "score": "kaohe.notebook.schemes",
    "score_table": "kaohe.notebook.schemes",
    "study_robustness": "kaohe.notebook.robustness",
    "treat": "kaohe.notebook.methods",
    "weigh": "kaohe.notebook.methods",
}


def __getattr__(name: str) -> object:
    if name not in _NAMES:
        raise AttributeError(f"module 'kaohe' has no attribute {name!r}")
    value: object = getattr(import_module(_NAMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_NAMES])
