from pathlib import Path

from tests.engine.cli.running import list_names, run_kaohe
from tests.engine.results.town import SCHEME, write_town

FILES = ["figures.csv", "records.csv", "marks.csv"]


def test_a_scheme_goes_to_a_workbook_and_back_with_the_same_digest(tmp_path: Path):
    write_town(tmp_path)

    there = run_kaohe(tmp_path, "convert", "scheme.yaml", "scheme.xlsx")
    back = run_kaohe(tmp_path, "convert", "scheme.xlsx", "back.yaml", language="zh")

    assert (there.code, back.code, there.err + back.err) == (0, 0, "")
    digest = there.out.split("digest ")[1].rstrip(")\n")
    assert len(digest) == 12
    assert (there.out, back.out) == (
        f"wrote scheme.xlsx (digest {digest})\n",
        f"已写出 back.yaml（摘要 {digest}）\n",
    )


def test_both_forms_score_to_the_same_package(tmp_path: Path):
    write_town(tmp_path)
    assert run_kaohe(tmp_path, "convert", "scheme.yaml", "scheme.xlsx").code == 0

    for scheme in ("scheme.yaml", "scheme.xlsx"):
        done = run_kaohe(tmp_path, "score", scheme, *FILES, "-o", f"{scheme}.zip", "--top", "0")
        assert (done.code, done.err) == (0, "")

    assert (tmp_path / "scheme.yaml.zip").read_bytes() == (
        tmp_path / "scheme.xlsx.zip"
    ).read_bytes()


def test_another_ending_and_a_blocking_scheme_are_refused_and_nothing_is_written(tmp_path: Path):
    (tmp_path / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(SCHEME.replace("period:", "perid:"), encoding="utf-8")

    ending = run_kaohe(tmp_path, "convert", "scheme.yaml", "scheme.docx")
    blocked = run_kaohe(tmp_path, "convert", "bad.yaml", "bad.xlsx")

    assert (ending.code, ending.out) == (2, "")
    assert ending.err.startswith("blocking [unknown-ending] scheme.docx: ")
    assert (blocked.code, blocked.out) == (2, "")
    assert "[missing-key] bad.yaml" in blocked.err
    assert list_names(tmp_path) == ["bad.yaml", "scheme.yaml"]


def test_neither_convert_nor_score_writes_over_a_file_it_reads(tmp_path: Path):
    assert run_kaohe(tmp_path, "template", "mine.xlsx").code == 0
    before = (tmp_path / "mine.xlsx").read_bytes()

    converted = run_kaohe(tmp_path, "convert", "mine.xlsx", "mine.xlsx")
    scored = run_kaohe(tmp_path, "score", "mine.xlsx", "mine.xlsx", "-o", tmp_path / "mine.xlsx")

    said = "this file is an input, and would be lost → give what is written another name\n"
    assert (converted.code, converted.err) == (
        2,
        f"blocking [output-is-input] mine.xlsx: {said}",
    )
    assert (scored.code, scored.out) == (2, "")
    assert scored.err == f"blocking [output-is-input] {tmp_path / 'mine.xlsx'}: {said}"
    assert (tmp_path / "mine.xlsx").read_bytes() == before


def test_convert_never_writes_over_a_file_that_is_there(tmp_path: Path):
    assert run_kaohe(tmp_path, "template", "mine.xlsx").code == 0
    (tmp_path / "other.yaml").write_text("mine", encoding="utf-8")

    done = run_kaohe(tmp_path, "convert", "mine.xlsx", "other.yaml")

    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "blocking [file-exists] other.yaml: the file is there already and was left as it is → choose another name\n"
    )
    assert (tmp_path / "other.yaml").read_text(encoding="utf-8") == "mine"
