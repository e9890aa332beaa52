"""Methods chosen by name."""

from collections.abc import Mapping
from typing import TypeVar

from kaohe.errors import BadInput, Place, blocking, find_nearest
from kaohe.language import Text

Method = TypeVar("Method")


def choose_method(name: str, methods: Mapping[str, Method]) -> Method:
    """The method of that name. Raises BadInput naming those there are, the most alike first."""
    found = methods.get(name)
    if found is not None:
        return found
    near = find_nearest(str(name), methods) or list(methods)
    raise BadInput([
        blocking(
            "unknown-method",
            Place(),
            Text(f"没有方法“{name}”", f'there is no method "{name}"'),
            Text(f"可写：{'、'.join(near)}", f"write one of: {', '.join(near)}"),
        )
    ])  # fmt: skip
