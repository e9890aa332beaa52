"""Files and functions stay small enough to be read at once."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50
MOST_BYTES = 1_000_000
WRITTEN_BY_DJANGO = re.compile(r"/migrations/\d{4}_initial\.py$")


def test_no_file_of_code_is_long(tracked: list[Path]) -> None:
    written = [file for file in tracked if not WRITTEN_BY_DJANGO.search(file.as_posix())]
    long = {file: count_lines(file) for file in written if file.suffix == ".py"}

    assert {file: lines for file, lines in long.items() if lines > MOST_LINES_OF_A_FILE} == {}


def test_no_function_is_long(modules: dict[str, ast.Module]) -> None:
    long = {name: lines for name, lines in functions(modules) if lines > MOST_LINES_OF_A_FUNCTION}

    assert long == {}


def test_most_functions_are_short(modules: dict[str, ast.Module]) -> None:
    assert median(lines for _, lines in functions(modules)) < 10


def test_no_file_is_heavy(tracked: list[Path]) -> None:
    assert [file for file in tracked if file.stat().st_size > MOST_BYTES] == []


def count_lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def functions(modules: dict[str, ast.Module]) -> Iterator[tuple[str, int]]:
    for path, module in modules.items():
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{path}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1
