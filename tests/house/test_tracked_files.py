"""Nothing of one machine gets into the repository."""

import re
from pathlib import Path

# Taken apart, so that this file does not hold what it looks for.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.",
    "npm" + "mirror.",
    "mirrors" + ".",
    "index" + "-url",
    "find" + "-links",
    "trusted" + "-host",
]
MACHINE_PATH = re.compile(r"(?<![\w.*{}])/(?:root|work|home|tmp|opt|mnt|Users)/[\w.]")


def test_no_file_names_a_registry_or_its_options(tracked: list[Path]) -> None:
    found = [
        (file, registry)
        for file, text in texts(tracked)
        for registry in REGISTRIES
        if registry in text
    ]

    assert found == []


def test_no_file_names_a_path_of_a_machine(tracked: list[Path]) -> None:
    found = [(file, match.group()) for file, text in texts(tracked) for match in paths_in(text)]

    assert found == []


def test_paths_of_a_machine_are_seen() -> None:
    seen = [f"see {'/'}{folder}/x" for folder in ("root", "work", "home", "tmp", "opt")]

    assert [bool(paths_in(line)) for line in seen] == [True] * 5


def test_addresses_and_relative_paths_are_no_paths_of_a_machine() -> None:
    lines = ["src/work/x", "https://example.org/home/x", "../tmp/x"]

    assert [paths_in(line) for line in lines] == [[], [], []]


def paths_in(text: str) -> list[re.Match[str]]:
    return list(MACHINE_PATH.finditer(text))


def texts(tracked: list[Path]) -> list[tuple[str, str]]:
    contents = [(file, file.read_bytes()) for file in tracked]
    return [
        (str(file), content.decode("utf-8", errors="replace"))
        for file, content in contents
        if b"\0" not in content
    ]
