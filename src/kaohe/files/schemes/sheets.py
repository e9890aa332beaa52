"""How a scheme is laid out in a workbook: sheets, their columns, and which cells hold what shape."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kaohe.rules.method import describe
from kaohe.scheme.grades import GradeRule
from kaohe.scheme.indicators import IndicatorNode, Targets
from kaohe.scheme.model import SchemeModel
from kaohe.scheme.owners import find_item
from kaohe.scheme.policies import DisclosureRow, MatterLevel, Veto
from kaohe.scheme.quotas import QuotaRule
from kaohe.scheme.units import Group, Pool, Unit


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One table sheet: its Chinese name, the scheme's key it fills, and the model of its rows."""

    name: str
    key: str
    row: type[BaseModel]


class TargetRow(Targets):
    """One row of the sheet of targets."""

    indicator: str = describe("指标代码", "indicator", min_length=1)
    unit: str = describe("单位代码", "unit", min_length=1)


SCHEME_SHEET = "方案"
INDICATOR_SHEET = "指标"
TARGET_SHEET = "目标"
PARENT = "parent"
TABLES = (
    SheetLayout("分组", "groups", Group),
    SheetLayout("可比组", "pools", Pool),
    SheetLayout("单位", "units", Unit),
    SheetLayout("事项级别", "matters.levels", MatterLevel),
    SheetLayout("否决", "vetoes", Veto),
    SheetLayout("等次", "grades", GradeRule),
    SheetLayout("名额", "quotas", QuotaRule),
    SheetLayout("公开", "disclosure", DisclosureRow),
)
NODE_FIELDS = [name for name in IndicatorNode.model_fields if name not in ("children", "targets")]
TARGET_FIELDS = ["indicator", "unit", *Targets.model_fields]
KEYS_NAMED = {SCHEME_SHEET: "scheme", INDICATOR_SHEET: "indicators", TARGET_SHEET: "targets"}

NOTE_SHEETS = ("说明", "填报说明", "填表说明", "notes", "readme", "README")
"""Sheets for people, which hold no data."""

SCHEME_SHEETS = (
    frozenset(KEYS_NAMED)
    | frozenset(KEYS_NAMED.values())
    | {name for layout in TABLES for name in (layout.name, layout.key)}
)
"""Sheets of the scheme, which may stand in the same workbook."""

_SETTING_GROUPS: dict[str, type[BaseModel]] = {
    name: item
    for name in ("total", "rounding", "missing")
    if (item := find_item(SchemeModel.model_fields[name])) is not None
}
"""Settings that are groups of settings."""

_EXTRA_NAMES = {
    "parent": "上级",
    "indicator": "指标代码",
    "rule": "计分办法",
    "parameters": "计分参数",
}


def column_label(model: type[BaseModel], field: str) -> str:
    """The Chinese head of a field's column."""
    return _EXTRA_NAMES.get(field) or model.model_fields[field].title or field


def find_field(model: type[BaseModel], head: str) -> str | None:
    """The field a column head names, in Chinese or by its key."""
    head = head.strip()
    if head in model.model_fields or head in _EXTRA_NAMES:
        return head
    labels = {column_label(model, field): field for field in model.model_fields}
    short = {label.partition("（")[0]: field for label, field in labels.items()}
    extra = {label: field for field, label in _EXTRA_NAMES.items()}
    return extra.get(head) or labels.get(head) or short.get(head)


def list_labels(model: type[BaseModel], left_out: Collection[str] = ()) -> list[str]:
    """The Chinese heads of a model's columns, without what stands in brackets after them."""
    fields = [field for field in model.model_fields if field not in left_out]
    return [column_label(model, field).partition("（")[0] for field in fields]


def find_setting(head: str) -> tuple[str, ...] | None:
    """The path of a setting named as total.bonus_cap, 总分.加分合计上限 or 加分合计上限."""
    first, *rest = head.strip().split(".")
    key = find_field(SchemeModel, first)
    if key is None:
        inside = [
            (group, name)
            for group, model in _SETTING_GROUPS.items()
            for name in model.model_fields
            if not rest and column_label(model, name).partition("：")[0] == first
        ]
        return inside[0] if len(inside) == 1 else None
    group = _SETTING_GROUPS.get(key)
    if group is not None and len(rest) == 1:
        return key, find_field(group, rest[0]) or rest[0]
    return key, *rest


def cell_shape(field: FieldInfo) -> str:
    """What a field's cell may hold: scalar, list, pairs of keys and values, or list or number."""
    kinds = set(_iterate_kinds(field.annotation))
    if dict in kinds or Mapping in kinds:
        return "pairs"
    if tuple in kinds:
        return "list or number" if int in kinds else "list"
    return "scalar"


def has_choices(field: FieldInfo) -> bool:
    """Whether a field's values are choices (yes and no too), which a cell may name in Chinese."""
    return not {Literal, bool}.isdisjoint(_iterate_kinds(field.annotation))


def _iterate_kinds(annotation: Any) -> Any:
    origin = get_origin(annotation)
    if origin in (Union, UnionType, Annotated):
        for part in get_args(annotation):
            yield from _iterate_kinds(part)
    elif origin is Literal:
        yield Literal
    elif isinstance(origin, type):
        yield Mapping if issubclass(origin, Mapping) else origin
        for part in get_args(annotation):
            yield from (kind for kind in _iterate_kinds(part) if kind is Literal)
    elif isinstance(annotation, type):
        yield Mapping if issubclass(annotation, BaseModel) else annotation
