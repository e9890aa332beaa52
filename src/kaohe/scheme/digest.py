"""The canonical form of a scheme, and its digest.

What has its default is left out, so that a scheme keeps its digest when a later version of Kaohe
knows a key more.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from hashlib import sha256
from json import dumps
from typing import Any

from pydantic import BaseModel

from kaohe.numbers.writing import write_number
from kaohe.scheme.model import SchemeModel


def list_written(value: Any) -> Any:
    """A model as nested plain data with everything that has its default left out."""
    if isinstance(value, BaseModel):
        return {
            name: list_written(inside)
            for name, field in type(value).model_fields.items()
            if (inside := getattr(value, name)) != field.get_default(call_default_factory=True)
            or name == "method"
        }
    if isinstance(value, Mapping):
        return {key: list_written(inside) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [list_written(inside) for inside in value]
    return value


def write_canonical_scheme(model: SchemeModel) -> dict[str, Any]:
    """The scheme as JSON holds it: numbers as exact text, dates as in 2019-12-31."""
    written: dict[str, Any] = _write_plain(list_written(model))
    return written


def _write_plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _write_plain(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_write_plain(inside) for inside in value]
    if isinstance(value, Fraction):
        return write_number(value)
    return value.isoformat() if isinstance(value, date) else value


def digest_scheme(model: SchemeModel) -> str:
    """SHA-256 of the canonical scheme."""
    text = dumps(
        write_canonical_scheme(model), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return sha256(text.encode()).hexdigest()
