"""The page of every method says what its definition says, and can be copied into a scheme."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kaohe.checking.finding_pages import write_finding_page
from kaohe.files.schemes.yaml_reading import compose_draft
from kaohe.language import Language
from kaohe.renderings.method_pages import write_method_index, write_method_page
from kaohe.rules.catalogue import BY_NAME, METHODS, use_canonical_name
from kaohe.rules.method import Method

ROOT = Path(__file__).parents[3]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
PAGES = [(method, language) for method in METHODS for language in LANGUAGES]


def name_case(part: Any) -> str:
    return part if isinstance(part, str) else part.code


@pytest.mark.parametrize(("method", "language"), PAGES, ids=name_case)
def test_page_holds_formula_source_parameters_and_every_score(
    method: type[Method], language: Language
):
    page = write_method_page(method, language)

    assert page.startswith(f"# {method.code} {method.title.say(language)}\n")
    for said in (method.formula, method.summary.say(language), method.source.say(language)):
        assert said in page
    for name in set(method.model_fields) - {"method"}:
        assert f"| `{name}` |" in page
    ends = [line.rsplit(" | ", 1)[-1].removesuffix(" |") for line in page.splitlines()]
    scores = [score or "—" for example in method.examples for score in example.scores]
    assert all(ends.count(score) >= scores.count(score) for score in scores)


@pytest.mark.parametrize("method", METHODS, ids=name_case)
def test_lines_of_an_example_are_those_of_a_scheme(method: type[Method]):
    blocks = write_method_page(method, "zh").split("```yaml\n")[1:]

    for block, example in zip(blocks, method.examples, strict=True):
        tree = compose_draft(block.partition("```")[0], "page.yaml").tree
        assert method(**example.parameters) == method.model_validate(
            use_canonical_name(tree["rule"])
        )
        assert tree.get("direction") == (None if example.higher_is_better else "lower")


def test_page_of_all_or_nothing_as_a_whole():
    assert (
        write_method_page(BY_NAME["all_or_nothing"], "en")
        == """\
# R17 All or nothing

Full marks when done and nothing otherwise; needs an acceptance standard and a proof.

- Written as: `method: all_or_nothing`
- Formula: done: w; otherwise: 0
- Source: Quzhou, scoring table of target responsibility of counties
- Compares: only the unit's own figures count

## Parameters

| parameter | meaning | written as | default |
| --- | --- | --- | --- |
| `met_by` | counted as done (by a `mark`: 1 for done, or where less is better for happened, else 0; or by reaching the `target`) | mark / target | required |

## Steps

With the parameters of example 1:

1. score = points × (by value: 0 → 0; 1 → 1)

## Example 1 (R17)

```yaml
points: 3
rule: {method: all_or_nothing, met_by: mark}
```

| unit | value | score |
| --- | --- | --- |
| 1 | 1 | 3 |
| 2 | 0 | 0 |

## Example 2

```yaml
points: 3
direction: lower
rule: {method: all_or_nothing, met_by: mark}
```

| unit | value | score |
| --- | --- | --- |
| 1 | 1 | 0 |
| 2 | 0 | 3 |

## Example 3

```yaml
points: 3
rule: {method: all_or_nothing, met_by: target}
```

| unit | value | target | score |
| --- | --- | --- | --- |
| 1 | 10 | 10 | 3 |
| 2 | 9.99 | 10 | 0 |

## Example 4

```yaml
points: 3
direction: lower
rule: {method: all_or_nothing, met_by: target}
```

| unit | value | target | score |
| --- | --- | --- | --- |
| 1 | 2 | 2 | 3 |
| 2 | 2.01 | 2 | 0 |
"""
    )


def test_parameters_say_kind_bounds_and_default():
    page = write_method_page(BY_NAME["components"], "en") + write_method_page(
        BY_NAME["panel"], "en"
    )
    rows = [line for line in page.splitlines() if line.startswith("| `")]

    assert rows == [
        "| `parts` | the parts | list (keys as below), at least 2, at most 10 | required |",
        "| `parts.rule` | the rule | a rule | required |",
        "| `parts.share` | share of the points | share, 30% may be written, > 0 | required |",
        "| `parts.name` | what it is called | text | empty |",
        "| `parts.facets` | facets read instead (value: growth, for instance) | name: text | empty |",
        "| `full` | full marks of a scorer | number, > 0 | 100 |",
        "| `fewest` | fewest scorers | whole number, ≥ 1 | 3 |",
        "| `drop` | marks left out at each end | whole number, ≥ 0 | 0 |",
        "| `drop_share` | share of the marks left out at each end (their number is rounded down)"
        " | share, 30% may be written, ≥ 0, < 1/2 | 0 |",
        "| `drop_from` | number of scorers from which marks are left out | whole number, ≥ 1 | 5 |",
        "| `classes` | weights of classes of scorers (no classes if empty) | name: number, > 0 | empty |",
    ]


def test_index_links_every_method():
    index = write_method_index("zh")

    for method in METHODS:
        assert f"| [{method.code}]({method.code}.zh-CN.md) |" in index
        assert method.title.zh in index


@pytest.mark.slow
def test_pages_written_twice_are_the_same_bytes(tmp_path: Path):
    written = [write_pages(tmp_path / name) for name in ("first", "second")]

    assert written[0] == written[1]
    assert len(written[0]) == 2 * len(METHODS) + 6
    assert written[0]["methods/index.en.md"] == write_method_index("en").encode()
    assert written[0]["findings.en.md"] == write_finding_page("en").encode()
    assert written[0]["scheme.schema.json"].startswith(b"{")


def write_pages(folder: Path) -> dict[str, bytes]:
    """Everything that the script of the documentation writes, by its name in the folder."""
    subprocess.run([sys.executable, "docs/write_pages.py", folder], cwd=ROOT, check=True)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
