"""The language the command line speaks."""

import pytest
from tests.engine.cli.running import run_kaohe

from kaohe.cli.speech import Speech, choose_language


@pytest.fixture(autouse=True)
def chinese_again():
    yield
    Speech.language = "zh"


@pytest.mark.parametrize(
    ("option", "locale", "language"),
    [
        ("en", "zh_CN.UTF-8", "en"),
        ("ZH", "en_US.UTF-8", "zh"),
        (None, "en_US.UTF-8", "en"),
        (None, "C.UTF-8", "zh"),
        ("", "de_DE.UTF-8", "zh"),
    ],
)
def test_the_option_counts_before_the_locale(monkeypatch, option, locale, language):
    monkeypatch.setenv("LC_ALL", locale)

    choose_language(option)

    assert Speech.language == language


def test_a_language_nobody_here_speaks_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    done = run_kaohe(tmp_path, "methods", language="xx")

    assert (done.code, done.out, done.err) == (
        2, "", 'blocking [unknown-language] --language: there is no language "xx" → write one of: zh, en\n',
    )  # fmt: skip
