"""Nothing in the source runs what somebody sent, shows what somebody typed unescaped, or goes around a rule."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

CALLS = {
    "eval": "runs text",
    "exec": "runs text",
    "compile": "runs text",
    "__import__": "loads by text",
    "mark_safe": "unescaped text",
    "SafeString": "unescaped text",
    "csrf_exempt": "no token",
    "cache_page": "pages in a cache",
    "RawSQL": "raw SQL",
    "GenericForeignKey": "a key to any table",
    "FloatField": "binary floats",
    "FileField": "files in a served folder",
    "ImageField": "files in a served folder",
    "receiver": "signals",
    "Signal": "signals",
}
METHODS = {
    "raw": "raw SQL",
    "extra": "raw SQL",
    "executescript": "raw SQL",
    "utcnow": "naive moments",
    "utcfromtimestamp": "naive moments",
}
MODULES = {
    "pickle": "runs what it reads",
    "marshal": "runs what it reads",
    "shelve": "runs what it reads",
    "yaml": "may run what it reads",
    "django.dispatch": "signals",
    "django.db.models.signals": "signals",
    "django.contrib.admin": "the admin site",
    "django.views.decorators.cache": "pages in a cache",
}
EXEMPT = {
    "src/kaohe/spark/shelf.py": "pickle: runs what it reads",  # what tasks of the same job wrote
}
TEMPLATE_DANGERS = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.I),
    "a style in the page": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "a handler in the page": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "a handler of htmx in the page": re.compile(r"\shx-on\b|\shx-vals\s*=\s*[\"']js:", re.I),
    "unescaped text": re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off"),
    "something from elsewhere": re.compile(r"(src|href|action)\s*=\s*[\"'](https?:)?//", re.I),
    "a script's address": re.compile(r"=\s*[\"']\s*javascript:", re.I),
}


def test_the_source_holds_no_danger(modules: dict[str, ast.Module]) -> None:
    found = [
        f"{path}:{line} {what}"
        for path, module in modules.items()
        if path.startswith("src/")
        for line, what in dangers(module, path)
        if EXEMPT.get(path) != what
    ]

    assert found == []


def test_every_danger_is_seen() -> None:
    seen = {
        "eval('1')": "eval: runs text",
        "builtins.exec('1')": "exec: runs text",
        "mark_safe(x)": "mark_safe: unescaped text",
        "@csrf_exempt\ndef f(): ...": "csrf_exempt: no token",
        "@cache_page(60)\ndef f(): ...": "cache_page: pages in a cache",
        "Unit.objects.raw('select 1')": "raw: raw SQL",
        "Unit.objects.extra(where=['1'])": "extra: raw SQL",
        "cursor.execute(f'select {x}')": "execute: SQL that is no literal",
        "cursor.execute('select ' + x)": "execute: SQL that is no literal",
        "value = models.FloatField()": "FloatField: binary floats",
        "file = models.FileField()": "FileField: files in a served folder",
        "import pickle": "pickle: runs what it reads",
        "from yaml import load": "yaml: may run what it reads",
        "from django.dispatch import receiver": "django.dispatch: signals",
        "from django.contrib import admin": "django.contrib.admin: the admin site",
        "rows.order_by(request.GET['sort'])": "order_by: a column that is no literal",
        "rows.order_by(*names)": "order_by: a column that is no literal",
        "rows.filter(**request.GET)": "filter: columns named by a request",
        "rows.annotate(**request.POST.dict())": "annotate: columns named by a request",
        "datetime.utcnow()": "utcnow: naive moments",
    }

    assert {code: [what for _, what in dangers(ast.parse(code), "x.py")] for code in seen} == {
        code: [what] for code, what in seen.items()
    }


def test_plain_ways_are_allowed() -> None:
    code = """
cursor.execute("SELECT %s", [x])
rows.order_by("-day", *ORDERS["name"])
rows.filter(**{"unit": 1})
file = forms.FileField()
re.compile("x")
"""

    assert list(dangers(ast.parse(code), "x.py")) == []


def test_templates_hold_no_danger(tracked: list[Path], root: Path) -> None:
    found = [
        f"{file.relative_to(root)}: {what}"
        for file in tracked
        if file.suffix == ".html" and "templates" in file.parts
        for what in template_dangers(file.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ("<script>go()</script>", "a script in the page"),
        ("<style>p{}</style>", "a style in the page"),
        ('<p style="color:red">', "a style in the page"),
        ('<a onclick="go()">', "a handler in the page"),
        ('<a hx-on:click="go()">', "a handler of htmx in the page"),
        ("{{ name|safe }}", "unescaped text"),
        ("{% autoescape off %}", "unescaped text"),
        ('<script src="https://cdn.example/x.js"></script>', "something from elsewhere"),
        ('<img src="//cdn.example/x.png">', "something from elsewhere"),
        ('<a href="javascript:go()">', "a script's address"),
    ],
)
def test_every_danger_of_a_template_is_seen(template: str, what: str) -> None:
    assert list(template_dangers(template)) == [what]


def test_plain_templates_are_allowed() -> None:
    template = """<script src="{% static 'kaohe/page.js' %}" defer></script>
    <script type="application/json" id="cells">{}</script><a href="/schemes/">x</a>"""

    assert list(template_dangers(template)) == []


def test_every_exemption_of_a_linter_says_why(tracked: list[Path], root: Path) -> None:
    silent = re.compile(r"#\s*noqa(?!: [A-Z]+\d+(, [A-Z]+\d+)* +[-–(] ?\w)")
    found = [
        f"{file.relative_to(root)}:{number}"
        for file in tracked
        if file.suffix == ".py" and file.is_relative_to(root / "src")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if silent.search(line)
    ]

    assert found == []


def template_dangers(template: str) -> Iterator[str]:
    yield from (what for what, pattern in TEMPLATE_DANGERS.items() if pattern.search(template))


def dangers(module: ast.Module, path: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        for what in name_dangers(node, path):
            yield node.lineno, what  # type: ignore[attr-defined]


def name_dangers(node: ast.AST, path: str) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from name_modules(each.name for each in names)
        case ast.ImportFrom(module=str(module), names=names):
            found = list(name_modules([module]))
            yield from found or name_modules(f"{module}.{each.name}" for each in names)
        case ast.Call():
            yield from name_call(node, path)
        case ast.FunctionDef(decorator_list=decorators):
            names_of = [each.id for each in decorators if isinstance(each, ast.Name)]
            yield from (f"{name}: {CALLS[name]}" for name in names_of if name in CALLS)


def name_modules(names: Iterator[str] | list[str]) -> Iterator[str]:
    for name in names:
        for module, what in MODULES.items():
            if name == module or name.startswith(f"{module}."):
                yield f"{module}: {what}"


def name_call(call: ast.Call, path: str) -> Iterator[str]:
    name, is_method = called(call.func)
    if is_method and name in METHODS:
        yield f"{name}: {METHODS[name]}"
    elif is_of_a_form(call.func):
        return
    elif name in CALLS and not (is_method and name == "compile"):
        yield f"{name}: {CALLS[name]}"
    elif is_method:
        yield from name_query(call, name, path)


def is_of_a_form(function: ast.expr) -> bool:
    """A form's FileField holds what was sent, and keeps it nowhere by itself."""
    match function:
        case ast.Attribute(value=ast.Name(id="forms")):
            return True
    return False


def name_query(call: ast.Call, name: str, path: str) -> Iterator[str]:
    is_migration = "/migrations/" in path
    if name == "execute" and not is_migration and not is_literal(call.args[:1]):
        yield "execute: SQL that is no literal"
    if name == "order_by" and not is_literal(call.args):
        yield "order_by: a column that is no literal"
    unpacked = [each.value for each in call.keywords if each.arg is None]
    if any(mentions_request(each) for each in unpacked):
        yield f"{name}: columns named by a request"


def is_literal(arguments: list[ast.expr]) -> bool:
    return all(
        isinstance(each, ast.Constant) or is_listed(each) or is_expression(each)
        for each in arguments
    )


def is_listed(node: ast.expr) -> bool:
    """A constant of the module, or an entry of one: what it may be stands in the source."""
    match node:
        case ast.Starred(value=inner):
            return is_listed(inner)
        case ast.Subscript(value=ast.Name(id=name)) | ast.Name(id=name):
            return name.isupper()
    return False


def is_expression(node: ast.expr) -> bool:
    """`F("day").desc()` and the like, with literals alone inside."""
    match node:
        case ast.Call(func=ast.Attribute(value=inner), args=[]):
            return is_expression(inner)
        case ast.Call(func=ast.Name(id="F" | "Lower" | "Random"), args=arguments):
            return all(isinstance(each, ast.Constant) for each in arguments)
    return False


def mentions_request(node: ast.expr) -> bool:
    return any(
        isinstance(part, ast.Attribute) and part.attr in ("GET", "POST", "headers", "META")
        for part in ast.walk(node)
    )


def called(function: ast.expr) -> tuple[str, bool]:
    match function:
        case ast.Name(id=name):
            return name, False
        case ast.Attribute(attr=name):
            return name, True
    return "", False
