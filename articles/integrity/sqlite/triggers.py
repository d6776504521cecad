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

from ..rules import READ, guards, key, key_of, stays

NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"

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
        "record": key_of(column.of, source),
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
        # CROSS: the links first, else SQLite walks all records of that kind, which are in order.
        f" CROSS JOIN articles_record r ON r.kind = '{link.of}' AND r.object_id = l.{link.other}"
        f" WHERE l.{link.owner} = t.id ORDER BY r.key))"
    )


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
            if kind.name == "article":
                body += _to_be_indexed("NEW.id" if name == "born" else "OLD.id")
                body += _with_its_words(name)
                if name == "replaced" and "mention" in kept:
                    body += _to_be_read()
            made |= _trigger(f"{kind.table}_{name}", event, kind.table, condition, body)
        for link in kind.links:
            made |= _triggers_of_link(kind, link)
    if "mention" in kept:
        made |= _triggers_of_suggestions()
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
    before, after = (_of_owner(kind, f"{row}.{link.owner}") for row in ("OLD", "NEW"))
    moved = _differ([link.owner, link.other])
    added = f"NOT {_is_done(kind, f'NEW.{link.owner}')} AND NOT {there}"
    removed = f"NOT {_is_done(kind, f'OLD.{link.owner}')}"
    return (
        _trigger(f"{link.table}_added", "BEFORE INSERT", link.table, added, after)
        | _trigger(f"{link.table}_moved", "BEFORE UPDATE", link.table, moved, before + after)
        | _trigger(f"{link.table}_removed", "BEFORE DELETE", link.table, removed, before)
    )


def _is_done(kind, pk):
    """Whether the change that Python opened has touched the record: nothing is left to do then.

    The change is begun, the state that stood before is kept, the token is another one. (The `+`:
    by the index of changes SQLite would look through all records of this one.) An article must
    wait for the index as well, which may have been brought up to date in the midst of the change.
    """
    is_done = (
        f"EXISTS (SELECT 1 FROM articles_record WHERE kind = '{kind.name}' AND object_id = {pk}"
        " AND +change_id = (SELECT change_id FROM articles_state WHERE is_open))"
    )
    return f"({is_done} AND {_waits(pk)})" if kind.name == "article" else is_done


def _of_owner(kind, pk):
    return _keep(kind, pk) + (_to_be_indexed(pk) if kind.name == "article" else "")


def _unfile(kind):
    return f"""
    UPDATE articles_record SET object_id = NULL
        WHERE kind = '{kind.name}' AND object_id = OLD.id;
"""


def _to_be_indexed(pk):
    # No INSERT OR IGNORE: within INSERT OR REPLACE of the article it would replace.
    return f"""
    INSERT INTO articles_unindexed (article_id) SELECT {pk} WHERE NOT {_waits(pk)};
"""


def _waits(pk):
    return f"EXISTS (SELECT 1 FROM articles_unindexed WHERE article_id = {pk})"


def _with_its_words(name):
    """Keep the words that the index holds of an article, when it is about to have others."""
    if name == "born":
        return ""
    have_changed = f" AND ({_differ(_INDEXED)})" if name == "replaced" else ""
    values = ", ".join(f"{column} = OLD.{column}" for column in _INDEXED)
    return f"""
    UPDATE articles_unindexed SET {values}
        WHERE article_id = OLD.id AND body IS NULL{have_changed};
"""


_INDEXED = ("headline", "summary", "body")


def _to_be_read():
    """Detection has not read the article as it will be; of another text it has said nothing."""
    return f"""
    DELETE FROM articles_reading WHERE article_id = OLD.id AND ({_differ(READ)});
    DELETE FROM articles_suggestion WHERE article_id = OLD.id AND ({_differ(["body"])});
"""


def _triggers_of_suggestions():
    """Suggestions are no records; lists count them, so the article's card is to be made anew."""
    made = {}
    for name, event, rows in (
        ("added", "INSERT", ["NEW"]),
        ("changed", "UPDATE", ["OLD", "NEW"]),
        ("removed", "DELETE", ["OLD"]),
    ):
        counts = " OR ".join(f"{row}.times > 0" for row in rows)
        waits = "".join(_to_be_indexed(f"{row}.article_id") for row in rows)
        name = f"articles_suggestion_{name}"
        made[name] = (
            f"CREATE TRIGGER {name} AFTER {event} ON articles_suggestion WHEN {counts}"
            f" BEGIN{waits}    {NEW_TOKEN};\nEND"
        )
    return made


# Readers see these, too; they change in statements of their own.
_TOLD = {
    f"articles_{table}_told": f"CREATE TRIGGER articles_{table}_told AFTER {event}"
    f" ON articles_{table} BEGIN {NEW_TOKEN}; END"
    for table, event in (("verification", "INSERT"), ("change", "UPDATE"))
}


# The guards

# INSERT OR REPLACE deletes what bears the same values. On a connection without PRAGMA
# recursive_triggers no trigger sees it: whoever replaces a kept row meets the guard of its record.
_UNIQUE = {
    "articles_record": [["id"], ["kind", "object_id"], ["kind", "key"]],
    "articles_version": [["id"], ["record_id", "number"]],
    "articles_seal": [["id"], ["record_id", "number", "change_id"]],
    "articles_change": [["id"], ["position"]],
    "articles_verification": [["id"]],
}


def _guards(kept):
    made = {}

    def refuse(table, name, event, condition, why):
        name = f"{table}_guard_{name}"
        when = f" WHEN {condition}" if condition else ""
        made[name] = (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}{when}"
            f" BEGIN SELECT RAISE(ABORT, '{why}'); END"
        )

    for guard in guards(kept, _differ):
        refuse(*guard)
    for table, uniques in _UNIQUE.items():
        same = [" AND ".join(f"{name} = NEW.{name}" for name in names) for names in uniques]
        there = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {borne})" for borne in same)
        refuse(table, "replace", "INSERT", there, "what is on record is not replaced")
    for kind, name, condition, why in stays(kept, "json_extract(v.state, '$.status')"):
        refuse(kind.table, name, "DELETE", condition, why)
    return made
