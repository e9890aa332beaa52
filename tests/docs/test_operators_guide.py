"""The operators' guide names every setting there is, in both languages, and what it tells works."""

import configparser
import re
from pathlib import Path

import pytest

GUIDES = Path(__file__).resolve().parents[2] / "docs" / "guide"
SETTINGS = GUIDES.parents[1] / "src" / "kaohe_web" / "config" / "settings.py"
LANGUAGES = ("zh-CN", "en")


def read_guide(language: str) -> str:
    return (GUIDES / f"operators.{language}.md").read_text(encoding="utf-8")


def list_variables(guide: str) -> set[str]:
    """Those of the table; `_NAME` behind another continues its beginning."""
    found = set()
    for row in re.findall(r"^\| (`KAOHE_.*?) \|", guide, re.MULTILINE):
        first, *others = re.findall(r"`(\w+)`", row)
        beginning = "_".join(first.split("_")[:2])
        found |= {first, *(f"{beginning}{other}" for other in others)}
    return found


def list_blocks(guide: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_variable_is_explained_and_no_other(language: str) -> None:
    asked = set(re.findall(r"\"(KAOHE_\w+)\"", SETTINGS.read_text(encoding="utf-8")))

    assert list_variables(read_guide(language)) == asked


def test_both_languages_show_the_same_files_and_statements() -> None:
    zh, en = (read_guide(language) for language in LANGUAGES)

    for kind in ("sql", "ini", "nginx"):
        assert list_blocks(zh, kind) == list_blocks(en, kind)
        assert len(list_blocks(en, kind)) == 1


def test_the_unit_can_be_read_and_starts_the_server_as_its_own_user() -> None:
    (written,) = list_blocks(read_guide("en"), "ini")
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[method-assign, assignment]
    unit.read_string(written)

    assert unit["Service"]["User"] == "kaohe"
    assert unit["Service"]["ExecStart"].split()[1] == "serve"
    assert unit["Service"]["KillMode"] == "mixed"
