from pathlib import Path

import pytest
from tests.engine.cli.running import run_kaohe
from tests.engine.results.town import write_town

FILES = ["figures.csv", "records.csv", "marks.csv"]


def explain(folder: Path, *options: str, language: str = "en") -> tuple[int, list[str], str]:
    write_town(folder)
    done = run_kaohe(folder, "explain", "scheme.yaml", *FILES, *options, language=language)
    return done.code, done.out.splitlines(), done.err


def test_one_indicator_tells_rule_facts_peers_steps_rounding_and_what_it_goes_into(tmp_path: Path):
    code, lines, _ = explain(tmp_path, "--unit", "T3", "--indicator", "A1")

    sentences = [line for line in lines if line.startswith("      ")]
    assert (code, [line for line in lines if line not in sentences]) == (
        0,
        [
            "T3 · A1 一般公共预算收入增幅  18.3704",
            "  as written  以增幅最高者得满分，最低者得六成，其余按功效系数法计分。",
            "  points                    20",
            "  value                     7.4           [figures.csv · line 4 · A1]",
            "  the number of units in the pool with a figure  4",
            "  the pool's least value    3.1",
            "  the pool's greatest value  8.5",
            "  efficacy                  43/54 ≈ 0.796296",
            "  score in per cent         2480/27 ≈ 91.851852",
            "  score                     496/27 ≈ 18.370370",
            "  rounded to 4 decimals (half up)  18.3704",
            "  goes into  A 高质量发展 42.3704 → Total",
        ],
    )
    assert [sentence.split(" = ")[0].strip() for sentence in sentences] == [
        "efficacy",
        "score in per cent",
        "score",
    ]


def test_a_branch_tells_its_parts_and_their_scaling_in_chinese(tmp_path: Path):
    _, lines, _ = explain(tmp_path, "--unit", "D3", "--indicator", "A", language="zh")

    assert lines == [
        "D3 · A 高质量发展  32",
        "  A1 一般公共预算收入增幅 (20)  —",
        "  A2 固定资产投资完成率 (20)  16",
        "  A3 空气质量优良天数 (0)   —",
        "  各项合计                  16",
        "  计分部分分值              20",
        "      合计 × 全部分值 ÷ 计分部分分值",
        "  全部分值                  40",
        "  得分                      32",
    ]


def test_a_unit_tells_its_total_place_and_grade_and_every_receipt(tmp_path: Path):
    _, lines, _ = explain(tmp_path, "--unit", "T1", language="zh")

    assert lines[:14] == [
        "T1 · 总分  96.05",
        "  A 高质量发展 (50)         46",
        "  B 民生与治理 (50)         47.05",
        "  P 表彰加分 (4)            4",
        "  M 通报扣分 (2)            0",
        "  基础各项合计              93.05",
        "  基础分                    93.05",
        "  加分                      4",
        "  计入总分的加分            3",
        "      按加分上限",
        "  总分                      96.05",
        "      基础分 + 加分 − 扣分",
        "  · 总分96.05，第1名",
        "  · 在优秀范围内，因否决事项V1不得评为该等次，位置由下一名递补",
    ]
    assert [line.split()[2] for line in lines if line.startswith("T1 · ")] == [
        "总分", "A", "A1", "A2", "A3", "B", "B1", "B2", "P", "M",
    ]  # fmt: skip


def test_a_missing_figure_tells_the_policy(tmp_path: Path):
    _, lines, _ = explain(tmp_path, "--unit", "D4", "--indicator", "A2")

    assert lines[-2:] == [
        "  not reported              no figure yet: blocks publication",
        "  goes into  A 高质量发展 0 → Total",
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--unit", "T9"], 'blocking [unknown-code] --unit: "T9" is unknown, or not scored → write one of: T5, T4, T3\n'),
        (["--unit", "T1", "--indicator", "A9"], 'blocking [unknown-code] --indicator: "A9" is unknown, or not scored → write one of: A, A3, A2\n'),
    ],
)  # fmt: skip
def test_an_unknown_code_is_told_the_nearest(tmp_path: Path, options: list[str], said: str):
    assert explain(tmp_path, *options) == (2, [], said)


def test_unit_and_indicator_may_be_given_by_name(tmp_path: Path):
    by_code = explain(tmp_path, "--unit", "T1", "--indicator", "A1")
    by_name = explain(tmp_path, "--unit", "松潆镇", "--indicator", "一般公共预算收入增幅")

    assert by_code == by_name
    assert by_name[1][0].startswith("T1 · A1 ")
