"""Schemes in and out, in either form: YAML for people and version control, a workbook for offices."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kaohe.errors import BadInput, Place, blocking
from kaohe.files.schemes.workbook_reading import read_scheme_workbook
from kaohe.files.schemes.workbook_writing import write_scheme_workbook
from kaohe.files.schemes.yaml_reading import read_scheme_yaml
from kaohe.files.schemes.yaml_writing import write_scheme_yaml
from kaohe.language import Text
from kaohe.scheme.draft import Draft
from kaohe.scheme.model import SchemeModel

_READERS: dict[str, Callable[[Path], Draft]] = {
    ".yaml": read_scheme_yaml,
    ".yml": read_scheme_yaml,
    ".xlsx": read_scheme_workbook,
}
_WRITERS: dict[str, Callable[[SchemeModel, Path], None]] = {
    ".yaml": write_scheme_yaml,
    ".yml": write_scheme_yaml,
    ".xlsx": write_scheme_workbook,
}


def read_draft(path: Path) -> Draft:
    """The draft in a file, by its ending.

    Raises BadInput for another ending, and for a file that is not what its name says.
    """
    draft: Draft = _choose(_READERS, path)(path)
    return draft


def write_scheme(model: SchemeModel, path: Path) -> None:
    """Write a scheme in the form its file's ending asks for, as a whole or not at all."""
    _choose(_WRITERS, path)(model, path)


def read_written_scheme(written: Any, file: str) -> Draft:
    """The draft in a scheme's canonical plain data, as packages hold it."""
    return Draft(written, file)


def _choose(forms: dict[str, Callable[..., Any]], path: Path) -> Callable[..., Any]:
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
