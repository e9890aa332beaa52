"""How files are made that would harm, deceive or merely break a naive reader."""

import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.engine.files.forged import (
    DECLARATION,
    HEADER,
    MAIN,
    SHEET_1,
    forge_workbook,
    number,
    row,
    sheet,
    text,
)

Forge = Callable[[Path], object]
OPENING = f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData>'
CLOSING = "</sheetData></worksheet>"


def forged(*rows: str, **options: object) -> Forge:
    return lambda path: forge_workbook(path, *rows, **options)  # type: ignore[arg-type]


def with_sheet(content: str | bytes) -> Forge:
    return forged(members={SHEET_1: content})


def with_cell(cell: str) -> Forge:
    return forged(HEADER, row(2, text("A2", "U01"), cell))


def with_bytes(content: bytes) -> Forge:
    return lambda path: path.write_bytes(content)


def make_dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 (the same files in every run, no secret)


def zipped(**members: str) -> Forge:
    def forge(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name.replace("__", "/"), content)

    return forge


def truncated(path: Path) -> None:
    forge_workbook(path, HEADER)
    path.write_bytes(path.read_bytes()[:-40])


def corrupted(path: Path) -> None:
    """One byte of packed sheet data changed."""
    content = bytearray(forge_workbook(path, HEADER).read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(SHEET_1)
    content[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0xFF
    path.write_bytes(content)


def lying_about_size(path: Path) -> None:
    """The directory declares ten bytes where more are packed."""
    content = bytearray(
        forge_workbook(
            path, HEADER, *(row(n, text(f"A{n}", "U")) for n in range(2, 99))
        ).read_bytes()
    )
    entry = content.rfind(b"PK\x01\x02", 0, content.rfind(SHEET_1.encode()))
    struct.pack_into("<I", content, entry + 24, 10)
    path.write_bytes(content)


def twice_the_same_member(path: Path) -> None:
    forge_workbook(path, HEADER)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET_1.upper(), sheet(row(1, number("XFD1048576", "1"))))


def symbolic_link(path: Path) -> None:
    forge_workbook(path, HEADER)
    link = zipfile.ZipInfo("xl/media/a.png")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/hostname")


def encrypted_member(path: Path) -> None:
    content = bytearray(forge_workbook(path, HEADER).read_bytes())
    entry = content.find(b"PK\x01\x02")
    content[entry + 8] |= 1
    path.write_bytes(content)


def too_many_members(path: Path) -> None:
    forge_workbook(path, HEADER, members={f"xl/media/{n}.xml": "" for n in range(1001)})


def declared_too_many_members(path: Path) -> None:
    content = bytearray(forge_workbook(path, HEADER).read_bytes())
    struct.pack_into("<H", content, content.rfind(b"PK\x05\x06") + 10, 65_000)
    path.write_bytes(content)


def old_office(stream: str) -> Forge:
    content = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(64)
    )
    return with_bytes(content)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHING = (
    f'{DECLARATION}<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><worksheet xmlns="{MAIN}"><sheetData>'
    f'<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>{CLOSING}'
)
QUADRATIC = (
    f'{DECLARATION}<!DOCTYPE x [<!ENTITY e "{"ha" * 50_000}">]><worksheet xmlns="{MAIN}"><sheetData>'
    f'<row r="1"><c r="A1" t="str"><v>{"&e;" * 10_000}</v></c></row>{CLOSING}'
)
OUTSIDE = (
    f'{DECLARATION}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet xmlns="{MAIN}">'
    f'<sheetData><row r="1"><c r="A1" t="str"><v>&e;</v></c></row>{CLOSING}'
)
MANY_ELEMENTS = "".join(f'<a b="{n * 7919 % 99991}"/>' for n in range(500_010))
MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
FAR = number("XFD1048576", "1")
