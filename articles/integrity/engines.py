"""Which engine keeps the archive: the dialect of the mechanism, and rows past the ORM."""

from django.db import DEFAULT_DB_ALIAS, connections

from . import postgresql, sqlite

BATCH = 500  # states held in memory at once
_ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


def engine(using=DEFAULT_DB_ALIAS):
    """(the dialect's module, the connection)"""
    connection = connections[using]
    return _ENGINES[connection.vendor], connection


def rows(sql, params, using, are_large=False):
    """Past the ORM, which would take longer to write the question than the database to answer."""
    connection = connections[using]
    with connection.chunked_cursor() if are_large else connection.cursor() as cursor:
        cursor.execute(sql, params)
        while found := cursor.fetchmany(BATCH):
            yield from found
