"""Which model a place in a scheme belongs to, so that a finding can say its labels and choices."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kaohe.rules.catalogue import BY_NAME
from kaohe.scheme.choices import WORDS

Owner = type[BaseModel]


def find_owner(loc: Sequence[str | int], form: Owner) -> Owner | None:
    """The model whose key stands last in a location inside a form, as pydantic gives it; None where none is sure."""
    owner: Owner | None = form
    for before, step in zip(("", *loc), loc[:-1], strict=False):
        if before == "rule" and step in BY_NAME:
            owner = BY_NAME[str(step)]
        elif owner is not None and step in owner.model_fields:
            owner = find_item(owner.model_fields[str(step)])
    return owner


def find_item(field: FieldInfo) -> Owner | None:
    """The model of what a field holds, one or a list of; None for plain values and for unions."""
    models = set(_iterate_models(field.annotation))
    return models.pop() if len(models) == 1 else None


def _iterate_models(annotation: Any) -> Iterator[Owner]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _iterate_models(part)


def list_choices(field: FieldInfo) -> list[str]:
    """The choices of a field that is nothing but a choice, with the Chinese word where there is one."""
    is_choice = get_origin(field.annotation) is Literal
    choices = get_args(field.annotation) if is_choice else ()
    return [f"{each}（{WORDS[each]}）" if each in WORDS else str(each) for each in choices]
