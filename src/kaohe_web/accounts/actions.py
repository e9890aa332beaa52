"""Opening accounts, granting and lending posts; the three administrators stay three persons."""

import secrets
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from kaohe.language import Text
from kaohe_web.accounts.models import Account, Delegation, Post
from kaohe_web.accounts.passwords import remember
from kaohe_web.accounts.policies import may_delegate, may_grant, may_keep_accounts
from kaohe_web.accounts.sessions import end_sessions
from kaohe_web.audit.actions import record_event, refusals_recorded
from kaohe_web.foundation.actor import Actor, act_as_platform
from kaohe_web.foundation.clock import now, today
from kaohe_web.foundation.refusals import Refused, Unprocessable
from kaohe_web.foundation.roles import ADMINISTRATORS, Role
from kaohe_web.foundation.verdicts import require
from kaohe_web.organisation.models import Person, Unit


@refusals_recorded("accounts.open_account")
def open_account(*, person: Person, username: str, by: Actor) -> tuple[Account, str]:
    """An account for a person, with a password to be changed at the first sign-in; it is shown once."""
    require(may_keep_accounts(by))
    if Account.objects.filter(username__iexact=username).exists():
        raise Unprocessable(Text(f"用户名 {username} 已被使用", f"The name {username} is taken"))
    password = make_password()
    with transaction.atomic():
        account = Account(username=username, person=person)
        account.set_password(password)
        account.save()
        record_event(by=by, action="accounts.open_account", subject=account)
    return account, password


def make_password() -> str:
    """A password nobody chose, within both profiles."""
    return f"Aa1-{secrets.token_urlsafe(12)}"


@refusals_recorded("accounts.close_account")
def close_account(*, account: Account, reason: str, by: Actor) -> None:
    """Close an account; its sessions end at once."""
    require(may_keep_accounts(by))
    if account.person_id in by.persons:
        raise Refused(Text("不得停用本人的账号", "Nobody closes their own account"))
    with transaction.atomic():
        account.is_active = False
        account.save(update_fields=["is_active"])
        end_sessions(account)
        record_event(by=by, action="accounts.close_account", subject=account, reason=reason)


@refusals_recorded("accounts.reset_password")
def reset_password(*, account: Account, by: Actor) -> str:
    """A new first password; sessions end, and it must be changed at the next sign-in."""
    require(may_keep_accounts(by))
    password = make_password()
    with transaction.atomic():
        account.set_password(password)
        account.must_change_password, account.password_changed_at = True, now()
        account.save()
        end_sessions(account)
        record_event(by=by, action="accounts.reset_password", subject=account)
    return password


@refusals_recorded("accounts.change_password")
def change_password(*, account: Account, password: str, by: Actor) -> None:
    """A password of one's own choosing, within the profile in force."""
    if account.person_id != by.person:
        raise Refused(Text("只能修改本人的密码", "Only your own password"))
    try:
        validate_password(password, account)
    except ValidationError as fault:
        said = "；".join(fault.messages)
        raise Unprocessable(Text(said, said)) from fault
    with transaction.atomic():
        account.set_password(password)
        account.must_change_password, account.password_changed_at = False, now()
        account.save()
        remember(account)
        end_sessions(account)
        record_event(by=by, action="accounts.change_password", subject=account)


def end_own_sessions(*, account: Account, by: Actor) -> None:
    """Sign oneself out everywhere."""
    with transaction.atomic():
        end_sessions(account)
        record_event(by=by, action="accounts.end_sessions", subject=account)


@refusals_recorded("accounts.grant_post")
def grant_post(
    *, person: Person, unit: Unit, role: Role, by: Actor, since: date, until: date | None = None
) -> Post:
    """A post from a day on; an administrator's post stands alone, and no two of the three meet in one person."""
    require(may_grant(by, person.pk))
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        held = _list_held(person, since, until)
        _refuse_mixture(held, role)
        if (unit.pk, role.value) in {(post.unit_id, post.role) for post in held}:
            raise Unprocessable(
                Text("此人在该期间已有这一岗位", "This person holds that post already")
            )
        post = Post.objects.create(person=person, unit=unit, role=role, since=since, until=until)
        record_event(by=by, action="accounts.grant_post", subject=post, detail={"unit": unit.code})
    return post


def _list_held(person: Person, since: date, until: date | None) -> list[Post]:
    """The posts whose time meets a span."""
    meets = Q(revoked_at=None) & (Q(until=None) | Q(until__gt=since))
    if until is not None:
        meets &= Q(since__lt=until)
    return list(Post.objects.filter(meets, person=person))


def _refuse_mixture(held: list[Post], role: Role) -> None:
    others = {Role(post.role) for post in held if post.role != role}
    if others and (role in ADMINISTRATORS or others & ADMINISTRATORS):
        raise Refused(_THREE_APART)


_THREE_APART = Text(
    "三员须由三人分任,管理员不得兼任其他岗位",
    "The three administrators are three persons, and hold no other post",
)


@refusals_recorded("accounts.revoke_post")
def revoke_post(*, post: Post, reason: str, by: Actor) -> None:
    """Take a post back; who holds or borrowed it cannot act in it from the next request on."""
    require(may_grant(by, post.person_id))
    with transaction.atomic():
        locked = Post.objects.select_for_update().get(pk=post.pk)
        if locked.revoked_at is not None:
            raise Unprocessable(Text("该岗位已经收回", "That post was revoked before"))
        locked.revoked_at, locked.revision = now(), locked.revision + 1
        locked.save(update_fields=["revoked_at", "revision"])
        record_event(by=by, action="accounts.revoke_post", subject=locked, reason=reason)


@refusals_recorded("accounts.delegate_post")
def delegate_post(
    *, post: Post, delegate: Person, until: datetime, reason: str, by: Actor
) -> Delegation:
    """Lend the post one acts in, until a moment; the delegate acts under their own name."""
    require(may_delegate(by, post))
    if until <= now():
        raise Unprocessable(Text("委托的截止时间须在将来", "A delegation ends in the future"))
    if delegate.pk == post.person_id or _is_administrator(delegate):
        raise Refused(
            Text("不能委托给本人或管理员", "It cannot be lent to yourself or to an administrator")
        )
    with transaction.atomic():
        delegation = Delegation.objects.create(
            post=post, delegate=delegate, since=now(), until=until, reason=reason
        )
        record_event(
            by=by,
            action="accounts.delegate_post",
            subject=delegation,
            reason=reason,
            detail={"delegate": delegate.name, "until": until.isoformat()},
        )
    return delegation


def _is_administrator(person: Person) -> bool:
    return any(Role(post.role) in ADMINISTRATORS for post in _list_held(person, today(), None))


@refusals_recorded("accounts.end_delegation")
def end_delegation(*, delegation: Delegation, by: Actor) -> None:
    """Take a lent post back at once."""
    if by.person not in (delegation.post.person_id, delegation.delegate_id):
        raise Refused(Text("只有委托双方可以终止委托", "Only the two concerned can end it"))
    with transaction.atomic():
        locked = Delegation.objects.select_for_update().get(pk=delegation.pk)
        locked.ended_at = locked.ended_at or now()
        locked.save(update_fields=["ended_at"])
        record_event(by=by, action="accounts.end_delegation", subject=locked)


def bootstrap_administrators(*, unit: Unit, names: dict[Role, str]) -> dict[Role, tuple[str, str]]:
    """The three administrators of a new installation, by role: name to sign in with, first password.

    Raises:
        Refused: there are accounts already.
    """
    with transaction.atomic():
        if Account.objects.exists():
            raise Refused(
                Text("系统已有账号,不能再次初始化", "There are accounts already; this runs once")
            )
        return {role: _bootstrap_one(role, names[role], unit) for role in sorted(ADMINISTRATORS)}


def _bootstrap_one(role: Role, name: str, unit: Unit) -> tuple[str, str]:
    person = Person.objects.create(number=f"ADM-{role}", name=name)
    account, password = Account(username=str(role), person=person), make_password()
    account.set_password(password)
    account.save()
    post = Post.objects.create(person=person, unit=unit, role=role, since=today())
    record_event(by=act_as_platform("bootstrap"), action="accounts.bootstrap", subject=post)
    return account.username, password
