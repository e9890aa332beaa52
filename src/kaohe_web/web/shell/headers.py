"""Headers of every answer, whoever made it: pages, files, refusals of Django itself (I10)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
"""What an answer has that nothing else gave its own; the policy of pages is in the settings."""


def set_headers(request: HttpRequest, response: HttpResponse) -> None:
    """Give an answer the headers it lacks; all but static files are kept by nobody."""
    if not request.path.startswith(settings.STATIC_URL):
        response["Cache-Control"] = "no-store, private"
        response["Vary"] = "Cookie, HX-Request, Accept-Language"
    if request.method == "POST" and request.path == reverse("account_logout"):
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name, value in ALWAYS.items():
        response.setdefault(name, value)
    if settings.SECURE_HSTS_SECONDS and request.is_secure():
        response.setdefault(
            "Strict-Transport-Security",
            f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload",
        )
