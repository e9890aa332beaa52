"""Who may change the organisation."""

from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.roles import Role
from kaohe_web.foundation.verdicts import ALLOWED, Verdict, deny


def may_edit_units(actor: Actor) -> Verdict:
    """The assessment office keeps the units, the years and the calendar."""
    if actor.holds(Role.OFFICE):
        return ALLOWED
    return deny(
        "机构、参评方式和日历由考核办维护",
        "The assessment office keeps units, participation and calendar",
    )


def may_edit_persons(actor: Actor) -> Verdict:
    """Persons are entered by the system administrator, or by personnel."""
    if actor.holds(Role.SYSTEM_ADMIN, Role.PERSONNEL):
        return ALLOWED
    return deny(
        "人员信息由系统管理员或组织人事部门维护",
        "Persons are kept by the system administrator or personnel",
    )


def may_enter_headcount(actor: Actor, unit: int) -> Verdict:
    """The office, or the unit's own people."""
    if actor.holds(Role.OFFICE) or actor.holds_at(unit, Role.UNIT_REPORTER, Role.UNIT_REVIEWER):
        return ALLOWED
    return deny(
        "人数由考核办或本单位填报", "Headcounts are entered by the office or by the unit itself"
    )


def may_certify_headcount(actor: Actor, entered_by: int) -> Verdict:
    """Personnel, and never who entered it."""
    if not actor.holds(Role.PERSONNEL):
        return deny("人数由组织人事部门核定", "Headcounts are certified by personnel")
    if entered_by in actor.persons:
        return deny("不得核定本人填报的人数", "Nobody certifies a headcount they entered")
    return ALLOWED
