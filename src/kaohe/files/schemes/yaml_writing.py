"""A scheme written as YAML: defaults left out, numbers exact, short rows on one line."""

import re
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode

from kaohe.files.outputs import write_bytes
from kaohe.numbers.writing import write_number
from kaohe.scheme.digest import list_written
from kaohe.scheme.model import SchemeModel

_FLAT_WIDTH = 90
_STANDARD_TAG = "tag:yaml.org,2002:"
_PLAIN_SIGNS = r"[\w、，。；：（）《》“”·/%.+-]"
_PLAIN = re.compile(rf"\w{_PLAIN_SIGNS}*(?: {_PLAIN_SIGNS}+)*")
"""Texts that no reader of YAML, of whichever version, takes for anything but text or a number."""


def write_scheme_yaml(model: SchemeModel, path: Path) -> None:
    """Write a scheme as YAML: defaults left out, short rows on one line."""
    plain = list_written(model)
    writer = YAML()
    writer.width = 100
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.representer.add_representer(Fraction, _represent_number)
    writer.representer.add_representer(str, _represent_text)
    writer.representer.ignore_aliases = lambda _: True
    target = StringIO()
    writer.dump(_arrange(plain), target)
    write_bytes(path, target.getvalue().encode())


def _represent_number(representer: Any, value: Fraction) -> ScalarNode:
    """Plain digits; a number without an end as a ratio in text."""
    text = write_number(value)
    kind = "str" if "/" in text else "int" if value.denominator == 1 else "float"
    node: ScalarNode = representer.represent_scalar(f"{_STANDARD_TAG}{kind}", text)
    return node


def _represent_text(representer: Any, value: str) -> ScalarNode:
    style = None if _PLAIN.fullmatch(value) else '"'
    node: ScalarNode = representer.represent_scalar(f"{_STANDARD_TAG}str", value, style=style)
    return node


def _arrange(value: Any) -> Any:
    if isinstance(value, dict):
        arranged = CommentedMap({key: _arrange(inside) for key, inside in value.items()})
        return _lay_flat(arranged, list(value.values()))
    if isinstance(value, list | tuple):
        return _lay_flat(CommentedSeq([_arrange(inside) for inside in value]), list(value))
    return value


def _lay_flat(arranged: Any, values: list[Any]) -> Any:
    """On one line where nothing is nested inside and the line stays short."""
    is_flat = not any(isinstance(value, dict | list | tuple) and value for value in values)
    if is_flat and len(str(values)) <= _FLAT_WIDTH:
        arranged.fa.set_flow_style()
    return arranged
