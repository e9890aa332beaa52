"""Schemes as YAML: composed, never constructed, so that every value keeps its line and its spelling."""

from collections.abc import Mapping
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.files.outputs import write_bytes
from kaohe.language import Text
from kaohe.numbers.writing import write_number
from kaohe.scheme.draft import Draft
from kaohe.scheme.draft import Path as TreePath
from kaohe.scheme.model import SchemeModel

MOST_BYTES = 10_000_000
MOST_DEPTH = 40
_EMPTY = ("", "~", "null", "Null", "NULL")
_FLAT_WIDTH = 90
_STANDARD_TAG = "tag:yaml.org,2002:"


def read_scheme_yaml(path: Path) -> Draft:
    """The draft in a YAML file.

    Raises BadInput for a file that is no YAML, with the line; what merely does not fit a scheme is
    left to the findings of the draft.
    """
    return compose_draft(_read_text(path), path.name)


def compose_draft(text: str, file: str) -> Draft:
    """The draft in a YAML text."""
    try:
        root = YAML(typ="safe", pure=False).compose(text)
    except MarkedYAMLError as fault:
        raise BadInput([_explain_syntax(fault, file)]) from fault
    except YAMLError as fault:
        raise BadInput(
            [_refuse(Place(file=file), Text("含有不允许的字符", "a character YAML does not allow"))]
        ) from fault
    reader = _TreeReader(file)
    tree = None if root is None else reader.read(root, ())
    if not isinstance(tree, dict):
        raise BadInput(
            [
                _refuse(
                    Place(file=file, line=1),
                    Text("不是方案：最外层应为键值对", "not a scheme: keys with values expected"),
                )
            ]
        )
    return Draft(tree, file, reader.places, tuple(reader.findings))


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise BadInput(
            [_refuse(Place(file=path.name), Text("无法读取文件", "the file cannot be read"))]
        ) from fault
    if len(content) > MOST_BYTES:
        raise BadInput([_refuse(Place(file=path.name), Text("文件过大", "the file is too large"))])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        wrong = Text("不是 UTF-8 编码的文本", "not text in UTF-8")
        raise BadInput([_refuse(Place(file=path.name, line=line), wrong)]) from fault


class _TreeReader:
    """Turns composed nodes into plain data, keeping the place of each."""

    def __init__(self, file: str) -> None:
        self.places: dict[TreePath, Place] = {}
        self.findings: list[Finding] = []
        self._file = file
        self._met: set[int] = set()

    def read(self, node: Node, path: TreePath) -> Any:
        """One node and everything inside it."""
        place = self._place(node)
        self.places.setdefault(path, place)
        if len(path) > MOST_DEPTH:
            raise BadInput([_refuse(place, Text("层次过深", "nested too deeply"))])
        if isinstance(node, ScalarNode):
            return self._read_scalar(node, place)
        if id(node) in self._met:
            raise BadInput(
                [
                    _refuse(
                        place,
                        Text(
                            "不支持锚点与别名（& 和 *）",
                            "anchors and aliases (& and *) are not supported",
                        ),
                    )
                ]
            )
        self._met.add(id(node))
        if isinstance(node, MappingNode):
            return self._read_mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.read(item, (*path, number)) for number, item in enumerate(node.value)]
        raise TypeError(f"unknown YAML node {type(node).__name__}")

    def _read_mapping(self, node: MappingNode, path: TreePath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            place = self._place(key_node)
            if key in found:
                wrong = Text(f"键“{key}”重复", f'the key "{key}" stands twice')
                remedy = Text("请只保留一处", "keep one of them")
                self.findings.append(blocking("duplicate-key", place, wrong, remedy))
            self.places[*path, key] = place
            found[key] = self.read(value_node, (*path, key))
        return found

    def _read_scalar(self, node: ScalarNode, place: Place) -> str | None:
        tag = node.tag or ""
        if not tag.startswith(_STANDARD_TAG) or "python" in tag:
            raise BadInput(
                [_refuse(place, Text(f"不支持标签 {tag}", f"the tag {tag} is not supported"))]
            )
        is_plain = not node.style
        return None if is_plain and node.value in _EMPTY else str(node.value)

    def _place(self, node: Node) -> Place:
        return Place(file=self._file, line=node.start_mark.line + 1)


def _explain_syntax(fault: MarkedYAMLError, file: str) -> Finding:
    mark = fault.problem_mark or fault.context_mark
    line = None if mark is None else mark.line + 1
    return _refuse(
        Place(file=file, line=line),
        Text(f"不是有效的 YAML：{fault.problem}", f"not valid YAML: {fault.problem}"),
    )


def _refuse(place: Place, wrong: Text) -> Finding:
    remedy = Text(
        "请检查该处的缩进、冒号后的空格、引号与括号是否成对",
        "check indentation, the space after a colon, and that quotes and brackets are paired",
    )
    return blocking("not-readable", place, wrong, remedy)


def write_scheme_yaml(model: SchemeModel, path: Path) -> None:
    """Write a scheme as YAML: defaults left out, short rows on one line."""
    plain = list_written(model)
    writer = YAML()
    writer.width = 100
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.representer.add_representer(Fraction, _represent_number)
    target = StringIO()
    writer.dump(_arrange(plain), target)
    write_bytes(path, target.getvalue().encode())


def list_written(value: Any) -> Any:
    """A model as nested plain data with everything that has its default left out."""
    if isinstance(value, BaseModel):
        return {
            name: list_written(inside)
            for name, field in type(value).model_fields.items()
            if (inside := getattr(value, name)) != field.get_default(call_default_factory=True)
            or name == "method"
        }
    if isinstance(value, Mapping):
        return {key: list_written(inside) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [list_written(inside) for inside in value]
    return value


def _represent_number(representer: Any, value: Fraction) -> ScalarNode:
    """Plain digits; a number without an end as a ratio in text."""
    text = write_number(value)
    kind = "str" if "/" in text else "int" if value.denominator == 1 else "float"
    node: ScalarNode = representer.represent_scalar(f"{_STANDARD_TAG}{kind}", text)
    return node


def _arrange(value: Any) -> Any:
    if isinstance(value, dict):
        arranged = CommentedMap({key: _arrange(inside) for key, inside in value.items()})
        return _lay_flat(arranged, list(value.values()))
    if isinstance(value, list | tuple):
        return _lay_flat(CommentedSeq([_arrange(inside) for inside in value]), list(value))
    return value


def _lay_flat(arranged: Any, values: list[Any]) -> Any:
    """On one line where nothing is nested inside and the line stays short."""
    is_flat = not any(isinstance(value, dict | list | tuple) and value for value in values)
    if is_flat and len(str(values)) <= _FLAT_WIDTH:
        arranged.fa.set_flow_style()
    return arranged
