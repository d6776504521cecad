"""The last id that each table gave out: none is given out again, not even after a restore."""

from django.db import connections

_LAST_IDS = {
    "sqlite": "SELECT name, seq FROM sqlite_sequence",
    "postgresql": """
        SELECT t.relname, pg_sequence_last_value(s.oid)
        FROM pg_class s
        JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid
            AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        JOIN pg_class t ON t.oid = d.refobjid
        WHERE s.relkind = 'S' AND t.relnamespace = current_schema()::regnamespace""",
}


def last_ids(using):
    """{table: its last id}, of the tables that gave out any."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_LAST_IDS[connection.vendor])
        return {table: number for table, number in cursor.fetchall() if number}


def set_last_ids(using, last):
    """Go on after these ids, or after the greatest one that a table holds where that is greater."""
    connection = connections[using]
    set_one = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for table, number in last.items():
            set_one(cursor, table, number)


def _on_sqlite(cursor, table, number):
    cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s AND seq < %s", [table, number])
    cursor.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT %s, %s WHERE NOT EXISTS"
        " (SELECT 1 FROM sqlite_sequence WHERE name = %s)",
        [table, number, table],
    )


def _on_postgresql(cursor, table, number):
    cursor.execute(
        "SELECT setval(pg_get_serial_sequence(%s, 'id'),"
        f' greatest(%s, (SELECT coalesce(max(id), 1) FROM "{table}")))',
        [table, number],
    )
