"""One's own account: posts, password, second factor, sessions, what is kept about oneself."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from kaohe.language import Text
from kaohe_web.accounts import actions
from kaohe_web.accounts.models import Account, Delegation, Post
from kaohe_web.accounts.passwords import HELP, must_change
from kaohe_web.accounts.policies import may_delegate
from kaohe_web.accounts.queries import list_delegations_of
from kaohe_web.accounts.sessions import list_sessions
from kaohe_web.audit.queries import list_events
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.refusals import Unprocessable
from kaohe_web.foundation.roles import ROLES, Role
from kaohe_web.organisation.queries import name_units
from kaohe_web.web.accounts.forms import DelegateForm, PasswordForm
from kaohe_web.web.shell.pages import ActorRequest, page
from kaohe_web.web.shell.speech import speak


def find_account(request: ActorRequest) -> Account:
    """The account that signed in."""
    account = request.user
    assert isinstance(account, Account)  # noqa: S101 - a page is only for who signed in
    return account


@page()
def show_account(request: ActorRequest) -> HttpResponse:
    """What is kept about oneself, and what one may do with it."""
    account = find_account(request)
    posts = list(account.person.posts.order_by("-since"))
    delegations = list(list_delegations_of(account.person))
    post = Post.objects.filter(pk=request.actor.post or 0).first()
    context = {
        "account": account,
        "posts": posts,
        "delegations": delegations,
        "roles": {role.value: ROLES[role].name for role in Role},
        "names": name_units(
            {each.unit_id for each in posts} | {each.post.unit_id for each in delegations}
        ),
        "sessions": len(list_sessions(account)),
        "second_factor": request.actor.second_factor,
        "views": list_events(
            action="organisation.read_person",
            subject=("organisation.person", str(account.person_id)),
        )[:20],
        "may_delegate": post is not None and may_delegate(request.actor, post),
        "delegate_form": DelegateForm(),
        "moment": now(),
    }
    return render(request, "people/me.html", context)


@page(methods=("GET", "POST"), changes_password=True)
def change_password(request: ActorRequest) -> HttpResponse:
    """Choose a new password."""
    account = find_account(request)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        if not account.check_password(form.cleaned_data["present"]):
            form.add_error(
                "present", speak(Text("现在的密码不对", "The present password is wrong"))
            )
        else:
            try:
                actions.change_password(
                    account=account, password=form.cleaned_data["new"], by=request.actor
                )
            except Unprocessable as refusal:
                form.add_error("new", speak(refusal.reason))
            else:
                update_session_auth_hash(request, account)
                messages.success(request, speak(Text("密码已修改", "Password changed")))
                return redirect("my_account")
    context = {"form": form, "help": HELP[settings.PASSWORD_PROFILE], "must": must_change(account)}
    return render(request, "people/change_password.html", context)


@page(methods=("POST",))
def delegate_post(request: ActorRequest) -> HttpResponse:
    """Lend the post one acts in."""
    post = get_object_or_404(Post, pk=request.actor.post)
    form = DelegateForm(request.POST)
    if not form.is_valid():
        raise Unprocessable(
            Text(
                "请填写受托人编号、截止时间和理由", "Give the person's number, the end and a reason"
            )
        )
    actions.delegate_post(post=post, **form.cleaned_data, by=request.actor)
    return redirect("my_account")


@page(methods=("POST",))
def end_delegation(request: ActorRequest, delegation_key: int) -> HttpResponse:
    """Take a lent post back, or give one up."""
    mine = list_delegations_of(find_account(request).person)
    delegation: Delegation = get_object_or_404(mine, pk=delegation_key)
    actions.end_delegation(delegation=delegation, by=request.actor)
    return redirect("my_account")


@page(methods=("POST",))
def end_sessions(request: ActorRequest) -> HttpResponse:
    """Sign out everywhere."""
    actions.end_own_sessions(account=find_account(request), by=request.actor)
    return redirect("account_login")
