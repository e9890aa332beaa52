"""Every kind of finding is seen in its own example, at its place, and nothing in the sample."""

import re

import pytest

from kaohe.checking import check_draft
from kaohe.checking.catalogue import KINDS
from kaohe.checking.sample import FIGURES, MATTERS
from kaohe.errors import Severity
from kaohe.scheme.model import SchemeModel
from tests.engine.checking.samples import (
    PASSAGES,
    change_passages,
    inspect_example,
    read_data,
    sample,
)

FILES = {"scheme": "scheme.yaml", "figures": "figures.csv", "matters": "matters.csv"}


def test_there_are_more_kinds_than_the_least_asked_for_each_with_a_code_of_its_own():
    codes = [kind.code for kind in KINDS]

    assert len(KINDS) >= 28
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


def test_nothing_is_found_in_the_sample():
    assert check_draft(sample()) == []


def test_nothing_is_found_in_the_sample_with_its_data(tmp_path):
    draft = sample()
    model = SchemeModel.model_validate(draft.tree)
    observations = read_data(model, tmp_path, figures=FIGURES, matters=MATTERS)

    assert check_draft(draft, observations) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_each_kind_is_found_in_its_own_example_at_its_place(kind, tmp_path):
    found = inspect_example(kind, tmp_path)
    passage = kind.example.of if kind.example.of != "scheme" or not kind.needs_data else None
    places = [(finding.place.key, finding.place.line) for finding in found]

    assert (kind.example.at, find_line(kind)) in places
    assert {finding.kind for finding in found} == {kind.code}
    assert {finding.severity for finding in found} == {kind.severity}
    assert passage is None or found[0].place.file == FILES[passage]


def find_line(kind):
    """The line on which the example says its finding stands, in whichever passage has it."""
    if not kind.example.line:
        return None
    passages = change_passages(kind.example)
    text = next(text for text in passages.values() if kind.example.line in text)
    return text[: text.index(kind.example.line)].count("\n") + 1


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_each_example_changes_the_sample(kind):
    example = kind.example

    assert all(old in PASSAGES[example.of] for old, _ in ((example.old, ""), *example.also))
    assert change_passages(example) != PASSAGES


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_each_finding_says_what_is_wrong_and_what_would_be_right_in_both_languages(kind, tmp_path):
    for finding in inspect_example(kind, tmp_path):
        for text in (finding.wrong, finding.remedy, kind.title, kind.explanation):
            assert re.search("[一-鿿]", text.zh)
            assert re.search("[a-z]", text.en)


def test_what_blocks_is_what_makes_a_score_wrong_or_arguable():
    blocking = [kind.code for kind in KINDS if kind.severity is Severity.BLOCKING]

    assert blocking == [
        "points-do-not-add-up", "total-points-differ", "bounds-reversed", "weights-zero",
        "no-points", "cap-without-points", "deduction-adds", "target-not-positive", "direction-clash", "score-falls",
        "pool-too-small", "example-fails", "step-mode-unsaid", "step-mode-contradicted",
        "dates-reversed", "two-grade-rules", "veto-zeroes-nothing", "veto-code-taken",
        "score-refused",
    ]  # fmt: skip
