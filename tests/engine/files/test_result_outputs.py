import csv
import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.engine.results.town import SCHEME, score_town

from kaohe.errors import BadInput
from kaohe.files.results.outputs import require_outputs, write_outputs
from kaohe.files.results.packages import read_package
from kaohe.results.package import pack_result
from kaohe.results.writing import write_result

FIGURES_UNNAMED = """\
单位代码,A1,A2,A3,B1
T1,8.50,31.2,301,92
T2,6.25,28.5,310,88
T3,7.40,30,295,79
"""


def refuse(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        require_outputs([path])
    return caught.value.say("en")


def read_csv(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("name", ["out.pdf", "out", "out.json.bak"])
def test_an_unknown_ending_is_told_the_known_ones(name: str):
    assert refuse(Path(name)).endswith("write one of: .json .csv .xlsx .html .zip")


@pytest.mark.parametrize("name", ["a.json", "A.CSV", "a.Xlsx", "a.html", "a.zip"])
def test_known_endings_are_known_in_any_case(tmp_path: Path, name: str):
    write_outputs(score_town(tmp_path), [tmp_path / name], "zh")

    assert (tmp_path / name).stat().st_size > 1000


def test_json_is_the_written_result(tmp_path: Path):
    result = score_town(tmp_path)
    write_outputs(result, [tmp_path / "o.json"], "zh")

    assert json.loads((tmp_path / "o.json").read_text(encoding="utf-8")) == write_result(result)


def test_zip_is_the_package(tmp_path: Path):
    result = score_town(tmp_path)
    write_outputs(result, [tmp_path / "o.zip"], "zh")

    assert read_package(tmp_path / "o.zip") == pack_result(result)


def test_csv_holds_ranking_and_scores(tmp_path: Path):
    write_outputs(score_town(tmp_path), [tmp_path / "o.csv"], "zh")
    rows = read_csv(tmp_path / "o.csv")

    assert rows[0] == [
        "考核类别", "位次", "代码", "单位", "总分", "基础分", "加分", "扣分", "距上一位", "上期位次", "升降",
        "建议等次", "参评方式", "未报数据", "A 高质量发展", "A1 一般公共预算收入增幅", "A2 固定资产投资完成率",
        "A3 空气质量优良天数", "B 民生与治理", "B1 群众满意度", "B2 专家评议", "P 表彰加分", "M 通报扣分",
    ]  # fmt: skip
    assert rows[2] == [
        "镇街", "2", "T2", "竹畹镇", "87.2667", "87.7667", "0.0000", "0.5000", "8.7833", "", "", "优秀", "参评", "",
        "45.6667", "16.6667", "19.0000", "10.0000", "42.1000", "16.0000", "26.1000", "0.0000", "-0.5000",
    ]  # fmt: skip
    assert [row[2] for row in rows[1:]] == [
        "T1",
        "T2",
        "T3",
        "T4",
        "T5",
        "D1",
        "D3",
        "D2",
        "D5",
        "D4",
    ]
    assert rows[10][11:15] == ["", "不定等次", "1", "0.0000"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝"])
def test_no_text_in_csv_is_a_formula(tmp_path: Path, start: str):
    scheme = SCHEME.replace("name: 松潆镇", f'name: "{start}1+1"')
    write_outputs(
        score_town(tmp_path, scheme=scheme, figures=FIGURES_UNNAMED), [tmp_path / "o.csv"], "zh"
    )

    assert read_csv(tmp_path / "o.csv")[1][3] == f"'{start}1+1"


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "html", "zip"])
def test_the_same_result_is_the_same_bytes(tmp_path: Path, ending: str):
    result = score_town(tmp_path)
    paths = [tmp_path / f"{name}.{ending}" for name in ("a", "b")]
    for path in paths:
        write_outputs(result, [path], "zh")

    assert paths[0].read_bytes() == paths[1].read_bytes()
    if ending == "xlsx":
        with ZipFile(paths[0]) as book:
            assert date.today().isoformat() not in book.read("docProps/core.xml").decode()  # noqa: DTZ011, TID251


def test_a_file_that_cannot_be_written_is_said_so_and_leaves_nothing(tmp_path: Path):
    result = score_town(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    before = sorted(tmp_path.iterdir())

    with pytest.raises(BadInput, match="no file can be written here"):
        write_outputs(result, [tmp_path / "folder.csv"], "en")

    assert sorted(tmp_path.iterdir()) == before


def test_every_output_that_cannot_be_written_is_named_before_anything_is(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    paths = [tmp_path / name for name in ("a.pdf", "file/b.csv", "new/folder/c.json")]

    with pytest.raises(BadInput) as caught:
        require_outputs(paths)

    assert [(each.kind, each.place.file) for each in caught.value.findings] == [
        ("unknown-ending", "a.pdf"),
        ("cannot-write", str(tmp_path / "file/b.csv")),
    ]


def test_folders_on_the_way_are_made(tmp_path: Path):
    write_outputs(score_town(tmp_path), [tmp_path / "new" / "folder" / "c.json"], "zh")

    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["c.json"]
