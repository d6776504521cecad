"""Many rows written with few statements, past the ORM."""

from itertools import islice

from django.db import DEFAULT_DB_ALIAS, connections

MOST_PARAMS = 10_000  # of one statement, where the engine itself sets no limit


def insert(table, columns, rows, using=DEFAULT_DB_ALIAS):
    """Insert rows, iterables of values as the database takes them.

    Each statement takes many: where triggers listen, SQLite prepares to undo each statement, which
    takes it longer than a row (16 of 26 µs for one link).
    """
    connection = connections[using]
    most = (connection.features.max_query_params or MOST_PARAMS) // len(columns)
    named = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
    place = f"({', '.join(['%s'] * len(columns))})"
    rows = iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(rows, most)):
            values = [value for row in some for value in row]
            cursor.execute(named + ", ".join([place] * len(some)), values)
