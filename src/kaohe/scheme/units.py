"""Who is assessed: groups, comparison pools and units with how and since when they take part."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from kaohe.errors import BadInput, Place, blocking
from kaohe.language import Text
from kaohe.rules.method import describe
from kaohe.scheme.grades import Declared, Participation


class Group(Declared):
    """Units that are ranked together (考核类别)."""

    code: str = describe("代码", "code", min_length=1)
    name: str = describe("名称", "name", min_length=1)


class Pool(Declared):
    """Units that are compared with one another (可比组), by group or one by one."""

    code: str = describe("代码", "code", min_length=1)
    name: str = describe("名称", "name", default="")
    groups: tuple[str, ...] = describe("所含类别", "groups in it", default=())
    units: tuple[str, ...] = describe("所含单位", "units in it", default=())


class Unit(Declared):
    """One assessed unit; a unit that left or was merged in the year is kept, and not scored."""

    code: str = describe("代码", "code", min_length=1)
    name: str = describe("名称", "name", min_length=1)
    group: str = describe("考核类别", "group", min_length=1)
    participation: Participation = describe("参评方式", "how it takes part", default="ranked")
    reason: str = describe("不参与排名的理由", "why it is not ranked", default="")
    since: date | None = describe("该方式自何日起", "from when it takes part so", default=None)
    until: date | None = describe("该方式至何日止", "until when it takes part so", default=None)
    joined: date | None = describe("成立或划入日期", "when it joined", default=None)
    left: date | None = describe("撤销或划出日期", "when it left", default=None)
    merged_into: str = describe("并入单位", "the unit it was merged into", default="")
    inherit_targets: Literal["sum", "own"] = describe(
        "并入后目标：sum 相加，own 仅用原有",
        "targets of merged units: added, or its own only",
        default="own",
    )


def require_units(units: Sequence[Unit]) -> None:
    """Refuse to score exactly, as BadInput, where the scheme leaves it to the data who is assessed."""
    if not units:
        raise BadInput([_NO_UNITS])


_NO_UNITS = blocking(
    "no-units",
    Place(key="units"),
    Text("方案没有列出考核对象", "the scheme lists no units"),
    Text(
        "请在 units 中列出；对象很多、由数据表列出的，用 kaohe score --engine arrays 计分",
        "list them under `units`; where a table lists many, score it with kaohe score --engine arrays",
    ),
)
