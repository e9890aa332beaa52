"""Pages for what cannot be done or is not there."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from kaohe_web.foundation.refusals import OutOfDate, Refused
from kaohe_web.web.shell.speech import speak


def show_refusal(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Why not, and what now; JSON for scripts that asked for it."""
    if request.headers.get("Accept", "").startswith("application/json"):
        body: dict[str, Any] = {"reason": speak(refusal.reason)}
        if isinstance(refusal, OutOfDate):
            body["now"] = refusal.now
        return JsonResponse(body, status=refusal.status)
    context = {"refusal": refusal, "status": refusal.status}
    return render(request, "shell/refusal.html", context, status=refusal.status)


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page whether it is not there or not theirs."""
    del exception
    return render(request, "shell/not_found.html", status=404)


def show_forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that Django itself refused."""
    del exception
    return render(request, "shell/forbidden.html", status=403)


def show_bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that could not be read, such as one that is far too large."""
    del exception
    return render(request, "shell/bad_request.html", status=400)


def show_failure(request: HttpRequest) -> HttpResponse:
    """Something failed here; nothing was changed."""
    return render(request, "shell/failure.html", status=500)
