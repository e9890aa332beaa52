"""What the analysts' guide shows can be typed in as it stands, in both languages."""

import re
from pathlib import Path

import pyarrow as pa
import pytest

import kaohe
from kaohe.analysis.aggregating import AGGREGATIONS
from kaohe.analysis.normalising import NORMALISATIONS
from kaohe.analysis.weighing import WEIGHINGS

GUIDES = Path(__file__).parents[2] / "docs" / "guide"
LANGUAGES = ["en", "zh-CN"]
TOWNS = {
    "town": ["T1", "T2", "T3", "T4"],
    "region": ["east", "east", "west", "west"],
    "people": [20, 30, 10, 40],
    "output": [120, 96, 54, 200],
    "energy": [3.1, None, 2.2, 4],
    "income": [30000, 20000, 50000, 25000],
}


def read(language):
    return (GUIDES / f"analysts.{language}.md").read_text(encoding="utf-8")


def blocks(language, kind):
    return re.findall(rf"```{kind}\n(.*?)```", read(language), flags=re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_shown_can_be_computed(language):
    (index,) = blocks(language, "yaml")

    found = kaohe.analyse(index, pa.table(TOWNS))

    assert found.scores.column_names == [
        "subject", "rank", "vigour", "growth", "output", "energy", "income",
    ]  # fmt: skip
    assert found.scores["rank"].to_pylist() == [2, 4, 1, 3]
    assert [each.kind for each in found.findings] == ["unused-key", "unused-key", "imputed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notebook_shown_runs(language, capsys):
    (code,) = blocks(language, "python")

    exec(code, {})  # noqa: S102 - the guide's own lines

    assert len(capsys.readouterr().out.splitlines()) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_method_and_public_name_stands_in_the_guide(language):
    text = read(language)

    names = [*NORMALISATIONS, *AGGREGATIONS, *WEIGHINGS, *kaohe._NAMES]
    assert [name for name in names if not re.search(rf"`{name}[`(]", text)] == []
