"""Schemes out, in either form; apart from reading, which need not load what writes workbooks."""

from collections.abc import Callable
from pathlib import Path

from kaohe.files.schemes.reading import choose_form
from kaohe.files.schemes.workbook_writing import write_scheme_workbook
from kaohe.files.schemes.yaml_writing import write_scheme_yaml
from kaohe.scheme.model import SchemeModel

_WRITERS: dict[str, Callable[[SchemeModel, Path], None]] = {
    ".yaml": write_scheme_yaml,
    ".yml": write_scheme_yaml,
    ".xlsx": write_scheme_workbook,
}


def write_scheme(model: SchemeModel, path: Path) -> None:
    """Write a scheme in the form its file's ending asks for, as a whole or not at all."""
    choose_form(_WRITERS, path)(model, path)
