"""What pages are shown with: fetched by digest, never committed, shipped in a wheel, every icon among it."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from frontend.copy_packages import FILES, ICONS, STAMP

USED_IN_TEMPLATES = re.compile(r"\{%\s*icon\s+[\"']([\w-]+)[\"']")
USED_IN_ENTRIES = re.compile(r"^    Entry\(.*?\"([a-z-]+)\", \w", re.MULTILINE | re.DOTALL)


def test_the_lock_holds_a_digest_for_every_package_and_no_address(root: Path) -> None:
    lock = json.loads((root / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}

    assert [name for name, each in packages.items() if "integrity" not in each] == []
    assert [name for name, each in packages.items() if "resolved" in each] == []


def test_every_package_is_pinned_to_one_version(root: Path) -> None:
    wanted = json.loads((root / "frontend" / "package.json").read_text(encoding="utf-8"))

    assert [each for each in wanted["dependencies"].values() if not each[0].isdigit()] == []


def test_nothing_of_the_packages_is_part_of_the_repository(tracked: list[Path]) -> None:
    assert [file for file in tracked if {"vendor", "node_modules"} & set(file.parts)] == []


def test_every_file_was_copied_without_the_comment_that_names_a_map() -> None:
    copied = json.loads(STAMP.read_text(encoding="utf-8"))["files"]

    assert set(copied) == {*FILES, "icons.svg"}
    assert [
        name for name in copied if b"sourceMappingURL" in (STAMP.parent / name).read_bytes()
    ] == []


def test_every_icon_that_pages_show_is_copied(tracked: list[Path], root: Path) -> None:
    shown = {
        name
        for file in tracked
        if file.suffix == ".html"
        for name in USED_IN_TEMPLATES.findall(file.read_text(encoding="utf-8"))
    }
    entries = root / "src" / "kaohe_web" / "web" / "shell" / "entries.py"
    rail = set(USED_IN_ENTRIES.findall(entries.read_text(encoding="utf-8")))

    assert len(rail) >= 10
    assert (shown | rail) - set(ICONS) == set()


@pytest.mark.slow
def test_a_wheel_ships_pages_their_files_and_the_district(root: Path, tmp_path: Path) -> None:
    hatchling = Path(sys.executable).with_name("hatchling")
    subprocess.run([hatchling, "build", "-t", "wheel", "-d", tmp_path], cwd=root, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    shell = "kaohe_web/web/shell"

    assert {f"{shell}/static/vendor/{name}" for name in FILES} - names == set()
    assert {
        "kaohe/cli/main.py",
        "kaohe_web/commands/serve.py",
        f"{shell}/templates/shell/base.html",
        f"{shell}/static/kaohe/kaohe.css",
        "kaohe_web/story/district/2019/annual.yaml",
        "kaohe_web/story/district/2019/data.xlsx",
    } - names == set()
    assert [name for name in names if name.startswith(("tests/", "frontend/"))] == []
