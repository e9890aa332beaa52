"""`kaohe serve`: it refuses what is unsafe, answers with every header, and stops cleanly."""

import socket
from pathlib import Path

import pytest

from tests.web.commands.running import ask, run_kaohe, serving
from tests.web.config.production import name_environment

pytestmark = pytest.mark.slow

PROXY = {"Host": "kaohe.example.org", "X-Forwarded-Proto": "https"}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ANSWERS = [
    ("/", "GET", PROXY, 302),
    ("/account/login/", "GET", PROXY, 200),
    ("/account/login/", "POST", PROXY, 403),
    ("/nowhere/", "GET", PROXY, 404),
    ("/language/", "GET", PROXY, 405),
    ("/static/kaohe/kaohe.css", "GET", PROXY, 200),
    ("/static/nowhere.css", "GET", PROXY, 404),
    ("/account/login/", "GET", PROXY | {"Host": "elsewhere.example.org"}, 400),
]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    tmp_path.chmod(0o750)
    return name_environment(tmp_path)


def test_unsafe_settings_do_not_start(environment: dict[str, str]) -> None:
    done = run_kaohe("serve", **(environment | {"KAOHE_HOSTS": "*"}))

    assert done.returncode == 2
    assert "kaohe.E002" in done.stderr
    assert "unsafe settings, not started" in done.stderr


def test_an_empty_database_does_not_start(environment: dict[str, str]) -> None:
    done = run_kaohe("serve", **environment)

    assert done.returncode == 2
    assert "run kaohe manage migrate first" in done.stderr


def test_every_answer_has_every_header_and_the_server_stops_when_told(
    environment: dict[str, str],
) -> None:
    assert run_kaohe("manage", "migrate", "--verbosity", "0", **environment).returncode == 0
    with serving(**environment) as (port, process):
        for path, method, headers, status in ANSWERS:
            answered, given = ask(port, path, method=method, **headers)
            assert (path, answered) == (path, status)
            assert {name: given[name] for name in EVERYWHERE} == EVERYWHERE
            assert "frame-ancestors 'none'" in given["Content-Security-Policy"]
            assert "unsafe" not in given["Content-Security-Policy"]
            assert given["Strict-Transport-Security"].startswith("max-age=31536000")
            if not path.startswith("/static/"):
                assert given["Cache-Control"] == "no-store, private"
        assert ask(port, "/account/login/", Host="kaohe.example.org")[0] == 301
    assert process.returncode == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
