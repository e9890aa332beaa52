"""People, their accounts and posts: three administrators, each with their own part."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from kaohe_web.accounts import actions
from kaohe_web.accounts.models import Account, Post
from kaohe_web.accounts.policies import may_grant, may_keep_accounts
from kaohe_web.accounts.queries import list_held
from kaohe_web.accounts.queries import list_people as find_people
from kaohe_web.foundation.clock import today
from kaohe_web.foundation.roles import ADMINISTRATORS, ROLES, Role
from kaohe_web.organisation.actions import add_person as keep_person
from kaohe_web.organisation.models import Person
from kaohe_web.organisation.policies import may_edit_persons
from kaohe_web.organisation.queries import list_versions, name_units
from kaohe_web.web.accounts.forms import AccountForm, GrantForm, PersonForm, ReasonForm
from kaohe_web.web.shell.pages import ActorRequest, page

KEEPERS = ADMINISTRATORS | {Role.PERSONNEL}
SYSTEM, SECURITY = (Role.SYSTEM_ADMIN,), (Role.SECURITY_ADMIN,)


@page(roles=KEEPERS)
def list_people(request: ActorRequest) -> HttpResponse:
    """Everybody, with the posts they hold."""
    found = find_people(request.GET.get("q", "")[:60])
    shown = Paginator(found, 50).get_page(request.GET.get("page"))
    held = list_held(list(shown), today())
    units = {post.unit_id for posts in held.values() for post in posts}
    context = {
        "shown": shown,
        "held": held,
        "names": name_units(units),
        "roles": {role.value: ROLES[role].name for role in Role},
        "may_add": may_edit_persons(request.actor),
        "q": request.GET.get("q", ""),
    }
    return render(request, "people/list.html", context)


@page(roles=(Role.SYSTEM_ADMIN, Role.PERSONNEL), methods=("GET", "POST"))
def add_person(request: ActorRequest) -> HttpResponse:
    """A new person."""
    form = PersonForm(request.POST or None)
    if form.is_valid():
        person = keep_person(**form.cleaned_data, by=request.actor)
        return redirect("person", person.pk)
    return render(request, "people/add.html", {"form": form})


@page(roles=KEEPERS)
def show_person(request: ActorRequest, person_key: int) -> HttpResponse:
    """One person: accounts, posts past and present, and what this administrator may do."""
    person = get_object_or_404(Person, pk=person_key)
    posts = list(person.posts.order_by("-since", "-id"))
    units = {version.unit_id: version.name for version in list_versions()}
    context = {
        "person": person,
        "accounts": person.accounts.order_by("id"),
        "posts": posts,
        "names": name_units({post.unit_id for post in posts}),
        "roles": {role.value: ROLES[role].name for role in Role},
        "today": today(),
        "may_keep": may_keep_accounts(request.actor),
        "may_grant": may_grant(request.actor, person.pk),
        "account_form": AccountForm(),
        "grant_form": GrantForm(units=units, initial={"since": today()}),
        "reason_form": ReasonForm(),
    }
    return render(request, "people/person.html", context)


@page(roles=SYSTEM, methods=("POST",))
def open_account(request: ActorRequest, person_key: int) -> HttpResponse:
    """Open an account; its first password is shown once, on this page alone."""
    person = get_object_or_404(Person, pk=person_key)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return render(request, "people/failed.html", {"form": form, "person": person}, status=422)
    account, password = actions.open_account(person=person, **form.cleaned_data, by=request.actor)
    return render(request, "people/password.html", {"account": account, "password": password})


@page(roles=SYSTEM, methods=("POST",))
def close_account(request: ActorRequest, account_key: int) -> HttpResponse:
    """Close an account."""
    account = get_object_or_404(Account, pk=account_key)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.close_account(account=account, reason=reason, by=request.actor)
    return redirect("person", account.person_id)


@page(roles=SYSTEM, methods=("POST",))
def reset_password(request: ActorRequest, account_key: int) -> HttpResponse:
    """A new first password, shown once."""
    account = get_object_or_404(Account, pk=account_key)
    password = actions.reset_password(account=account, by=request.actor)
    return render(request, "people/password.html", {"account": account, "password": password})


@page(roles=SECURITY, methods=("POST",), step_up=True)
def grant_post(request: ActorRequest, person_key: int) -> HttpResponse:
    """Grant a post."""
    person = get_object_or_404(Person, pk=person_key)
    units = {version.unit_id: version.name for version in list_versions()}
    form = GrantForm(request.POST, units=units)
    if not form.is_valid():
        return render(request, "people/failed.html", {"form": form, "person": person}, status=422)
    given = form.cleaned_data
    actions.grant_post(person=person, **{**given, "role": Role(given["role"])}, by=request.actor)
    return redirect("person", person.pk)


@page(roles=SECURITY, methods=("POST",), step_up=True)
def revoke_post(request: ActorRequest, post_key: int) -> HttpResponse:
    """Take a post back."""
    post = get_object_or_404(Post, pk=post_key)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.revoke_post(post=post, reason=reason, by=request.actor)
    return redirect("person", post.person_id)
