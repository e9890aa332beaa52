"""Files appear whole, together, or not at all."""

from pathlib import Path

import pytest
import xlsxwriter

from kaohe.errors import BadInput
from kaohe.files.outputs import write_bytes, write_together


def test_files_appear_together(tmp_path: Path):
    first, second = tmp_path / "a.txt", tmp_path / "new" / "b.txt"

    write_together({
        first: lambda draft: draft.write_text(f"{first.exists()}"),
        second: lambda draft: draft.write_text(f"{first.exists()}"),
    })  # fmt: skip

    assert [path.read_text() for path in (first, second)] == ["False", "False"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.txt", "b.txt", "new"]


def test_where_one_cannot_be_written_none_is(tmp_path: Path):
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("earlier")

    with pytest.raises(BadInput, match=r"b\.txt: cannot be written: No such file or directory"):
        write_together({
            first: lambda draft: draft.write_text("later"),
            second: lambda draft: (draft.parent / "no folder" / "b.txt").write_text("later"),
        })  # fmt: skip

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "earlier")]


def test_a_folder_that_is_a_file_is_said_so(tmp_path: Path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(BadInput) as caught:
        write_bytes(tmp_path / "file" / "a.txt", b"y")

    assert [(each.kind, each.place.file) for each in caught.value.findings] == [
        ("cannot-write", str(tmp_path / "file" / "a.txt"))
    ]


def test_a_workbook_that_cannot_be_written_is_said_so(tmp_path: Path):
    def write(draft: Path) -> None:
        with xlsxwriter.Workbook(str(draft.parent / "absent" / draft.name)) as book:
            book.add_worksheet()

    with pytest.raises(BadInput) as refused:
        write_together({tmp_path / "a.xlsx": write})

    assert [finding.wrong.en for finding in refused.value.findings] == [
        "cannot be written: No such file or directory"
    ]
    assert list(tmp_path.iterdir()) == []
