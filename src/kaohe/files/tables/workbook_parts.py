"""The small parts of a workbook: which sheets it has, which cell styles are percentages, what it must not hold."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from kaohe.errors import Place
from kaohe.files.tables.archives import SAVE_AGAIN, read_member, refuse_damaged
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.limits import MEGABYTE, Limits
from kaohe.language import Text

_MOST_BYTES = 16 * MEGABYTE
_MOST_ELEMENTS = 500_000
_SHEET_TYPE = "/worksheet"
_STYLES = "xl/styles.xml"
_BUILT_IN_PERCENT = {9, 10}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

_FORBIDDEN = (
    (
        re.compile(r"vbaproject|^xl/macrosheets/|^xl/dialogsheets/", re.IGNORECASE),
        Text("含有宏", "it holds macros"),
        Text(
            "请另存为不带宏的“Excel 工作簿（*.xlsx）”",
            'save it as "Excel workbook (*.xlsx)", without macros',
        ),
    ),
    (
        re.compile(r"^xl/externallinks/|^xl/connections\.xml$", re.IGNORECASE),
        Text("链接到别的文件或数据源", "it is linked to other files or sources"),
        Text(
            "请在“数据 → 编辑链接”里断开，再保存", 'break them under "Data → Edit links" and save'
        ),
    ),
    (
        re.compile(
            r"^xl/embeddings/|^xl/activex/|\.(zip|xlsx|xlsm|xls|docx|7z|rar|gz|exe)$", re.IGNORECASE
        ),
        Text("嵌入了别的文件或控件", "other files or controls are embedded in it"),
        Text("请删去嵌入的对象，再保存", "remove the embedded objects and save"),
    ),
)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet: its name and the member of the archive that holds it."""

    name: str
    member: str


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What is known of a workbook before any cell is read."""

    sheets: tuple[SheetPart, ...]
    strings: tuple[str, ...]
    """The members with shared strings."""
    percent_styles: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Element:
    parent: str
    name: str
    attributes: dict[str, str]


def read_parts(
    archive: zipfile.ZipFile, *, file: str, limits: Limits, gathering: Gathering
) -> WorkbookParts:
    """Sheets in order, shared strings and percentage styles; refuses macros, links and hidden sheets."""
    _check_kind(archive, file=file, limits=limits, gathering=gathering)
    names = archive.namelist()
    sheets = tuple(_read_sheets(archive, file=file, limits=limits, gathering=gathering))
    if len({sheet.name for sheet in sheets}) < len(sheets):
        refuse_damaged(file)
    return WorkbookParts(
        sheets=sheets,
        strings=tuple(name for name in names if "sharedstrings" in name.casefold()),
        percent_styles=_read_percent_styles(archive, file=file, limits=limits),
    )


def _check_kind(
    archive: zipfile.ZipFile, *, file: str, limits: Limits, gathering: Gathering
) -> None:
    for pattern, wrong, remedy in _FORBIDDEN:
        member = next((name for name in archive.namelist() if pattern.search(name)), None)
        if member is not None:
            gathering.add("active-content", Place(file=file, key=member), wrong, remedy)
    types = {
        element.attributes.get("ContentType", "")
        for element in _walk(archive, "[Content_Types].xml", file=file, limits=limits)
    }
    if not any(kind.endswith(".sheet.main+xml") for kind in types):
        gathering.add(
            "disguised-file",
            Place(file=file),
            Text("不是普通的 Excel 工作簿（.xlsx）", "it is no ordinary Excel workbook (.xlsx)"),
            SAVE_AGAIN,
        )
    gathering.raise_findings()


def _read_sheets(
    archive: zipfile.ZipFile, *, file: str, limits: Limits, gathering: Gathering
) -> Iterator[SheetPart]:
    targets = {
        element.attributes.get("Id", ""): element.attributes
        for element in _walk(archive, "xl/_rels/workbook.xml.rels", file=file, limits=limits)
    }
    sheets = [
        element.attributes
        for element in _walk(archive, "xl/workbook.xml", file=file, limits=limits)
        if (element.parent, element.name) == ("sheets", "sheet")
    ]
    if not 0 < len(sheets) <= limits.sheets:
        gathering.refuse(
            "sheet-count",
            Place(file=file),
            Text(
                f"有 {len(sheets)} 张工作表，应为 1 至 {limits.sheets} 张",
                f"it has {len(sheets)} sheets, not 1 to {limits.sheets}",
            ),
            Text("请只留用到的工作表", "keep only the sheets that are used"),
        )
    for sheet in sheets:
        _check_visible(sheet, file, gathering)
        relation = targets.get(sheet.get("id", ""), {})
        if relation.get("Type", "").endswith(_SHEET_TYPE):
            yield SheetPart(
                sheet.get("name", ""), _resolve(archive, relation.get("Target", ""), file)
            )


def _check_visible(sheet: dict[str, str], file: str, gathering: Gathering) -> None:
    if sheet.get("state", "visible") != "visible":
        gathering.add(
            "hidden-sheet",
            Place(file=file, sheet=sheet.get("name", "")),
            Text("这张工作表是隐藏的", "this sheet is hidden"),
            Text("请取消隐藏并核对，或删去它", "show it and check it, or delete it"),
        )


def _resolve(archive: zipfile.ZipFile, target: str, file: str) -> str:
    path = target.removeprefix("/")
    member = path if path.startswith("xl/") else f"xl/{target}"
    if member not in archive.namelist():
        refuse_damaged(file)
    return member


def _read_percent_styles(archive: zipfile.ZipFile, *, file: str, limits: Limits) -> frozenset[int]:
    if _STYLES not in archive.namelist():
        return frozenset()
    elements = _walk(archive, _STYLES, file=file, limits=limits)
    percent = _BUILT_IN_PERCENT | {
        _read_number(element.attributes.get("numFmtId"))
        for element in elements
        if element.name == "numFmt"
        and "%" in _QUOTED.sub("", element.attributes.get("formatCode", ""))
    }
    styles = [
        element for element in elements if (element.parent, element.name) == ("cellXfs", "xf")
    ]
    return frozenset(
        index
        for index, style in enumerate(styles)
        if _read_number(style.attributes.get("numFmtId")) in percent
    )


def _read_number(text: str | None) -> int:
    return (
        int(text)
        if text is not None and text.isascii() and text.isdigit() and len(text) < 10
        else -1
    )


def _walk(archive: zipfile.ZipFile, member: str, *, file: str, limits: Limits) -> list[_Element]:
    """Every element of a small XML part in order, by local name; document types are refused."""
    if member not in archive.namelist() or archive.getinfo(member).file_size > _MOST_BYTES:
        refuse_damaged(file)
    elements: list[_Element] = []
    open_names = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(elements) >= _MOST_ELEMENTS:
            refuse_damaged(file)
        local = name.rpartition(":")[2]
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        elements.append(_Element(open_names[-1], local, plain))
        open_names.append(local)

    def refuse(*_: object) -> None:
        refuse_damaged(file)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: open_names.pop()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(read_member(archive, member, file=file, limits=limits), True)  # noqa: FBT003 (positional in C)
    except expat.ExpatError:
        refuse_damaged(file)
    return elements
