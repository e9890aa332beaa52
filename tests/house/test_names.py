"""Names say what a thing is, and public ones are explained."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "misc", "manager"}
WRITTEN_BY_DJANGO = re.compile(r"/migrations/\d{4}_initial\.py$")


def test_no_module_is_a_drawer_for_everything(tracked: list[Path], root: Path) -> None:
    parts = {
        str(file.relative_to(root)): set(file.relative_to(root).with_suffix("").parts)
        for file in tracked
        if file.suffix == ".py"
    }

    assert [path for path, names in parts.items() if names & SAYS_NOTHING] == []


def test_every_public_name_is_explained(modules: dict[str, ast.Module]) -> None:
    unexplained = [
        name
        for path, module in modules.items()
        if not WRITTEN_BY_DJANGO.search(path)
        for name, node in public_names(path, module)
        if ast.get_docstring(node) is None
    ]

    assert unexplained == []


def public_names(
    path: str, module: ast.Module
) -> Iterator[tuple[str, ast.Module | ast.FunctionDef | ast.ClassDef]]:
    yield path, module
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{path}:{node.lineno} {node.name}", node
