"""What a file really is: told by its content, never by its name."""

import mmap
from collections.abc import Collection
from pathlib import Path
from typing import NoReturn

from kaohe.errors import Place
from kaohe.files.tables.archives import open_archive
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.limits import COMMAND_LINE, Limits
from kaohe.language import Text

ENDINGS = {".xlsx": "xlsx", ".csv": "text", ".tsv": "text", ".txt": "text", ".parquet": "parquet"}
"""The content that a file of each ending must have."""

_SAVE_AS_XLSX = Text(
    "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”",
    'open it in Excel or WPS and save it as "Excel workbook (*.xlsx)"',
)
_SEND_TABLE = Text("请改用 .xlsx、.csv 或 .parquet 表格", "use a table: .xlsx, .csv or .parquet")
_UNPACK = Text("请先解压，再用里面的表格", "unpack it first and use the table inside")

_KINDS: dict[str, tuple[Text, Text]] = {
    "empty": (Text("空文件", "an empty file"), Text("请重新导出", "export it again")),
    "xlsx": (
        Text("Excel 工作簿", "an Excel workbook"),
        Text("请改名为 .xlsx", "rename it to .xlsx"),
    ),
    "parquet": (
        Text("Parquet 表", "a Parquet table"),
        Text("请改名为 .parquet", "rename it to .parquet"),
    ),
    "text": (
        Text("纯文本", "plain text"),
        Text(
            "表请改名为 .csv 或另存为 .xlsx，方案请改名为 .yaml",
            "rename a table to .csv or save it as .xlsx, rename a scheme to .yaml",
        ),
    ),
    "xls": (Text("旧版 Excel 文件（.xls）", "an old Excel file (.xls)"), _SAVE_AS_XLSX),
    "xlsb": (Text("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)"), _SAVE_AS_XLSX),
    "encrypted": (
        Text("加了打开密码的文件", "a file with a password"),
        Text("请去掉打开密码后另存为 .xlsx", "remove the password and save it as .xlsx"),
    ),
    "ole": (Text("旧版 Office 文件", "an old Office file"), _SAVE_AS_XLSX),
    "ods": (Text("OpenDocument 表格（.ods）", "an OpenDocument spreadsheet (.ods)"), _SAVE_AS_XLSX),
    "xml": (Text("XML 文件", "an XML file"), _SAVE_AS_XLSX),
    "html": (
        Text(
            "网页（HTML），常见于网上系统的“导出”", 'a web page (HTML), as many systems "export" it'
        ),
        _SAVE_AS_XLSX,
    ),
    "docx": (Text("Word 文件", "a Word document"), _SEND_TABLE),
    "pptx": (Text("演示文稿", "a presentation"), _SEND_TABLE),
    "pdf": (Text("PDF 文件", "a PDF document"), _SEND_TABLE),
    "image": (Text("图片", "a picture"), _SEND_TABLE),
    "rtf": (Text("RTF 文件", "an RTF document"), _SEND_TABLE),
    "json": (Text("JSON 文件", "a JSON file"), _SEND_TABLE),
    "zip": (Text("压缩包", "a zip archive"), _UNPACK),
    "archive": (Text("压缩包", "an archive"), _UNPACK),
    "binary": (Text("二进制文件，不是表格", "a binary file, not a table"), _SEND_TABLE),
}

_SIGNATURES = (
    (b"PAR1", "parquet"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "rtf"),
    (b"\x00\x00\xfe\xff", "binary"),
    (b"\xff\xfe\x00\x00", "binary"),
)
_MARKUP = (
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<head", "html"),
    (b"<meta", "html"),
    (b"<table", "html"),
    (b"<?xml", "xml"),
    (b"mime-version", "html"),
    (b'{"', "json"),
    (b"[{", "json"),
)
_PARTS = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
)
_OLE_STREAMS = (("EncryptedPackage", "encrypted"), ("Workbook", "xls"), ("Book", "xls"))


def require_format(path: Path, *, expected: Collection[str], limits: Limits) -> None:
    """Refuse, as BadInput, a file that is missing, too large, or not what its name says."""
    gathering, place = Gathering(), Place(file=path.name)
    if path.is_dir():
        gathering.refuse(
            "missing-file",
            place,
            Text("这是文件夹，不是文件", "this is a folder, not a file"),
            Text("请写明其中的文件", "name a file in it"),
        )
    if not path.is_file():
        gathering.refuse(
            "missing-file",
            place,
            Text("没有这个文件", "there is no such file"),
            Text("请核对路径", "check the path"),
        )
    size = path.stat().st_size
    if size > limits.file:
        gathering.refuse(
            "too-large",
            place,
            Text(
                f"文件有 {size:,} 字节，上限 {limits.file:,}",
                f"it has {size:,} bytes of at most {limits.file:,}",
            ),
            Text("请删去用不到的内容，或分成几个文件", "remove what is not needed, or split it"),
        )
    found = recognise_format(path, limits)
    if found not in expected:
        _refuse_disguise(path, found, gathering)


def _refuse_disguise(path: Path, found: str, gathering: Gathering) -> None:
    label, remedy = _KINDS[found]
    gathering.refuse(
        "disguised-file",
        Place(file=path.name),
        Text(
            f"名字以 {path.suffix} 结尾，内容其实是{label.zh}",
            f"its name ends in {path.suffix}, but it is {label.en}",
        ),
        remedy,
    )


def expect_format(path: Path) -> str:
    """The content that a table file must have by its ending; BadInput for an unknown ending."""
    expected = ENDINGS.get(path.suffix.lower())
    if expected is None:
        _refuse_ending(path)
    return expected


def _refuse_ending(path: Path) -> NoReturn:
    """Say what the file is, too: a web page called .xls is what many systems export."""
    label, remedy = (
        Text("", ""),
        Text(f"表格请用 {'、'.join(ENDINGS)}", f"tables are {', '.join(ENDINGS)}"),
    )
    if path.is_file():
        kind, remedy = _KINDS[recognise_format(path, COMMAND_LINE)]
        label = Text(f"，内容是{kind.zh}", f"; it is {kind.en}")
    Gathering().refuse(
        "unknown-ending",
        Place(file=path.name),
        Text(
            f"不认识的文件类型“{path.suffix}”{label.zh}",
            f'unknown kind of file "{path.suffix}"{label.en}',
        ),
        remedy,
    )


def recognise_format(path: Path, limits: Limits) -> str:
    """What a file is: xlsx, parquet, text, or one of the things it should not be."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        return "empty"
    signed = next((kind for magic, kind in _SIGNATURES if head.startswith(magic)), None)
    if signed == "zip":
        return _recognise_archive(path, limits)
    if signed == "ole":
        return _recognise_ole(path)
    return signed or _recognise_text(head)


def _recognise_text(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    markup = next((kind for opening, kind in _MARKUP if start.startswith(opening)), None)
    if markup is not None:
        return markup
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "binary" if not is_wide and b"\0" in head and not _is_mostly_text(head) else "text"


def _is_mostly_text(head: bytes) -> bool:
    """Text with a stray NUL is refused later, with its place."""
    return sum(byte < 32 and byte not in b"\t\r\n\f" for byte in head) * 20 < len(head)


def _recognise_archive(path: Path, limits: Limits) -> str:
    with open_archive(path, limits) as archive:
        names = set(archive.namelist())
        if "mimetype" in names:
            with archive.open("mimetype") as declared:
                if b"opendocument.spreadsheet" in declared.read(200):
                    return "ods"
    return next((kind for part, kind in _PARTS if part in names), "zip")


def _recognise_ole(path: Path) -> str:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for name, kind in _OLE_STREAMS:
            if content.find(name.encode("utf-16-le")) >= 0:
                return kind
    return "ole"
