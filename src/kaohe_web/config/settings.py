"""Settings, read from the environment; safe by default, and unsafe ones refuse to start (checks.py)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

env = environ.Env()

PACKAGE = Path(__file__).resolve().parents[1]
MODE = env.str("KAOHE_MODE", default="production")
"""production, demo (one machine, seeded data, plain HTTP on loopback) or test."""
IS_PRODUCTION = MODE == "production"
DATA = Path(env.str("KAOHE_DATA", default="kaohe-data")).resolve()
"""Where the embedded database, evidence and uploads in progress stand; outside every served folder."""

SECRET_KEY = env.str("KAOHE_SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("KAOHE_SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
ALLOWED_HOSTS = env.list("KAOHE_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("KAOHE_ORIGINS", default=[])
PROXIES = env.list("KAOHE_PROXIES", default=["127.0.0.1", "::1"])
"""Addresses of the reverse proxies, believed about who asks and whether it was encrypted (proxies.py)."""
ROOT_URLCONF = "kaohe_web.config.urls"
WSGI_APPLICATION = "kaohe_web.config.wsgi.application"

INSTALLED_APPS = [
    "kaohe_web.foundation",
    "kaohe_web.audit",
    "kaohe_web.organisation",
    "kaohe_web.accounts",
    "kaohe_web.evidence",
    "kaohe_web.notices",
    "kaohe_web.schemes",
    "kaohe_web.collection",
    "kaohe_web.matters",
    "kaohe_web.assessment",
    "kaohe_web.story",
    "kaohe_web.web",
    "kaohe_web.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "django_q",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "kaohe_web.web.shell.middleware.AnswerHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kaohe_web.web.shell.middleware.ReaderLanguage",
    "kaohe_web.web.shell.middleware.SessionLimits",
    "kaohe_web.web.shell.middleware.ActingPerson",
    "kaohe_web.web.shell.middleware.DeclaredPagesOnly",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            folder / "templates"
            for folder in sorted((PACKAGE / "web").iterdir())
            if folder.is_dir()
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kaohe_web.web.shell.surroundings.describe_surroundings",
            ],
        },
    }
]

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "kaohe.sqlite3",
    "OPTIONS": {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
    },
}
_POSTGRES = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": env.str("KAOHE_DATABASE_NAME", default="kaohe"),
    "USER": env.str("KAOHE_DATABASE_USER", default="kaohe"),
    "PASSWORD": env.str("KAOHE_DATABASE_PASSWORD", default=""),
    "HOST": env.str("KAOHE_DATABASE_HOST", default=""),
    "PORT": env.str("KAOHE_DATABASE_PORT", default=""),
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"sslmode": env.str("KAOHE_DATABASE_SSLMODE", default="prefer")},
}
DATABASES = {
    "default": _POSTGRES if env.str("KAOHE_DATABASE", default="sqlite") == "postgres" else _SQLITE
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "shell" / "static"]
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "kaohe_web.web.shell.uploads.BodyLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
EVIDENCE_FOLDER = DATA / "evidence"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SESSION_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if IS_PRODUCTION else "session"
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_NAME = "__Host-csrf" if IS_PRODUCTION else "csrf"
SESSION_IDLE = timedelta(minutes=env.int("KAOHE_IDLE_MINUTES", default=30))
SESSION_LONGEST = timedelta(hours=12)
STEP_UP_FRESH = timedelta(minutes=5)
PASSWORD_PROFILE = env.str("KAOHE_PASSWORD_PROFILE", default="djbh3")
SECOND_FACTOR_REQUIRED = IS_PRODUCTION or env.bool("KAOHE_SECOND_FACTOR", default=False)

SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_OIDC_SERVER = env.str("KAOHE_OIDC_SERVER", default="")
_OIDC_ORIGIN = urlsplit(_OIDC_SERVER)._replace(path="", query="", fragment="").geturl()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *([_OIDC_ORIGIN] if _OIDC_SERVER else [])],
        "frame-ancestors": [NONE],
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "kaohe_web.accounts.passwords.ProfileValidator"},
]

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "kaohe_web.accounts.adapters.find_username"
AXES_LOCKOUT_CALLABLE = "kaohe_web.web.accounts.strangers.show_locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False

ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "kaohe_web.accounts.adapters.ClosedAdapter"
ACCOUNT_RATE_LIMITS = False  # axes counts attempts in the database, over all processes
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(STEP_UP_FRESH.total_seconds())
ACCOUNT_SESSION_REMEMBER = False
SOCIALACCOUNT_ADAPTER = "kaohe_web.accounts.adapters.ClosedSocialAdapter"
SOCIALACCOUNT_ONLY = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kaohe"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("KAOHE_OIDC_NAME", default="OIDC"),
                "client_id": env.str("KAOHE_OIDC_CLIENT", default=""),
                "secret": env.str("KAOHE_OIDC_SECRET", default=""),
                "settings": {"server_url": _OIDC_SERVER},
            }
        ]
        if _OIDC_SERVER
        else []
    }
}

Q_CLUSTER = {
    "name": "kaohe",
    "orm": "default",
    "workers": 1,
    "timeout": 600,
    "retry": 900,
    "max_attempts": 3,
    "ack_failures": True,
    "catch_up": False,
    "poll": 1,
}

EMAIL_BACKEND = env.str(
    "KAOHE_EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env.str("KAOHE_EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("KAOHE_EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("KAOHE_EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = env.str("KAOHE_EMAIL_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("KAOHE_EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("KAOHE_EMAIL_FROM", default="kaohe@localhost")
SILENCED_SYSTEM_CHECKS: list[str] = []
