"""`kaohe check`: what is said, and the exit code."""

import pytest

from kaohe.checking.sample import FIGURES, MATTERS, SCHEME
from kaohe.cli.check import check_scheme
from kaohe.cli.speech import choose_language
from kaohe.errors import BadInput


@pytest.fixture(autouse=True)
def english():
    choose_language("en")
    yield
    choose_language("zh")


@pytest.fixture
def files(tmp_path):
    """Writes the sample, changed where a test says so."""

    def write(old="", new="", *, figures=FIGURES):
        texts = {
            "scheme.yaml": SCHEME.replace(old, new, 1),
            "figures.csv": figures,
            "matters.csv": MATTERS,
        }
        paths = [tmp_path / name for name in texts]
        for path, text in zip(paths, texts.values(), strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    return write


def test_a_clean_scheme_with_clean_data_gives_0(files, capsys):
    scheme, *data = files()

    assert check_scheme(scheme, data) == 0
    assert capsys.readouterr() == ("scheme.yaml: nothing found\n", "")


def test_notices_alone_give_0(files, capsys):
    scheme, *_ = files("tie_break:\n  - {by: firsts}\n", "")

    assert check_scheme(scheme, []) == 0
    assert capsys.readouterr().out == "scheme.yaml: 0 blocking, 0 warnings, 1 notices\n"


def test_a_warning_gives_1_and_names_line_path_and_remedy(files, capsys):
    scheme, *_ = files("        owner: 统计局\n", "")

    assert check_scheme(scheme, []) == 1
    assert capsys.readouterr().err == (
        "warning [no-owner] scheme.yaml · line 28 · indicators[0].children[0].owner: "
        "A1 has no owner → write owner: the department that supplies the figure\n"
    )


def test_data_are_checked_too_and_name_their_row(files, capsys):
    scheme, *data = files(figures=FIGURES.replace("T2,79.34,", "T2,80.5,"))

    assert check_scheme(scheme, data) == 0
    assert "notice [exact-hit] figures.csv · line 3 · A1: " in capsys.readouterr().err


def test_data_wait_until_nothing_blocks_the_scheme(files, capsys):
    scheme, *_ = files("    points: 12\n", "    points: 13\n")

    assert check_scheme(scheme, [scheme.parent / "there-is-no-such-file.csv"]) == 1
    assert capsys.readouterr().out == "scheme.yaml: 2 blocking, 0 warnings, 0 notices\n"


def test_figures_no_scheme_allows_are_refused_on_reading(files):
    scheme, *data = files(figures=FIGURES.replace("83.10", "183.101"))

    with pytest.raises(BadInput):
        check_scheme(scheme, data)


def test_of_many_alike_three_are_shown_and_the_rest_counted(files, capsys):
    scheme, *_ = files()
    scheme.write_text(SCHEME.replace("        owner: ", "        lead: "), encoding="utf-8")

    assert check_scheme(scheme, []) == 1
    few = capsys.readouterr().err.splitlines()
    assert check_scheme(scheme, [], show_all=True) == 1
    every = capsys.readouterr().err.splitlines()

    owners = [line for line in every if "[no-owner]" in line]
    assert [line for line in few if "[no-owner]" in line] == [
        *owners[:3], f"[no-owner] {len(owners) - 3} more; --all lists them",
    ]  # fmt: skip
    assert len(owners) > 4


def test_blocking_findings_are_always_shown_in_full(files, capsys):
    scheme, *_ = files()
    scheme.write_text(
        SCHEME.replace(", score: -", ", score: ").replace(", score: ", ", score: 9"),
        encoding="utf-8",
    )

    assert check_scheme(scheme, []) == 1
    said = capsys.readouterr()

    assert said.err.count("blocking [example-fails]") > 3
    assert "--all" not in said.err
