"""The grid's side of the server: what it shows, what it sends, what it is answered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.timezone import localtime

from kaohe.language import Text
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.refusals import Unprocessable
from kaohe_web.web.shell.speech import speak

MOST_CHANGES = 12_000
"""A block of 200 rows and 60 columns."""

_WORDS = {
    "empty": Text("没有内容", "nothing here"),
    "saving": Text("正在保存…", "saving…"),
    "saved": Text("已保存", "saved"),
    "offline": Text(
        "暂时连不上服务器,内容保留在此页,稍后自动重试",
        "no connection; kept on this page, trying again",
    ),
    "previous": Text("上年", "last year"),
    "before": Text("原为", "was"),
    "mine": Text("我填", "mine"),
    "theirs": Text("他人已改为", "theirs"),
    "takeMine": Text("用我的", "take mine"),
    "takeTheirs": Text("用他人的", "take theirs"),
    "notPlaced": Text("未能放入的内容", "could not be placed"),
    "pasted": Text("已粘贴格数", "cells pasted"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: read-only ones come first and stay in sight."""

    field: str
    title: str
    width: int = 120
    frozen: bool = False
    number: bool = False


@dataclass(slots=True)
class Cell:
    """One cell that can be typed in, known to the server by its key."""

    key: str
    text: str
    rev: int = 0
    previous: str = ""
    fixed: bool = False
    odd: str = ""
    note: str = ""


@dataclass(slots=True)
class Row:
    """One row: what is only read, by field, and the cells; with `rev` all of them share one revision."""

    id: str
    head: Mapping[str, str]
    cells: dict[str, Cell]
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One cell as somebody wants it."""

    key: str
    rev: int
    text: str


@dataclass(slots=True)
class Answer:
    """What became of a batch, by the cells' keys."""

    saved: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    digest: str = ""


def describe_grid(
    *, save: str, label: str, columns: list[Column], rows: list[Row], unreported: bool
) -> dict[str, Any]:
    """The grid's definition for `json_script`; with `unreported` an empty cell says 未报."""
    words = {name: speak(text) for name, text in _WORDS.items()}
    words["unreported"] = speak(Text("未报", "not reported")) if unreported else ""
    return {
        "save": save,
        "label": label,
        "words": words,
        "columns": [
            {name: getattr(each, name) for name in ("field", "title", "width", "frozen", "number")}
            for each in columns
        ],
        "rows": [_describe_row(row) for row in rows],
    }


def _describe_row(row: Row) -> dict[str, Any]:
    names = ("key", "rev", "text", "previous", "fixed", "odd", "note")
    cells = {
        name: {each: getattr(cell, each) for each in names} for name, cell in row.cells.items()
    }
    described: dict[str, Any] = {"id": row.id, "head": dict(row.head), "cells": cells}
    return described if row.rev is None else {**described, "rev": row.rev}


def read_changes(request: HttpRequest) -> list[Change]:
    """The batch a grid sent.

    Raises:
        Unprocessable: it is not what a grid sends.
    """
    try:
        written = json.loads(request.body)["changes"]
        changes = [_read_change(each) for each in written]
    except (ValueError, KeyError, TypeError) as fault:
        raise Unprocessable(_NO_BATCH) from fault
    if len(changes) > MOST_CHANGES:
        raise Unprocessable(_TOO_MANY)
    return changes


def _read_change(written: Any) -> Change:
    key, rev, text = written["key"], written["rev"], written["text"]
    if not isinstance(text, str) or type(rev) is not int:
        raise TypeError
    return Change(str(key), rev, text)


def answer_grid(answer: Answer) -> JsonResponse:
    """The answer as JSON, with the hour it was saved."""
    return JsonResponse(
        {
            "at": f"{localtime(now()):%H:%M}" if answer.saved or answer.rows else "",
            "saved": answer.saved,
            "rows": answer.rows,
            "refused": answer.refused,
            "conflicts": answer.conflicts,
            "digest": answer.digest,
        },
        status=409 if answer.conflicts and not answer.saved else 200,
        json_dumps_params={"ensure_ascii": False},
    )


_NO_BATCH = Text("内容不是表格的一次保存", "This is not what a grid saves")
_TOO_MANY = Text(
    "一次最多保存 12000 格,请分块粘贴", "At most 12,000 cells at a time; paste in blocks"
)
