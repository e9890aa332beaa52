"""Addresses and encryption are believed from trusted proxies alone."""

from typing import Any

import pytest

from kaohe_web.config.proxies import trust_proxies

TRUSTED = ("127.0.0.1", "::1", "10.0.0.2")


def ask(**environ: str) -> dict[str, Any]:
    """What the application sees."""
    seen: list[dict[str, Any]] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        del start_response
        seen.append(environ)
        return []

    trust_proxies(application, TRUSTED)(dict(environ), None)
    return seen[0]


@pytest.mark.parametrize(
    ("remote", "forwarded", "seen"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.7, <script>", "127.0.0.1"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
    ],
)
def test_the_address_is_the_nearest_one_that_is_no_proxy(
    remote: str, forwarded: str, seen: str
) -> None:
    assert ask(REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)["REMOTE_ADDR"] == seen


def test_encryption_is_believed_from_a_trusted_proxy_alone() -> None:
    claims = {"HTTP_X_FORWARDED_PROTO": "https"}

    assert ask(REMOTE_ADDR="127.0.0.1", **claims)["HTTP_X_FORWARDED_PROTO"] == "https"
    assert "HTTP_X_FORWARDED_PROTO" not in ask(REMOTE_ADDR="203.0.113.9", **claims)


def test_no_forwarded_address_reaches_the_application() -> None:
    seen = ask(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.7")

    assert "HTTP_X_FORWARDED_FOR" not in seen
