"""Every setting of the site, in the order a reader asks for them.

Nothing has to be set: without variables this is an archive on SQLite, for this computer only.
The variables are DEBUG, SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL and HTTPS.
Figures marked (integrity) were measured; see the notes on integrity before changing them.
"""

from pathlib import Path

import dj_database_url

from . import env

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.boolean("DEBUG", default=False)
SECRET_KEY = env.secret("SECRET_KEY", kept_in=BASE_DIR / ".secret-key")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "diplomacy_archive.apps.ProjectConfig",
    "articles",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
]

MIDDLEWARE = [
    "diplomacy_archive.door.Headers",
    "django.middleware.security.SecurityMiddleware",
    "diplomacy_archive.door.Guard",
    "diplomacy_archive.door.Readers",
    # From here on for files and the desk: readers have no session, form or message.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "diplomacy_archive.urls"
WSGI_APPLICATION = "diplomacy_archive.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database: SQLite in the project's folder, or PostgreSQL

DATABASE_URL = env.url(
    "DATABASE_URL",
    default="sqlite:///archive.sqlite3",
    schemes=["sqlite", "postgres", "postgresql"],
)
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    if not DATABASE_URL.startswith("sqlite:///") or DATABASE_URL == "sqlite:///":
        # sqlite://name.sqlite3 lacks a slash and would be a database in memory: all would be lost.
        raise env.refusal("DATABASE_URL", DATABASE_URL, "sqlite:///NAME, with three slashes")
    if DATABASES["default"]["NAME"] != ":memory:":
        # Relative to the project, not to wherever one happens to stand.
        DATABASES["default"]["NAME"] = BASE_DIR / DATABASES["default"]["NAME"]
    # To open the archive, its rules and triggers read, takes 8 ms: each thread does it once.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        # Of 1,000 saves by 8 editors 765 fail with SQLite's defaults, none with this. (integrity)
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            # What INSERT OR REPLACE deletes is deleted before the triggers' eyes.
            "PRAGMA recursive_triggers=ON; PRAGMA journal_size_limit=67108864"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "application_name": "diplomacy-archive",
        **DATABASES["default"].get("OPTIONS", {}),
    }

# Stays off: with IMMEDIATE transactions every reader's GET would lock the archive. (integrity)
DATABASES["default"]["ATOMIC_REQUESTS"] = False

# A form holds a story of some hundred pages; the proxy should refuse more, too.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

# Words, days and files

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SERIALIZATION_MODULES = {"json": "articles.importing.fixtures"}  # quicker with many people
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "var" / "static"
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Accounts: editors only; readers have none

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# What browsers are told

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",  # without it the desk's autocomplete dies (integrity)
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# HTTPS=1 is for a public site, behind a proxy that speaks HTTPS to the world.

HTTPS = env.boolean("HTTPS", default=False)
if HTTPS:
    # The proxy must set this header itself, and drop the one that a visitor may send.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the proxy, over plain HTTP
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # Browsers take a __Host- cookie only over HTTPS and from this very host.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers (mail to administrators, a second console) are replaced.
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # A stranger's invented Host is answered with 400; its traceback tells nothing.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # It warns at every HEAD that Django leaves the body for the server to drop.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
