"""Unsafe settings refuse to start: every demand is held by production's settings, and notices its own fault."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import global_settings, settings
from django.test import override_settings

from kaohe_web.config.checks import DEMANDS, check_settings
from kaohe_web.config.site_demands import GUARDS
from tests.web.config.production import name_environment, read_production

Settings = dict[str, Any]
DEPLOY = ("check", "--deploy", "--fail-level", "WARNING", "--database", "default")
STRICT = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

FAULTS: list[tuple[int, Settings]] = [
    (1, {"MODE": "demo"}),
    (2, {"ALLOWED_HOSTS": ["*"]}),
    (2, {"ALLOWED_HOSTS": [".example.org"]}),
    (3, {"CONTENT_SECURITY_POLICY": {}}),
    (3, {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"default-src": ["'self'", "https://cdn.example"]}}}),
    (3, {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": STRICT | {"form-action": ["*"]}}}),
    (3, {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": STRICT | {"script-src": ["'unsafe-inline'"]}}}),
    (4, {"SESSION_SERIALIZER": "django.contrib.sessions.serializers.PickleSerializer"}),
    (5, {"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}),
    (6, {"SESSION_COOKIE_NAME": "session"}),
    (6, {"CSRF_COOKIE_NAME": "csrf"}),
    (7, {"SESSION_IDLE": timedelta(minutes=31)}),
    (7, {"SESSION_IDLE": timedelta(0)}),
    (8, {"SESSION_LONGEST": timedelta(hours=13)}),
    (9, {"STEP_UP_FRESH": timedelta(minutes=6)}),
    (10, {"SECOND_FACTOR_REQUIRED": False}),
    (11, {"AXES_FAILURE_LIMIT": 6}),
    (11, {"AXES_COOLOFF_TIME": timedelta(minutes=14)}),
    (11, {"AXES_ENABLED": False}),
    (12, {"PASSWORD_PROFILE": "none"}),
    (13, {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}),
    (14, {"MIDDLEWARE": [*GUARDS, "django.middleware.cache.UpdateCacheMiddleware"]}),
    *((15, {"MIDDLEWARE": [name for name in GUARDS if name != lost]}) for lost in GUARDS),
    (16, {"DATA_UPLOAD_MAX_MEMORY_SIZE": None}),
    (16, {"DATA_UPLOAD_MAX_MEMORY_SIZE": 11 * 1024 * 1024}),
    (16, {"DATA_UPLOAD_MAX_NUMBER_FIELDS": None}),
    (16, {"DATA_UPLOAD_MAX_NUMBER_FILES": None}),
    (17, {"USE_X_FORWARDED_HOST": True}),
    (17, {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_SCHEME", "https")}),
    (19, {"SECURE_HSTS_SECONDS": 3600}),
    (22, {"USE_TZ": False}),
    (23, {"DEBUG": True}),
    (25, {"PROXIES": ["10.0.0.0/8"]}),
    (25, {"PROXIES": ["::"]}),
    (24, {"SILENCED_SYSTEM_CHECKS": ["security.W004"]}),
]  # fmt: skip


@pytest.fixture
def production(tmp_path: Path) -> Iterator[Settings]:
    read = read_production(tmp_path)
    asked = {"PASSWORD_HASHERS": global_settings.PASSWORD_HASHERS}
    asked |= {name: read[name] for name in read if name not in ("DATABASES", "INSTALLED_APPS")}
    with override_settings(**asked):
        yield asked


def found() -> list[int]:
    return [int(str(message.id).removeprefix("kaohe.E")) for message in check_settings()]


def test_production_settings_hold_every_demand(production: Settings) -> None:
    assert found() == []


@pytest.mark.parametrize(("number", "fault"), FAULTS)
def test_every_fault_is_found_and_no_other(
    production: Settings, number: int, fault: Settings
) -> None:
    with override_settings(**fault):
        assert found() == [number]


def test_the_identity_provider_may_be_a_target_of_the_sign_in_form(tmp_path: Path) -> None:
    read = read_production(tmp_path, KAOHE_OIDC_SERVER="https://id.example.org/realms/district")

    assert read["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] == [
        "'self'",
        "https://id.example.org",
    ]
    with override_settings(CONTENT_SECURITY_POLICY=read["CONTENT_SECURITY_POLICY"]):
        assert 3 not in found()


def test_the_admin_site_is_found(production: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "INSTALLED_APPS", ["django.contrib.admin"])

    assert found() == [18]


def test_evidence_in_a_served_folder_is_found(production: Settings) -> None:
    served = Path(production["STATIC_ROOT"]) / "evidence"
    above = Path(production["DATA"]).parent

    with override_settings(EVIDENCE_FOLDER=served):
        assert found() == [20]
    with override_settings(EVIDENCE_FOLDER=above):
        assert found() == [20]


def test_an_open_or_missing_data_folder_is_found(production: Settings) -> None:
    folder = Path(production["DATA"])
    folder.chmod(0o755)
    assert found() == [21]
    folder.chmod(0o750)

    with override_settings(DATA=folder / "nowhere"):
        assert found() == [21]


def test_every_demand_has_a_fault_of_its_own() -> None:
    tried = {number for number, _ in FAULTS} | {18, 20, 21}

    assert [demand.number for demand in DEMANDS if demand.number not in tried] == []
    assert len(DEMANDS) >= 15


def test_a_fault_says_in_both_languages_what_would_be_right(production: Settings) -> None:
    with override_settings(SESSION_IDLE=timedelta(hours=2)):
        message = check_settings()[0]

    assert message.msg == "闲置会话保留超过 30 分钟 · idle sessions are kept longer than 30 minutes"
    assert message.hint == "KAOHE_IDLE_MINUTES 设为 1–30 · set KAOHE_IDLE_MINUTES to 1–30"


@pytest.mark.slow
def test_the_whole_check_finds_nothing_in_production_and_something_in_a_demonstration(
    tmp_path: Path,
) -> None:
    environment = name_environment(tmp_path)
    tmp_path.chmod(0o750)

    assert check(environment) == (0, "System check identified no issues (0 silenced).\n")
    code, said = check(environment | {"KAOHE_MODE": "demo", "KAOHE_SECRET_KEY": "short"})
    assert code == 1
    assert "kaohe.E001" in said
    assert "security.W009" in said


def check(environment: dict[str, str]) -> tuple[int, str]:
    inherited = {name: os.environ[name] for name in os.environ if not name.startswith("DJANGO_")}
    done = subprocess.run(
        [sys.executable, "-m", "django", *DEPLOY],
        env=inherited | environment | {"DJANGO_SETTINGS_MODULE": "kaohe_web.config.settings"},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr
