"""Who plays in the seeded district: invented people, each with one account and, but for one, one post."""

from typing import NamedTuple

from kaohe_web.foundation.roles import Role

PASSWORD = "Ting-Yu-2026"  # noqa: S105 - everybody's in the demonstration, printed when it starts
ADMINISTRATORS = {
    Role.SYSTEM_ADMIN: "钱宛白",
    Role.SECURITY_ADMIN: "史一苇",
    Role.AUDIT_ADMIN: "陶知止",
}
"""The three administrators by role; they sign in by the role's own word."""


class Player(NamedTuple):
    """One person: account, name, unit and role."""

    account: str
    name: str
    unit: str
    role: Role


def _three(prefix: str, unit: str, names: str, roles: tuple[Role, Role, Role]) -> list[Player]:
    sides = zip(("1", "2", "3"), names.split(), roles, strict=True)
    return [Player(f"{prefix}{number}", name, unit, role) for number, name, role in sides]


_OWNER = (Role.OWNER_REPORTER, Role.OWNER_REVIEWER, Role.OWNER_HEAD)
_UNIT = (Role.UNIT_REPORTER, Role.UNIT_REVIEWER, Role.UNIT_HEAD)

PLAYERS: list[Player] = [
    Player("office1", "钟离予", "DQ01", Role.OFFICE),
    Player("office2", "闻人澄", "DQ01", Role.OFFICE),
    *_three("stats", "JJ11", "左思齐 冉清如 温若水", _OWNER),
    *_three("finance", "JJ04", "谷雨辰 沈未迟 阮长风", _OWNER),
    *_three("town3-", "QZ03", "方小满 卓远之 柳怀瑾", _UNIT),
    *_three("town6-", "QZ06", "季白鹭 岑安之 舒望舒", _UNIT),
    Player("lead", "宁致远", "JJ02", Role.LEAD_UNIT),
    Player("leader", "上官衡", "DQ01", Role.LEADER),
    Player("personnel", "司徒静", "DQ03", Role.PERSONNEL),
]
"""Everybody but the administrators."""
