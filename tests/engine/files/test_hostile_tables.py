"""Files that would harm, deceive or merely break a naive reader: each ends in a sentence that says what it is."""

from pathlib import Path

import pytest
from tests.engine.files.forged import HEADER, SHEET_1, forge_workbook, number, row, sheet, text
from tests.engine.files.hostile import make_dice
from tests.engine.files.hostile_corpus import CORPUS

from kaohe.errors import BadInput
from kaohe.files.tables.limits import UPLOAD
from kaohe.files.tables.reading import read_table


@pytest.mark.parametrize("name", CORPUS)
def test_every_member_ends_in_its_sentence(tmp_path: Path, name: str) -> None:
    forge, kind, says = CORPUS[name]
    path = tmp_path / "a.xlsx"
    forge(path)

    with pytest.raises(BadInput) as refusal:
        read_table(path)

    assert {finding.kind for finding in refusal.value.findings} == {kind}
    assert says in refusal.value.findings[0].wrong.zh
    assert refusal.value.findings[0].place.file == "a.xlsx"
    assert refusal.value.findings[0].remedy.zh != ""


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 60


def test_a_missing_file_and_an_unknown_ending(tmp_path: Path) -> None:
    for name, kind in [
        ("a.xlsx", "missing-file"),
        ("a.xls", "unknown-ending"),
        ("a", "unknown-ending"),
    ]:
        with pytest.raises(BadInput) as refusal:
            read_table(tmp_path / name)
        assert [finding.kind for finding in refusal.value.findings] == [kind]


def test_a_file_above_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"unit,A01\n" + b"U01,1\n" * 1_700_000)

    with pytest.raises(BadInput) as refusal:
        read_table(path, limits=UPLOAD)

    assert refusal.value.findings[0].wrong.zh == "文件有 10,200,009 字节，上限 10,000,000"


@pytest.mark.slow
def test_any_changed_byte_is_harmless(tmp_path: Path) -> None:
    """A thousand damaged workbooks either read or are refused; nothing else is ever raised."""
    dice = make_dice(20191231)
    rows = [row(n, text(f"A{n}", f"U{n}"), number(f"B{n}", str(n))) for n in range(2, 6)]
    whole = forge_workbook(
        tmp_path / "whole.xlsx", HEADER, *rows, styles="<cellXfs><xf/></cellXfs>"
    ).read_bytes()
    path, refused = tmp_path / "a.xlsx", 0

    for _ in range(1000):
        content = bytearray(whole)
        for _ in range(dice.randint(1, 4)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        path.write_bytes(content)
        try:
            read_table(path)
        except BadInput:
            refused += 1

    assert refused > 500


@pytest.mark.slow
def test_any_changed_tag_is_harmless(tmp_path: Path) -> None:
    """The same with the XML itself changed, so that the archive stays whole."""
    dice = make_dice(20200331)
    rows = [row(n, text(f"A{n}", f"U{n}"), number(f"B{n}", str(n), style=0)) for n in range(2, 6)]
    whole = sheet(HEADER, *rows, after='<mergeCells><mergeCell ref="A9:B9"/></mergeCells>').encode()
    path, refused = tmp_path / "a.xlsx", 0

    for _ in range(1000):
        content = bytearray(whole)
        for _ in range(dice.randint(1, 3)):
            at = dice.randrange(len(content))
            content[at : at + dice.randint(0, 3)] = dice.choice(
                [b"", b"<", b">", b'"', b"9", b"c r", b"\0", b"&#9;", b"/"]
            )
        forge_workbook(path, members={SHEET_1: bytes(content)})
        try:
            list(read_table(path).rows)
        except BadInput:
            refused += 1

    assert refused > 300
