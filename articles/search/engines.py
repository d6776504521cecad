"""Which engine runs: with the settings and `integrity`, the only place that asks."""

from django.db import DEFAULT_DB_ALIAS, connections

from . import postgresql, sqlite

_ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


def engine(using=DEFAULT_DB_ALIAS):
    """(the dialect's module, the connection)"""
    connection = connections[using]
    return _ENGINES[connection.vendor], connection
