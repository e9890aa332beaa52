"""One cell of a scheme workbook: nested values in a grammar a clerk can type.

A list is `甲、乙`; keys with values are `基础分=60；功效分=40`, also as the only item of a list;
anything deeper is JSON, in which words may stand without quotation marks and signs be full-width.
Numbers and dates are written as text, exactly.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from kaohe.numbers.writing import write_number
from kaohe.scheme.choices import CHOICES

_LIST_SIGNS = re.compile(r"[、，,；;\n]+")
_PAIR_SIGNS = re.compile(r"[；;\n]+|[，,]\s*(?=\w+\s*[=＝](?![=＝]))")
_COLONS = re.compile(r"((?:^|[；;，,\n])\s*\w+\s*)[：:]")
_JSON_PARTS = re.compile(r'“[^“”]*”|"(?:[^"\\]|\\.)*"|[\[\]{},:，：、]|[^\[\]{},:，：、"“”]+')
_JSON_SIGNS = {"，": ",", "、": ",", "：": ":"}
_JSON_WORDS = {"true", "false", "null"}


def read_cell_value(text: str, *, shape: str, choices: bool = False) -> Any:
    """A cell's text as the scheme means it; `shape` is scalar, list, pairs, or list or number.

    With `choices` a Chinese word for one is understood. Raises ValueError for a pair without `=`,
    for a key given twice, and for JSON that is none.
    """
    text = text.strip()
    if shape != "scalar" and text[:1] in ("[", "{"):
        return _read_json(text)
    if shape.startswith("list") and not (shape == "list or number" and text.isdecimal()):
        parts = [part for part in _LIST_SIGNS.split(text) if part.strip()]
        if parts and all(re.search(r"[=＝]", part) for part in parts):
            return [_make_mapping([_read_pair(part) for part in parts])]
        return [_choose(part, choices=choices) for part in parts]
    if shape == "pairs" and not re.search(r"[=＝]", text):
        text = _COLONS.sub(r"\1=", text)
    if shape == "pairs" and re.search(r"[=＝]", text):
        return _make_mapping([_read_pair(part) for part in _PAIR_SIGNS.split(text) if part.strip()])
    return _choose(text, choices=choices)


def _read_json(text: str) -> Any:
    try:
        try:
            return _load_json(text)
        except json.JSONDecodeError:
            return _load_json(_quote_words(text))
    except RecursionError as fault:
        raise ValueError(text[:20]) from fault


def _load_json(text: str) -> Any:
    return json.loads(
        text,
        parse_float=str,
        parse_int=str,
        parse_constant=str,
        object_pairs_hook=_make_mapping,
    )


def _quote_words(text: str) -> str:
    """What a person wrote in the manner of JSON, as JSON: bare words quoted, signs narrow."""
    parts = _JSON_PARTS.findall(text)
    if "".join(parts) != text:
        raise ValueError(text[:20])
    return "".join(map(_write_part, parts))


def _write_part(part: str) -> str:
    part = part.strip()
    if part in _JSON_WORDS or part[:1] in tuple('"[]{},:') or not part:
        return part
    return _JSON_SIGNS.get(part) or json.dumps(part.strip("“”"), ensure_ascii=False)


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
