"""A draft becomes a scheme once nothing blocks it; every blocking finding is told at once."""

import pytest

from kaohe.checking import admit, check_draft
from kaohe.checking.sample import SCHEME
from kaohe.errors import BadInput, Severity
from kaohe.files.schemes.reading import read_draft
from kaohe.files.schemes.writing import write_scheme
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.scheme.model import SchemeModel


def spoil(*changes):
    """The sample's draft with several passages replaced."""
    text = SCHEME
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return compose_draft(text, "scheme.yaml")


UNEVEN = ("    points: 12\n", "    points: 13\n")
WRONG_EXAMPLE = ("score: 4.5}", "score: 5}")
UNOWNED = ("        owner: 统计局\n", "")


def list_kinds(findings):
    return [finding.kind for finding in findings]


def test_every_blocking_finding_is_told_at_once_and_nothing_else():
    with pytest.raises(BadInput) as refusal:
        admit(spoil(UNEVEN, WRONG_EXAMPLE, UNOWNED))

    assert list_kinds(refusal.value.findings) == [
        "points-do-not-add-up", "total-points-differ", "example-fails",
    ]  # fmt: skip


def test_what_does_not_block_is_left_to_the_check():
    draft = spoil(UNOWNED)

    assert admit(draft).findings == ()
    assert list_kinds(check_draft(draft)) == ["no-owner"]


def test_the_weightiest_finding_comes_first():
    found = check_draft(
        spoil(UNOWNED, WRONG_EXAMPLE, ("disclosure:", "extensions: {}\ndisclosure:"))
    )

    assert [finding.severity for finding in found] == [Severity.BLOCKING, Severity.WARNING]


def test_a_code_that_names_nothing_is_told_before_anything_is_made_of_it():
    draft = spoil(("group: towns}", "group: town}"), UNEVEN)

    assert list_kinds(check_draft(draft)) == ["unknown-group"]
    with pytest.raises(BadInput):
        admit(draft)


def test_a_draft_that_is_no_scheme_keeps_its_own_findings():
    draft = spoil(("        unit: 亿元\n", "        units: 亿元\n"), UNEVEN)

    assert list_kinds(check_draft(draft)) == ["unknown-key"]
    with pytest.raises(BadInput) as refusal:
        admit(draft)
    assert list_kinds(refusal.value.findings) == ["unknown-key"]


def test_the_same_finding_in_a_workbook_names_sheet_and_cell(tmp_path):
    model = SchemeModel.model_validate(spoil(UNEVEN).tree)
    path = tmp_path / "scheme.xlsx"
    write_scheme(model, path)
    found = check_draft(read_draft(path))

    assert [(each.kind, each.place.file, each.place.sheet) for each in found] == [
        ("points-do-not-add-up", "scheme.xlsx", "指标"),
        ("total-points-differ", "scheme.xlsx", "方案"),
    ]  # fmt: skip
    assert all(each.place.cell for each in found)
