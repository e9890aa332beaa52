"""Earlier years of the seeded district: the schemes of 2019, and what was otherwise before."""

import re
from collections.abc import Mapping, Sequence

LATEST = 2019
SPECIALS = ("safety", "environment", "business", "rural", "science", "water")
_YEAR = re.compile(r"2019|2020(?!-12-31)")  # the last day of a legal cap is no day of the period
_PIN = re.compile(r'(scheme: special-(\w+)-\d+\n +version: )"?[0-9a-f]*"?')

Changes = Sequence[tuple[str, str]]
"""What stands in the latest scheme, and what stood there before."""

TILTS = """\
    tilts:
      - group: MS
        grade: 第一等次
        points_share: 10%
        kind: additional
        approval: 汀委〔2020〕6号
        reason: 上调疫情防控一线部门集中类别的第一等次比例
      - {group: CG, grade: 第一等次, places: 1, kind: redistributed, taken_from: {DQ: 1}, reason: 公安、消防等承担疫情防控一线任务}
"""
"""The tilts of the grades, which came with the year of the epidemic."""

BEFORE_2019: Changes = (
    (TILTS, ""),
    ("8个区镇、42个区级机关部门；年中并入他镇的苇浜镇列名备查，不再单独计分。",
     "9个区镇、41个区级机关部门；尚未组建的区医疗保障局列名备查，不计分。"),
    (", left: 2019-06-30, merged_into: QZ07}", "}"),
    (", inherit_targets: sum}", "}"),
    ("苇浜镇并入鹭埠镇后，目标合并计算。", ""),
    ("两年位次按现有8个区镇排列", "两年位次按9个区镇排列"),
    ("0.7, 0.65]", "0.7, 0.65, 0.6]"),
    ("participation: ungraded", "participation: exempt"),
    ("reason: 2019年3月组建，任职考核不满一年，参加考核、不定等次\n    joined: 2019-03-15",
     "reason: 机构改革前尚未组建"),
    ("{label: 第一等次, share: 30%}\n      - {label: 第二等次, share: 50%}",
     "{label: 第一等次, share: 25%}\n      - {label: 第二等次, share: 50%}"),
    ("向疫情防控一线部门倾斜", "向安全生产和信访维稳一线部门倾斜"),
    ("疫情防控一线下沉人员较多", "重大项目征迁任务较重"),
    ("static_share: 40%", "static_share: 50%"),
    ("总量按功效系数法计分占40%，增幅按功效系数法计分占60%", "总量、增幅各占50%，均按功效系数法计分"),
)  # fmt: skip
BEFORE_2018: Changes = (
    ("第一名得1.5分，每退一位减0.1分；并列的按较低位次计分", "第一名得1.5分，每退一位减0.15分；并列的按较低位次计分"),
    ("{method: place, step: 0.1, ties: highest}", "{method: place, step: 0.15, ties: highest}"),
    ("{value: 92, peers: [95, 90, 88], score: 1.4}", "{value: 92, peers: [95, 90, 88], score: 1.35}"),
    ("bonus_cap: 5, deduction_cap: 5", "bonus_cap: 3, deduction_cap: 5"),
)  # fmt: skip


def undo_changes(year: int, text: str) -> str:
    """The district's latest scheme with what came into it after a year undone; dates stay as they are.

    Raises ValueError for a change that finds nothing to undo.
    """
    for new, old in (*(BEFORE_2019 if year < 2019 else ()), *(BEFORE_2018 if year < 2018 else ())):
        if new not in text:
            raise ValueError(f"nothing to undo before {year}: {new}")
        text = text.replace(new, old)
    return text


def shift_years(year: int, latest: str) -> str:
    """A scheme's text with every date of 2019 and early 2020 moved to the year."""
    return _YEAR.sub(lambda found: str(int(found.group()) - LATEST + year), latest)


def pin_versions(text: str, digests: Mapping[str, str]) -> str:
    """A scheme's text with the specials it refers to pinned by digest."""
    return _PIN.sub(lambda found: f"{found.group(1)}{digests[found.group(2)]}", text)
