"""The documentation of findings says all there is, in both languages."""

import re

from kaohe.checking.catalogue import KINDS
from kaohe.checking.finding_pages import list_changes, write_finding_pages
from kaohe.checking.points import POINTS_DO_NOT_ADD_UP, WEIGHTS_ZERO
from kaohe.checking.sample import SCHEME


def test_each_kind_has_a_section_with_its_code_its_remedy_and_its_example():
    pages = write_finding_pages()

    assert list(pages) == ["findings.zh-CN.md", "findings.en.md"]
    for kind in KINDS:
        assert f"### {kind.title.zh}\n\n`{kind.code}`" in pages["findings.zh-CN.md"]
        assert f"Remedy: {kind.remedy.en}\n\n```diff\n" in pages["findings.en.md"]
    assert all(SCHEME in page for page in pages.values())


def test_the_english_page_holds_chinese_only_where_a_scheme_is_shown():
    page = write_finding_pages()["findings.en.md"]
    prose = re.sub(r"```.*?```", "", page, flags=re.DOTALL)

    assert set(re.findall(r"[一-鿿]+", prose)) <= {"优秀"}


def test_an_example_is_shown_as_the_lines_it_changes():
    assert list_changes(POINTS_DO_NOT_ADD_UP.example) == ["-    points: 12", "+    points: 13"]
    assert list_changes(WEIGHTS_ZERO.example) == [
        "-        weight: 0.6", "+        weight: 0",
        " …",
        "-        weight: 0.4", "+        weight: 0",
    ]  # fmt: skip
