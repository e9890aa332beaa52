"""Workbooks written tag by tag, as no usual program would."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET_1 = "xl/worksheets/sheet1.xml"


def forge_workbook(
    path: Path,
    *rows: str,
    before: str = "",
    after: str = "",
    strings: str | None = None,
    styles: str | None = None,
    names: Mapping[str, str] | None = None,
    main_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    members: Mapping[str, str | bytes] | None = None,
) -> Path:
    """Write a workbook of the given `<row>` elements; `members` replace or add whole parts.

    `names` gives the sheets and the state of each; all of them share the rows.
    """
    sheets = {"数据": "visible"} if names is None else names
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types(main_type),
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": workbook(sheets),
        "xl/_rels/workbook.xml.rels": relations(
            {
                f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml")
                for n in range(1, len(sheets) + 1)
            }
        ),
    }
    for number in range(1, len(sheets) + 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet(*rows, before=before, after=after)
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f'{DECLARATION}<sst xmlns="{MAIN}">{strings}</sst>'
    if styles is not None:
        parts["xl/styles.xml"] = f'{DECLARATION}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | dict(members or {})).items():
            archive.writestr(name, content)
    return path


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    body = "".join(rows)
    return f'{DECLARATION}<worksheet xmlns="{MAIN}">{before}<sheetData>{body}</sheetData>{after}</worksheet>'


def workbook(sheets: Mapping[str, str], *, properties: str = "") -> str:
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" state="{state}" r:id="rId{number}"/>'
        for number, (name, state) in enumerate(sheets.items(), start=1)
    )
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"{properties}<sheets>{listed}</sheets></workbook>"
    )


def types(main_type: str) -> str:
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main_type}"/></Types>'
    )


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def text(address: str, content: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{escape(content)}</t></is></c>'


def number(address: str, content: str, *, style: int | None = None) -> str:
    styled = "" if style is None else f' s="{style}"'
    return f'<c r="{address}"{styled}><v>{content}</v></c>'


HEADER = row(1, text("A1", "unit"), text("B1", "A01"))
"""A header of two columns, for sheets of which only the second row matters."""
