"""What settings must hold for real use, beyond what Django itself asks; each demand says why and what now."""

import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from kaohe.language import Text

STRONG_HASHERS = ("PBKDF2PasswordHasher", "Argon2PasswordHasher", "ScryptPasswordHasher")
KEEPS_PAGES = ("UpdateCacheMiddleware", "FetchFromCacheMiddleware")
GUARDS = (
    "kaohe_web.web.shell.middleware.AnswerHeaders",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kaohe_web.web.shell.middleware.SessionLimits",
    "kaohe_web.web.shell.middleware.DeclaredPagesOnly",
    "axes.middleware.AxesMiddleware",
)
"""Middleware without which a promise of the platform does not hold."""
PROXY_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
YEAR_IN_SECONDS = 31_536_000
MOST_UPLOADED = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing the settings must hold: its number, whether it does, and what to say where it does not."""

    number: int
    holds: Callable[[], bool]
    wrong: Text
    remedy: Text

    def describe(self) -> CheckMessage:
        """The failed demand as Django reports it; no start without it."""
        return Error(
            f"{self.wrong.zh} · {self.wrong.en}",
            hint=f"{self.remedy.zh} · {self.remedy.en}",
            id=f"kaohe.E{self.number:03}",
        )


def check_settings(**_: Any) -> list[CheckMessage]:
    """Every demand that the settings fail."""
    return [demand.describe() for demand in DEMANDS if not demand.holds()]


def _runs_in_production() -> bool:
    return bool(settings.MODE == "production")


def _names_its_hosts() -> bool:
    return not any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS)


def _sends_strict_policy() -> bool:
    directives = getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES", {})
    own = all(
        set(_list(directives.get(name))) == {"'self'"}
        for name in ("default-src", "script-src", "style-src", "form-action")
    )
    return own and _list(directives.get("frame-ancestors")) == ["'none'"]


def _list(sources: Iterable[str] | None) -> list[str]:
    return [str(source) for source in sources or ()]


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


def _keeps_no_pages_in_a_cache() -> bool:
    return not any(name.endswith(KEEPS_PAGES) for name in settings.MIDDLEWARE)


def _has_every_guard() -> bool:
    return set(GUARDS) <= set(settings.MIDDLEWARE) and settings.MIDDLEWARE[0] == GUARDS[0]


def _limits_what_is_sent() -> bool:
    limits = (
        (settings.DATA_UPLOAD_MAX_MEMORY_SIZE, MOST_UPLOADED),
        (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, 20_000),
        (settings.DATA_UPLOAD_MAX_NUMBER_FILES, 100),
    )
    return all(set_to is not None and 0 < set_to <= most for set_to, most in limits)


def _trusts_one_header_of_the_proxy() -> bool:
    return not settings.USE_X_FORWARDED_HOST and settings.SECURE_PROXY_SSL_HEADER == PROXY_HEADER


def _has_no_admin_site() -> bool:
    return not any(app.startswith("django.contrib.admin") for app in settings.INSTALLED_APPS)


def _asks_for_encryption_for_a_year() -> bool:
    return bool(settings.SECURE_HSTS_SECONDS >= YEAR_IN_SECONDS)


def _serves_no_evidence() -> bool:
    served = (settings.STATIC_ROOT, settings.MEDIA_ROOT, *settings.STATICFILES_DIRS)
    kept = Path(settings.EVIDENCE_FOLDER).resolve()
    folders = [Path(str(each)).resolve() for each in served if each]
    return not any(kept.is_relative_to(each) or each.is_relative_to(kept) for each in folders)


def _keeps_its_folder_to_itself() -> bool:
    folder = Path(settings.DATA)
    return folder.is_dir() and not stat.S_IMODE(folder.stat().st_mode) & stat.S_IRWXO


def _keeps_time_with_a_zone() -> bool:
    return bool(settings.USE_TZ)


def _shows_no_traces() -> bool:
    return not settings.DEBUG and not settings.DEBUG_PROPAGATE_EXCEPTIONS


def _silences_no_check() -> bool:
    return not settings.SILENCED_SYSTEM_CHECKS


_OWN_SETTINGS = Text(
    "请使用 kaohe_web.config.settings,不要另行覆盖",
    "use kaohe_web.config.settings as it is",
)

DEMANDS = (
    Demand(
        1,
        _runs_in_production,
        Text("不是正式运行模式", "this is no production mode"),
        Text("设 KAOHE_MODE=production 或不设", "set KAOHE_MODE=production, or leave it out"),
    ),
    Demand(
        2,
        _names_its_hosts,
        Text("主机名含通配符", "a host name is a wildcard"),
        Text(
            "KAOHE_HOSTS 逐一写明域名,如 kaohe.example.org",
            "name each host in KAOHE_HOSTS, such as kaohe.example.org",
        ),
    ),
    Demand(
        3,
        _sends_strict_policy,
        Text(
            "内容安全策略允许本站以外或内联的脚本、样式",
            "the content security policy allows foreign or inline scripts or styles",
        ),
        _OWN_SETTINGS,
    ),
    Demand(
        4,
        _keeps_sessions_as_json,
        Text("会话不是以 JSON 存放", "sessions are not kept as JSON"),
        _OWN_SETTINGS,
    ),
    Demand(
        5,
        _keeps_sessions_in_the_database,
        Text(
            "会话不在数据库中,无法立即终止", "sessions outside the database cannot be ended at once"
        ),
        _OWN_SETTINGS,
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
        _OWN_SETTINGS,
    ),
    Demand(
        9,
        _asks_again_before_weighty_acts,
        Text("重要操作前的再次认证有效期超过 5 分钟", "step-up lasts longer than 5 minutes"),
        _OWN_SETTINGS,
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
    Demand(
        14,
        _keeps_no_pages_in_a_cache,
        Text("整页缓存可能泄露他人页面", "a cache of whole pages can show them to others"),
        Text("移除缓存中间件", "remove the cache middleware"),
    ),
    Demand(
        15,
        _has_every_guard,
        Text("缺少必要的防护中间件", "a guarding middleware is missing"),
        _OWN_SETTINGS,
    ),
    Demand(
        16,
        _limits_what_is_sent,
        Text(
            "上传大小、字段数或文件数未限制", "size, fields or files of a request are not limited"
        ),
        _OWN_SETTINGS,
    ),
    Demand(
        17,
        _trusts_one_header_of_the_proxy,
        Text("信任了反向代理的其他请求头", "other headers than the documented one are trusted"),
        Text(
            "反向代理须自行设置 X-Forwarded-Proto,且不得转发 X-Forwarded-Host",
            "let the proxy itself set X-Forwarded-Proto, and trust no X-Forwarded-Host",
        ),
    ),
    Demand(
        18,
        _has_no_admin_site,
        Text("启用了 Django 管理站点", "Django's admin site is installed"),
        Text("移除:它绕过岗位与四眼", "remove it: it goes around posts and four eyes"),
    ),
    Demand(
        19,
        _asks_for_encryption_for_a_year,
        Text("HSTS 不足一年", "HSTS is shorter than a year"),
        _OWN_SETTINGS,
    ),
    Demand(
        20,
        _serves_no_evidence,
        Text("佐证材料位于对外提供的目录中", "evidence stands in a folder that is served"),
        Text("把它放到 KAOHE_DATA 之下、静态目录之外", "keep it apart from the static files"),
    ),
    Demand(
        21,
        _keeps_its_folder_to_itself,
        Text(
            "数据目录不存在,或其他用户可进入", "the data folder is missing, or open to other users"
        ),
        Text("建立 KAOHE_DATA 目录并 chmod 750", "create the folder KAOHE_DATA and chmod 750 it"),
    ),
    Demand(
        22,
        _keeps_time_with_a_zone,
        Text("时间不带时区", "moments are kept without a zone"),
        _OWN_SETTINGS,
    ),
    Demand(
        23,
        _shows_no_traces,
        Text("出错时会显示内部信息", "failures show what is inside"),
        _OWN_SETTINGS,
    ),
    Demand(
        24,
        _silences_no_check,
        Text("有检查被静音", "a check is silenced"),
        _OWN_SETTINGS,
    ),
)
"""Every demand; docs/guide/operators names the environment variables they speak of."""
