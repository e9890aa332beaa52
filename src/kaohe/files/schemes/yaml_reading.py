"""Schemes as YAML: read event by event and never constructed, so that every value keeps its line and spelling."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from kaohe.errors import BadInput, Finding, Place, blocking
from kaohe.files.schemes.yaml_problems import UNCLOSED, explain_problem, find_forbidden_character
from kaohe.files.tables.formats import require_format
from kaohe.files.tables.gathering import MOST_FINDINGS
from kaohe.files.tables.limits import COMMAND_LINE
from kaohe.language import Text
from kaohe.scheme.draft import Draft
from kaohe.scheme.draft import Path as TreePath

MOST_BYTES = 10_000_000
MOST_DEPTH = 40
MOST_VALUES = 400_000
_EMPTY = ("", "~", "null", "Null", "NULL")
_OPENINGS = (AliasEvent, ScalarEvent, MappingStartEvent, SequenceStartEvent)


def read_scheme_yaml(path: Path) -> Draft:
    """The draft in a YAML file.

    Raises BadInput for a file that is no YAML, with the line; what merely does not fit a scheme is
    left to the findings of the draft.
    """
    return compose_draft(_read_text(path), path.name)


def compose_draft(text: str, file: str) -> Draft:
    """The draft in a YAML text."""
    forbidden = find_forbidden_character(text)
    if forbidden is not None:
        _refuse(
            Place(file=file, line=text.count("\n", 0, forbidden) + 1),
            Text("含有看不见的控制字符", "it holds a control character"),
            Text("请删去后重新输入这一行", "delete it and type the line again"),
        )
    reader = _TreeReader(text, file)
    tree = reader.read_document()
    return Draft(tree, file, reader.places, tuple(reader.findings))


def _read_text(path: Path) -> str:
    limits = replace(COMMAND_LINE, file=MOST_BYTES)
    require_format(path, expected=["text", "json", "empty"], limits=limits)
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        _refuse(
            Place(file=path.name, line=content[: fault.start].count(b"\n") + 1),
            Text("不是 UTF-8 编码的文本", "not text in UTF-8"),
            Text("请另存为 UTF-8 编码", "save it in UTF-8"),
        )


class _TreeReader:
    """Turns the events of one document into plain data, keeping the place of each value."""

    def __init__(self, text: str, file: str) -> None:
        self.places: dict[TreePath, Place] = {}
        self.findings: list[Finding] = []
        self._file = file
        self._events: Iterator[Event] = YAML(typ="safe", pure=False).parse(text)
        self._values = 0

    def read_document(self) -> dict[str, Any]:
        """The mapping that the text holds; BadInput for anything else, or more."""
        tree: Any = None
        for event in iter(self._take, None):
            if isinstance(event, _OPENINGS):
                tree = self._read(event, ())
            elif isinstance(event, DocumentStartEvent) and tree is not None:
                self._refuse_at(
                    event,
                    Text("文件里有不止一份文档", "there is more than one document"),
                    Text("请删去多余的“---”", 'remove the second "---"'),
                )
        if not isinstance(tree, dict):
            _refuse(
                Place(file=self._file, line=1),
                Text("不是方案：最外层应为键值对", "not a scheme: keys with values expected"),
                Text(
                    "方案请从 kaohe: 1 写起，指数从 index: 代码 写起",
                    "begin a scheme with kaohe: 1, an index with index: its code",
                ),
            )
        return tree

    def _take(self) -> Event | None:
        try:
            return next(self._events, None)
        except MarkedYAMLError as fault:
            marks = (fault.problem_mark, fault.context_mark)
            first, second = reversed(marks) if fault.problem in UNCLOSED else marks
            mark = first or second
            line = None if mark is None else mark.line + 1
            _refuse(Place(file=self._file, line=line), *explain_problem(str(fault.problem)))
        except YAMLError:
            _refuse(Place(file=self._file), *explain_problem(""))

    def _read(self, event: Event, path: TreePath) -> Any:
        """The value that begins with this event, and everything inside it."""
        self._check_event(event, path)
        self.places.setdefault(path, self._place(event))
        if isinstance(event, ScalarEvent):
            return None if not event.style and event.value in _EMPTY else str(event.value)
        if isinstance(event, MappingStartEvent):
            return self._read_mapping(path)
        return self._read_sequence(path)

    def _check_event(self, event: Event, path: TreePath) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            self._refuse_at(
                event,
                Text(f"内容太多：超过 {MOST_VALUES:,} 个值", f"more than {MOST_VALUES:,} values"),
                Text("各单位的目标值请放进数据表", "give the units' targets in a table of data"),
            )
        if len(path) > MOST_DEPTH:
            self._refuse_at(
                event,
                Text("层次过深", "nested too deeply"),
                Text("请减少嵌套", "nest less deeply"),
            )
        if getattr(event, "anchor", None) is not None:
            self._refuse_at(
                event,
                Text("不支持锚点与别名（& 和 *）", "anchors and aliases (& and *) are not supported"),
                Text("请把内容写全；文字以 & 或 * 开头时请加引号", "write it in full; quote a text that begins so"),
            )  # fmt: skip
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._refuse_at(
                event,
                Text(f"不支持标签 {tag}", f"the tag {tag} is not supported"),
                Text("请删去标签；文字以 ! 开头时请加引号", "remove it; quote a text that begins with !"),
            )  # fmt: skip

    def _read_sequence(self, path: TreePath) -> list[Any]:
        found: list[Any] = []
        while (event := self._take()) is not None and not isinstance(event, SequenceEndEvent):
            found.append(self._read(event, (*path, len(found))))
        return found

    def _read_mapping(self, path: TreePath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (event := self._take()) is not None and not isinstance(event, MappingEndEvent):
            key = self._read_key(event, path)
            if key in found and len(self.findings) < MOST_FINDINGS:
                wrong = Text(f"键“{key}”重复", f'the key "{key}" stands twice')
                remedy = Text("请只保留一处", "keep one of them")
                self.findings.append(blocking("duplicate-key", self._place(event), wrong, remedy))
            self.places[*path, key] = self._place(event)
            value = self._take()
            found[key] = None if value is None else self._read(value, (*path, key))
        return found

    def _read_key(self, event: Event, path: TreePath) -> str:
        self._check_event(event, path)
        if not isinstance(event, ScalarEvent):
            self._refuse_at(
                event,
                Text("键应为一个词", "a key is a single word"),
                Text("请写成 键: 值", "write key: value"),
            )
        return str(event.value)

    def _place(self, event: Event) -> Place:
        return Place(file=self._file, line=event.start_mark.line + 1)

    def _refuse_at(self, event: Event, wrong: Text, remedy: Text) -> NoReturn:
        _refuse(self._place(event), wrong, remedy)


def _refuse(place: Place, wrong: Text, remedy: Text) -> NoReturn:
    raise BadInput([blocking("not-readable", place, wrong, remedy)])
