"""An analysis as CSV, workbook and JSON; each says that it is binary-float analysis."""

import csv
import json

import pytest
from python_calamine import CalamineWorkbook
from tests.engine.analysis.indexes import INDEX, change, make_table, read

from kaohe.analysis.analysing import analyse
from kaohe.errors import BadInput
from kaohe.files.results.analysis_outputs import make_analysis_data, write_analysis

MARK = "binary-float analysis; it decides no score, rank or grade"


def test_csv_has_the_best_first_with_every_value(tmp_path):
    index = change("name: Vigour\n", "subject_name: region\ndecimals: 1\n")
    path = tmp_path / "a.csv"

    write_analysis(analyse(index, make_table(A1=[10, 30, 10])), [path], "en")

    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows == [
        ["Rank (float analysis)", "Code", "Name", "vigour", "growth", "growth Rank", "A1 Output", "A2", "B1"],
        ["1", "QX", "east", "50.0", "75.0", "1", "0", "100", "0"],
        ["1", "QY", "east", "50.0", "25.0", "3", "100", "0", "100"],
        ["3", "QZ", "west", "37.5", "37.5", "2", "0", "50", ""],
    ]  # fmt: skip


def read_sheet(path, name):
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()


def test_a_workbook_has_a_sheet_for_each_view(tmp_path):
    path = tmp_path / "a.xlsx"

    write_analysis(analyse(read(INDEX), make_table(A1=[7, 7, 7])), [path], "en")

    assert CalamineWorkbook.from_path(str(path)).sheet_names == [
        "Results", "Weights", "Correlations", "Leave one out", "Note",
    ]  # fmt: skip
    assert read_sheet(path, "Weights") == [
        ["Code", "Above", "Weight", "Effective weight"],
        ["growth", "vigour", 0.666666666667, 0.666666666667],
        ["B1", "vigour", 0.333333333333, 0.333333333333],
        ["A1", "growth", 0.25, 0.166666666667],
        ["A2", "growth", 0.75, 0.5],
    ]
    assert read_sheet(path, "Leave one out")[0] == [
        "Code", "Rank (float analysis)", "without A1", "without A2", "without B1",
    ]  # fmt: skip
    assert [row[0] for row in read_sheet(path, "Note")] == [
        "Note",
        MARK,
        "min–max, arithmetic mean, given weights",
        "warning A1: nobody differs on A1 → it tells nobody apart; leave it out if that is so",
    ]


def test_json_has_everything_and_null_where_there_is_nothing(tmp_path):
    path = tmp_path / "a.json"
    analysis = analyse(read(INDEX), make_table())

    write_analysis(analysis, [path], "zh")

    data = json.loads(path.read_text(encoding="utf-8"))
    assert data == make_analysis_data(analysis)
    assert data["arithmetic"]["en"] == MARK
    assert data["values"]["B1"] == {"QX": 0, "QY": 100, "QZ": None}
    assert data["ranks"]["growth"] == {"QX": 1, "QY": 3, "QZ": 2}
    assert data["ranks_without"]["A2"] == {"QX": 3, "QY": 1, "QZ": 2}
    assert data["correlations"][1] == {"code": "A1", "above": "growth", "levels": 1, "coefficient": pytest.approx(-1)}  # fmt: skip


def test_text_in_an_analysis_never_becomes_a_formula(tmp_path):
    table = make_table()
    table = type(table)(("=1+1", "@x", "QZ"), table.columns)

    write_analysis(analyse(read(INDEX), table), [tmp_path / "a.csv", tmp_path / "a.xlsx"], "zh")

    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == ["'=1+1", "'@x", "QZ"]
    assert [row[1] for row in read_sheet(tmp_path / "a.xlsx", "结果")[1:]] == ["=1+1", "@x", "QZ"]


def test_all_files_are_written_or_none(tmp_path):
    (tmp_path / "b.csv").mkdir()

    with pytest.raises(BadInput):
        write_analysis(
            analyse(read(INDEX), make_table()), [tmp_path / "a.csv", tmp_path / "b.csv"], "zh"
        )

    assert not (tmp_path / "a.csv").exists()
