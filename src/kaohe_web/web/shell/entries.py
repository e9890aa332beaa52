"""The entries of the left rail: each reader sees their own only."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from kaohe.language import Text
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.roles import ADMINISTRATORS, EVERYBODY, OWNER_SIDE, UNIT_SIDE, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the rail: a page by its name, for these roles."""

    name: Text
    page: str
    icon: str
    roles: frozenset[Role]


_OFFICE = frozenset({Role.OFFICE})
_FIGURES = OWNER_SIDE | UNIT_SIDE | {Role.OFFICE, Role.LEAD_UNIT}

ENTRIES = (
    Entry(Text("工作台", "Desk"), "desk", "home", EVERYBODY),
    Entry(Text("方案", "Schemes"), "schemes", "file-text", _FIGURES | {Role.LEADER}),
    Entry(Text("填报", "Figures"), "collection", "table", _FIGURES),
    Entry(Text("事项", "Matters"), "matters", "award", _FIGURES),
    Entry(Text("试算", "Rehearsals"), "assessment", "scale", _OFFICE),
    Entry(Text("机构", "Organisation"), "organisation", "sitemap", EVERYBODY),
    Entry(
        Text("人员岗位", "People and posts"), "people", "users", ADMINISTRATORS | {Role.PERSONNEL}
    ),
    Entry(Text("通知", "Inbox"), "notices", "bell", EVERYBODY),
    Entry(Text("审计", "Audit"), "audit", "shield-check", frozenset({Role.AUDIT_ADMIN})),
    Entry(Text("我的账号", "My account"), "my_account", "user", EVERYBODY),
)
"""Every entry, in the order of the rail."""


def list_entries(actor: Actor, path: str) -> list[dict[str, object]]:
    """The entries of one reader, with the one they are in marked."""
    mine = [entry for entry in ENTRIES if actor.role in entry.roles]
    found = [(entry, _find_address(entry.page)) for entry in mine]
    return [
        {"name": entry.name, "icon": entry.icon, "address": address, "here": _is_in(path, address)}
        for entry, address in found
        if address
    ]


def _find_address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def _is_in(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
