"""Who may read the log."""

from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.roles import Role
from kaohe_web.foundation.verdicts import ALLOWED, Verdict, deny


def may_read(actor: Actor) -> Verdict:
    """The audit administrator alone."""
    if actor.holds(Role.AUDIT_ADMIN):
        return ALLOWED
    return deny("审计记录由审计管理员查阅", "The log is read by the audit administrator")
