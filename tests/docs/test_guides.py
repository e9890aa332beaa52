"""What the guides show can be typed in as it stands."""

import re
from pathlib import Path
from typing import Any

import pytest

from kaohe.errors import Severity
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.scheme.draft import Draft
from kaohe.scheme.reading import read_model
from kaohe.scheme.references import find_reference_faults

GUIDES = Path(__file__).parents[2] / "docs" / "guide"
LANGUAGES = ["zh-CN", "en"]


def read_fragments(language: str) -> list[dict[str, Any]]:
    text = (GUIDES / f"authors.{language}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    return [compose_draft(block, "guide").tree for block in blocks]


def join_fragments(fragments: list[dict[str, Any]]) -> dict[str, Any]:
    scheme: dict[str, Any] = {"kaohe": "1", "code": "guide", "name": "guide", "period": "2026"}
    for fragment in fragments:
        for key, value in fragment.items():
            scheme[key] = [*scheme.get(key, []), *value] if isinstance(value, list) else value
    return scheme


@pytest.mark.parametrize("language", LANGUAGES)
def test_fragments_together_are_a_scheme(language: str) -> None:
    draft = Draft(join_fragments(read_fragments(language)), "guide")

    model, findings = read_model(draft)

    assert [finding.say("en") for finding in findings] == []
    assert model is not None
    faults = find_reference_faults(model, draft)
    assert [fault for fault in faults if fault.severity is Severity.BLOCKING] == []


def test_both_languages_show_the_same_keys() -> None:
    chinese, english = (read_fragments(language) for language in LANGUAGES)

    assert [sorted(fragment) for fragment in chinese] == [sorted(fragment) for fragment in english]
