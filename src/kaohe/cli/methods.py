"""`kaohe methods`."""

from kaohe.cli.speech import Speech, out, show_table, word
from kaohe.errors import BadInput, Place, blocking, find_nearest
from kaohe.language import Text
from kaohe.renderings.method_pages import write_method_page
from kaohe.rules.catalogue import BY_NAME, METHODS, use_canonical_name

_HEADS = (Text("代码", "code"), Text("计分办法", "method"))


def show_methods(code: str | None) -> None:
    """List every method, or show the page of one, named by code, name or title."""
    if code is None:
        rows = sorted((each.code, f"{word(each.title)} {name}") for name, each in BY_NAME.items())
        show_table(_HEADS, rows)
        return
    out.print(write_method_page(BY_NAME[_find_name(code)], Speech.language), markup=False, end="")


def _find_name(code: str) -> str:
    name: str = use_canonical_name({"method": code})["method"]
    if name in BY_NAME:
        return name
    names = [name for each in METHODS for name in (each.code, each.title.zh)]
    near = find_nearest(code, [*BY_NAME, *names])
    raise BadInput([
        blocking(
            "unknown-method",
            Place(key="CODE"),
            Text(f"没有计分办法“{code}”", f'there is no method "{code}"'),
            Text(f"可写：{'、'.join(near)}", f"write one of: {', '.join(near)}")
            if near
            else Text("不写代码可列出全部", "leave it out to list them all"),
        )
    ])  # fmt: skip
