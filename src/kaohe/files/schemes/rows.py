"""What the cells of a scheme's workbook become in its tree: rules, values by dotted key, groups."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kaohe.files.schemes.sheets import find_field
from kaohe.rules.catalogue import BY_NAME, use_canonical_name
from kaohe.scheme.draft import Path as TreePath
from kaohe.scheme.owners import find_item

Row = dict[str, Any]


def find_rule_path(path: TreePath) -> TreePath:
    """Where the cells of method and parameters stand in the tree; other paths as they are."""
    if path[:1] == ("parameters",):
        return ("rule",)
    return ("rule", "method") if path[:1] == ("rule",) else path


def set_rule(row: Row) -> None:
    """Method and parameters, which stand in two columns, as one rule; labels become keys."""
    method, parameters = row.pop("rule", None), row.pop("parameters", None)
    if isinstance(method, dict):
        row["rule"] = method
    elif method is not None:
        named = use_canonical_name({"method": str(method)})
        row["rule"] = {**named, **_name_parameters(named["method"], parameters or {})}


def _name_parameters(method: str, parameters: Any) -> Row:
    if method not in BY_NAME or not isinstance(parameters, dict):
        return parameters if isinstance(parameters, dict) else {"parameters": parameters}
    return _name_keys(BY_NAME[method], parameters)


def name_inside(field: FieldInfo, value: Any) -> Any:
    """What a field holds, a group of keys or a list of such, with Chinese labels for keys as the keys."""
    model = find_item(field)
    if model is None:
        return value
    if isinstance(value, list):
        return [_name_keys(model, each) if isinstance(each, dict) else each for each in value]
    return _name_keys(model, value) if isinstance(value, dict) else value


def _name_keys(model: type[BaseModel], written: Row) -> Row:
    """Labels as keys; a key that stands under both its names keeps the label, which is then refused."""
    named: Row = {}
    for head, value in written.items():
        key = find_field(model, str(head)) or head
        if key != head and (key in named or key in written):
            key = head
        field = model.model_fields.get(key)
        named[key] = value if field is None else name_inside(field, value)
    return named


def put_value(tree: Row, path: Sequence[str], value: Any) -> bool:
    """Put a value into the tree; False where one stands already."""
    *way, last = path
    for step in way:
        tree = tree.setdefault(step, {})
        if not isinstance(tree, dict):
            return False
    is_new = last not in tree
    tree[last] = value
    return is_new


def name_groups(tree: Row) -> None:
    """A workbook without a sheet of groups has the groups its units name, or one for all."""
    units = tree.get("units", [])
    if "groups" in tree:
        return
    for unit in units:
        unit.setdefault("group", "全部")
    tree["groups"] = [
        {"code": code, "name": code}
        for code in dict.fromkeys(unit["group"] for unit in units) or ["全部"]
    ]
