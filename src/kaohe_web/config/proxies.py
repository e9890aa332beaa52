"""Who really asks, and how, where a reverse proxy stands in front: believed from trusted proxies alone."""

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

FORWARDED_FOR, FORWARDED_PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"


def trust_proxies(application: Application, proxies: Iterable[str]) -> Application:
    """The application behind these proxies: `REMOTE_ADDR` is the last address that is none of them.

    What anybody else says about itself in these headers is dropped, so that nobody can lend themselves another
    address, in the audit log or against the lock-out, nor claim an encryption that was not there.
    """
    trusted = frozenset(proxies)

    def answer(environ: Environ, start_response: Any) -> Iterable[bytes]:
        forwarded = environ.pop(FORWARDED_FOR, "")
        if environ.get("REMOTE_ADDR") in trusted:
            environ["REMOTE_ADDR"] = find_asking(forwarded, trusted) or environ["REMOTE_ADDR"]
        else:
            environ.pop(FORWARDED_PROTO, None)
        return application(environ, start_response)

    return answer


def find_asking(forwarded: str, trusted: frozenset[str]) -> str | None:
    """The nearest address in the chain that no trusted proxy has; None for what is no address."""
    for written in reversed([each.strip() for each in forwarded.split(",")]):
        if written in trusted:
            continue
        try:
            return str(ip_address(written))
        except ValueError:
            return None
    return None
