"""Scheme files in and out: YAML or workbook, read within the limits of uploads."""

from pathlib import Path

from kaohe.checking.admission import admit
from kaohe.errors import BadInput, Place, blocking
from kaohe.files.schemes.plain_sheets import (
    list_plain_sheets,
    read_plain_sheets,
    read_workbook_cells,
)
from kaohe.files.schemes.workbook_writing import write_scheme_workbook
from kaohe.files.schemes.yaml_reading import read_scheme_yaml
from kaohe.files.schemes.yaml_writing import write_scheme_yaml
from kaohe.files.tables.limits import UPLOAD
from kaohe.language import Text
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.reading import read_model
from kaohe_web.schemes.sheets import Sheets


def read_scheme_file(path: Path) -> Sheets:
    """The sheets of a scheme file, as they were written.

    A workbook may still be full of faults, which the editor then shows at their cells; YAML must be
    well formed, since it has no cells to show them at. Raises BadInput with every place.
    """
    if path.suffix.lower() == ".xlsx":
        return read_workbook_cells(path, limits=UPLOAD)
    if path.suffix.lower() in (".yaml", ".yml"):
        return list_plain_sheets(_read_yaml(path))
    raise BadInput([blocking("unknown-ending", Place(file=path.name), _ENDING, _SAVE_AS)])


def _read_yaml(path: Path) -> SchemeModel:
    if path.stat().st_size > UPLOAD.file:
        raise BadInput([blocking("too-large", Place(file=path.name), _TOO_LARGE, _SMALLER)])
    model, findings = read_model(read_scheme_yaml(path))
    if model is None:
        raise BadInput(findings)
    return model


def write_scheme_file(sheets: Sheets, path: Path) -> None:
    """Write sheets as YAML or as a workbook. Raises BadInput while something blocks the scheme."""
    model = admit(read_plain_sheets(sheets, path.name)).model
    write = write_scheme_workbook if path.suffix.lower() == ".xlsx" else write_scheme_yaml
    write(model, path)


_ENDING = Text("方案文件须为 .yaml 或 .xlsx", "a scheme is a .yaml or .xlsx file")
_SAVE_AS = Text("请另存为其中一种再上传", "save it as one of them and upload it again")
_TOO_LARGE = Text("文件超过 10 MB", "the file is larger than 10 MB")
_SMALLER = Text("请拆分或精简后再上传", "divide or shorten it, then upload it again")
