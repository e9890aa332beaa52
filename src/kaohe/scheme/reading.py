"""A draft read as a scheme model; whatever does not fit becomes a finding with its place."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from kaohe.errors import Finding, blocking, find_nearest
from kaohe.language import Text
from kaohe.rules.catalogue import BY_NAME, METHODS
from kaohe.scheme.choices import WORDS
from kaohe.scheme.draft import Draft, Path
from kaohe.scheme.grades import Declared
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.owners import Owner, find_item, find_owner, list_choices

MOST_FINDINGS = 200
Form = TypeVar("Form", bound=BaseModel)


def read_model(draft: Draft) -> tuple[SchemeModel | None, list[Finding]]:
    """The model, or None with every reason why the draft is none; of very many the first two hundred."""
    if isinstance(draft.tree, dict) and "index" in draft.tree and "kaohe" not in draft.tree:
        return None, [_say_index(draft)]
    return read_form(draft, SchemeModel)


def _say_index(draft: Draft) -> Finding:
    return blocking(
        "not-a-scheme",
        draft.place(("index",)),
        Text("这是指数，不是考核方案", "this is an index, not a scheme"),
        Text("指数请用 kaohe analyse；方案从 kaohe: 1 写起",
             "compute an index by kaohe analyse; a scheme begins with kaohe: 1"),
    )  # fmt: skip


def read_form(draft: Draft, form: type[Form]) -> tuple[Form | None, list[Finding]]:
    """The same for any form that a YAML file may have."""
    try:
        return form.model_validate(draft.tree), list(draft.findings)
    except ValidationError as fault:
        # Each error says which form it was read as: its sentences name that form's keys.
        errors = [{**error, "form": form} for error in _order_errors(fault)]
    found = {
        (path, finding.kind): finding
        for path, finding in (_read_error(error, draft) for error in errors[:MOST_FINDINGS])
    }
    more = [_say_more(len(errors) - MOST_FINDINGS, draft)] if len(errors) > MOST_FINDINGS else []
    return None, [*draft.findings, *found.values(), *more]


def _say_more(count: int, draft: Draft) -> Finding:
    return blocking(
        "more-findings",
        draft.place(()),
        Text(f"另有{count}处问题没有列出", f"{count} more findings are not listed"),
        Text("先改上面的，再检查一次", "mend those above, then check again"),
    )


def _order_errors(fault: ValidationError) -> list[Any]:
    """Sentences of our own last: of several about one value (a union's branches) the last is kept.

    A list whose items are all faulty is also called too short; the items' faults say enough.
    """
    errors = [
        error
        for error in fault.errors(include_url=False)
        if not (error["type"] == "too_short" and error["input"])
    ]
    return sorted(errors, key=lambda error: error["type"] == "value_error")


def _read_error(error: Mapping[str, Any], draft: Draft) -> tuple[Path, Finding]:
    path = _find_path(error["loc"], draft.tree)
    if error["type"] in ("missing", "extra_forbidden"):
        path = (*path, error["loc"][-1]) if path[-1:] != (error["loc"][-1],) else path
    if error["type"] == "union_tag_invalid":
        path = (*path, "method")
    wrong, remedy = _SENTENCES.get(error["type"], _say_other)(error, path)
    kind = _KINDS.get(error["type"], "malformed")
    return path, blocking(kind, draft.place(path), wrong, remedy)


_KINDS = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "union_tag_invalid": "unknown-method",
    "union_tag_not_found": "missing-key",
}


def _find_path(loc: tuple[str | int, ...], tree: Any) -> Path:
    """The part of an error's location that exists in the tree; names of union branches do not."""
    path: list[str | int] = []
    for step in loc:
        inside = _step_inside(tree, step)
        if inside is not _NOTHING:
            tree = inside
            path.append(step)
    return tuple(path)


_NOTHING = object()


def _step_inside(tree: Any, step: str | int) -> Any:
    if isinstance(tree, Mapping):
        return tree.get(step, _NOTHING)
    if isinstance(tree, list) and isinstance(step, int) and step < len(tree):
        return tree[step]
    return _NOTHING


Sentences = tuple[Text, Text]


def _say_missing(error: Mapping[str, Any], path: Path) -> Sentences:
    key = str(path[-1])
    owner = _find_owner(error)
    field = owner.model_fields.get(key) if owner else None
    label = _label(key, field)
    choices = list_choices(field) if field else []
    zh, en = ("、".join(choices), ", ".join(choices)) if choices else ("…", "…")
    return (
        Text(f"缺少“{key}”（{label.zh}）", f'"{key}" ({label.en}) is missing'),
        Text(f"请写明 {key}: {zh}{'之一' if len(choices) > 1 else ''}", f"write {key}: {en}"),
    )


def _find_owner(error: Mapping[str, Any]) -> Owner | None:
    return find_owner(error["loc"], error["form"])


def _label(key: str, field: FieldInfo | None) -> Text:
    if field is None:
        return _LABELS.get(key, Text(key, key))
    return Text(field.title or key, field.description or key)


def _say_unknown_key(error: Mapping[str, Any], path: Path) -> Sentences:
    key = str(path[-1])
    owner = _find_owner(error)
    labels = {
        name: _label(name, field).zh
        for name, field in (owner.model_fields.items() if owner else ())
        if name != "method"
    }
    near = find_nearest(key, labels or _LABELS) or _find_by_label(key, labels)
    wrong = Text(f"没有“{key}”这个键", f'there is no key "{key}"')
    if near:
        shown = [f"{name}（{labels[name]}）" if name in labels else name for name in near]
        return wrong, Text(f"是否想写 {'、'.join(shown)}", f"did you mean {', '.join(near)}")
    if owner is not None and "extensions" not in owner.model_fields:
        shown = [f"{name}（{label}）" for name, label in labels.items()]
        return wrong, Text(
            f"请删去；可写：{'、'.join(shown)}", f"remove it; it has {', '.join(labels)}"
        )
    return wrong, Text("请删去，或放入 extensions", "remove it, or put it under extensions")


def _find_by_label(written: str, labels: Mapping[str, str]) -> list[str]:
    """The keys whose Chinese label, the part before a bracket, is like what was written."""
    short = {label.partition("（")[0]: name for name, label in labels.items()}
    return [short[label] for label in find_nearest(written, short)]


def _say_unknown_method(error: Mapping[str, Any], path: Path) -> Sentences:
    tag = str(error["ctx"]["tag"])
    titles = {name: method.title for name, method in BY_NAME.items()}
    codes = {method.code: name for name, method in BY_NAME.items()}
    labels = {method.title.zh: name for name, method in BY_NAME.items()}
    holding = [label for label in labels if tag in label]
    near = holding or find_nearest(tag, [*titles, *codes, *labels]) or list(titles)
    shown = [labels.get(name) or codes.get(name, name) for name in near[:3]]
    return (
        Text(f"没有计分办法“{tag}”", f'there is no method "{tag}"'),
        Text(
            f"是否想写 {'、'.join(f'{name}（{titles[name].zh}）' for name in shown)}",
            f"did you mean {', '.join(f'{name} ({titles[name].en})' for name in shown)}",
        ),
    )


def _say_no_method(error: Mapping[str, Any], path: Path) -> Sentences:
    return (
        Text("计分办法没有写明 method", "the rule has no method"),
        Text("请写 method: 名称或代码，如 R04", "write method: a name or a code such as R04"),
    )


def _say_own(error: Mapping[str, Any], path: Path) -> Sentences:
    """A sentence of one of our validators: Chinese, a line end, English; a remedy after the semicolon."""
    zh, _, en = str(error["msg"]).removeprefix("Value error, ").partition("\n")
    wrong_zh, _, remedy_zh = zh.partition("；")
    wrong_en, _, remedy_en = (en or zh).partition("; ")
    return (
        Text(wrong_zh, wrong_en),
        Text(remedy_zh or "请按此改正", remedy_en or "mend it accordingly"),
    )


def _say_choice(error: Mapping[str, Any], path: Path) -> Sentences:
    choices = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    written = error["input"]
    said = WORDS.get(written, written) if isinstance(written, str) else written
    shown = [f"{each}（{WORDS[each]}）" if each in WORDS else each for each in choices]
    return (
        Text(f"“{said}”不在可选值之内", f'"{written}" is none of the choices'),
        Text(f"可写：{'、'.join(shown)}", f"write one of: {', '.join(choices)}"),
    )


def _say_bound(error: Mapping[str, Any], path: Path) -> Sentences:
    words = {
        "greater_than": ("须大于", "must be above", "gt"),
        "greater_than_equal": ("不得小于", "must be at least", "ge"),
        "less_than": ("须小于", "must be below", "lt"),
        "less_than_equal": ("不得大于", "must be at most", "le"),
    }
    zh, en, name = words[error["type"]]
    bound = error["ctx"][name]
    return (
        Text(f"数值越界：{error['input']}", f"out of range: {error['input']}"),
        Text(f"{zh} {bound}", f"{en} {bound}"),
    )


_SHAPES = {
    "string_type": Text("一段文字", "text"),
    "string_too_short": Text("非空文字", "text that is not empty"),
    "too_short": Text("至少一项的列表", "a list of at least one item"),
    "int_type": Text("整数", "a whole number"),
    "int_parsing": Text("整数", "a whole number"),
    "int_from_float": Text("整数", "a whole number"),
    "bool_type": Text("true 或 false", "true or false"),
    "bool_parsing": Text("true 或 false", "true or false"),
    "date_type": Text("日期，如 2019-12-31", "a date such as 2019-12-31"),
    "date_parsing": Text("日期，如 2019-12-31", "a date such as 2019-12-31"),
    "date_from_datetime_parsing": Text("日期，如 2019-12-31", "a date such as 2019-12-31"),
    "date_from_datetime_inexact": Text("日期，如 2019-12-31", "a date such as 2019-12-31"),
    "tuple_type": Text("列表", "a list"),
    "dict_type": Text("键值对", "keys with values"),
    "mapping_type": Text("键值对", "keys with values"),
    "model_type": Text("键值对", "keys with values"),
    "model_attributes_type": Text("键值对", "keys with values"),
}


def _say_other(error: Mapping[str, Any], path: Path) -> Sentences:
    shape = _SHAPES.get(error["type"], Text("符合说明的值", "a value as documented"))
    written = _shorten(error["input"])
    sample = _write_sample(error)
    return (
        Text(f"写法不对：{written.zh}", f"not as expected: {written.en}"),
        Text(
            f"此处应为{shape.zh}{f'，如 {sample}' if sample else ''}",
            f"expected here: {shape.en}{f' such as {sample}' if sample else ''}",
        ),
    )


def _write_sample(error: Mapping[str, Any]) -> str:
    """How keys with values, or a list of them, are written: the keys that must be there."""
    kind, loc = error["type"], error["loc"]
    if kind not in ("tuple_type", "model_type", "model_attributes_type", "dict_type"):
        return ""
    named = next((at for at in range(len(loc) - 1, -1, -1) if isinstance(loc[at], str)), 0)
    owner = find_owner(loc[: named + 1], error["form"])
    field = owner.model_fields.get(str(loc[named])) if owner else None
    item = find_item(field) if field else None
    if item is None:
        return "{国家级: 2, 省级: 1}" if kind == "dict_type" else ""
    keys = [name for name, each in item.model_fields.items() if each.is_required()]
    sample = "{" + ", ".join(f"{name}: …" for name in keys or list(item.model_fields)[:3]) + "}"
    return f"[{sample}, …]" if kind == "tuple_type" else sample


def _shorten(written: Any) -> Text:
    if written is None:
        return Text("空", "nothing")
    text = str(written)
    short = text if len(text) <= 40 else f"{text[:40]}…"
    return Text(short, short)


_SENTENCES = {
    "missing": _say_missing,
    "extra_forbidden": _say_unknown_key,
    "union_tag_invalid": _say_unknown_method,
    "union_tag_not_found": _say_no_method,
    "value_error": _say_own,
    "literal_error": _say_choice,
    "greater_than": _say_bound,
    "greater_than_equal": _say_bound,
    "less_than": _say_bound,
    "less_than_equal": _say_bound,
}


def _iterate_models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        yield model
        yield from _iterate_models(model)


_LABELS = {
    name: Text(field.title or name, field.description or name)
    for model in (*METHODS, *_iterate_models(Declared))
    for name, field in model.model_fields.items()
}
