"""The one settings file: every choice is a MINHU_* variable, and every default is the safe one."""

import os
import secrets
import tomllib
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF


def flag(name: str, default: bool) -> bool:
    """Read a yes/no variable; anything but 1, true, yes, on counts as no."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    """Read a comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def kept_secret(path: Path) -> str:
    """The secret key of this installation, made once and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def mail(address: str) -> dict[str, object]:
    """Mail settings from `smtp://user:word@host:port?tls=1`; without an address mail goes to the console."""
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": query.get("tls") == ["1"],
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def name_of_place(pack: Path) -> str:
    """The name in a pack's head; nothing where there is no such pack or its head is broken."""
    try:
        return str(tomllib.loads((pack / "pack.toml").read_text(encoding="utf-8"))["pack"]["name"])
    except (OSError, KeyError, ValueError):
        return ""


# --- what this installation is ---------------------------------------------------------------------------
HOUSE = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("MINHU_VAR", HOUSE / "var")).resolve()
DEBUG = flag("MINHU_DEBUG", False)
MINHU_DEMO = flag("MINHU_DEMO", False)
MINHU_DEMO_PASSWORD = os.environ.get("MINHU_DEMO_PASSWORD", "minhu-demo")
MINHU_SEAL_KEY_FILE = Path(os.environ.get("MINHU_SEAL_KEY_FILE", VAR / "seal-key.pem"))
MINHU_DIGEST = os.environ.get("MINHU_DIGEST", "sha256")
MINHU_PACK = Path(os.environ.get("MINHU_PACK", HOUSE / "packs" / "jiangbei"))
MINHU_PLACE = os.environ.get("MINHU_PLACE") or name_of_place(MINHU_PACK)

HTTPS = flag("MINHU_HTTPS", not MINHU_DEMO)
SECRET_KEY = os.environ.get("MINHU_SECRET_KEY") or kept_secret(VAR / "secret-key")
ALLOWED_HOSTS = words("MINHU_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("MINHU_ORIGINS", "")
# Links in mails and calendars are written where no request tells the address.
NEAR = f"http://127.0.0.1:{os.environ.get('MINHU_PORT', '8000')}"
MINHU_ADDRESS = os.environ.get("MINHU_ADDRESS", next(iter(CSRF_TRUSTED_ORIGINS), NEAR)).rstrip("/")

# --- rooms -----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "minhu.ui",
    "minhu.trail",
    "minhu.people",
    "minhu.rulebook",
    "minhu.cases",
    "minhu.mandates",
    "minhu.reforms",
    "minhu.services",
    "minhu.voices",
    "minhu.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "minhu.people.wire.outermost.PlainErrors",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "minhu.people.gate.GateMiddleware",
    "minhu.ui.uploads.RequestLimit",
]
ROOT_URLCONF = "minhu.site.urls"
WSGI_APPLICATION = "minhu.site.wsgi.application"
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
                "minhu.ui.context.shell",
            ],
        },
    }
]

# --- rows and files --------------------------------------------------------------------------------------
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("MINHU_DATABASE_URL") or f"sqlite:///{VAR / 'minhu.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE
else:
    # Compiling a query of our size takes longer than running it: 120 ms of a ledger page at 10,000 reforms.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = VAR / "files"
STATIC_ROOT = VAR / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if flag("MINHU_COLLECTED", not DEBUG)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The rulebook limits files; this limits what reaches it at all.
MINHU_MAX_REQUEST_MB = int(os.environ.get("MINHU_MAX_REQUEST_MB", "25"))
DATA_UPLOAD_MAX_MEMORY_SIZE = MINHU_MAX_REQUEST_MB * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Ways out of the house: data sharing with departments, and the scanner that looks through what is uploaded.
MINHU_CONNECTORS = os.environ.get("MINHU_CONNECTORS", "")
MINHU_CLAMD = os.environ.get("MINHU_CLAMD", "")
MINHU_CLAMD_SECONDS = float(os.environ.get("MINHU_CLAMD_SECONDS", "20"))
MINHU_SCAN_REQUIRED = flag("MINHU_SCAN_REQUIRED", bool(MINHU_CLAMD))

# --- people ----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "people:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
DEFAULT_FROM_EMAIL = os.environ.get("MINHU_MAIL_FROM", "minhu@localhost")
MINHU_DIGEST_HOUR = int(os.environ.get("MINHU_DIGEST_HOUR", "7"))
globals().update(mail(os.environ.get("MINHU_EMAIL_URL", "")))

# --- words and time --------------------------------------------------------------------------------------
LANGUAGE_CODE = os.environ.get("MINHU_LANGUAGE", "zh-hans")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_TZ = True
TIME_ZONE = os.environ.get("MINHU_TIME_ZONE", "Asia/Shanghai")

# --- safety ----------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("MINHU_BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Inline `style` carries data only (`--s`, `--d`): everything else must come from our own files.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("MINHU_LOG_LEVEL", "WARNING")},
}
