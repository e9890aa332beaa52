import pytest

from kaohe.cli.methods import show_methods
from kaohe.cli.speech import choose_language
from kaohe.errors import BadInput
from kaohe.renderings.method_pages import write_method_page
from kaohe.rules.catalogue import BY_NAME, METHODS


@pytest.fixture(autouse=True)
def english():
    choose_language("en")
    yield
    choose_language("zh")


def test_all_methods_are_listed_by_code(capsys: pytest.CaptureFixture[str]):
    show_methods(None)

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == sorted(method.code for method in METHODS)
    assert "Efficacy coefficient efficacy_coefficient" in lines[4]


@pytest.mark.parametrize("name", ["R04", "efficacy_coefficient", "功效系数法"])
def test_a_method_named_by_code_name_or_title_shows_its_page(
    name: str, capsys: pytest.CaptureFixture[str]
):
    show_methods(name)

    assert capsys.readouterr().out == write_method_page(BY_NAME["efficacy_coefficient"], "en")


def test_an_unknown_method_is_refused_with_the_nearest():
    with pytest.raises(BadInput) as refused:
        show_methods("efficacy")

    (finding,) = refused.value.findings
    assert finding.wrong.en == 'there is no method "efficacy"'
    assert finding.remedy.en == "write one of: efficacy_coefficient, difficulty"


def test_a_method_like_no_other_is_told_how_to_list_them():
    with pytest.raises(BadInput) as refused:
        show_methods("zzzzzzzz")

    (finding,) = refused.value.findings
    assert finding.remedy.en == "leave it out to list them all"
