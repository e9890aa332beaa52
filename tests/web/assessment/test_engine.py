"""A draft rehearsed on figures of another year: coverage, and who moves by what."""

from pathlib import Path
from typing import Any

import pytest

from kaohe.errors import BadInput
from kaohe_web.assessment.engine import read_data, rehearse
from kaohe_web.assessment.rehearsing import Coverage, Reason

THEN: dict[str, Any] = {
    "kaohe": "1",
    "code": "R-1",
    "name": "试点方案",
    "period": "2018",
    "groups": [{"code": "QZ", "name": "区镇"}],
    "units": [
        {"code": "QZ01", "name": "甲镇", "group": "QZ"},
        {"code": "QZ02", "name": "乙镇", "group": "QZ"},
    ],
    "indicators": [
        {"code": "A", "name": "增收", "points": "60", "rule": {"method": "ratio_to_best"}},
        {"code": "B", "name": "就业", "points": "40", "rule": {"method": "ratio_to_best"}},
    ],
}
SNAPSHOT: dict[str, Any] = {
    "figures": [
        ["A", "value", "QZ01", "100"],
        ["A", "value", "QZ02", "50"],
        ["B", "value", "QZ01", "50"],
        ["B", "value", "QZ02", "100"],
    ],
    "records": [],
}


HEADS = ["代码", "名称", "分值", "计分办法"]


def draft(**points: str) -> dict[str, list[list[str]]]:
    """The scheme of then as sheets, with other points; C is new and called 防控."""
    names = {"A": "增收", "B": "就业", "C": "防控"}
    return {
        "方案": [["键", "值"], ["代码", "R-1"], ["名称", "试点方案"], ["考核年度", "2018"]],
        "分组": [["代码", "名称"], ["QZ", "区镇"]],
        "单位": [["代码", "名称", "考核类别"], ["QZ01", "甲镇", "QZ"], ["QZ02", "乙镇", "QZ"]],
        "指标": [
            HEADS,
            *([code, names[code], full, "ratio_to_best"] for code, full in points.items()),
        ],
    }


def run(sheets: Any, least: int = 80, steps: list[int] | None = None) -> Any:
    return rehearse(
        sheets=sheets,
        basis=THEN,
        snapshot=SNAPSHOT,
        least_coverage=least,
        report=(lambda percent: None) if steps is None else steps.append,
    )


def test_who_moves_is_told_with_the_indicators_that_move_them() -> None:
    outcome = run(draft(A="40", B="60"))

    first, second = outcome.moves
    assert (first.unit, first.rank_before, first.rank_after) == ("QZ01", "1", "2")
    assert (first.total_before, first.total_after, first.difference) == (
        "80.0000",
        "70.0000",
        "-10.0000",
    )
    assert first.reasons == (
        Reason("A", "增收", "60.0000", "40.0000", "-20.0000"),
        Reason("B", "就业", "20.0000", "30.0000", "10.0000"),
    )
    assert (second.unit, second.rank_after, second.difference) == ("QZ02", "1", "10.0000")


def test_an_indicator_without_figures_lowers_the_coverage_and_is_named() -> None:
    outcome = run(draft(A="40", B="40", C="20"))

    assert outcome.percent == "80.0"
    assert outcome.coverage == (Coverage("QZ", "区镇", "80.0"),)
    assert outcome.uncovered == (("C", "防控"),)
    assert len(outcome.moves) == 2


def test_below_the_declared_coverage_there_is_no_ranking_at_all() -> None:
    assert run(draft(A="40", B="40", C="20"), least=81).moves == ()


def test_progress_is_reported_and_may_stop_it() -> None:
    steps: list[int] = []
    run(draft(A="60", B="40"), steps=steps)

    assert steps == [40, 80]


def test_a_draft_that_cannot_be_scored_says_why() -> None:
    with pytest.raises(BadInput) as refused:
        run({**draft(A="100"), "方案": [["键", "值"]]})

    assert "code" in refused.value.say("en")


def test_a_table_becomes_a_snapshot_with_its_digest(tmp_path: Path) -> None:
    table = tmp_path / "data.csv"
    table.write_text("unit,A,B\nQZ01,100,50\nQZ02,50,100\n", encoding="utf-8")

    content, digest = read_data(table, THEN)

    assert content == SNAPSHOT
    assert len(digest) == 64
