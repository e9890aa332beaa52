"""One cell of a scheme workbook: nested values in a grammar a clerk can type.

A list is `甲、乙`; keys with values are `基础分=60；功效分=40`; anything deeper is JSON. Numbers and
dates are written as text, exactly.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from kaohe.numbers.writing import write_number

_LIST_SIGNS = re.compile(r"[、，,；;\n]+")
_PAIR_SIGNS = re.compile(r"[；;\n]+")

CHOICES = {
    "共性": "common", "个性": "unit_specific", "专项": "special", "加分": "bonus",
    "减分": "deduction", "扣分": "deduction", "否决": "veto",
    "正向": "higher", "逆向": "lower", "适度": "interval", "定性": "judged",
    "参评": "ranked", "单列": "listed_apart", "不定等次": "ungraded", "不参评": "exempt",
    "月": "month", "季": "quarter", "季度": "quarter", "半年": "half_year", "年": "year", "一次": "once",
    "同组平均": "group_mean", "可比平均": "comparable_mean", "不计入": "leave_out",
    "零分": "zero", "待补": "provisional",
    "是": "true", "否": "false",
    "按比例": "linear", "满一步": "floor", "不足一步按一步": "ceil",
    "四舍五入": "half_up", "四舍六入五成双": "half_even",
    "合计": "sum", "加权平均": "weighted_mean",
}  # fmt: skip
"""Chinese words a cell may hold instead of a choice's name."""


def read_cell_value(text: str, *, shape: str, choices: bool = False) -> Any:
    """A cell's text as the scheme means it; `shape` is scalar, list, pairs, or list or number.

    With `choices` a Chinese word for one is understood. Raises ValueError for a pair without `=`,
    for a key given twice, and for JSON that is none.
    """
    text = text.strip()
    if shape != "scalar" and text[:1] in ("[", "{"):
        return _read_json(text)
    if shape.startswith("list") and not (shape == "list or number" and text.isdecimal()):
        return [_choose(part, choices=choices) for part in _LIST_SIGNS.split(text) if part.strip()]
    if shape == "pairs" and re.search(r"[=＝]", text):
        return _make_mapping([_read_pair(part) for part in _PAIR_SIGNS.split(text) if part.strip()])
    return _choose(text, choices=choices)


def _read_json(text: str) -> Any:
    try:
        return json.loads(
            text,
            parse_float=str,
            parse_int=str,
            parse_constant=str,
            object_pairs_hook=_make_mapping,
        )
    except RecursionError as fault:
        raise ValueError(text[:20]) from fault


def _make_mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice")
    return made


def _choose(word: str, *, choices: bool) -> str:
    return CHOICES.get(word.strip(), word.strip()) if choices else word.strip()


def _read_pair(part: str) -> tuple[str, Any]:
    key, sign, value = re.split(r"([=＝]|$)", part, maxsplit=1)
    if not sign:
        raise ValueError(part)
    value = value.strip()
    is_nested = value[:1] in ("[", "{")
    return key.strip(), _read_json(value) if is_nested else _choose(value, choices=True)


def write_cell_value(value: Any) -> str:
    """A value as a cell's text, such that reading gives it back."""
    if isinstance(value, Mapping):
        flat = all(_is_simple(inside) for inside in value.values())
        return _write_pairs(value) if flat and value else _write_json(value)
    if isinstance(value, list | tuple):
        return (
            "、".join(map(write_scalar, value))
            if all(map(_is_word, value)) and value
            else _write_json(value)
        )
    return write_scalar(value)


def write_scalar(value: Any) -> str:
    """A single value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return write_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _is_simple(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return True
    return _is_word(value)


def _is_word(value: Any) -> bool:
    is_single = value is not None and not isinstance(value, Mapping | list | tuple)
    return is_single and _is_plain(write_scalar(value))


def _is_plain(text: str) -> bool:
    """Whether a text means itself in a cell: no signs of the grammar, no spare space, no other name."""
    signs = re.search(r"[、，,；;=＝\n\[\]{}]", text)
    return bool(text) and not signs and text == text.strip() and text not in CHOICES


def _write_pairs(value: Mapping[str, Any]) -> str:
    if not all(_is_plain(key) for key in value):
        return _write_json(value)
    written = (
        f"{key}={_write_json(inside) if isinstance(inside, list | tuple) else write_scalar(inside)}"
        for key, inside in value.items()
    )
    return "；".join(written)


def _write_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=write_scalar)
