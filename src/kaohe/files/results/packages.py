"""Result packages as zip files: the same result is the same bytes, on every machine and every year."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from struct import error
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from kaohe.errors import BadInput, Place, blocking
from kaohe.language import Text

# No moment of writing goes into a package: the earliest date a zip can hold stands instead.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MOST_MEMBERS = 16
_MOST_BYTES = 64 * 1024 * 1024
_DAMAGES = (BadZipFile, RuntimeError, EOFError, ValueError, error)
"""What zipfile raises for what is no zip, is encrypted, ends early, or claims the impossible."""
_DAMAGED = Text("不是结果包，或已被改动、损坏", "not a result package, or changed or damaged")
_TOO_LARGE = Text("文件过多或过大", "too many members, or too large")


def write_package(members: Mapping[str, bytes], path: Path) -> None:
    """Write a package's members, in their order."""
    path.write_bytes(_zip_members(members))


def read_package(path: Path) -> dict[str, bytes]:
    """The members of a package by name.

    Raises BadInput for a file that is no package, one too large to be one, and one in which any
    byte, of a member or of the zip around it, is not as a package is written.
    """
    content = _read_file(path)
    try:
        with ZipFile(BytesIO(content)) as package:
            members = _read_members(package, path)
    except _DAMAGES as fault:
        raise _refuse(path, _DAMAGED) from fault
    if _zip_members(members) != content:
        raise _refuse(
            path, Text("已被改动：与结果包的写法不符", "changed: not as a package is written")
        )
    return members


def _read_file(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _refuse(path, _TOO_LARGE)
        return path.read_bytes()
    except OSError as fault:
        raise _refuse(path, Text("无法读取", "cannot be read")) from fault


def _zip_members(members: Mapping[str, bytes]) -> bytes:
    """Stored, not packed, since another year's zlib packs the same bytes differently."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as package:
        for name, content in members.items():
            info = ZipInfo(name, _NO_DATE)
            info.create_system = _UNIX
            info.external_attr = 0o644 << 16
            package.writestr(info, content)
    return target.getvalue()


def _read_members(package: ZipFile, path: Path) -> dict[str, bytes]:
    infos = package.infolist()
    if len(infos) > _MOST_MEMBERS or sum(info.file_size for info in infos) > _MOST_BYTES:
        raise _refuse(path, _TOO_LARGE)
    if any(info.compress_type != ZIP_STORED for info in infos):
        raise _refuse(path, Text("不是 Kaohe 写出的结果包", "not a package written by Kaohe"))
    return {info.filename: _read_member(package, info, path) for info in infos}


def _read_member(package: ZipFile, info: ZipInfo, path: Path) -> bytes:
    try:
        return package.read(info)
    except _DAMAGES as fault:
        raise _refuse(path, _DAMAGED, member=info.filename) from fault


def _refuse(path: Path, wrong: Text, *, member: str = "") -> BadInput:
    remedy = Text(
        "请使用 kaohe score -o 结果.zip 生成的原结果包",
        "use a package as written by kaohe score -o result.zip",
    )
    return BadInput([blocking("not-a-package", Place(path.name, key=member), wrong, remedy)])
