"""What readers of a live workbook see where there is little to show, or much to say."""

import re
from pathlib import Path
from zipfile import ZipFile

import openpyxl
from tests.engine.results.town import SCHEME, score_town

from kaohe.checking import admit
from kaohe.files.results.outputs import write_outputs
from kaohe.files.results.table_workbook import write_tables
from kaohe.files.results.tables import make_scores
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.results.result import score
from kaohe.scoring.observations import Observations

BARE = """\
kaohe: 1
code: bare
name: 样例
period: 2019
groups: [{code: g, name: 组}]
units: [{code: U1, name: 单位一, group: g}]
indicators:
  - {code: A, name: 一, points: 60, weight: 0.5, target: 1, rule: {method: target_ratio}}
  - {code: B, name: 二, points: 40, target: 1, rule: {method: target_ratio}}
"""


def test_a_scheme_without_grades_and_matters_says_so(tmp_path: Path) -> None:
    scheme = admit(compose_draft(BARE, "scheme.yaml"))
    for language in ("zh", "en"):
        write_outputs(score(scheme, Observations({})), [tmp_path / f"{language}.xlsx"], language)
    chinese, english = (openpyxl.load_workbook(tmp_path / f"{name}.xlsx") for name in ("zh", "en"))

    assert [chinese[name]["A3"].value for name in ("等次", "事项")] == [
        "方案没有规定等次",
        "没有事项",
    ]
    assert [english[name]["A3"].value for name in ("Grades", "Matters")] == [
        "The scheme proposes no grades", "No matters",
    ]  # fmt: skip


def test_the_guide_says_when_grades_do_not_follow(tmp_path: Path) -> None:
    """Promotions within a share move its places; formulas do not follow that."""
    promotions = (
        "    promotions: [{by: special_award, of: P, levels: [nation], to: 优秀, outside_share: "
    )
    plain, live = (
        "（见“等次”）" in " ".join(tell(tmp_path, promotions, on)) for on in ("false}]", "true}]")
    )

    assert (plain, live) == (True, False)


def tell(folder: Path, promotions: str, ending: str) -> list[str]:
    """The words of the guide of a town whose grade rule promotes."""
    scheme = SCHEME + promotions + ending + "\n"
    write_outputs(score_town(folder, scheme=scheme), [folder / "town.xlsx"], "zh")
    guide = openpyxl.load_workbook(folder / "town.xlsx")["说明"]
    return [str(row[1].value) for row in guide.iter_rows(min_row=3)]


def test_weights_above_the_scores_are_shown_as_factors(tmp_path: Path) -> None:
    scheme = admit(compose_draft(BARE, "scheme.yaml"))
    write_outputs(score(scheme, Observations({})), [tmp_path / "bare.xlsx"], "zh")
    rollup = openpyxl.load_workbook(tmp_path / "bare.xlsx")["汇总"]

    assert [(cell.value, cell.number_format) for cell in rollup["D4:E4"][0]] == [
        ("=p_A_weight", '"×"General'), ("=p_B_weight", '"×"General'),
    ]  # fmt: skip


def test_words_of_several_lines_have_room(tmp_path: Path) -> None:
    """LibreOffice does not make room by itself, nor does a preview."""
    long = "完成目标得满分，未完成的按比例计分，超额不加分。"
    scheme = SCHEME.replace(long, long * 5)
    write_outputs(score_town(tmp_path, scheme=scheme), [tmp_path / "town.xlsx"], "zh")
    rules = openpyxl.load_workbook(tmp_path / "town.xlsx")["规则"]
    heights = {
        row[5].value: rules.row_dimensions[row[5].row].height for row in rules.iter_rows(min_row=3)
    }

    assert heights[long * 5] == 43.5
    assert heights["按位次得分：第一名 10 分，以下依次 8、6、4 分。"] is None


def test_a_formula_that_shows_nothing_shows_an_empty_text(tmp_path: Path) -> None:
    """As Excel writes it; a number without digits is none to strict readers."""
    write_outputs(score_town(tmp_path), [tmp_path / "town.xlsx"], "zh")
    with ZipFile(tmp_path / "town.xlsx") as book:
        page = book.read("xl/worksheets/sheet2.xml").decode()
    empty = re.findall(r'<c r="[A-Z]+[0-9]+" s="[0-9]+"([^>]*)><f>[^<]*</f><v></v>', page)

    assert len(empty) > 10
    assert set(empty) == {' t="str"'}


def test_a_long_name_leaves_the_page_its_head(tmp_path: Path) -> None:
    scheme = SCHEME.replace("name: 云河区二〇一九年度综合考核", f"name: {'综合&考核' * 60}")
    write_outputs(score_town(tmp_path, scheme=scheme), [tmp_path / "town.xlsx"], "zh")
    with ZipFile(tmp_path / "town.xlsx") as book:
        page = book.read("xl/worksheets/sheet2.xml").decode()
    head = re.search("<oddHeader>(.*?)</oddHeader>", page)

    assert head is not None
    assert len(head[1].replace("&amp;", "&")) == 2 + 120 + 2 + 12


def test_a_long_name_leaves_plain_tables_their_head(tmp_path: Path) -> None:
    table = make_scores(score_town(tmp_path), "zh")
    write_tables([table], tmp_path / "plain.xlsx", "zh", title="长&" * 200, note="固定")
    with ZipFile(tmp_path / "plain.xlsx") as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    head = re.search("<oddHeader>(.*?)</oddHeader>", page)

    assert head is not None
    assert head[1].replace("&amp;", "&") == f"&L{'长&&' * 50}&R固定"


def test_points_and_weights_that_are_zero_are_not_to_be_changed(tmp_path: Path) -> None:
    """Formulas do not follow them to zero or from it, so nobody is invited to try."""
    scheme = admit(compose_draft(BARE.replace("weight: 0.5", "weight: 0"), "scheme.yaml"))
    write_outputs(score(scheme, Observations({})), [tmp_path / "bare.xlsx"], "zh")
    rules = openpyxl.load_workbook(tmp_path / "bare.xlsx")["规则"]
    lines = {row[4].value: row[3] for row in rules.iter_rows(min_row=3) if row[4].value}
    checked = {str(each.sqref) for each in rules.data_validations.dataValidation}

    yellow = {name for name, cell in lines.items() if cell.fill.fgColor.rgb == "FFFFF8E1"}
    assert {"p_A_weight"} == set(lines) - yellow
    assert {lines[name].coordinate for name in ("p_A_points", "p_A_weight")} <= checked
