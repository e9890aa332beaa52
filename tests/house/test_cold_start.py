"""Importing the package loads nothing; a name loads its module when it is first used."""

import json
import subprocess
import sys

import kaohe

LOADED_BY_IMPORT = """
import importlib, json, sys
before = set(sys.modules)
import kaohe
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def test_importing_the_package_loads_nothing_else() -> None:
    command = [sys.executable, "-c", LOADED_BY_IMPORT]
    printed = subprocess.run(command, capture_output=True, check=True, text=True).stdout

    assert json.loads(printed) == ["kaohe"]


def test_every_public_name_is_there() -> None:
    assert [name for name in kaohe._NAMES if getattr(kaohe, name, None) is None] == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(kaohe, "no_such_name")
