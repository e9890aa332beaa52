"""`kaohe manage tell_story`: fills an empty installation with the seeded district, for demonstrations."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kaohe_web.accounts.models import Account
from kaohe_web.story.cast import PASSWORD
from kaohe_web.story.telling import Story, list_accounts


class Command(BaseCommand):
    """Refuses where there is any account: it is no way into a real installation."""

    help = (
        "用虚构的示例区填充一个空库(演示用) · fill an empty installation with the seeded district"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell it, and say who can sign in."""
        del args, options
        if Account.objects.exists():
            raise CommandError("库中已有账号,示例区只用于空库 · there are accounts already")
        with transaction.atomic():
            Story(lambda line: self.stdout.write(f"  {line}")).tell()
        self.stdout.write(f"\n  密码一律为 · everybody's password: {PASSWORD}")
        for account, role in list_accounts():
            self.stdout.write(f"    {account:16} {role}")
