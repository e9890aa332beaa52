"""Which encoding a text file is in: found by reading all of it strictly, refused where in doubt."""

import codecs
import re
from collections.abc import Generator
from pathlib import Path
from typing import NoReturn

from kaohe.errors import Place
from kaohe.files.tables.gathering import Gathering
from kaohe.language import Text

_CHUNK = 1 << 20
_LONGEST_LINE = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = re.compile("[\u2e80-\u9fff\uff00-\uffef\U00020000-\U0003ffff]")
_CHINESE_WORDS = re.compile("[\u4e00-\u9fff]{4}")
_LATIN_WORDS = re.compile("[A-Za-z][\u0080-\u07ff]|[\u0080-\u07ff][A-Za-z]")
_LOST = re.compile("\ufffd|锟斤拷")
_SAVE_AS_UTF_8 = Text("请另存为 UTF-8 编码的 CSV，或 .xlsx", "save it as CSV in UTF-8, or as .xlsx")


def read_lines(path: Path) -> Generator[str, None, None]:
    """The lines of a text file with their ends, in UTF-8, UTF-16 or GB18030.

    Raises BadInput, with the byte or the line, for other encodings, mixtures, NUL and lost characters.
    """
    encoding = detect_encoding(path)
    is_chinese = is_latin = is_foreign = False
    with path.open(encoding=encoding, newline="") as file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), ""), start=1):
            _check_line(line, Place(file=path.name, line=number), encoding)
            if not line.isascii():
                is_foreign = True
                is_chinese = is_chinese or _CHINESE.search(line) is not None
                is_latin = is_latin or _LATIN_WORDS.search(line) is not None
            yield line
    is_doubtful = is_foreign and not is_chinese and not is_latin
    if is_doubtful and encoding == "utf-8" and _find_undecodable(path, "gb18030") is None:
        _refuse(
            Place(file=path.name),
            Text("分不清是 UTF-8 还是 GB18030 编码", "it may be in UTF-8 or in GB18030"),
        )


def detect_encoding(path: Path) -> str:
    """The encoding by the mark at the beginning, else UTF-8 or GB18030, whichever reads every byte."""
    with path.open("rb") as file:
        head = file.read(4)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    positions = {}
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        position = _find_undecodable(path, encoding)
        if position is None:
            return encoding
        positions[encoding] = position
    return _refuse_undecodable(path, positions)


def _find_undecodable(path: Path, encoding: str) -> int | None:
    """The position of the first byte that cannot be read; None when all can."""
    decoder = codecs.getincrementaldecoder(_bare(encoding))()
    position = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as fault:
                return position - waiting + fault.start
            if not chunk:
                return None
            position += len(chunk)


def _bare(encoding: str) -> str:
    return encoding.removesuffix("-sig")


def _refuse_undecodable(path: Path, positions: dict[str, int]) -> NoReturn:
    names = {_bare(encoding).upper(): at + 1 for encoding, at in positions.items()}
    zh = "，".join(f"按 {name} 读到第 {at} 个字节出错" for name, at in names.items())
    en = ", ".join(f"as {name} it fails at byte {at}" for name, at in names.items())
    _refuse(Place(file=path.name), Text(f"看不懂文字编码：{zh}", f"unknown encoding: {en}"))


def _check_line(line: str, place: Place, encoding: str) -> None:
    if len(line) >= _LONGEST_LINE:
        _refuse(place, Text("这一行太长，不是表格", "this line is too long for a table"))
    if "\0" in line:
        _refuse(place, Text("这一行含有空字符（NUL）", "this line holds a NUL character"))
    if not line.isascii():
        if _LOST.search(line):
            _refuse(
                place,
                Text(
                    "这一行有转换编码时丢失的字（�）",
                    "characters of this line were lost in an earlier conversion (�)",
                ),
            )
        if encoding == "gb18030" and _is_utf_8(line):
            _refuse(
                place,
                Text(
                    "这一行是 UTF-8，别处是 GB18030，编码混用",
                    "this line is in UTF-8, others are in GB18030",
                ),
            )


def _is_utf_8(line: str) -> bool:
    """Whether the bytes of a line read as GB18030 are four or more Chinese characters in UTF-8."""
    try:
        return _CHINESE_WORDS.search(line.encode("gb18030").decode("utf-8")) is not None
    except UnicodeError:
        return False


def _refuse(place: Place, wrong: Text) -> NoReturn:
    Gathering().refuse("bad-encoding", place, wrong, _SAVE_AS_UTF_8)
