"""The ways in: documents, commands, and the walls between the rooms."""

import subprocess
import sys
from pathlib import Path

import pytest

DOCUMENTS = [
    "README.md",
    "README.zh-CN.md",
    "ARCHITECTURE.md",
    "GLOSSARY.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_there(root: Path, name: str) -> None:
    assert (root / name).read_text(encoding="utf-8").strip() != ""


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_both_commands_stand_in_the_readme(root: Path, name: str) -> None:
    lines = (root / name).read_text(encoding="utf-8").splitlines()

    assert {"python3 run.py demo", "python3 run.py test"} <= {
        line.split("#")[0].strip() for line in lines
    }


def test_every_room_stands_in_the_architecture(root: Path) -> None:
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [file.parent.name for file in (root / "src" / "kaohe").glob("*/__init__.py")]

    assert [room for room in rooms if f"`{room}`" not in text] == []


@pytest.mark.parametrize("arguments", [[], ["dance"], ["--help"]])
def test_an_unknown_verb_is_told_the_known_ones(root: Path, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "run.py", *arguments], cwd=root, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: python3 run.py VERB\n")


def test_no_room_knows_a_room_above_it(root: Path) -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=root, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout
