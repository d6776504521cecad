"""Triggers and guards: made after every migration, lifted for two uses only."""

from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from articles.models import Change, Record

from .engines import engine
from .kept import kinds


def state(using=DEFAULT_DB_ALIAS):
    """The token of the archive as it is now: 24 to 32 letters and digits. One query.

    Saved, imported, loaded, changed by `update()` or by SQL: whatever changes a row that readers
    may see replaces the token within the same transaction. Two answers made under one token were
    made from the same archive. A token never comes back, not even when a backup is restored.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT token FROM articles_state")
        return cursor.fetchone()[0]


def install(using=DEFAULT_DB_ALIAS):
    """Make the triggers where they are missing: SQLite drops those of a table that it remakes."""
    dialect, connection = engine(using)
    with transaction.atomic(using):
        dialect.prepare(connection)
        dialect.install(connection)


def adopt(using=DEFAULT_DB_ALIAS):
    """File the rows that were there before records began. Only in an archive without any record:
    a row without one is otherwise a fault, for `verify_archive` to name."""
    if Record.objects.using(using).exists():
        return
    dialect, connection = engine(using)
    with transaction.atomic(using), connection.cursor() as cursor:
        change_id = None
        for kind in kinds().values():
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {kind.table})")
            if not cursor.fetchone()[0]:
                continue
            change_id = change_id or _blank_change(using)
            cursor.execute(
                "INSERT INTO articles_record (kind, object_id, key, number, change_id)"
                f" SELECT '{kind.name}', t.id, {dialect.key(kind, 't')}, 1, {change_id}"
                f" FROM {kind.table} t ORDER BY t.id"
            )


def _blank_change(using):
    return Change.objects.using(using).create(at=timezone.now()).pk


@contextmanager
def guards_lifted(using=DEFAULT_DB_ALIAS):
    """Within, nothing is refused and nothing noticed. For the flush of tests and for `restore`."""
    dialect, connection = engine(using)
    dialect.drop_triggers(connection)
    try:
        yield
    finally:
        dialect.install(connection)
