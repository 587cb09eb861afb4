"""Django settings, read from the environment once. docs/reference/settings.md lists every variable.

HUIGONG_HOME names the data folder, HUIGONG_KEYS the key folder, HUIGONG_DATABASE_URL a PostgreSQL database or the copy of
an SQLite one that is only read (`sqlite:///path?mode=ro`; else SQLite inside the data folder), HUIGONG_MODE is `development`
(default) or `production`. HUIGONG_TRUSTED_PROXY is the address of the server before this one, whose word for an asker counts.
"""

import os
import sqlite3
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
PRODUCTION = os.environ.get("HUIGONG_MODE", "development") == "production"
HUIGONG_HOME = Path(os.environ.get("HUIGONG_HOME") or BASE_DIR / ".data").resolve()
HUIGONG_KEYS = Path(os.environ.get("HUIGONG_KEYS") or HUIGONG_HOME.with_name(HUIGONG_HOME.name + ".keys")).resolve()
if PRODUCTION and HUIGONG_KEYS.is_relative_to(HUIGONG_HOME):
    raise ImproperlyConfigured(
        "钥匙不能放在数据文件夹里：请把 HUIGONG_KEYS 设到别处。"
        " Keys may not lie inside the data folder: point HUIGONG_KEYS elsewhere."
    )

TRUSTED_PROXY = os.environ.get("HUIGONG_TRUSTED_PROXY", "")
if TRUSTED_PROXY:
    try:
        ip_address(TRUSTED_PROXY)
    except ValueError:
        raise ImproperlyConfigured(
            "HUIGONG_TRUSTED_PROXY 要写前面那台服务器的一个 IP 地址，例如 127.0.0.1。"
            " HUIGONG_TRUSTED_PROXY is one address, such as 127.0.0.1."
        ) from None

INSTALLED_APPS = [
    "huigong.vault",
    "huigong.audit",
    "huigong.lifecycle",
    "huigong.documents",
    "huigong.organisations",
    "huigong.circulars",
    "huigong.quotas",
    "huigong.ledger",
    "huigong.registry",
    "huigong.intake",
    "huigong.publicnotices",
    "huigong.partners",
    "huigong.payments",
    "huigong.approvals",
    "huigong.grievances",
    "huigong.giving",
    "huigong.casework",
    "huigong.studentaid",
    "huigong.employment",
    "huigong.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
]
MIDDLEWARE = [
    "huigong.web.proxy.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huigong.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "huigong.web.plain_text.PlainTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "huigong.web.headers.HeadersMiddleware",
    "huigong.web.sessions.SessionMiddleware",
    "huigong.web.gate.PermissionMiddleware",
    "huigong.web.factors.FactorMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Five wrong passwords for one name from one address close that door for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "entrance/locked.html"
AXES_VERBOSE = False
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("username", "name")}},
]
ROOT_URLCONF = "huigong.web.urls"
WSGI_APPLICATION = "huigong.web.wsgi.application"
AUTH_USER_MODEL = "organisations.Officer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]


def _sqlite() -> dict[str, Any]:
    # SQLite before 3.51.3 can corrupt a database in WAL mode (WAL-reset bug); money never runs with synchronous=NORMAL.
    journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE"
    pragmas = (
        f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HUIGONG_HOME / "huigong.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def _sqlite_copy(url: str) -> dict[str, Any]:
    """A copy to be verified (`huigong audit verify --database`): nothing is set on it, since a pragma may change the file."""
    parts = urlsplit(url)
    if parse_qs(parts.query).get("mode") != ["ro"]:
        raise ImproperlyConfigured(
            "SQLite 文件只能作为副本只读打开（sqlite:///路径?mode=ro）；正式数据库在 HUIGONG_HOME 里。"
            " An SQLite file opens as a read-only copy (sqlite:///path?mode=ro); the installation's own lies in HUIGONG_HOME."
        )
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": f"file:/{parts.path.lstrip('/')}?{parts.query}"}


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


DATABASE_URL = os.environ.get("HUIGONG_DATABASE_URL", "")
READS_A_COPY = DATABASE_URL.startswith("sqlite:")
DATABASES = {
    "default": _sqlite_copy(DATABASE_URL) if READS_A_COPY else _postgresql(DATABASE_URL) if DATABASE_URL else _sqlite()
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "huigong" / "web" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # straight from the checkout: nothing to collect before the first start
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # names of files stay out of cookies
# A message is a kind of `.said` (huigong.css): it worked, look once, it did not.
MESSAGE_TAGS = {25: "done", 30: "look", 40: "stop"}
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"

_host = os.environ.get("HUIGONG_HOSTS", "127.0.0.1,localhost")
ALLOWED_HOSTS = [name.strip() for name in _host.split(",")]
DEBUG = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 24 * 60 * 60  # a sign-in lasts eight hours of it (huigong.web.sessions)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # the grid of a form: 200 rows of thirteen fields
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # huigong.web.uploads asks for far fewer, and says so in words
FILE_UPLOAD_HANDLERS = [
    "huigong.web.uploads.PassOverHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]


def _secret_key() -> str:
    """The key that signs sessions: made once, kept with the other keys."""
    file = HUIGONG_KEYS / "session.key"
    if not file.exists():
        HUIGONG_KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(os.urandom(48).hex())
    return file.read_text()


SECRET_KEY = _secret_key()
