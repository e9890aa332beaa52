from pathlib import Path

import pytest

from kaohe.errors import BadInput
from kaohe.files.scheme_yaml import compose_draft, read_scheme_yaml
from kaohe.files.schemes import read_draft


def refuse(text: str) -> tuple[int | None, str]:
    with pytest.raises(BadInput) as caught:
        compose_draft(text, "bad.yaml")
    (finding,) = caught.value.findings
    return finding.place.line, finding.wrong.en


def test_scalars_stay_as_written_and_nothing_stays_nothing():
    draft = compose_draft("a: 1.50\nb: no\nc:\nd: ~\ne: ''\nf: 0x10\ng: 2019-12-31\n", "x.yaml")

    assert draft.tree == {
        "a": "1.50", "b": "no", "c": None, "d": None, "e": "", "f": "0x10", "g": "2019-12-31",
    }  # fmt: skip


def test_every_value_has_its_line():
    draft = compose_draft("a:\n  - b: 1\n    c: 2\n", "x.yaml")

    assert draft.place(("a", 0, "c")).line == 3
    assert draft.place(("a", 0, "c")).key == "a[0].c"
    assert draft.place(("a", 0, "nowhere")).line == 2


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("a: [1\n", 2, "not valid YAML: did not find expected ',' or ']'"),
        ("\ta: 1", 1, "not valid YAML: found character that cannot start any token"),
        ("a: {x: 1}\nb: &k {c: 1}\nd: *k\n", 2, "anchors and aliases (& and *) are not supported"),
        ("a: !!python/object:os.system x", 1, "the tag tag:yaml.org,2002:python/object:os.system is not supported"),
        ("a: !mine x", 1, "the tag !mine is not supported"),
        ("a: 1\n---\nb: 2\n", 2, "not valid YAML: but found another document"),
        ("- a\n", 1, "not a scheme: keys with values expected"),
        ("", 1, "not a scheme: keys with values expected"),
        ("a: " + "[" * 45 + "]" * 45, 1, "nested too deeply"),
    ],
)  # fmt: skip
def test_what_is_no_scheme_is_refused_with_its_line(text, line, wrong):
    assert refuse(text) == (line, wrong)


def test_text_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path):
    path = tmp_path / "s.yaml"
    path.write_bytes("a: 1\nb: 方案\n".encode("gb18030"))

    with pytest.raises(BadInput) as caught:
        read_scheme_yaml(path)

    assert caught.value.findings[0].place.line == 2
    assert caught.value.findings[0].wrong.en == "not text in UTF-8"


def test_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path):
    path = tmp_path / "s.yaml"
    path.write_text("a: 1\n", encoding="utf-8-sig")

    assert read_draft(path).tree == {"a": "1"}


def test_other_endings_are_refused(tmp_path: Path):
    with pytest.raises(BadInput, match=r"a \.yaml or \.xlsx file"):
        read_draft(tmp_path / "scheme.docx")


def test_missing_file_is_said_so(tmp_path: Path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_draft(tmp_path / "nowhere.yaml")
