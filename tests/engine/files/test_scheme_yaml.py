from fractions import Fraction
from pathlib import Path

import pytest
from tests.engine.scheme.drafts import SMALL, change

from kaohe.errors import BadInput
from kaohe.files.schemes.reading import read_draft
from kaohe.files.schemes.yaml_reading import compose_draft, read_scheme_yaml
from kaohe.scheme.reading import read_model


def refuse(text: str) -> tuple[int | None, str]:
    with pytest.raises(BadInput) as caught:
        compose_draft(text, "bad.yaml")
    (finding,) = caught.value.findings
    assert (finding.kind, finding.place.file) == ("not-readable", "bad.yaml")
    assert finding.remedy.zh
    return finding.place.line, finding.wrong.en


def test_scalars_stay_as_written_and_nothing_stays_nothing():
    draft = compose_draft("a: 1.50\nb: no\nc:\nd: ~\ne: ''\nf: 0x10\ng: 2019-12-31\n", "x.yaml")

    assert draft.tree == {
        "a": "1.50", "b": "no", "c": None, "d": None, "e": "", "f": "0x10", "g": "2019-12-31",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "read"),
    [("1,234.5", "1234.5"), ("'１．５'", "1.5"), ("010", "10"), ("1/3", "1/3"), ('"5"', "5"), ("-0", "0")],
)  # fmt: skip
def test_numbers_mean_what_they_show(written, read):
    model, findings = read_model(change("points: 5\n", f"points: {written}\n"))

    assert findings == []
    assert model is not None
    assert model.nodes_by_code["A1"].points == Fraction(read)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("1e3", '"1e3" is in scientific notation'),
        (".5", '".5" lacks the 0 before its decimal point'),
        ("1_000", '"1_000" holds an underscore'),
        ("yes", '"yes" is not a number'),
        ("0x10", '"0x10" is not decimal'),
        ("0o17", '"0o17" is not decimal'),
        ("1:30", '"1:30" looks like a date or a time, not a number'),
        (".nan", '".nan" is not a number'),
        (".inf", '".inf" is not a number'),
        ("1.234,5", '"1.234,5" uses a comma as the decimal point'),
        ("2019-12-31", '"2019-12-31" looks like a date or a time, not a number'),
    ],
)
def test_numbers_that_yaml_would_guess_at_are_refused_with_their_line(written, wrong):
    model, [finding] = read_model(change("points: 5\n", f"points: {written}\n"))

    assert model is None
    assert (finding.place.line, finding.place.key) == (18, "indicators[0].children[0].points")
    assert finding.wrong.en == wrong
    assert finding.remedy.zh


def test_a_scheme_that_is_wrong_all_over_is_answered_at_once():
    text = SMALL + "".join(f"k{number}: 1\n" for number in range(100_000))

    model, findings = read_model(compose_draft(text, "small.yaml"))

    assert model is None
    assert len(findings) == 201
    assert findings[-1].wrong.en == "99800 more findings are not listed"


def test_a_key_given_again_and_again_is_listed_two_hundred_times():
    draft = compose_draft("a: 1\n" * 1000, "x.yaml")

    assert len(draft.findings) == 200


def test_every_value_has_its_line():
    draft = compose_draft("a:\n  - b: 1\n    c: 2\n", "x.yaml")

    assert draft.place(("a", 0, "c")).line == 3
    assert draft.place(("a", 0, "c")).key == "a[0].c"
    assert draft.place(("a", 0, "nowhere")).line == 2


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("a: [1\n", 1, "not valid YAML: a square bracket is not closed"),
        ("a: {b: 1\n", 1, "not valid YAML: a brace is not closed"),
        ("a: 1\nb: 'x\n", 2, "not valid YAML: a quotation mark is not closed"),
        ("\ta: 1", 1, "not valid YAML: a tab, or a value that begins with @, ` or %"),
        ("a:\n  b: 1\n\tc: 2", 3, "not valid YAML: a tab, or a value that begins with @, ` or %"),
        ("a: 1\n b: 2", 2, "not valid YAML: a key with a value may not stand here"),
        ("a: b: 1", 1, "not valid YAML: a key with a value may not stand here"),
        ("a:\n  - 1\n - 2", 3, "not valid YAML: a key is expected here"),
        ("- a: 1\n b: 2", 2, "not valid YAML: the items of a list are not aligned"),
        ("a: - 1", 1, "not valid YAML: a list may not begin on the line of its key"),
        ("a: 1\nb", 3, "not valid YAML: a key lacks its colon"),
        ('a: "\\q"', 1, "not valid YAML: an unknown sign after \\ between double quotes"),
        ("a: *", 1, "not valid YAML: a value begins with & or *"),
        ("a: !<", 1, "not valid YAML: did not find expected tag URI"),
        ("a: 1\nb: \x07", 2, "it holds a control character"),
        ("a: 1\nb: \0", 2, "it holds a control character"),
        ("? [a, b]\n: 1\n", 1, "a key is a single word"),
        ("a: &a [x]\n", 1, "anchors and aliases (& and *) are not supported"),
        ("<<: *a\n", 1, "anchors and aliases (& and *) are not supported"),
        ("a: !!set {x}", 1, "the tag tag:yaml.org,2002:set is not supported"),
        ("%TAG ! tag:x,2000:\n---\na: !b 1", 3, "the tag tag:x,2000:b is not supported"),
        ("a: {x: 1}\nb: &k {c: 1}\nd: *k\n", 2, "anchors and aliases (& and *) are not supported"),
        ("a: !!python/object:os.system x", 1, "the tag tag:yaml.org,2002:python/object:os.system is not supported"),
        ("a: !mine x", 1, "the tag !mine is not supported"),
        ("a: 1\n---\nb: 2\n", 2, "there is more than one document"),
        ("- a\n", 1, "not a scheme: keys with values expected"),
        ("", 1, "not a scheme: keys with values expected"),
        ("a: " + "[" * 45 + "]" * 45, 1, "nested too deeply"),
        ("a: " + "[" * 1_000_000, 1, "nested too deeply"),
        ("".join(f"{' ' * n}a:\n" for n in range(60)), 42, "nested too deeply"),
        ("a:\n- [" + "1," * 500_000 + "]", 2, "more than 400,000 values"),
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
    with pytest.raises(BadInput, match="there is no such file"):
        read_draft(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"PAR1", "its name ends in .yaml, but it is a Parquet table"),
        (b"%PDF-1.7", "its name ends in .yaml, but it is a PDF document"),
        (b"<html><body>a: 1</body></html>", "a web page (HTML)"),
        ("a: 1".encode("utf-16"), "not text in UTF-8"),
        (b"a: " + b"x" * 10_000_000, "it has 10,000,003 bytes of at most 10,000,000"),
        (b"", "not a scheme: keys with values expected"),
    ],
)
def test_files_that_are_no_yaml_say_what_they_are(tmp_path: Path, content: bytes, wrong: str):
    path = tmp_path / "s.yaml"
    path.write_bytes(content)

    with pytest.raises(BadInput) as caught:
        read_draft(path)

    [finding] = caught.value.findings
    assert finding.place.file == "s.yaml"
    assert wrong in finding.wrong.en


def test_json_is_yaml(tmp_path: Path):
    path = tmp_path / "s.yaml"
    path.write_text('{"a": "1", "b": [2, {"c": null}]}', encoding="utf-8")

    assert read_draft(path).tree == {"a": "1", "b": ["2", {"c": None}]}
