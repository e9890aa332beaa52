"""Classified material does not belong here: the question at every upload, and the marks that give it away."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kaohe.errors import BadInput
from kaohe.files.tables.archives import DAMAGED, open_archive
from kaohe.files.tables.limits import UPLOAD
from kaohe.language import Text
from kaohe_web.foundation.refusals import Unprocessable

NOT_CLASSIFIED = "no"
"""The only answer with which a file is taken."""

_FIRST = 200_000
"""Bytes of each part that are looked at: marks stand at the top of a document."""

_MOST_PARTS = 8
_GAP = r"[\s\u3000]*"
_LEVEL = f"(?:绝{_GAP}密|机{_GAP}密|秘{_GAP}密)"
_MARK = re.compile(f"{_LEVEL}{_GAP}[★☆]")
_ALONE = re.compile(f"{_GAP}(?:密级{_GAP}[:：]?{_GAP})?{_LEVEL}{_GAP}")
_IN_NAME = re.compile("绝密|机密|(?<!商业)(?<!国家)秘密")
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"</(?:\w+:)?(?:p|si|is|row|c|TextCode|oddHeader|oddFooter)>")
_PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*)\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet1\.xml"
    r"|.*/Pages/Page_0/Content\.xml",
    re.IGNORECASE,
)
_WIDE = re.compile(rb"\xfe\xff")
_LONGEST_TITLE = 200
_TEXT = ("utf-8-sig", "gb18030", "utf-16")


class Classified(Unprocessable):
    """The file is, or looks as if it were, classified: nothing of it is kept, not even its name."""

    def __init__(self, reason: Text | None = None) -> None:
        super().__init__(reason or _MARKED)


def refuse_classified(*, answer: str, name: str) -> None:
    """Go on only where somebody answered that a file holds nothing classified, and its name agrees.

    Raises:
        Classified: it does, or its name says so.
        Unprocessable: the question was not answered.
    """
    if answer == "yes":
        raise Classified(_SAID_SO)
    if answer != NOT_CLASSIFIED:
        raise Unprocessable(_NOT_ANSWERED)
    if _IN_NAME.search(name):
        raise Classified


def find_markings(path: Path) -> list[str]:
    """The levels of secrecy marked in the first text of a file, as far as it can be read.

    Words of Office and OFD documents, workbooks and plain text are read; of a PDF its title, and nothing
    of pictures. A level counts where a star follows it or where it stands alone in its paragraph or cell.
    """
    found = [line for text in _list_texts(path) for line in text if _is_marked(line)]
    return [line.strip()[:20] for line in found[:3]]


def _is_marked(line: str) -> bool:
    return _MARK.search(line) is not None or _ALONE.fullmatch(line) is not None


def _list_texts(path: Path) -> Iterator[list[str]]:
    head, end = _read_ends(path)
    if head.startswith(b"PK"):
        with suppress(BadInput, *DAMAGED), open_archive(path, UPLOAD) as archive:
            yield from _list_parts(archive)
        return
    for encoding in _TEXT:
        yield head.decode(encoding, errors="ignore").splitlines()
    yield [
        part[at.end() : at.end() + _LONGEST_TITLE].decode("utf-16-be", errors="ignore")
        for part in (head, end)
        for at in _WIDE.finditer(part)
    ]


def _read_ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(_FIRST)
        file.seek(max(0, path.stat().st_size - _FIRST))
        return head, file.read()


def _list_parts(archive: zipfile.ZipFile) -> Iterator[list[str]]:
    for name in [each for each in archive.namelist() if _PARTS.fullmatch(each)][:_MOST_PARTS]:
        with archive.open(name) as part:
            content = part.read(_FIRST).decode("utf-8", errors="ignore")
        yield [_TAG.sub("", paragraph) for paragraph in _BREAK.split(content)]


_SAID_SO = Text(
    "涉密材料不得上传到本系统。请按保密规定报送;此次上传没有保存",
    "Classified material must not be uploaded here. Send it as the rules of secrecy say; nothing was kept",
)
_MARKED = Text(
    "文件名或正文开头有密级标志(绝密、机密、秘密★),涉密材料不得上传;此次上传没有保存。如不涉密,请去掉密级标志再上传",
    "The name or the first text bears a mark of secrecy (绝密, 机密, 秘密★); classified material must not be uploaded, and nothing was kept. If it is not classified, remove the mark and upload it again",
)
_NOT_ANSWERED = Text(
    "请先回答:文件是否含有涉密内容", "Answer first whether the file holds anything classified"
)
