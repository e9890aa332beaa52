"""What the package offers is what its stub says."""

import ast
from pathlib import Path

import kaohe


def test_editors_are_told_every_public_name_and_no_other():
    stub = ast.parse(Path(kaohe.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))

    told = {
        alias.name: node.module
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert told == kaohe._NAMES
