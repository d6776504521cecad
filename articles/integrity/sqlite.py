"""The mechanism on SQLite: one trigger for each way in which a row of a kept table may change.

Every trigger does three things, in this order: find or begin the change (`_BEGIN_CHANGE`), copy the
state that is about to be replaced (`_keep`), and leave a mark (`_END`) by which the next one knows
whether it belongs to the same statement. They fire *before* rows are touched, so that a state is
read from the tables as it stands, links included.

How a statement is told from the next one: within a trigger, `total_changes()` counts the rows that
the triggers themselves wrote at once, those of the statement around them only when it has ended.
So as long as it is what the last trigger left, it is the same statement; and 'now' stands still
within a statement, which tells two connections apart. (Measured on SQLite 3.40.)
"""

import json
from contextlib import contextmanager, suppress

from django.db import OperationalError

from .kept import STAYING, kinds, kinds_in

BYTEWISE = ""  # how texts are sorted by themselves
NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"

# One row: the token of the archive's state; whether Python has opened a change; the change at
# work, if any; total_changes() and the time as the last trigger left them.
_STATE = """
    CREATE TABLE articles_state (token TEXT NOT NULL, is_open INTEGER NOT NULL DEFAULT 0,
                                 change_id INTEGER, expected INTEGER, moment TEXT)
"""
NEW_TOKEN = "UPDATE articles_state SET token = lower(hex(randomblob(12)))"

_BEGIN_CHANGE = f"""
    UPDATE articles_state SET change_id = NULL
        WHERE NOT is_open AND NOT (expected IS total_changes() AND moment IS {NOW});
    INSERT INTO articles_change (at, made_by, reason, kind, note, sha256)
        SELECT {NOW}, '', '', '', '', '' FROM articles_state WHERE change_id IS NULL;
    UPDATE articles_state SET change_id = last_insert_rowid() WHERE change_id IS NULL;
"""
_END = f"""
    UPDATE articles_state SET token = lower(hex(randomblob(12))),
        expected = total_changes() + 1, moment = {NOW};
"""
_CHANGE = "(SELECT change_id FROM articles_state)"


# The state of a record as JSON


def state(kind):
    """SQL of the state of the row `t` of this kind, as JSON."""
    parts = [f"'{column.name}', {_value(column)}" for column in kind.columns]
    parts += [f"'{link.name}', {_linked(link)}" for link in kind.links]
    return f"json_object({', '.join(parts)})"


def _value(column):
    source = f't."{column.column}"'
    return {
        "record": f"(SELECT key FROM articles_record WHERE kind = '{column.of}'"
        f" AND object_id = {source})",
        # Damage may have left no JSON there.
        "list": f"json(CASE WHEN json_valid({source}) THEN {source} ELSE json_quote({source}) END)",
        "boolean": f"json(CASE {source} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)",
        "bytes": f"lower(hex({source}))",
        "instant": f"replace(substr({source}, 1, 19), ' ', 'T') || '.'"
        f" || substr(substr({source}, 21) || '000000', 1, 6) || 'Z'",
    }.get(column.form, source)


def _linked(link):
    return (
        f"(SELECT json_group_array(key) FROM (SELECT r.key FROM {link.table} l"
        f" JOIN articles_record r ON r.kind = '{link.of}' AND r.object_id = l.{link.other}"
        f" WHERE l.{link.owner} = t.id ORDER BY r.key))"
    )


def key(kind, row):
    """SQL of the key of a row of this kind."""
    parts = [
        f"(SELECT key FROM articles_record WHERE kind = '{column.of}'"
        f' AND object_id = {row}."{column.column}")'
        if column.form == "record"
        else f'{row}."{column.column}"'
        for column in kind.key
    ]
    return " || '/' || ".join(parts)


# The triggers


def _keep(kind, pk):
    """Copy the state that stands, unless this change has touched the record already."""
    return f"""
    INSERT INTO articles_version (record_id, number, change_id, replaced_by_id, state)
        SELECT r.id, r.number, r.change_id, {_CHANGE}, {state(kind)}
        FROM articles_record r JOIN {kind.table} t ON t.id = r.object_id
        WHERE r.kind = '{kind.name}' AND r.object_id = {pk} AND r.change_id <> {_CHANGE};
    UPDATE articles_record SET number = number + 1, change_id = {_CHANGE}
        WHERE kind = '{kind.name}' AND object_id = {pk} AND change_id <> {_CHANGE};
"""


def _file(kind):
    """A record for a new row; where its key was borne before, the id makes it another."""
    wanted = key(kind, "NEW")
    taken = f"SELECT 1 FROM articles_record WHERE kind = '{kind.name}' AND key = {wanted}"
    return f"""
    INSERT INTO articles_record (kind, object_id, key, number, change_id)
        SELECT '{kind.name}', NEW.id,
            {wanted} || CASE WHEN EXISTS ({taken}) THEN '~' || NEW.id ELSE '' END, 1, {_CHANGE};
"""


def _differ(columns):
    return " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)


def triggers(kept):
    """The SQL that makes each trigger, by its name."""
    made = {}
    for kind in kept.values():
        columns = [column.column for column in kind.columns]
        for name, event, condition, body in (
            ("born", "AFTER INSERT", "", _file(kind)),
            ("replaced", "BEFORE UPDATE", _differ(columns), _keep(kind, "OLD.id")),
            ("removed", "BEFORE DELETE", "", _keep(kind, "OLD.id") + _unfile(kind)),
        ):
            body += _to_be_indexed(kind, "NEW.id" if name == "born" else "OLD.id")
            made |= _trigger(f"{kind.table}_{name}", event, kind.table, condition, body)
        for link in kind.links:
            made |= _triggers_of_link(kind, link)
    return made | _TOLD | _guards(kept)


def _trigger(name, event, table, condition, body):
    when = f" WHEN {condition}" if condition else ""
    return {
        name: f"CREATE TRIGGER {name} {event} ON {table}{when} BEGIN{_BEGIN_CHANGE}{body}{_END}END"
    }


def _triggers_of_link(kind, link):
    # INSERT OR IGNORE of a link that is there fires the trigger, too, and changes nothing.
    there = (
        f"EXISTS (SELECT 1 FROM {link.table} WHERE {link.owner} = NEW.{link.owner}"
        f" AND {link.other} = NEW.{link.other})"
    )
    before, after = _keep(kind, f"OLD.{link.owner}"), _keep(kind, f"NEW.{link.owner}")
    moved = _differ([link.owner, link.other])
    return (
        _trigger(f"{link.table}_added", "BEFORE INSERT", link.table, f"NOT {there}", after)
        | _trigger(f"{link.table}_moved", "BEFORE UPDATE", link.table, moved, before + after)
        | _trigger(f"{link.table}_removed", "BEFORE DELETE", link.table, "", before)
    )


def _unfile(kind):
    return f"""
    UPDATE articles_record SET object_id = NULL
        WHERE kind = '{kind.name}' AND object_id = OLD.id;
"""


def _to_be_indexed(kind, pk):
    if kind.name != "article":
        return ""
    return f"\n    INSERT OR IGNORE INTO articles_unindexed (article_id) VALUES ({pk});\n"


# Readers see these, too; they change in statements of their own.
_TOLD = {
    f"articles_{table}_told": f"CREATE TRIGGER articles_{table}_told AFTER {event}"
    f" ON articles_{table} BEGIN {NEW_TOKEN}; END"
    for table, event in (("verification", "INSERT"), ("change", "UPDATE"))
}


# The guards


def _guards(kept):
    guards = {}

    def refuse(name, event, table, condition, why):
        name = f"{table}_guard_{name}"
        when = f" WHEN {condition}" if condition else ""
        guards[name] = (
            f"CREATE TRIGGER {name} {event} ON {table}{when}"
            f" BEGIN SELECT RAISE(ABORT, '{why}'); END"
        )

    for table in ("record", "version", "seal", "change", "verification"):
        refuse("delete", "BEFORE DELETE", f"articles_{table}", "", "nothing is erased here")
    for table in ("seal", "verification"):
        refuse("update", "BEFORE UPDATE", f"articles_{table}", "", "nothing is altered here")
    refuse(
        "update",
        "BEFORE UPDATE",
        "articles_record",
        _differ(["id", "kind", "key"]) + " OR NEW.number < OLD.number",
        "a record keeps its name and its count",
    )
    refuse(
        "update",
        "BEFORE UPDATE",
        "articles_version",
        _differ(["id", "record_id", "number", "change_id", "replaced_by_id"])
        + " OR NEW.redacted_by_id IS NULL OR NEW.redacted_by_id <= ifnull(OLD.redacted_by_id, 0)",
        "a version is altered by a redaction alone",
    )
    refuse(
        "update",
        "BEFORE UPDATE",
        "articles_change",
        "OLD.position IS NOT NULL",
        "a sealed change stays as it is",
    )
    refuse(
        "insert",
        "BEFORE INSERT",
        "articles_change",
        "NEW.position IS NOT NULL OR NEW.made_by <> '' OR NEW.reason <> ''"
        " OR NEW.accepts_id IS NOT NULL OR NEW.sha256 <> ''",
        "who and why are written with the seal",
    )
    for kind in kept.values():
        refuse(
            "id", "BEFORE UPDATE", kind.table, "OLD.id <> NEW.id", "a row keeps its number for good"
        )
    for name, (statuses, why) in STAYING.items():
        once = f"({', '.join(map(repr, statuses))})"
        refuse(
            "delete",
            "BEFORE DELETE",
            f"articles_{name}",
            f"OLD.status IN {once} OR EXISTS (SELECT 1 FROM articles_version v"
            f" JOIN articles_record r ON r.id = v.record_id WHERE r.kind = '{name}'"
            f" AND r.object_id = OLD.id AND json_extract(v.state, '$.status') IN {once})",
            why,
        )
    return guards


# What else Python asks of the engine


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
