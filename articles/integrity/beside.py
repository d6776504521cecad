"""Connections beside the site's own: to another archive, or to this one for reading one state."""

from contextlib import contextmanager
from copy import deepcopy
from itertools import count

import dj_database_url
from django.conf import settings as django_settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.utils import load_backend

from .refusals import Refused, WrongUsage
from .versions import is_settled, settle

TRIES = 20  # to begin a snapshot when nothing waits for its seal
_numbers = count(1)


@contextmanager
def opened(settings):
    """Yields the alias of a connection with these settings: this thread's, closed at the end."""
    alias = f"beside-{next(_numbers)}"
    complete = connections.configure_settings({DEFAULT_DB_ALIAS: settings})[DEFAULT_DB_ALIAS]
    connections[alias] = load_backend(complete["ENGINE"]).DatabaseWrapper(complete, alias)
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]


@contextmanager
def snapshot(using=DEFAULT_DB_ALIAS):
    """Yields the alias of a connection that reads one state of the archive, all of it sealed.

    Others may write meanwhile. The connection writes nothing.
    """
    settings = deepcopy(connections[using].settings_dict)
    if connections[using].vendor == "sqlite":
        settings["OPTIONS"]["transaction_mode"] = "DEFERRED"  # a reader takes no lock
    with opened(settings) as alias:
        for _ in range(TRIES):
            settle(using=using)
            with transaction.atomic(alias):
                _begin(connections[alias])
                if is_settled(alias):  # nobody wrote by SQL in between
                    yield alias
                    return
        raise Refused("Others change the archive by SQL without a pause: try again later.")


def _begin(connection):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def settings_of(url):
    """Settings of a connection to the database that a URL names, as DATABASE_URL would.

    Raises WrongUsage where it names none.
    """
    try:
        settings = dj_database_url.parse(url)
    except ValueError:  # its message would show a password
        settings = {}
    name, engine = settings.get("NAME"), settings.get("ENGINE", "").rpartition(".")[2]
    is_file = url.startswith("sqlite:///") and name not in ("", ":memory:")
    if engine == "sqlite3" and is_file:
        # As the site would find it: in the project's folder, wherever one stands.
        options = {"transaction_mode": "IMMEDIATE", "timeout": 30}
        return {**settings, "NAME": django_settings.BASE_DIR / name, "OPTIONS": options}
    if engine == "postgresql" and name:
        return settings
    raise WrongUsage("--to takes sqlite:///NAME, with three slashes, or postgres://host/name")
