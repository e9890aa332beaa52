"""A live workbook recalculated from scratch shows what it showed: the exact figures."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from tests.engine.files.results.live.books import (
    edit_book,
    falsify,
    list_differences,
    read_cells,
    recalculate_books,
)
from tests.engine.results.town import RECORDS, SCHEME, score_town

from kaohe.checking import admit
from kaohe.files.data.observations import read_observations
from kaohe.files.results import words as told
from kaohe.files.results.outputs import write_outputs
from kaohe.files.schemes.reading import read_draft
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.results.result import score
from kaohe.scoring.observations import Observations

pytestmark = pytest.mark.slow


def test_every_cell_recalculates_to_the_exact_figure_however_wrong_it_was(tmp_path: Path) -> None:
    """With a falsified figure in every formula: were it not computed again, it would stay wrong."""
    path, falsified = tmp_path / "town.xlsx", tmp_path / "falsified.xlsx"
    write_outputs(score_town(tmp_path), [path], "zh")
    assert falsify(path, falsified) > 700

    (recalculated,) = recalculate_books([falsified], tmp_path)
    assert list_differences(read_cells(path), recalculated) == []


def test_the_district_recalculates_to_the_exact_figures(tmp_path: Path) -> None:
    """A whole year: 50 units, 111 indicators, ties, a veto, promotions and tilts among them."""
    folder = Path(__file__).parents[5] / "examples" / "district" / "2019"
    scheme = admit(read_draft(folder / "annual.yaml"))
    path = tmp_path / "district.xlsx"
    write_outputs(score(scheme, read_observations([folder / "data.xlsx"], scheme)), [path], "zh")

    (recalculated,) = recalculate_books([path], tmp_path)
    assert list_differences(read_cells(path), recalculated) == []


def test_what_is_too_large_to_follow_is_written_as_plain_figures(tmp_path: Path) -> None:
    units = "".join(
        f"  - {{code: U{number}, name: 单位{number}, group: g}}\n" for number in range(301)
    )
    leaves = "".join(
        f"  - {{code: I{number}, name: 指标{number}, points: 1, rule: {{method: target_ratio}}, target: 2}}\n"
        for number in range(100)
    )
    groups = "groups: [{code: g, name: 组}]\n"
    text = f"kaohe: 1\ncode: large\nname: 大\nperiod: 2019\n{groups}units:\n{units}indicators:\n{leaves}"
    scheme = admit(compose_draft(text, "scheme.yaml"))
    path = tmp_path / "large.xlsx"
    write_outputs(score(scheme, Observations({("I0", "value", "U7"): Fraction(1)})), [path], "en")
    cells = read_cells(path)

    assert list(cells) == ["Scores"]
    assert cells["Scores"][1][:5] == ["组", 1, "U7", "单位7", 50]


def test_changed_bands_and_points_by_place_are_followed(tmp_path: Path) -> None:
    """As a fresh run of the scheme with the same changes gives them."""
    path, typed = tmp_path / "town.xlsx", tmp_path / "typed.xlsx"
    write_outputs(score_town(tmp_path), [path], "zh")
    changes = {"p_A3_table_place_2": 7.5, "p_B1_table_edge_3": 89, "p_B1_table_value_2": 0.7}
    edit_book(path, typed, parameters=changes)
    changed = (
        SCHEME.replace("[10, 8, 6, 4]", "[10, 7.5, 6, 4]")
        .replace("edge: 90", "edge: 89")
        .replace("share: 0.8", "share: 0.7")
    )
    fresh = tmp_path / "fresh.xlsx"
    write_outputs(score_town(tmp_path, scheme=changed), [fresh], "zh")

    (recalculated,) = recalculate_books([typed], tmp_path)
    exact = read_cells(fresh)
    for sheet in ("得分与排名", "汇总", "位次", "等次"):
        assert list_differences({sheet: exact[sheet]}, {sheet: recalculated[sheet]}) == []


VETOES = """\
  - {code: V2, name: 降档, effects: [grade_down]}
  - {code: V3, name: 不合格, effects: [fail, no_award]}
  - {code: V4, name: 记零, effects: [zero_indicator], indicator: A2}
grades:
"""
MET = [("T2", "V2"), ("D1", "V3"), ("T3", "V4"), ("T4", "V2"), ("T4", "V2")]


def test_vetoes_typed_into_the_data_act_on_scores_and_grades(tmp_path: Path) -> None:
    """As matters under them do in a fresh run: a grade down, a failed unit, a score of zero."""
    scheme = SCHEME.replace("grades:\n", VETOES).replace(
        "{label: 一般, rest: true}", "{label: 一般, rest: true}\n    fail: 不合格"
    )
    path, typed, fresh = (tmp_path / f"{name}.xlsx" for name in ("town", "typed", "fresh"))
    write_outputs(score_town(tmp_path, scheme=scheme), [path], "zh")
    counts = Counter(MET)
    figures = {(unit, veto, "否决（件）"): count for (unit, veto), count in counts.items()}
    edit_book(path, typed, figures=figures)
    matters = "".join(f"N{n},{unit},{veto},,事,认定,\n" for n, (unit, veto) in enumerate(MET))
    result = score_town(tmp_path, scheme=scheme, records=RECORDS + matters)
    write_outputs(result, [fresh], "zh")

    grades = {each.unit.code: told.say_grade(each.grade, "zh") for each in result.units}
    assert (grades["T2"], grades["D1"], grades["T4"]) == ("一般", "不合格", "不合格")
    (recalculated,) = recalculate_books([typed], tmp_path)
    exact = read_cells(fresh)
    for sheet in ("得分与排名", "数据", "计算 A", "汇总", "位次", "等次"):
        assert list_differences({sheet: exact[sheet]}, {sheet: recalculated[sheet]}) == []
