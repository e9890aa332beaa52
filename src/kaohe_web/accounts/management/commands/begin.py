"""`kaohe manage begin`: the first unit and the three administrators of a new installation, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kaohe_web.accounts.actions import bootstrap_administrators
from kaohe_web.foundation.actor import act_as_platform
from kaohe_web.foundation.refusals import Refused
from kaohe_web.foundation.roles import ROLES, Role
from kaohe_web.organisation.actions import create_host_unit

OPTIONS = {
    "system": Role.SYSTEM_ADMIN,
    "security": Role.SECURITY_ADMIN,
    "audit": Role.AUDIT_ADMIN,
}


class Command(BaseCommand):
    """Refuses where there is any unit or account; everything after it happens in the browser."""

    help = "初始化:考核办所在单位与三员 · the office's host unit and the three administrators, once"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The unit, and one person for each of the three."""
        parser.add_argument("code", help="单位代码 · the unit's code")
        parser.add_argument("name", help="单位名称 · the unit's name")
        for option, role in OPTIONS.items():
            parser.add_argument(f"--{option}", required=True, help=f"{ROLES[role].name.zh}姓名")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create them, and print each name to sign in with and its first password, once."""
        del args
        names = {role: options[option] for option, role in OPTIONS.items()}
        if len(set(names.values())) < len(names):
            raise CommandError("三员须为三个人 · the three administrators are three persons")
        try:
            with transaction.atomic():
                by = act_as_platform("begin")
                unit = create_host_unit(code=options["code"], name=options["name"], by=by)
                opened = bootstrap_administrators(unit=unit, names=names)
        except Refused as refusal:
            raise CommandError(f"{refusal.say('zh')} · {refusal.say('en')}") from refusal
        for role, (username, password) in opened.items():
            self.stdout.write(f"{ROLES[role].name.zh}  {username}  {password}")
        self.stdout.write("首次登录须改密 · each is changed at the first sign-in")
