"""The one-page scheme that a newcomer starts from."""

from fractions import Fraction
from pathlib import Path

import pytest

from kaohe.checking import admit, check_draft
from kaohe.errors import BadInput
from kaohe.files.data.observations import read_observations
from kaohe.files.schemes.reading import read_draft
from kaohe.files.schemes.template import write_template
from kaohe.files.tables.workbooks import read_workbook
from kaohe.numbers.writing import write_number
from kaohe.results.result import score
from kaohe.scheme.draft import Scheme


def rank_towns(scheme: Scheme, data: Path) -> list[tuple[str, str]]:
    result = score(scheme, read_observations(data, scheme))
    return [
        (each.unit.name, write_number(each.total.total or Fraction(0)))
        for each in result.rank_group("T")
    ]


def test_workbook_and_yaml_hold_the_same_scheme_and_score_alike(tmp_path: Path) -> None:
    book, text = tmp_path / "one.xlsx", tmp_path / "one.yaml"

    write_template(book)
    write_template(text)

    of_book, of_text = admit(read_draft(book)), admit(read_draft(text))
    assert of_book.digest == of_text.digest
    ranking = rank_towns(of_book, book)
    assert ranking == rank_towns(of_text, tmp_path / "one.csv")
    assert ranking[:2] == [("北汀镇", "99.5"), ("新澄镇", "96.1852")]


@pytest.mark.parametrize("name", ["one.xlsx", "one.yaml"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")

    with pytest.raises(BadInput) as refusal:
        write_template(tmp_path / name)

    assert [finding.kind for finding in refusal.value.findings] == ["file-exists"]
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [(name, "mine")]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="unknown-ending|template"):
        write_template(tmp_path / "one.docx")

    assert list(tmp_path.iterdir()) == []


def test_the_workbook_names_settings_methods_and_parameters_in_chinese(tmp_path: Path) -> None:
    write_template(tmp_path / "one.xlsx")

    sheets = read_workbook(tmp_path / "one.xlsx")

    assert [row[0] for row in sheets["方案"].rows] == [
        "代码", "名称", "考核年度", "考核期起", "考核期止", "同分定序", "总分.总分满分", "总分.扣分合计上限",
    ]  # fmt: skip
    last = dict(zip(sheets["指标"].header, list(sheets["指标"].rows)[-1], strict=True))
    words = ("指标类别", "方向", "报送频度", "计分办法", "计分参数")
    assert [last[word] for word in words] == [
        "减分", "逆向", "年", "事件扣分法", "起算分=zero；每起扣分=1；起数来源=value",
    ]  # fmt: skip


def test_the_page_to_start_from_leaves_nothing_to_mend(tmp_path: Path) -> None:
    write_template(tmp_path / "one.xlsx")

    draft = read_draft(tmp_path / "one.xlsx")
    data = read_observations(tmp_path / "one.xlsx", admit(draft))

    assert [finding.kind for finding in check_draft(draft, data)] == []
