"""Schemes in, in either form, by the ending of the file."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from kaohe.errors import BadInput, Place, blocking
from kaohe.files.schemes.workbook_reading import read_scheme_workbook
from kaohe.files.schemes.yaml_reading import read_scheme_yaml
from kaohe.language import Text
from kaohe.scheme.draft import Draft

_READERS: dict[str, Callable[[Path], Draft]] = {
    ".yaml": read_scheme_yaml,
    ".yml": read_scheme_yaml,
    ".xlsx": read_scheme_workbook,
}
Form = TypeVar("Form")


def read_draft(path: Path) -> Draft:
    """The draft in a file, by its ending.

    Raises BadInput for another ending, and for a file that is not what its name says.
    """
    return choose_form(_READERS, path)(path)


def read_written_scheme(written: Any, file: str) -> Draft:
    """The draft in a scheme's canonical plain data, as packages hold it."""
    return Draft(written, file)


def choose_form(forms: Mapping[str, Form], path: Path) -> Form:
    """What a file's ending asks for. Raises BadInput for another ending."""
    found = forms.get(path.suffix.lower())
    if found is None:
        raise BadInput([
            blocking(
                "unknown-ending",
                Place(file=path.name),
                Text("方案文件须为 .yaml 或 .xlsx", "a scheme is a .yaml or .xlsx file"),
                Text("请另存为其中一种", "save it as one of them"),
            )
        ])  # fmt: skip
    return found
