"""Sessions as rows: whose they are, and ending them at once."""

from django.contrib.sessions.models import Session

from kaohe_web.accounts.models import Account
from kaohe_web.foundation.clock import now


def list_sessions(account: Account) -> list[Session]:
    """The sessions of an account that are still open."""
    open_ones = Session.objects.filter(expire_date__gt=now())
    return [
        each for each in open_ones if each.get_decoded().get("_auth_user_id") == str(account.pk)
    ]


def end_sessions(account: Account) -> None:
    """Sign an account out everywhere; the next request of each session is a stranger's."""
    keys = [each.session_key for each in list_sessions(account)]
    Session.objects.filter(session_key__in=keys).delete()
