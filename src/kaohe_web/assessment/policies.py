"""Who may rehearse and read rehearsals: the assessment office, nobody else."""

from kaohe_web.assessment.choices import UNFINISHED
from kaohe_web.assessment.models import Rehearsal
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.roles import Role
from kaohe_web.foundation.verdicts import ALLOWED, Verdict, deny


def may_rehearse(actor: Actor) -> Verdict:
    """Only the office: what a rehearsal shows are scores nobody has published."""
    if actor.holds(Role.OFFICE):
        return ALLOWED
    return deny(
        "试算结果未经公布,只有考核办可以试算和查看",
        "A rehearsal shows unpublished scores; only the assessment office may ask for and read it",
    )


def may_stop(actor: Actor, rehearsal: Rehearsal) -> Verdict:
    """The office, as long as it has not ended."""
    if not may_rehearse(actor):
        return may_rehearse(actor)
    if rehearsal.state in UNFINISHED:
        return ALLOWED
    return deny("此次试算已经结束,无须停止", "This rehearsal has ended; there is nothing to stop")
