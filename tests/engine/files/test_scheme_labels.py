"""Chinese labels in a scheme's workbook: at the top, in settings, and inside cells."""

from pathlib import Path

import pytest
from tests.engine.files.test_scheme_workbook import SMALL, Sheets, read, write

from kaohe.errors import BadInput, Finding
from kaohe.files.schemes.reading import read_draft
from kaohe.scheme.reading import read_model

BANDS = ["代码", "名称", "分值", "计分办法", "计分参数", "算例"]


def find_all(path: Path) -> dict[str, Finding]:
    with pytest.raises(BadInput) as refusal:
        read_draft(path)
    return {finding.place.cell: finding for finding in refusal.value.findings}


def test_settings_may_be_named_in_chinese_with_their_group_or_alone(tmp_path: Path) -> None:
    settings: list[list[object]] = [
        ["总分.总分满分", 5],
        ["加分合计上限", 2],
        ["未报", "零分"],
        ["公布小数位", 1],
    ]
    sheets = SMALL | {"方案": [["键", "值"], *SMALL["方案"], *settings]}

    model = read(write(tmp_path / "a.xlsx", sheets))

    assert model.model_dump(
        mode="json", include={"total", "missing", "rounding"}, exclude_unset=True
    ) == {
        "total": {"points": "5", "bonus_cap": "2"},
        "missing": {"empty": "zero"},
        "rounding": {"display": 1},
    }


def test_labels_inside_a_cell_are_the_same_as_keys(tmp_path: Path) -> None:
    labelled = [
        "分档=[{界值: 95, 得分比例: 1}, {edge: 90, 得分比例: 90%}]",
        "完成值=92；应得分=4.5",
    ]
    keyed = [
        'bands=[{"edge": 95, "share": 1}, {"edge": 90, "share": "90%"}]',
        '[{"value": 92, "score": 4.5}]',
    ]

    models = [
        read(
            write(
                tmp_path / f"{name}.xlsx",
                SMALL | {"指标": [BANDS, ["A", "收入", 5, "分档计分法", *cells]]},
            )
        )
        for name, cells in (("labelled", labelled), ("keyed", keyed))
    ]

    assert models[0] == models[1]
    assert models[0].model_dump(mode="json")["indicators"][0]["rule"]["bands"] == [
        {"edge": "95", "share": "1"},
        {"edge": "90", "share": "0.9"},
    ]


def test_a_parameter_under_both_its_names_is_refused(tmp_path: Path) -> None:
    sheets = SMALL | {"指标": [BANDS, ["A", "收入", 5, "位次法", "step=1；每退一位减分=2", ""]]}

    model, (finding,) = read_model(read_draft(write(tmp_path / "a.xlsx", sheets)))

    assert (model, finding.kind) == (None, "unknown-key")
    assert finding.wrong.zh == "没有“每退一位减分”这个键"


def test_an_unknown_head_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    sheets: Sheets = {
        "方案": [["键", "值"], *SMALL["方案"], ["年度", 2019], ["颜色", "红"]],
        "单位": [["代码", "名称", "电话"], ["U1", "甲镇", "110"]],
        "指标": [["代码", "名称", "分值", "计分办法", "目标值"], ["A", "收入", 5, "位次法", 1]],
    }

    found = find_all(write(tmp_path / "a.xlsx", sheets))

    assert found["A5"].remedy.zh == "相近的有：考核年度；不用的请删去"
    assert found["A6"].remedy.zh == (
        "可写：格式版本、代码、名称、考核年度、考核期起、考核期止、可比单位的参评方式、舍入、缺数处理、"
        "并列位次、同分定序、总分、扩展；不用的请删去"
    )
    assert found["C1"].remedy.zh.startswith("可写：代码、名称、考核类别、")
    assert found["E1"].remedy.zh == "相近的有：统一目标值；不用的请删去"
