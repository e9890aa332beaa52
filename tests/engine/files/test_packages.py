from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from kaohe.errors import BadInput
from kaohe.files.results.packages import read_package, write_package

MEMBERS = {"scheme.json": b'{"code":"s"}\n', "data.json": b"[1,2,3]\n", "manifest.json": b"{}\n"}


def refuse(path: Path) -> tuple[str, str, str]:
    with pytest.raises(BadInput) as caught:
        read_package(path)
    (finding,) = caught.value.findings
    return finding.kind, finding.place.key, finding.wrong.en


def test_a_package_comes_back_as_it_was_written(tmp_path: Path):
    path = tmp_path / "p.zip"
    write_package(MEMBERS, path)

    assert list(read_package(path).items()) == list(MEMBERS.items())


def test_the_same_members_are_the_same_bytes(tmp_path: Path):
    write_package(MEMBERS, tmp_path / "a.zip")
    write_package(MEMBERS, tmp_path / "b.zip")

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_every_changed_byte_is_refused(tmp_path: Path):
    path = tmp_path / "p.zip"
    write_package(MEMBERS, path)
    content = path.read_bytes()
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 1
        path.write_bytes(changed)
        assert refuse(path)[0] == "not-a-package", place


@pytest.mark.parametrize("name", list(MEMBERS))
def test_a_changed_byte_in_a_member_is_refused_naming_it(tmp_path: Path, name: str):
    path = tmp_path / "p.zip"
    write_package(MEMBERS, path)
    content = path.read_bytes()
    path.write_bytes(content.replace(MEMBERS[name], b"\0" + MEMBERS[name][1:]))

    assert refuse(path) == ("not-a-package", name, "not a result package, or changed or damaged")


def test_every_shortened_package_is_refused(tmp_path: Path):
    path = tmp_path / "p.zip"
    write_package(MEMBERS, path)
    content = path.read_bytes()
    for length in range(len(content)):
        path.write_bytes(content[:length])
        assert refuse(path)[0] == "not-a-package", length


def zip_with(compression: int, members: list[tuple[str, bytes]]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", compression) as package:
        for name, content in members:
            package.writestr(ZipInfo(name), content, compression)
    return target.getvalue()


def test_a_packed_zip_is_refused_before_it_is_unpacked(tmp_path: Path):
    path = tmp_path / "p.zip"
    path.write_bytes(zip_with(ZIP_DEFLATED, [("data.json", b"0" * 10_000_000)]))

    assert refuse(path)[2] == "not a package written by Kaohe"


def test_too_many_members_are_refused(tmp_path: Path):
    path = tmp_path / "p.zip"
    write_package({f"m{number}": b"" for number in range(17)}, path)

    assert refuse(path)[2] == "too many members, or too large"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(tmp_path: Path):
    path = tmp_path / "p.zip"
    path.write_bytes(zip_with(0, [("data.json", b"1"), ("data.json", b"2")]))

    assert refuse(path)[2] == "changed: not as a package is written"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path):
    path = tmp_path / "p.zip"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)

    assert refuse(path)[2] == "too many members, or too large"


def test_a_missing_package_is_said_so(tmp_path: Path):
    assert refuse(tmp_path / "p.zip") == ("not-a-package", "", "cannot be read")
