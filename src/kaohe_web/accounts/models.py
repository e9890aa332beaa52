"""Accounts, posts and delegations."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from kaohe_web.foundation.roles import ROLES, Role
from kaohe_web.organisation.models import Person, Unit

_ROLES = [(role.value, ROLES[role].name.zh) for role in Role]


class Account(AbstractBaseUser):
    """What a person signs in with; rights come from posts alone, and there is no superuser."""

    username = models.CharField(max_length=60, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, default="zh-hans")
    password_changed_at = models.DateTimeField(null=True)
    must_change_password = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager["Account"]()

    @property
    def email(self) -> str:
        """The person's address, where libraries look for one."""
        return self.person.email

    def __str__(self) -> str:
        """The name to sign in with."""
        return self.username


class Post(models.Model):
    """One person holding one role at one unit, from a day until the day before another."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=_ROLES)
    since = models.DateField()
    until = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="post_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        """Role and person, as the audit log names it."""
        return f"{self.role}:{self.person_id}"


class Delegation(models.Model):
    """A post lent to another person until a moment; the delegate acts under their own name."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    delegate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="delegations")
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="delegation_expires"),
        )


class PastPassword(models.Model):
    """A password that was in force, as its hash: it may not come again too soon."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()
