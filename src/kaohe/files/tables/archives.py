"""Zip archives, opened behind guards: nothing is unpacked before its size is known to be bearable."""

import copy
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from kaohe.errors import Place
from kaohe.files.tables.gathering import Gathering
from kaohe.files.tables.limits import MEGABYTE, Limits
from kaohe.language import Text

_CHUNK = 1 << 20
_END, _END_SIZE, _MOST_COMMENT = b"PK\x05\x06", 22, 65_535
_LOCATOR_64, _LOCATOR_SIZE = b"PK\x06\x07", 20

DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)
"""What the standard library raises for archives that cannot be read (NotImplementedError included)."""

SAVE_AGAIN = Text("请用 Excel 或 WPS 打开后重新另存", "open it in Excel or WPS and save it again")


def open_archive(path: Path, limits: Limits) -> zipfile.ZipFile:
    """The archive, its directory checked; raises BadInput where it is damaged or could do harm."""
    gathering = Gathering()
    count = _count_members(path)
    if count > limits.members:
        _complain(
            gathering,
            path.name,
            Text(
                f"压缩包里有 {count:,} 个部件，上限 {limits.members:,}",
                f"it has {count:,} parts of at most {limits.members:,}",
            ),
        )
        gathering.raise_findings()
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED:
        refuse_damaged(path.name)
    _check_members(archive.infolist(), path.name, limits, gathering)
    if gathering.has_findings():
        archive.close()
    gathering.raise_findings()
    return archive


def stream_member(
    archive: zipfile.ZipFile, name: str, *, file: str, limits: Limits
) -> Generator[bytes, None, None]:
    """The content of one member, piece by piece; BadInput where it is not what the directory says."""
    info = archive.getinfo(name)
    # The declared size is not believed: read on to where the packed data end, and count.
    unbelieved = copy.copy(info)
    unbelieved.file_size = limits.member + 1
    size = 0
    try:
        with archive.open(unbelieved) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > info.file_size:
                    break
                yield chunk
    except DAMAGED:
        refuse_damaged(file)
    if size != info.file_size:
        refuse_damaged(file)


def read_member(archive: zipfile.ZipFile, name: str, *, file: str, limits: Limits) -> bytes:
    """The whole content of one small member."""
    with closing(stream_member(archive, name, file=file, limits=limits)) as pieces:
        return b"".join(pieces)


def refuse_damaged(file: str) -> NoReturn:
    """Raise BadInput for an archive that cannot be unpacked, or that lies about its content."""
    Gathering().refuse(
        "damaged-file",
        Place(file=file),
        Text("文件已损坏，可能没有下载完整", "it is damaged, perhaps not downloaded completely"),
        SAVE_AGAIN,
    )


def _count_members(path: Path) -> int:
    """How many members the end record declares: known before a directory of millions is loaded."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_SIZE - _LOCATOR_SIZE - _MOST_COMMENT))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        refuse_damaged(path.name)
    count, directory_size = struct.unpack_from("<HI", tail, at + 10)
    is_large = tail[max(0, at - _LOCATOR_SIZE) : at].startswith(_LOCATOR_64)
    # The shortest entry of a directory has 46 bytes, so its size bounds the count that is declared.
    return 1 << 32 if is_large else max(count, directory_size // 1024)


def _check_members(
    members: list[zipfile.ZipInfo], file: str, limits: Limits, gathering: Gathering
) -> None:
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked:
        _complain(
            gathering,
            file,
            Text(
                f"解压后有 {unpacked:,} 字节，上限 {limits.unpacked:,}",
                f"it unpacks to {unpacked:,} bytes of at most {limits.unpacked:,}",
            ),
        )
    names = Counter(member.filename.casefold() for member in members)
    for member in members:
        for wrong in _faults_of(member, limits, repeated=names[member.filename.casefold()] > 1):
            _complain(gathering, file, wrong, member.filename)


def _faults_of(member: zipfile.ZipInfo, limits: Limits, *, repeated: bool) -> Iterator[Text]:
    if member.file_size > limits.member:
        yield Text(
            f"这个部件解压后有 {member.file_size:,} 字节，上限 {limits.member:,}",
            f"this part unpacks to {member.file_size:,} bytes of at most {limits.member:,}",
        )
    if member.file_size > MEGABYTE and member.file_size > limits.ratio * member.compress_size:
        yield Text(
            f"这个部件压缩了 {limits.ratio} 倍以上，像压缩炸弹",
            f"this part is packed more than {limits.ratio} times, like a zip bomb",
        )
    if repeated:
        yield Text("这个部件出现了不止一次", "this part occurs more than once")
    if _is_stray(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
        yield Text("这个部件的路径不正常", "this part has a path that leads elsewhere")
    if member.flag_bits & 0x1:
        yield Text("这个部件加了密", "this part is encrypted")
    elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield Text("这个部件的压缩方式不常见", "this part is packed in an unusual way")


def _is_stray(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _complain(gathering: Gathering, file: str, wrong: Text, key: str = "") -> None:
    gathering.add("hostile-file", Place(file=file, key=key), wrong, SAVE_AGAIN)
