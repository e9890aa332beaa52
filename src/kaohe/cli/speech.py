"""Which language the command line speaks, and how it says things."""

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import get_args

from rich.console import Console
from rich.table import Table

from kaohe.errors import SEVERITIES, BadInput, Finding, Place, blocking
from kaohe.language import Language, Text

_WIDE = 240
"""Characters a line may take where no terminal limits it, so that tables keep a row to a line."""

out = Console(soft_wrap=True, highlight=False, width=None if sys.stdout.isatty() else _WIDE)
err = Console(stderr=True, soft_wrap=True, highlight=False)


class Speech:
    """The language chosen for this run."""

    language: Language = "zh"


def choose_language(option: str | None) -> None:
    """Take the option, else English where the locale is English; Chinese otherwise.

    Raises BadInput, to be said in the language of the locale, for any other option.
    """
    locale = os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    Speech.language = "en" if locale.lower().startswith("en") else "zh"
    if option:
        Speech.language = _find_language(option)


def _find_language(option: str) -> Language:
    for language in get_args(Language):
        if option.lower() == language:
            found: Language = language
            return found
    raise BadInput([
        blocking(
            "unknown-language",
            Place(key="--language"),
            Text(f"没有语言“{option}”", f'there is no language "{option}"'),
            Text("可写：zh、en", "write one of: zh, en"),
        )
    ])  # fmt: skip


def word(text: Text) -> str:
    """A text in the language of this run."""
    return text.say(Speech.language)


def say(zh: str, en: str) -> None:
    """One sentence on standard output."""
    out.print(word(Text(zh, en)), markup=False)


def show_working(zh: str, en: str) -> AbstractContextManager[object]:
    """A sign on the terminal that work goes on, gone when it is done; nothing where there is no terminal."""
    return err.status(word(Text(zh, en))) if err.is_terminal else nullcontext()


def complain(zh: str, en: str) -> None:
    """One sentence on standard error."""
    err.print(word(Text(zh, en)), markup=False)


def show_findings(findings: Iterable[Finding]) -> None:
    """Every finding on a line of its own, on standard error."""
    for finding in findings:
        severity = word(SEVERITIES[finding.severity])
        err.print(f"{severity} [{finding.kind}] {finding.say(Speech.language)}", markup=False)


def show_table(heads: Sequence[Text], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """A plain table; columns after the first two are figures and stand to the right."""
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(word(head), justify="left" if place < 2 else "right", overflow="fold")
    for row in rows:
        table.add_row(*row)
    out.print(table)
