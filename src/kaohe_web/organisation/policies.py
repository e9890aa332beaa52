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
