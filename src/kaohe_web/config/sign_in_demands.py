"""Demands on how people sign in, and on how long they stay so."""

from datetime import timedelta

from django.conf import settings

from kaohe.language import Text
from kaohe_web.config.demands import OWN_SETTINGS, Demand

STRONG_HASHERS = ("PBKDF2PasswordHasher", "Argon2PasswordHasher", "ScryptPasswordHasher")


def _keeps_sessions_as_json() -> bool:
    return bool(settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer")


def _keeps_sessions_in_the_database() -> bool:
    return bool(settings.SESSION_ENGINE == "django.contrib.sessions.backends.db")


def _binds_cookies_to_the_host() -> bool:
    return all(
        name.startswith("__Host-")
        for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    )


def _ends_idle_sessions() -> bool:
    return bool(timedelta(0) < settings.SESSION_IDLE <= timedelta(minutes=30))


def _ends_old_sessions() -> bool:
    return bool(timedelta(0) < settings.SESSION_LONGEST <= timedelta(hours=12))


def _asks_again_before_weighty_acts() -> bool:
    return bool(timedelta(0) < settings.STEP_UP_FRESH <= timedelta(minutes=5))


def _asks_for_a_second_factor() -> bool:
    return bool(settings.SECOND_FACTOR_REQUIRED)


def _locks_out_guessers() -> bool:
    limit, pause = settings.AXES_FAILURE_LIMIT, settings.AXES_COOLOFF_TIME
    enabled = getattr(settings, "AXES_ENABLED", True)
    return bool(enabled and 0 < limit <= 5 and pause >= timedelta(minutes=15))


def _knows_its_password_profile() -> bool:
    return settings.PASSWORD_PROFILE in ("djbh3", "asvs2")


def _hashes_passwords_slowly() -> bool:
    return bool(settings.PASSWORD_HASHERS[0].endswith(STRONG_HASHERS))


SIGN_IN_DEMANDS = (
    Demand(
        4,
        _keeps_sessions_as_json,
        Text("会话不是以 JSON 存放", "sessions are not kept as JSON"),
        OWN_SETTINGS,
    ),
    Demand(
        5,
        _keeps_sessions_in_the_database,
        Text(
            "会话不在数据库中,无法立即终止", "sessions outside the database cannot be ended at once"
        ),
        OWN_SETTINGS,
    ),
    Demand(
        6,
        _binds_cookies_to_the_host,
        Text("Cookie 未绑定本主机", "cookies are not bound to the host"),
        Text("Cookie 名应以 __Host- 开头", "their names must begin with __Host-"),
    ),
    Demand(
        7,
        _ends_idle_sessions,
        Text("闲置会话保留超过 30 分钟", "idle sessions are kept longer than 30 minutes"),
        Text("KAOHE_IDLE_MINUTES 设为 1–30", "set KAOHE_IDLE_MINUTES to 1–30"),
    ),
    Demand(
        8,
        _ends_old_sessions,
        Text("会话最长超过 12 小时", "a session may last longer than 12 hours"),
        OWN_SETTINGS,
    ),
    Demand(
        9,
        _asks_again_before_weighty_acts,
        Text("重要操作前的再次认证有效期超过 5 分钟", "step-up lasts longer than 5 minutes"),
        OWN_SETTINGS,
    ),
    Demand(
        10,
        _asks_for_a_second_factor,
        Text("未要求第二因素认证", "no second factor is asked for"),
        Text("正式运行时不得关闭", "it cannot be switched off in production"),
    ),
    Demand(
        11,
        _locks_out_guessers,
        Text("口令猜测不受限制", "passwords can be guessed without limit"),
        Text("至多 5 次失败,锁定至少 15 分钟", "at most 5 failures, then at least 15 minutes"),
    ),
    Demand(
        12,
        _knows_its_password_profile,
        Text("未知的口令策略", "unknown password profile"),
        Text("KAOHE_PASSWORD_PROFILE 设为 djbh3 或 asvs2", "set it to djbh3 or asvs2"),
    ),
    Demand(
        13,
        _hashes_passwords_slowly,
        Text("口令摘要算法过快", "passwords are hashed too fast"),
        Text("首选 PBKDF2、Argon2 或 scrypt", "put PBKDF2, Argon2 or scrypt first"),
    ),
)
"""Every demand on sessions, factors and passwords."""
