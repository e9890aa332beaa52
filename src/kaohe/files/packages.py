"""Result packages as zip files: the same result is the same bytes, on every machine and every year."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from kaohe.errors import BadInput, Place, blocking
from kaohe.files.outputs import write_bytes
from kaohe.language import Text

# No moment of writing goes into a package: the earliest date a zip can hold stands instead.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MOST_MEMBERS = 16
_MOST_BYTES = 512 * 1024 * 1024


def write_package(members: Mapping[str, bytes], path: Path) -> None:
    """Write a package's members, in their order, as a whole or not at all."""
    write_bytes(path, _zip_members(members))


def read_package(path: Path) -> dict[str, bytes]:
    """The members of a package by name.

    Raises BadInput for a file that is no package, one too large to be one, and one in which any
    byte, of a member or of the zip around it, is not as a package is written.
    """
    try:
        content = path.read_bytes()
        with ZipFile(BytesIO(content)) as package:
            members = _read_members(package, path)
    except (BadZipFile, NotImplementedError) as fault:
        raise _refuse(
            path, Text("不是有效的结果包或已损坏", "not a result package, or damaged")
        ) from fault
    except OSError as fault:
        raise _refuse(path, Text("无法读取", "cannot be read")) from fault
    if _zip_members(members) != content:
        raise _refuse(
            path, Text("已被改动：与结果包的写法不符", "changed: not as a package is written")
        )
    return members


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
        raise _refuse(path, Text("文件过多或过大", "too many members, or too large"))
    if any(info.compress_type != ZIP_STORED for info in infos):
        raise _refuse(path, Text("不是 Kaohe 写出的结果包", "not a package written by Kaohe"))
    return {info.filename: package.read(info) for info in infos}


def _refuse(path: Path, wrong: Text) -> BadInput:
    remedy = Text(
        "请使用 kaohe score -o 结果.zip 生成的原结果包",
        "use a package as written by kaohe score -o result.zip",
    )
    return BadInput([blocking("not-a-package", Place(file=path.name), wrong, remedy)])
