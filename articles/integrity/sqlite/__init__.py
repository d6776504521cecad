"""What Python asks of the mechanism on SQLite; the triggers themselves are in `triggers.py`."""

import fcntl
import json
from contextlib import contextmanager, suppress

from django.db import OperationalError

from ..kept import kinds, kinds_in
from ..rules import key
from .triggers import NOW, state, triggers

__all__ = ["key", "state"]

BYTEWISE = ""  # how texts are sorted by themselves
CHANGE = "(SELECT change_id FROM articles_state)"  # at work, or NULL
# One row: the token of the archive's state; whether Python has opened a change; the change at
# work, if any; total_changes() and the time as the last trigger left them.
_STATE = """
    CREATE TABLE articles_state (token TEXT NOT NULL, is_open INTEGER NOT NULL DEFAULT 0,
                                 change_id INTEGER, expected INTEGER, moment TEXT)
"""


def prepare(connection):
    """Make the state anew: its token is replaced, as a migration may have changed anything."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS articles_state")
        cursor.execute(_STATE)
        cursor.execute("INSERT INTO articles_state (token) VALUES (lower(hex(randomblob(12))))")


def present(connection):
    """The SQL of each trigger that is there, by its name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE"
            " 'articles\\_%' ESCAPE '\\'"
        )
        return dict(cursor.fetchall())


def install(connection):
    """Make the triggers that are missing or out of date, and drop those that are none of ours."""
    there, wanted = present(connection), triggers(kinds_in(connection))
    with connection.cursor() as cursor:
        for name in there:
            if there[name] != wanted.get(name):
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        for name, statement in wanted.items():
            if there.get(name) != statement:
                cursor.execute(statement)


def drop_triggers(connection):
    """Drop every trigger. SQLite, too, alters no table while a trigger of another one names it."""
    with connection.cursor() as cursor:
        for name in present(connection):
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")


def faults(connection):
    """(name, what is wrong) of each trigger that is missing, altered, or none of ours."""
    there, wanted = present(connection), triggers(kinds())
    yield from ((name, "missing") for name in wanted if name not in there)
    for name, statement in there.items():
        if name not in wanted:
            yield name, "not one of the archive's"
        elif statement != wanted[name]:
            yield name, "altered"


@contextmanager
def in_turn(connection):
    """Changes come one after another, in the order in which they were asked for.

    SQLite lets whoever waits for its lock try again after a while: under load some wait for
    seconds while others pass by. A lock of the system has a queue.
    """
    if connection.in_atomic_block or connection.is_in_memory_db():
        yield
        return
    with open(f"{connection.settings_dict['NAME']}-queue", "a") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        yield


@contextmanager
def in_bulk(connection):
    """What a batch touches is held until it is committed, and copied from the journal into the
    archive after several batches: pages that are touched again and again are written once, and an
    import goes in by a fifth more quickly."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (held,) = cursor.fetchone()
        cursor.execute("PRAGMA wal_autocheckpoint")
        (copied_after,) = cursor.fetchone()
        try:
            cursor.execute("PRAGMA cache_size = -16384")  # kB
            cursor.execute("PRAGMA wal_autocheckpoint = 4096").fetchone()  # pages
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {held}")
            cursor.execute(f"PRAGMA wal_autocheckpoint = {copied_after}").fetchone()


def open_change(connection):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_state SET is_open = 1, change_id = NULL")


def close_change(connection):
    """The id of the change that was open, or None where nothing was changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT change_id FROM articles_state")
        (change_id,) = cursor.fetchone()
        cursor.execute("UPDATE articles_state SET is_open = 0, change_id = NULL")
    return change_id


def change_at_work(connection):
    """The id of the change that is open, begun if need be."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO articles_change (at, made_by, reason, kind, note, sha256)"
            f" SELECT {NOW}, '', '', '', '', '' FROM articles_state WHERE change_id IS NULL"
        )
        cursor.execute(
            "UPDATE articles_state SET change_id = last_insert_rowid() WHERE change_id IS NULL"
        )
        cursor.execute("SELECT change_id FROM articles_state")
        return cursor.fetchone()[0]


@contextmanager
def one_view(connection):
    """All that is read within is of one moment; writers go on meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def whatever_bytes(connection):
    """Texts whose bytes are no UTF-8 are read within, and are not what they were."""
    usual = connection.connection.text_factory
    connection.connection.text_factory = lambda raw: raw.decode(errors="replace")
    try:
        yield
    finally:
        connection.connection.text_factory = usual


def file_faults(connection):
    """What SQLite itself finds wrong with the file: tables and indexes that disagree."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found = [told for (told,) in cursor.fetchall()]
    return [] if found == ["ok"] else found


def from_json(value):
    return json.loads(value)


@contextmanager
def overwriting(connection):
    """What is replaced within is overwritten with zeros in the file."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        (before,) = cursor.fetchone()
        cursor.execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA secure_delete = {before}")


def clean(connection):
    """Make the file anew without what it freed before; says what could not be done now."""
    if not connection.in_atomic_block:
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (is_busy, _, _) = cursor.fetchone()
            if not is_busy:
                return "Backups and copies made before still hold the words."
    return (
        "Others were reading: until the administrator runs VACUUM and PRAGMA"
        " wal_checkpoint(TRUNCATE), traces may be left in the file. Backups and copies made before"
        " still hold the words."
    )


def lock_journal(connection):
    """Writers wait for one another anyway."""
