"""Two password profiles: djbh3 (等保三级: classes, change every 90 days, last five) and asvs2 (length, breach list)."""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from kaohe.language import Text
from kaohe_web.accounts.models import Account, PastPassword
from kaohe_web.foundation.clock import now
from kaohe_web.foundation.labels import label

OLDEST = timedelta(days=90)
REMEMBERED = 5
_CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
_LEAST = {"djbh3": 8, "asvs2": 12}


class ProfileValidator:
    """Holds a new password to the profile in force."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what the profile refuses, with the reason."""
        for find in (_find_short, _find_plain, _find_known, _find_past):
            wrong = find(password, user)
            if wrong is not None:
                raise ValidationError(label(wrong.zh, wrong.en))

    def get_help_text(self) -> str:
        """What would be right."""
        return str(HELP[settings.PASSWORD_PROFILE])


HELP = {
    "djbh3": label(
        "至少 8 位,含大写、小写、数字、符号中的三类,不得与最近五次相同,90 天更换",
        "At least 8 characters of three kinds, none of the last five; changed every 90 days",
    ),
    "asvs2": label(
        "至少 12 位,不得为常见口令", "At least 12 characters, and none of the common ones"
    ),
}


def in_force(profile: str) -> bool:
    """Whether a profile is the one this installation chose."""
    return bool(profile == settings.PASSWORD_PROFILE)


def _find_short(password: str, user: Any) -> Text | None:
    del user
    least = _LEAST[settings.PASSWORD_PROFILE]
    if len(password) >= least:
        return None
    return Text(f"密码至少 {least} 位", f"At least {least} characters")


def _find_plain(password: str, user: Any) -> Text | None:
    del user
    kinds = sum(bool(re.search(kind, password)) for kind in _CLASSES)
    if not in_force("djbh3") or kinds >= 3:
        return None
    return Text(
        "须含大写字母、小写字母、数字、符号中的三类",
        "Three of: capitals, small letters, digits, signs",
    )


def _find_known(password: str, user: Any) -> Text | None:
    if not in_force("asvs2"):
        return None
    try:
        CommonPasswordValidator().validate(password, user)
    except ValidationError:
        return Text("这是常见口令,请换一个", "This password is a common one; choose another")
    return None


def _find_past(password: str, user: Any) -> Text | None:
    if not in_force("djbh3") or not isinstance(user, Account) or user.pk is None:
        return None
    past = PastPassword.objects.filter(account=user).order_by("-id")[:REMEMBERED]
    if not any(check_password(password, each.password) for each in past):
        return None
    return Text("不得与最近五次的密码相同", "Not one of the last five passwords")


def remember(account: Account) -> None:
    """Keep the password now in force among those that may not come again."""
    PastPassword.objects.create(account=account, password=account.password, set_at=now())


def must_change(account: Account) -> bool:
    """Whether the account is to choose a new password before anything else."""
    if account.must_change_password:
        return True
    if not in_force("djbh3") or account.password_changed_at is None:
        return False
    return now() - account.password_changed_at > OLDEST
