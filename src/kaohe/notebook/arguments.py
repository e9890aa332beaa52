"""What is given to the methods of a notebook, held to what they take: nothing wrong is passed over."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import signature
from math import isfinite
from numbers import Integral, Real
from typing import Any, get_args

import numpy as np

from kaohe.analysis.aggregating import OnMissing
from kaohe.analysis.draws import Spread
from kaohe.analysis.treating import Fallback
from kaohe.errors import BadInput, Finding, Place, blocking, find_nearest
from kaohe.language import Text
from kaohe.numbers.ranking import Ties

Rule = tuple[Callable[[Any], bool], Text]
"""Whether a value is right, and what would be right."""


def require_options(
    options: Mapping[str, Any], function: Callable[..., Any], needs: Iterable[str] = ()
) -> None:
    """Hold options to what a function takes by name and needs. Raises BadInput with every fault."""
    known = [name for name in signature(function).parameters if name not in _OTHERS]
    faults = [_say_unknown(name, known) for name in options if name not in known]
    faults += [_say_needed(name) for name in needs if name not in options]
    faults += _find_wrong(options)
    if faults:
        raise BadInput(faults)


_OTHERS = ("matrix", "higher", "weights", "names")
"""Parameters that a table fills in."""


def require_values(**values: Any) -> None:
    """Hold named values to what their names stand for. Raises BadInput with every fault."""
    faults = list(_find_wrong(values))
    if faults:
        raise BadInput(faults)


def require_new_columns(names: Iterable[str], there: Iterable[str]) -> None:
    """Refuse names of new columns that stand twice, or that columns handed through have. Raises BadInput."""
    taken, faults = set(there), []
    for name in names:
        if name in taken:
            faults.append(_say_taken(name))
        taken.add(name)
    if faults:
        raise BadInput(faults)


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and isfinite(value)


def _is_scale(value: Any) -> bool:
    is_pair = isinstance(value, tuple | list | np.ndarray) and len(value) == 2
    return is_pair and all(map(_is_number, value)) and bool(value[0] < value[1])


def _is_count(value: Any) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= 0


def _is_each(value: Any) -> bool:
    """One number for all indicators, or some for each; NaN is none."""
    if isinstance(value, str | bytes):
        return False
    each = value.values() if isinstance(value, Mapping) else value
    numbers = each if isinstance(each, Iterable) else [each]
    return all(isinstance(number, Real) for number in numbers)


def _choose_among(words: Iterable[str]) -> Rule:
    known = list(words)
    return (
        lambda value: isinstance(value, str) and value in known,
        Text(f"可写：{'、'.join(known)}", f"write one of: {', '.join(known)}"),
    )


_SHARE: Rule = (
    lambda value: _is_number(value) and 0 <= value <= 1,
    Text("请写 0 到 1 之间的数", "give a number from 0 to 1"),
)
_NUMBER: Rule = (_is_number, Text("请写一个有限的数", "give a finite number"))
_EACH: Rule = (
    _is_each,
    Text("请写一个数，或 {指标: 数}", "give one number, or {indicator: number}"),
)
_COUNT: Rule = (_is_count, Text("请写 0 或更大的整数", "give a whole number, 0 or more"))
_LIST: Rule = (
    lambda value: isinstance(value, list | tuple),
    Text("请写成列表，如 […]", "give a list, such as […]"),
)
_RULES: Mapping[str, Rule] = {
    "to": (
        _is_scale,
        Text("请由小到大写两个数，如 (0, 100)", "give two numbers, the smaller first: (0, 100)"),
    ),
    "mean": _NUMBER,
    "deviation": (
        lambda value: _is_number(value) and value > 0,
        Text("请写大于 0 的数", "give a number above 0"),
    ),
    "power": _NUMBER,
    "kurtosis": _NUMBER,
    "skewness": (
        lambda value: _is_number(value) and value >= 0,
        Text("请写 0 或更大的数", "give a number, 0 or more"),
    ),
    "most": _COUNT,
    "samples": _COUNT,
    "targets": _EACH,
    "low": _EACH,
    "high": _EACH,
    "weights": _EACH,
    "least_weight": _SHARE,
    "least_indicators": _SHARE,
    "spread": (
        lambda value: isinstance(value, get_args(Spread)),
        Text(
            "请用 kaohe.analysis.draws 的 Band(0.25) 或 Dirichlet(5)",
            "give Band(0.25) or Dirichlet(5) of kaohe.analysis.draws",
        ),
    ),
    "draws": (
        lambda value: _is_count(value) and value > 0,
        Text("请写 1 或更大的整数", "give a whole number, 1 or more"),
    ),
    "seed": _COUNT,
    "cuts": _LIST,
    "normalisations": _LIST,
    "aggregations": _LIST,
    "imputations": _LIST,
    "ties": _choose_among(get_args(Ties)),
    "missing": _choose_among(get_args(OnMissing)),
    "fallback": _choose_among(get_args(Fallback)),
}
"""What is right for each name, which means the same wherever it is taken."""


def _find_wrong(values: Mapping[str, Any]) -> Iterator[Finding]:
    for name, value in values.items():
        is_right, remedy = _RULES.get(name, (lambda _: True, Text("", "")))
        if not is_right(value):
            wrong = Text(f"不能用 {value!r}", f"{value!r} cannot be used")
            yield blocking("bad-option", Place(key=name), wrong, remedy)


def _say_unknown(name: str, known: list[str]) -> Finding:
    near = find_nearest(name, known) or known
    return blocking(
        "unknown-option",
        Place(key=name),
        Text(f"这个方法没有“{name}”", f'this method takes no "{name}"'),
        Text(f"可写：{'、'.join(near)}", f"it takes: {', '.join(near)}")
        if near
        else Text("请删去", "remove it"),
    )


def _say_needed(name: str) -> Finding:
    return blocking(
        "missing-option",
        Place(key=name),
        Text(f"这个方法需要“{name}”", f'this method needs "{name}"'),
        Text(f"请写 {name}=…，或换方法", f"write {name}=…, or choose another method"),
    )


def _say_taken(name: str) -> Finding:
    return blocking(
        "column-twice",
        Place(key=name),
        Text(f"已有“{name}”这一列", f'there is a column "{name}" already'),
        Text(
            "请用 into 换一个名称，或先给原来的列改名",
            "choose another name by into, or rename the column first",
        ),
    )
