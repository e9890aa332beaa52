"""The ways in which a figure can be absent; none of them is zero."""

from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias


class Absence(StrEnum):
    """Why there is no figure; what follows from it stands in the scheme."""

    EMPTY = "empty"
    NOT_APPLICABLE = "not_applicable"
    NOT_DUE = "not_due"
    REFUSED = "refused"
    NO_TARGET = "no_target"
    """Never written in a cell: a rule asks for a target and the unit has none."""


Cell: TypeAlias = Fraction | Absence

ABSENCE_WORDS = {
    "": Absence.EMPTY,
    "/": Absence.NOT_APPLICABLE,
    "／": Absence.NOT_APPLICABLE,
    "n/a": Absence.NOT_APPLICABLE,
    "不适用": Absence.NOT_APPLICABLE,
    "not due": Absence.NOT_DUE,
    "未到期": Absence.NOT_DUE,
    "refused": Absence.REFUSED,
    "拒报": Absence.REFUSED,
}
"""What may be written where no figure stands, in lower case."""

UNCLEAR_WORDS = frozenset(
    {
        *(
            "-",
            "－",
            "−",
            "–",
            "—",
            "--",
            "－－",
            "——",
            ".",
            "。",
            "…",
            "……",
            "...",
            "*",
            "?",
            "？",
            "#",
        ),
        *(
            "无",
            "暂缺",
            "待定",
            "暂无",
            "缺",
            "缺失",
            "空",
            "空白",
            "未知",
            "待补",
            "待核",
            "待填",
            "待报",
        ),
        *(
            "没有",
            "不详",
            "未报",
            "无数据",
            "na",
            "nan",
            "nil",
            "null",
            "none",
            "no data",
            "missing",
        ),
        *("tbd", "unknown", "pending", "x", "×", "〇", "零"),
    }
)
"""Words of which nobody can say which absence, or which number, they mean."""
