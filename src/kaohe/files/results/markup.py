"""HTML that cannot be broken into: whatever is put into a template is escaped, unless it is markup."""

from collections.abc import Iterable
from html import escape


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def fill(template: str, **parts: str) -> Markup:
    """A template with its `{name}` places filled; every part that is no Markup is escaped."""
    return Markup(
        template.format_map(
            {
                name: part if isinstance(part, Markup) else escape(part)
                for name, part in parts.items()
            }
        )
    )


def fill_each(template: str, parts: Iterable[str]) -> Markup:
    """The template once for each part, filled into its `{part}` place."""
    return join_markup(fill(template, part=part) for part in parts)


def join_markup(parts: Iterable[Markup]) -> Markup:
    """Markup one after the other."""
    return Markup("".join(parts))
