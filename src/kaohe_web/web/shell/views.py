"""The choices of the frame: in which post, in which language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from kaohe_web.accounts.acting import CHOSEN
from kaohe_web.web.shell.pages import ActorRequest, page, public_page


@page(methods=("POST",))
def choose_post(request: ActorRequest) -> HttpResponse:
    """Act in another of one's posts from now on; an unknown one changes nothing."""
    request.session[CHOSEN] = request.POST.get("post", "")
    return redirect("desk")


@public_page(methods=("POST",))
def choose_language(request: HttpRequest) -> HttpResponse:
    """Read in another language for the rest of this session."""
    wanted = request.POST.get("language", "")
    request.session["language"] = wanted if wanted in ("zh-hans", "en") else "zh-hans"
    back = request.POST.get("next", "/")
    is_here = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_here else "/")
