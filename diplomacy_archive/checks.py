"""A misconfigured site says so: system checks, run by `manage.py check`, `migrate` and `make run`.

A host is public unless it names this computer. What is harmless on one's own computer
(DEBUG, plain HTTP, a key in a file) is not on a public host.
"""

import os
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import OperationalError, connection


def public_hosts():
    return [host for host in settings.ALLOWED_HOSTS if not _is_loopback(host)]


def _is_loopback(host):
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:  # a name
        return host == "localhost" or host.endswith(".localhost")


@register(Tags.security)
def no_wildcard_host(app_configs, **kwargs):
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "ALLOWED_HOSTS has the wildcard '*': anybody may choose the address in our links.",
            hint="Name the hosts: ALLOWED_HOSTS=archive.example",
            id="archive.E001",
        )
    ]


@register(Tags.security)
def a_public_site_gets_its_secret_key(app_configs, **kwargs):
    if not public_hosts() or os.environ.get("SECRET_KEY", "").strip():
        return []
    return [
        Error(
            f"SECRET_KEY is not set, but the site is public ({', '.join(public_hosts())}).",
            hint="Set SECRET_KEY to 50 or more random characters, the same for every process. "
            "The key kept in .secret-key is for one's own computer.",
            id="archive.E002",
        )
    ]


@register(Tags.security)
def no_debug_in_public(app_configs, **kwargs):
    if not public_hosts() or not settings.DEBUG:
        return []
    return [
        Error(
            f"DEBUG is on, but the site is public ({', '.join(public_hosts())}): "
            "its error pages show code and settings to everybody.",
            hint="Unset DEBUG, or keep ALLOWED_HOSTS to localhost.",
            id="archive.E003",
        )
    ]


@register(Tags.security)
def a_public_site_speaks_https(app_configs, **kwargs):
    if not public_hosts() or settings.HTTPS:
        return []
    return [
        Warning(
            f"HTTPS is not set, but the site is public ({', '.join(public_hosts())}): "
            "editors' passwords would travel in the clear.",
            hint="Put a proxy that speaks HTTPS in front, and set HTTPS=1.",
            id="archive.W001",
        )
    ]


@register(Tags.database)
def the_database_answers(app_configs, databases=None, **kwargs):
    """Asked for with `check --tag database --database default`; `make run` does that first.

    By tag, since Django's checks of models open the database and end in a traceback.
    """
    if "default" not in (databases or []) or sqlite_can_write(app_configs):
        return []
    try:
        connection.ensure_connection()
    except OperationalError as error:
        return [
            Error(
                f"The database that DATABASE_URL names does not answer: {error}".strip(),
                hint="Is the server running, and are its host, name, user and password right?",
                id="archive.E005",
            )
        ]
    return []


@register(Tags.files)
def sqlite_can_write(app_configs, **kwargs):
    path = settings.DATABASES["default"]["NAME"]
    if not isinstance(path, Path):  # PostgreSQL, or in memory: our settings give files as Paths
        return []
    hint = "Let this user write there, or name another file in DATABASE_URL."
    # The folder counts, too: SQLite keeps its -wal and -shm files beside the database.
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK | os.X_OK):
        problem = f"The database's folder {path.parent} is missing or cannot be written to."
    elif path.exists() and (path.is_dir() or not os.access(path, os.W_OK)):
        problem = f"The database {path} cannot be written to."
    else:
        return []
    return [Error(problem, hint=hint, id="archive.E004")]
