"""The mechanism on PostgreSQL: the same triggers as on SQLite, in PL/pgSQL.

Which change is at work is told by two settings of the transaction: `archive.is_open`, set by
Python, and `archive.change_id`, set by the first trigger that needs it. Where Python opened none, a
trigger before each statement forgets the change of the statement before. Rows are seen by triggers
before they are touched; new rows are filed once a statement, all together.

Tables are read by index within (`_BY_INDEX`): a session keeps the plans that it made while they
were small, and one that reads whole tables would be kept through a long import. What has to be read
whole then has so high a price that its plan is compiled, 40 ms each time: `jit` is off as well.
"""

from ..rules import JOURNAL, NO_DELETION, READ, guards, key, key_of, stays

_BY_INDEX = "SET enable_seqscan TO off SET jit TO off"

NEW_TOKEN = "UPDATE articles_state SET token = replace(gen_random_uuid()::text, '-', '')"

_FUNCTIONS = {
    # The state's token is replaced once a transaction, at its end: two editors at work hold no lock
    # against each other but while they commit.
    "articles_moves()": f"""
        RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('archive.moved', true) IS DISTINCT FROM txid_current()::text THEN
                PERFORM set_config('archive.moved', txid_current()::text, true);
                {NEW_TOKEN};
            END IF;
            RETURN NULL;
        END $$""",
    "articles_begins()": """
        RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF coalesce(current_setting('archive.is_open', true), '') <> '1' THEN
                PERFORM set_config('archive.change_id', '', true);
            END IF;
            RETURN NULL;
        END $$""",
    "articles_change_at_work()": """
        RETURNS bigint LANGUAGE plpgsql AS $$
        DECLARE found text := current_setting('archive.change_id', true);
        BEGIN
            IF coalesce(found, '') = '' THEN
                INSERT INTO articles_change (at, made_by, reason, kind, note, sha256)
                    VALUES (clock_timestamp(), '', '', '', '', '') RETURNING id::text INTO found;
                PERFORM set_config('archive.change_id', found, true);
            END IF;
            RETURN found::bigint;
        END $$""",
    "articles_refuses()": """
        RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
        END $$""",
}


# The state of a record as JSON


def state(kind):
    """SQL of the state of the row `t` of this kind, as JSON."""
    parts = [f"'{column.name}', {_value(column)}" for column in kind.columns]
    parts += [f"'{link.name}', {_linked(link)}" for link in kind.links]
    return f"jsonb_build_object({', '.join(parts)})"


def _value(column):
    source = f't."{column.column}"'
    return {
        "record": key_of(column.of, source),
        "bytes": f"encode({source}, 'hex')",
        "instant": f"""to_char({source} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    }.get(column.form, source)


def _linked(link):
    return (
        f"(SELECT coalesce(jsonb_agg(r.key ORDER BY r.key COLLATE \"C\"), '[]') FROM {link.table} l"
        f" JOIN articles_record r ON r.kind = '{link.of}' AND r.object_id = l.{link.other}"
        f" WHERE l.{link.owner} = t.id)"
    )


# The functions and triggers of each kind


def _keep(kind):
    """A function that copies the state that stands, unless this change has touched the record."""
    return f"""
        RETURNS void LANGUAGE plpgsql {_BY_INDEX} AS $$
        DECLARE
            work bigint := articles_change_at_work();
            touched record;
        BEGIN
            SELECT id, number, change_id INTO touched FROM articles_record
                WHERE kind = '{kind.name}' AND object_id = pk FOR NO KEY UPDATE;
            IF touched.change_id <> work THEN
                INSERT INTO articles_version (record_id, number, change_id, replaced_by_id, state)
                    SELECT touched.id, touched.number, touched.change_id, work, {state(kind)}
                    FROM {kind.table} t WHERE t.id = pk;
                UPDATE articles_record SET number = number + 1, change_id = work
                    WHERE id = touched.id;
            END IF;
        END $$"""


def _file(kind):
    """New rows become records; where a key was borne before, the id makes it another."""
    return f"""
        RETURNS trigger LANGUAGE plpgsql {_BY_INDEX} AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM born) THEN
                INSERT INTO articles_record (kind, object_id, key, number, change_id)
                    SELECT '{kind.name}', f.id, f.key || CASE WHEN EXISTS (
                        SELECT 1 FROM articles_record r
                        WHERE r.kind = '{kind.name}' AND r.key = f.key
                    ) THEN '~' || f.id ELSE '' END, 1, articles_change_at_work()
                    FROM (SELECT b.id, {key(kind, "b", cast="::text")} AS key FROM born b) f;
                {_to_be_indexed(kind, "SELECT id FROM born")}
            END IF;
            RETURN NULL;
        END $$"""


def _to_be_indexed(kind, ids):
    if kind.name != "article":
        return ""
    return (  # DO UPDATE, and so wait for one who is just reading it
        f"INSERT INTO articles_unindexed (article_id) {ids}"
        " ON CONFLICT (article_id) DO UPDATE SET article_id = excluded.article_id;"
    )


def _before(kind, is_read):
    """What happens before a row is changed or deleted."""
    return f"""
        RETURNS trigger LANGUAGE plpgsql {_BY_INDEX} AS $$
        BEGIN
            PERFORM articles_keep_{kind.name}(OLD.id);
            {_to_be_indexed(kind, "VALUES (OLD.id)")}
            IF TG_OP = 'DELETE' THEN
                UPDATE articles_record SET object_id = NULL
                    WHERE kind = '{kind.name}' AND object_id = OLD.id;
                RETURN OLD;
            END IF;
            {_to_be_read() if is_read else ""}
            RETURN NEW;
        END $$"""


def _to_be_read():
    """Detection has not read the article as it will be; of another text it has said nothing."""
    return f"""
            DELETE FROM articles_reading WHERE article_id = OLD.id AND ({_differ(READ)});
            DELETE FROM articles_suggestion
                WHERE article_id = OLD.id AND ({_differ(["body"])});"""


# Suggestions are no records; lists count them, so the article's card is to be made anew.
_SUGGESTED = """
    RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' AND OLD.times > 0 THEN
            INSERT INTO articles_unindexed (article_id) VALUES (OLD.article_id)
                ON CONFLICT (article_id) DO UPDATE SET article_id = excluded.article_id;
        END IF;
        IF TG_OP <> 'DELETE' AND NEW.times > 0 THEN
            INSERT INTO articles_unindexed (article_id) VALUES (NEW.article_id)
                ON CONFLICT (article_id) DO UPDATE SET article_id = excluded.article_id;
        END IF;
        RETURN NULL;
    END $$"""


def _before_link(kind, link):
    # INSERT ... ON CONFLICT DO NOTHING of a link that is there fires it, too, and changes nothing.
    return f"""
        RETURNS trigger LANGUAGE plpgsql {_BY_INDEX} AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                PERFORM articles_keep_{kind.name}(OLD.{link.owner});
                {_to_be_indexed(kind, f"VALUES (OLD.{link.owner})")}
            END IF;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            IF NOT EXISTS (SELECT 1 FROM {link.table} WHERE {link.owner} = NEW.{link.owner}
                           AND {link.other} = NEW.{link.other}) THEN
                PERFORM articles_keep_{kind.name}(NEW.{link.owner});
                {_to_be_indexed(kind, f"VALUES (NEW.{link.owner})")}
            END IF;
            RETURN NEW;
        END $$"""


def functions(kept):
    """What follows CREATE FUNCTION name, by name with arguments."""
    made = dict(_FUNCTIONS)
    for kind in kept.values():
        made[f"articles_keep_{kind.name}(pk bigint)"] = _keep(kind)
        made[f"{kind.table}_is_born()"] = _file(kind)
        is_read = kind.name == "article" and "mention" in kept
        made[f"{kind.table}_changes()"] = _before(kind, is_read)
        for link in kind.links:
            made[f"{link.table}_changes()"] = _before_link(kind, link)
    if "mention" in kept:
        made["articles_suggested()"] = _SUGGESTED
    for kind, name, condition, why in stays(kept, _STATUS):
        made[f"{kind.table}_{name}_guard()"] = _stays(condition, why)
    return made


def triggers(kept):
    """What makes each trigger, by (table, name)."""
    made = {}

    def add(table, name, what):
        made[table, f"{table}_{name}"] = what

    def seen(table):
        add(
            table,
            "seen",
            "CONSTRAINT TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE ON {table}"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION articles_moves()",
        )

    def watch(table):
        seen(table)
        add(
            table,
            "begins",
            "TRIGGER {name} BEFORE INSERT OR DELETE OR UPDATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION articles_begins()",
        )
        add(table, "guard_truncate", _refuse("TRUNCATE", NO_DELETION, "STATEMENT"))

    for kind in kept.values():
        watch(kind.table)
        add(
            kind.table,
            "born",
            "TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS born"
            " FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_born()",
        )
        add(
            kind.table,
            "replaced",
            "TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW"
            " WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION {table}_changes()",
        )
        add(
            kind.table,
            "removed",
            "TRIGGER {name} BEFORE DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION {table}_changes()",
        )
        for link in kind.links:
            watch(link.table)
            add(
                link.table,
                "linked",
                "TRIGGER {name} BEFORE INSERT OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION {table}_changes()",
            )
            add(
                link.table,
                "moved",
                "TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW"
                f" WHEN ({_differ([link.owner, link.other])}) EXECUTE FUNCTION {{table}}_changes()",
            )
    if "mention" in kept:
        seen("articles_suggestion")
        add(
            "articles_suggestion",
            "suggested",
            "TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION articles_suggested()",
        )
    seen("articles_verification")
    seen("articles_change")
    return made | _guards(kept)


def _differ(columns):
    return " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)


# The guards


_STATUS = "v.state ->> 'status'"


def _stays(condition, why):
    return f"""
        RETURNS trigger LANGUAGE plpgsql {_BY_INDEX} AS $$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{why}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN OLD;
        END $$"""


def _refuse(event, why, each="ROW", condition=""):
    when = f" WHEN ({condition})" if condition else ""
    return (
        f"TRIGGER {{name}} BEFORE {event} ON {{table}} FOR EACH {each}{when}"
        f" EXECUTE FUNCTION articles_refuses('{why}')"
    )


def _guards(kept):
    made = {
        (table, f"{table}_guard_{name}"): _refuse(event, why, condition=condition)
        for table, name, event, condition, why in guards(kept, _differ)
    }
    for table in (f"articles_{name}" for name in JOURNAL):
        made[table, f"{table}_guard_truncate"] = _refuse("TRUNCATE", NO_DELETION, "STATEMENT")
    for kind, name, _, _ in stays(kept, _STATUS):
        made[kind.table, f"{kind.table}_guard_{name}"] = (
            "TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW"
            f" EXECUTE FUNCTION {kind.table}_{name}_guard()"
        )
    return made
