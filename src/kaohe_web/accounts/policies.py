"""Who may open accounts, grant posts and lend them."""

from kaohe_web.accounts.models import Post
from kaohe_web.foundation.actor import Actor
from kaohe_web.foundation.roles import ADMINISTRATORS, Role
from kaohe_web.foundation.verdicts import ALLOWED, Verdict, deny


def may_keep_accounts(actor: Actor) -> Verdict:
    """Accounts are opened and closed by the system administrator alone."""
    if actor.holds(Role.SYSTEM_ADMIN):
        return ALLOWED
    return deny(
        "账号由系统管理员开通和停用", "Accounts are opened and closed by the system administrator"
    )


def may_grant(actor: Actor, person: int) -> Verdict:
    """Posts are granted and revoked by the security administrator, never to themselves."""
    if not actor.holds(Role.SECURITY_ADMIN):
        return deny(
            "岗位由安全管理员授予和收回",
            "Posts are granted and revoked by the security administrator",
        )
    if person in actor.persons:
        return deny("不得给本人授予或收回岗位", "Nobody grants or revokes a post of their own")
    return ALLOWED


def may_delegate(actor: Actor, post: Post) -> Verdict:
    """A holder lends their own post, acting in it themselves; administrators' posts are never lent."""
    if post.role in ADMINISTRATORS:
        return deny("管理员岗位不得委托他人代行", "An administrator's post is never lent")
    if actor.principal is not None:
        return deny("代行的岗位不得再次委托", "A lent post is not lent on")
    if actor.post != post.pk or actor.person != post.person_id:
        return deny("只能委托本人当前所在的岗位", "Only the post you hold and act in can be lent")
    return ALLOWED
