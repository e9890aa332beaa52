"""What may be written for a parameter of a method, read off the fields that check it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from json import dumps
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.rules.method import Method
from kaohe.rules.parameters import Share

_PLAIN: dict[Any, Text] = {
    str: Text("文字", "text"),
    int: Text("整数", "whole number"),
    bool: Text("true 或 false", "true or false"),
    Fraction: Text("数", "number"),
}
# What YAML reads as the same word or number without quotes.
_BARE = re.compile(r"[\w./%]+")
_SHARE = Text("比例，可写 30%", "share, 30% may be written")
_SHARE_READER = get_args(Share)[1]
_RULE = Text("一条计分办法", "a rule")
_SIGNS = {"gt": "> ", "ge": "≥ ", "lt": "< ", "le": "≤ "}
_LENGTHS = {
    "min_length": Text("至少 {} 项", "at least {}"),
    "max_length": Text("至多 {} 项", "at most {}"),
}


def list_fields(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every parameter with its dotted name; those of a part follow the parameter that holds it."""
    for name, field in model.model_fields.items():
        if name != "method":
            yield prefix + name, field
            for part in _list_parts(field.annotation):
                yield from list_fields(part, f"{prefix}{name}.")


def _list_parts(annotation: Any) -> Iterator[type[BaseModel]]:
    for inside in get_args(annotation):
        if isinstance(inside, type) and issubclass(inside, BaseModel):
            if not issubclass(inside, Method):
                yield inside
        elif not _is_rule(inside):
            yield from _list_parts(inside)


def _is_rule(annotation: Any) -> bool:
    """Whether an annotation is the union of all methods."""
    members = [inside for inside in get_args(annotation) if isinstance(inside, type)]
    return bool(members) and all(issubclass(inside, Method) for inside in members)


def say_default(field: FieldInfo) -> Text:
    """What holds where a parameter is not written."""
    if field.is_required():
        return Text("必填", "required")
    default = field.get_default(call_default_factory=True)
    if default in (None, "", (), {}):
        return Text("空", "empty")
    written = write_setting(default)
    return Text(written, written)


def write_setting(value: Any) -> str:
    """A parameter's value as a scheme would write it in YAML, in one line."""
    if isinstance(value, dict):
        inside = [f"{name}: {write_setting(each)}" for name, each in value.items()]
        return f"{{{', '.join(inside)}}}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(write_setting, value))}]"
    if isinstance(value, str):
        return value if _BARE.fullmatch(value) else dumps(value, ensure_ascii=False)
    if isinstance(value, Fraction):
        return write_number(value)
    return dumps(value)


def say_kind(field: FieldInfo) -> Text:
    """What may be written for a parameter: its kind, and the bounds it must keep."""
    return _say(field.annotation, field.metadata)


def _say(annotation: Any, metadata: Sequence[Any] = ()) -> Text:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _say(inside[0], (*inside[1:], *metadata))
    if _is_rule(annotation):
        return _RULE
    if origin in (Union, UnionType):
        return _say_union(inside, metadata)
    kind = _say_one(annotation, origin, inside, metadata)
    bounds = () if annotation is str else _say_bounds(metadata)
    return _join([kind, *bounds], Text("，", ", "))


def _say_one(
    annotation: Any, origin: Any, inside: tuple[Any, ...], metadata: Sequence[Any]
) -> Text:
    if origin is Literal:
        return _join([Text(f"{word}", f"{word}") for word in inside], Text(" / ", " / "))
    if origin is dict:
        value = _say(inside[1])
        return Text(f"名称: {value.zh}", f"name: {value.en}")
    if origin is tuple:
        item = _say(inside[0])
        return Text(f"列表（{item.zh}）", f"list ({item.en})")
    if annotation is Fraction and _is_share(metadata):
        return _SHARE
    return _PLAIN.get(annotation, Text("各键如下", "keys as below"))


def _say_union(members: Iterable[Any], metadata: Sequence[Any]) -> Text:
    kinds = [_say(member, metadata) for member in members if member is not NoneType]
    return _join(kinds, Text(" 或 ", " or "))


def _say_bounds(metadata: Sequence[Any]) -> Iterator[Text]:
    for mark in metadata:
        yield from _say_bounds(getattr(mark, "metadata", ()))
        for name, sign in _SIGNS.items():
            if hasattr(mark, name):
                bound = f"{sign}{getattr(mark, name)}"
                yield Text(bound, bound)
        for name, words in _LENGTHS.items():
            if hasattr(mark, name):
                number = getattr(mark, name)
                yield Text(words.zh.format(number), words.en.format(number))


def _is_share(metadata: Sequence[Any]) -> bool:
    return _SHARE_READER in metadata


def _join(texts: Sequence[Text], sign: Text) -> Text:
    return Text(sign.zh.join(each.zh for each in texts), sign.en.join(each.en for each in texts))
