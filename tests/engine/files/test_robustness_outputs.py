"""How firm rankings are, as CSV, workbook and JSON: the same figures, marked as deciding nothing."""

import csv
import json
from itertools import islice

import numpy as np
import openpyxl
import pytest

from kaohe.analysis.composites import Choice, compose
from kaohe.analysis.draws import Band, Dirichlet
from kaohe.analysis.rank_shifts import measure_shifts
from kaohe.analysis.ranking_studies import Cut, RankingStudy, Robustness
from kaohe.analysis.robustness import Study, count_ranks, draw_ranks
from kaohe.errors import BadInput
from kaohe.files.results import robustness_tables
from kaohe.files.results.robustness_outputs import make_robustness_data, write_robustness
from kaohe.files.results.robustness_tables import describe_study
from kaohe.language import Text

MARK = "binary-float analysis; it decides no score, rank or grade"


def find_robustness(*, spread, draws=8, stop=None, samples=0, wins=True) -> Robustness:
    """Three subjects: the first is ahead where its first indicator weighs more than 0.6, the third never."""
    figures = np.array([[1.0, 0.0], [0.6, 0.6], [0.5, 0.5]])
    study = Study(
        ["U1", "U2", "U3"], ["A", "=B"], np.array([0.5, 0.5]),
        [compose(figures, Choice("as_scored"))], spread, draws, with_wins=wins, decimals=6,
    )  # fmt: skip
    of = RankingStudy(
        "g", "组", ["甲", "乙", "=丙"], [2.0, 1.0, 3.0], [Cut(1, "优秀"), Cut(2)],
        [Text("说明", "a note")], study,
    )  # fmt: skip
    *_, counts = islice(draw_ranks(study, block=1), stop)
    sensitivity = measure_shifts(study, samples=samples) if samples else None
    return Robustness(of, counts, sensitivity)


def test_a_row_for_each_subject_stands_in_the_order_that_stands(tmp_path):
    found = find_robustness(spread=Band(0))

    write_robustness([found], [tmp_path / "a.csv"], "en")

    rows = list(csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    # With equal weights the first and the third have 0.5 each, and share the second place.
    assert rows == [
        ["Group", "Rank", "Code", "Name", "Expected rank (float analysis)", "Best", "5 %", "Median", "95 %", "Worst",
         "Chance above 优秀", "Chance above ≤ 2"],
        ["组", "1", "U2", "乙", "1.00", "1", "1", "1", "1", "1", "1.0000", "1.0000"],
        ["组", "2", "U1", "甲", "2.00", "2", "2", "2", "2", "2", "0.0000", "1.0000"],
        ["组", "3", "U3", "'=丙", "2.00", "2", "2", "2", "2", "2", "0.0000", "1.0000"],
    ]  # fmt: skip


def test_the_workbook_has_a_sheet_for_each_table_and_says_what_it_is(tmp_path):
    found = find_robustness(spread=Dirichlet(), draws=400, samples=16)

    write_robustness([found], [tmp_path / "a.xlsx"], "zh")

    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["位次区间", "位次可接受度", "居首权重", "两两胜率", "敏感性", "说明"]
    assert "二进制浮点分析" in book["位次区间"].oddHeader.right.text
    acceptability = list(book["位次可接受度"].iter_rows(min_row=2, values_only=True))
    assert sum(row[3] for row in acceptability) == pytest.approx(3)
    assert [row[0:2] for row in book["敏感性"].iter_rows(min_row=2, values_only=True)] == [
        ("组", "权重"),
        ("组", "剔除一个指标"),
    ]
    assert [row[3] for row in book["居首权重"].iter_rows(min_row=2, values_only=True)] == [
        "A",
        "=B",
    ] * 2
    assert book["居首权重"]["D3"].data_type == "s"
    notes = [row[1] for row in book["说明"].iter_rows(min_row=2, values_only=True)]
    assert notes == [
        "二进制浮点分析，不决定任何得分、位次或等次",
        "400 次抽样（种子 1），各种权重等可能；分数按 6 位小数排名",
        "方法：方案得分率，算术平均",
        "优秀：前 1 名",
        "说明",
    ]


def test_methods_are_said_in_words_and_their_names_kept_for_programs():
    figures = np.array([[2.0, 1.0], [1.0, 2.0]])
    choices = [Choice("min_max", "geometric", "none"), Choice("z_score", "harmonic", "median")]
    composites = [compose(figures, choice) for choice in choices]
    study = Study(["P", "Q"], ["A", "B"], np.array([0.5, 0.5]), composites, Band(0), 1)
    ranking = RankingStudy("", "组", ["甲", "乙"], [1, 1], [], [], study)
    (_, line) = describe_study(Robustness(ranking, count_ranks(study)))

    assert line.zh == "方法：极差法，几何平均，不插补；标准化，调和平均，中位数插补"
    assert line.en == (
        "methods: min–max, geometric mean, nothing imputed; z-score, harmonic mean, median imputed"
    )
    data = make_robustness_data([Robustness(ranking, count_ranks(study))])
    assert data["rankings"][0]["choices"][0] == {
        "normalisation": "min_max", "aggregation": "geometric", "imputation": "none",
    }  # fmt: skip


def test_what_was_not_asked_for_has_no_sheet(tmp_path):
    write_robustness([find_robustness(spread=Band(0), wins=False)], [tmp_path / "a.xlsx"], "en")

    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Rank intervals", "Acceptability", "Central weights", "Note"]


def test_what_no_sheet_can_hold_is_said_and_left_to_json(tmp_path, monkeypatch):
    monkeypatch.setattr(robustness_tables, "_MOST_ROWS", 4)

    write_robustness([find_robustness(spread=Dirichlet(), draws=400)], [tmp_path / "a.xlsx"], "en")

    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Rank intervals", "Central weights", "Note"]
    assert [row[1] for row in book["Note"].iter_rows(min_row=3, max_row=4, values_only=True)] == [
        "Acceptability: more than a million rows, which no sheet holds; they are in the .json",
        "Pairwise: more than a million rows, which no sheet holds; they are in the .json",
    ]


def test_json_holds_everything(tmp_path):
    found = find_robustness(spread=Band(0), samples=8)

    write_robustness([found], [tmp_path / "a.json"], "en")

    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert data == make_robustness_data([found])
    assert (data["kind"], data["arithmetic"]["en"]) == ("kaohe-robustness", MARK)
    (ranking,) = data["rankings"]
    assert {
        key: ranking[key] for key in ranking if key not in ("notes", "subjects", "sensitivity")
    } == {
        "code": "g",
        "name": "组",
        "draws": 8,
        "draws_asked_for": 8,
        "seed": 1,
        "spread": {"kind": "band", "share": 0},
        "decimals": 6,
        "choices": [{"normalisation": "as_scored", "aggregation": "arithmetic", "imputation": ""}],
        "cuts": [{"rank": 1, "grade": "优秀"}, {"rank": 2, "grade": ""}],
        "weights": {"A": 0.5, "=B": 0.5},
    }
    assert ranking["subjects"][:2] == [
        {
            "code": "U2", "name": "乙", "rank": 1.0, "expected": 1.0, "best": 1, "low": 1, "median": 1,
            "high": 1, "worst": 1, "above": {"优秀": 1.0, "≤ 2": 1.0}, "acceptability": {"1": 1.0},
            "central_weights": {"A": 0.5, "=B": 0.5}, "wins": {"U1": 1.0, "U2": 0.0, "U3": 1.0},
        },
        {
            "code": "U1", "name": "甲", "rank": 2.0, "expected": 2.0, "best": 2, "low": 2, "median": 2,
            "high": 2, "worst": 2, "above": {"优秀": 0.0, "≤ 2": 1.0}, "acceptability": {"2": 1.0},
            "central_weights": {"A": None, "=B": None}, "wins": {"U1": 0.0, "U2": 0.0, "U3": 0.0},
        },
    ]  # fmt: skip
    assert [each["factor"]["en"] for each in ranking["sensitivity"]["factors"]] == [
        "weights",
        "one indicator left out",
    ]


def test_a_study_that_was_stopped_says_after_how_many_draws():
    found = find_robustness(spread=Dirichlet(2.5), draws=100, stop=3)

    notes = make_robustness_data([found])["rankings"][0]["notes"]
    assert [note["en"] for note in notes[:2]] == [
        "stopped: 3 draws of the 100 asked for",
        "3 draws (seed 1), Dirichlet around the given weights, concentration 2.5; scores ranked at 6 decimals",
    ]


def test_the_same_study_writes_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        found = find_robustness(spread=Dirichlet(), samples=8)
        write_robustness(
            [found], [tmp_path / f"{name}.{end}" for end in ("csv", "xlsx", "json")], "zh"
        )

    for end in ("csv", "xlsx", "json"):
        assert (tmp_path / f"a.{end}").read_bytes() == (tmp_path / f"b.{end}").read_bytes()


def test_all_outputs_are_written_or_none(tmp_path):
    (tmp_path / "no-folder").write_text("", encoding="utf-8")

    with pytest.raises(BadInput):
        write_robustness(
            [find_robustness(spread=Band(0))],
            [tmp_path / "a.json", tmp_path / "no-folder" / "a.csv"],
            "en",
        )

    assert [path.name for path in tmp_path.iterdir()] == ["no-folder"]
