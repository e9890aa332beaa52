from pathlib import Path

from tests.engine.cli.running import run_kaohe


def test_data_beside_the_scheme_are_not_passed_over_in_silence(tmp_path: Path):
    """A workbook of scheme and matters, scored with figures from another file, lost its matters."""
    assert run_kaohe(tmp_path, "template", "mine.xlsx").code == 0
    assert run_kaohe(tmp_path, "template", "other.yaml").code == 0
    said = (
        "warning [data-not-read] mine.xlsx · 数据: this sheet of data beside the scheme is not read"
        " → to use it, name the scheme's file among the data too; or delete the sheet\n"
    )

    for command in (["check"], ["score"], ["explain", "--unit", "T1"]):
        verb, *options = command
        apart = run_kaohe(tmp_path, verb, "mine.xlsx", "other.csv", *options)
        together = run_kaohe(tmp_path, verb, "mine.xlsx", "mine.xlsx", *options)

        assert said in apart.err
        assert "data-not-read" not in together.err
    assert "data-not-read" not in run_kaohe(tmp_path, "check", "mine.xlsx").err


def test_a_workbook_named_once_is_told_to_be_named_twice(tmp_path: Path):
    assert run_kaohe(tmp_path, "template", "mine.xlsx").code == 0

    for options in (["score", "mine.xlsx"], ["explain", "mine.xlsx", "--unit", "T1"]):
        done = run_kaohe(tmp_path, *options, language="zh")
        assert (done.code, done.out) == (2, "")
        assert done.err == (
            "须改 [no-data-file] mine.xlsx: 没有写数据文件 → 请在方案后面写上数据文件；"
            "数据也在这个工作簿里的，把 mine.xlsx 再写一遍\n"
        )
