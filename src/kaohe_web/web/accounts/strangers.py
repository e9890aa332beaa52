"""What somebody sees who may not sign in for a while; the same for names that exist and names that do not."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaohe_web.accounts.adapters import record_failure


def show_locked_out(
    request: HttpRequest, response: Any = None, credentials: Any = None, *_: Any
) -> HttpResponse:
    """Too many failures: come back later."""
    del response
    name = str((credentials or {}).get("username", "") or request.POST.get("login", ""))[:60]
    record_failure(request, name, "accounts.locked_out")
    request.actor = None  # type: ignore[attr-defined]
    return render(request, "people/locked_out.html", status=429)
