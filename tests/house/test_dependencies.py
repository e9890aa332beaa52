"""Every dependency has its reason and is pinned once."""

import re
import tomllib
from pathlib import Path

import pytest


def test_every_runtime_dependency_says_why(root: Path) -> None:
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    block = text.split("\ndependencies = [\n", 1)[1].split("\n[project.scripts]", 1)[0]
    lines = [line for line in block.splitlines() if line.startswith("  ")]

    assert [line for line in lines if not re.search(r'",\s+# \w+', line)] == []


def test_spark_is_tested_in_the_versions_that_users_may_have(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = (root / "requirements" / "spark.in").read_text(encoding="utf-8").split()[0]

    assert wanted in project["optional-dependencies"]["spark"]


REASONED = r"(-r \w+\.in|[\w-]+(\[[\w,-]+\])?\s+# \w+.*)$"


@pytest.mark.parametrize("name", ["build.in", "dev.in", "node.in"])
def test_every_development_dependency_says_why(root: Path, name: str) -> None:
    lines = (root / "requirements" / name).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if not re.match(REASONED, line)] == []


def test_every_runtime_dependency_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = project["dependencies"] + project["optional-dependencies"]["web"]
    wanted = {normalise(re.split(r"[<>=!~ ;\[]", line)[0]) for line in named}

    assert wanted - set(pins(root, "runtime.txt")) == set()


@pytest.mark.parametrize("name", ["runtime.txt", "build.txt"])
def test_development_runs_on_the_same_versions(root: Path, name: str) -> None:
    smaller, larger = pins(root, name), pins(root, "dev.txt")

    assert {package: larger.get(package) for package in smaller} == smaller


@pytest.mark.parametrize("name", ["runtime.txt", "build.txt", "dev.txt", "spark.txt", "node.txt"])
def test_every_pin_has_its_digests(root: Path, name: str) -> None:
    text = (root / "requirements" / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def pins(root: Path, name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    text = (root / "requirements" / name).read_text(encoding="utf-8")
    for package, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE):
        found.setdefault(normalise(package), set()).add(version)
    return found


def normalise(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()
