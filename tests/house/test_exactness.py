"""No binary float decides a score: none is written, made or rounded where one could."""

import ast
from collections.abc import Iterator

DECIDING_ROOMS = (
    "numbers",
    "expressions",
    "rules",
    "scheme",
    "scoring",
    "grading",
    "results",
    "checking",
)
COLUMNS_WITHOUT_FIGURES = ("accounts", "commands", "config", "foundation")
READERS_OF_DOUBLES = {
    "src/kaohe/numbers/cells.py"  # spreadsheets hold doubles; here they become exact
}
EXACT_MATH = {"floor", "ceil", "gcd", "lcm", "isqrt", "prod", "comb", "factorial"}


def test_rooms_that_decide_a_score_hold_no_float(modules: dict[str, ast.Module]) -> None:
    found = [
        f"{path}:{line} {what}"
        for path, module in modules.items()
        if decides(path)
        for line, what in floats(module)
    ]

    assert found == []


def test_every_way_to_a_float_is_seen() -> None:
    seen = {
        "x = 0.5": "literal 0.5",
        "x = float('1')": "float",
        "def f(x: float) -> None: ...": "float",
        "x = round(y, 2)": "round",
        "import math\nx = math.sqrt(2)": "math.sqrt",
        "from math import sqrt": "math.sqrt",
        "from statistics import mean": "statistics",
        "import statistics": "statistics",
    }

    assert {code: [what for _, what in floats(ast.parse(code))] for code in seen} == {
        code: [what] for code, what in seen.items()
    }


def test_refusing_a_float_is_allowed() -> None:
    assert (
        list(floats(ast.parse("isinstance(x, float)\nmath.floor(x)\nfrom math import gcd"))) == []
    )


def decides(path: str) -> bool:
    in_room = any(path.startswith(f"src/kaohe/{room}/") for room in DECIDING_ROOMS)
    without = tuple(f"src/kaohe_web/{column}/" for column in COLUMNS_WITHOUT_FIGURES)
    in_column = path.startswith("src/kaohe_web/") and not path.startswith(without)
    return (in_room and path not in READERS_OF_DOUBLES) or in_column


def floats(module: ast.Module) -> Iterator[tuple[int, str]]:
    refusals = {
        id(part)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and is_name(node.func, "isinstance")
        for part in ast.walk(node)
    }
    for node in ast.walk(module):
        if id(node) not in refusals:
            yield from ((node.lineno, what) for what in name_floats(node))  # type: ignore[attr-defined]


def name_floats(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=float() as value):
            yield f"literal {value}"
        case ast.Name(id="float") | ast.Call(func=ast.Name(id="round")):
            yield "float" if isinstance(node, ast.Name) else "round"
        case ast.Attribute(value=ast.Name(id="math"), attr=name) if name not in EXACT_MATH:
            yield f"math.{name}"
        case ast.ImportFrom(module="math", names=names):
            yield from (f"math.{each.name}" for each in names if each.name not in EXACT_MATH)
        case ast.ImportFrom(module="statistics"):
            yield "statistics"
        case ast.Import(names=names):
            yield from (each.name for each in names if each.name == "statistics")


def is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
