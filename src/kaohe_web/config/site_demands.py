"""Demands on the site as a whole: what it answers, keeps, believes and shows."""

import stat
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings

from kaohe.language import Text
from kaohe_web.config.demands import OWN_SETTINGS, Demand

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


def _runs_in_production() -> bool:
    return bool(settings.MODE == "production")


def _names_its_hosts() -> bool:
    return not any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS)


def _sends_strict_policy() -> bool:
    directives = getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES", {})
    own = all(
        set(_list(directives.get(name))) == {"'self'"}
        for name in ("default-src", "script-src", "style-src")
    )
    targets = _list(directives.get("form-action"))  # the identity provider's address is one, if any
    named = all(each == "'self'" or each.startswith("https://") for each in targets)
    return (
        own and bool(targets) and named and _list(directives.get("frame-ancestors")) == ["'none'"]
    )


def _list(sources: Iterable[str] | None) -> list[str]:
    return [str(source) for source in sources or ()]


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


def _names_its_proxies() -> bool:
    return all(_is_address(each) for each in settings.PROXIES)


def _is_address(written: str) -> bool:
    try:
        return not ip_address(written).is_unspecified
    except ValueError:
        return False


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


SITE_DEMANDS = (
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
        OWN_SETTINGS,
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
        OWN_SETTINGS,
    ),
    Demand(
        16,
        _limits_what_is_sent,
        Text(
            "上传大小、字段数或文件数未限制", "size, fields or files of a request are not limited"
        ),
        OWN_SETTINGS,
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
        OWN_SETTINGS,
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
        OWN_SETTINGS,
    ),
    Demand(
        23,
        _shows_no_traces,
        Text("出错时会显示内部信息", "failures show what is inside"),
        OWN_SETTINGS,
    ),
    Demand(
        24,
        _silences_no_check,
        Text("有检查被静音", "a check is silenced"),
        OWN_SETTINGS,
    ),
    Demand(
        25,
        _names_its_proxies,
        Text("反向代理不是逐一写明的地址", "a reverse proxy is not named by its address"),
        Text(
            "KAOHE_PROXIES 逐一写明地址,如 10.0.0.2",
            "name each address in KAOHE_PROXIES, such as 10.0.0.2",
        ),
    ),
)
"""Every demand on the site."""
