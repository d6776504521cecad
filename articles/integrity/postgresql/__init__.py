"""What Python asks of the mechanism on PostgreSQL; the triggers are in `triggers.py`."""

import json
import re
from contextlib import contextmanager
from functools import partial

from .. import rules
from ..kept import kinds, kinds_in
from .triggers import functions, state, triggers

__all__ = ["key", "state"]

BYTEWISE = 'COLLATE "C"'  # how texts are sorted by themselves
CHANGE = "nullif(current_setting('archive.change_id', true), '')::bigint"  # at work, or NULL
_STATE = "CREATE TABLE articles_state (token text NOT NULL)"
key = partial(rules.key, cast="::text")


def prepare(connection):
    """Make the state anew: its token is replaced, as a migration may have changed anything."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS articles_state")
        cursor.execute(_STATE)
        cursor.execute(
            "INSERT INTO articles_state (token) VALUES (replace(gen_random_uuid()::text, '-', ''))"
        )


def install(connection):
    """Make every function and trigger anew, and drop those that are none of ours."""
    kept = kinds_in(connection)
    drop_triggers(connection)
    with connection.cursor() as cursor:
        for name, body in functions(kept).items():
            cursor.execute(f"CREATE OR REPLACE FUNCTION {name} {body}")
        for (table, name), what in triggers(kept).items():
            cursor.execute(f"CREATE {what.format(table=table, name=name)}")


_TRIGGERS_OF = """
    SELECT c.relname, t.tgname, t.tgenabled, pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relname LIKE 'articles\\_%'
        AND c.relnamespace = current_schema()::regnamespace
"""


def present(connection):
    with connection.cursor() as cursor:
        return _present(cursor)


def drop_triggers(connection):
    with connection.cursor() as cursor:
        for table, name in _present(cursor):
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')


def _present(cursor):
    cursor.execute(_TRIGGERS_OF)
    return {(table, name): (enabled, text) for table, name, enabled, text in cursor.fetchall()}


def faults(connection):
    """(name, what is wrong) of each trigger or function that is missing, altered or not ours."""
    wanted = triggers(kinds())
    with connection.cursor() as cursor:
        there = _present(cursor)
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'articles\\_%'"
            " AND pronamespace = current_schema()::regnamespace"
        )
        sources = dict(cursor.fetchall())
    yield from ((name, "missing") for table, name in wanted if (table, name) not in there)
    for (table, name), (enabled, text) in there.items():
        if (table, name) not in wanted:
            yield name, "not one of the archive's"
        elif enabled != "O":
            yield name, "disabled"
        elif _plain(text) != _plain(f"CREATE {wanted[table, name].format(table=table, name=name)}"):
            yield name, "altered"
    for name, body in functions(kinds()).items():
        name, source = name.split("(")[0], body.split("$$")[1]
        if sources.get(name) != source:
            yield name, "altered" if name in sources else "missing"


def _plain(text):
    """A trigger's SQL without what the server adds or writes in another way."""
    text = re.sub(r"public\.|::\w+|\bnot deferrable\b|[()\"\s]", "", text.lower())
    return text.replace("initiallyimmediate", "")


@contextmanager
def in_turn(connection):
    """PostgreSQL lets writers of different rows work side by side."""
    yield


@contextmanager
def in_bulk(connection):
    """PostgreSQL holds and writes pages for all connections together."""
    yield


def open_change(connection):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('archive.is_open', '1', true),"
            " set_config('archive.change_id', '', true)"
        )


def close_change(connection):
    """The id of the change that was open, or None where nothing was changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('archive.change_id', true)")
        (change_id,) = cursor.fetchone()
        cursor.execute(
            "SELECT set_config('archive.is_open', '', true),"
            " set_config('archive.change_id', '', true)"
        )
    return int(change_id) if change_id else None


def change_at_work(connection):
    """The id of the change that is open, begun if need be."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT articles_change_at_work()")
        return cursor.fetchone()[0]


@contextmanager
def one_view(connection):
    """All that is read within is of one moment; writers go on meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def whatever_bytes(connection):
    """The server holds no text that is not in its encoding."""
    yield


def file_faults(connection):
    """The server says so itself, at the first read (data checksums are the administrator's)."""
    return []


def from_json(value):
    return json.loads(value) if isinstance(value, str) else value


@contextmanager
def overwriting(connection):
    """Nothing to do: replaced rows stay in the files until VACUUM."""
    yield


def clean(connection):
    """Says what is left to the administrator."""
    return (
        "Until the administrator runs VACUUM FULL on the articles_ tables, replaced rows are still"
        " in the files; the write-ahead log, backups and copies made before still hold the words."
    )


def lock_journal(connection):
    """Until the end of the transaction: each seal names the one before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7247637)")
