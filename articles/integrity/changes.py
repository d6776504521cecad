"""The state of the archive: one random token, which triggers replace at every change.

Saved, imported, loaded, changed by `update()` or by SQL: whatever changes a row that readers may
see replaces the token within the same transaction. Two answers made under one token were made
from the same archive. A token never comes back, not even when a backup is restored.

SQLite has triggers a row, and its writers wait for one another anyway. On PostgreSQL the token is
replaced once a transaction, at its end (a deferred trigger): two editors at work hold no lock
against each other but while they commit.
"""

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections

# Runs of imports are the desk's own record; readers see nothing of them.
UNSEEN = {"articles_importrun"}

_SQLITE = {
    "table": "CREATE TABLE IF NOT EXISTS articles_state (token TEXT NOT NULL)",
    "token": "lower(hex(randomblob(12)))",
    "triggers": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "before": [],
    "trigger": {
        f"{{table}}_state_{operation.lower()}": (
            f"CREATE TRIGGER {{table}}_state_{operation.lower()} AFTER {operation} ON {{table}}"
            " BEGIN UPDATE articles_state SET token = lower(hex(randomblob(12))); END"
        )
        for operation in ("INSERT", "UPDATE", "DELETE")
    },
}
_POSTGRESQL = {
    "table": "CREATE TABLE IF NOT EXISTS articles_state (token text NOT NULL)",
    "token": "replace(gen_random_uuid()::text, '-', '')",
    "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "before": [
        """
        CREATE OR REPLACE FUNCTION articles_state_moves() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('archive.moved', true) IS DISTINCT FROM txid_current()::text THEN
                PERFORM set_config('archive.moved', txid_current()::text, true);
                UPDATE articles_state SET token = replace(gen_random_uuid()::text, '-', '');
            END IF;
            RETURN NULL;
        END $$
        """
    ],
    "trigger": {
        "{table}_state_row": (
            "CREATE CONSTRAINT TRIGGER {table}_state_row AFTER INSERT OR UPDATE OR DELETE"
            " ON {table} DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION articles_state_moves()"
        ),
        "{table}_state_truncate": (
            "CREATE TRIGGER {table}_state_truncate AFTER TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION articles_state_moves()"
        ),
    },
}
_ENGINES = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def state(using=DEFAULT_DB_ALIAS):
    """The token of the archive as it is now: 24 to 32 letters and digits. One query."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT token FROM articles_state")
        return cursor.fetchone()[0]


def tables():
    """The tables of all that a reader may see."""
    models = apps.get_app_config("articles").get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models} - UNSEEN)


def install(using=DEFAULT_DB_ALIAS):
    """Make the token's table and the triggers, where they are missing.

    After every migration, since SQLite drops the triggers of a table that it remakes; the token
    is replaced then, as a migration may have changed anything.
    """
    sql = _ENGINES[connections[using].vendor]
    with connections[using].cursor() as cursor:
        cursor.execute(sql["table"])
        cursor.execute("DELETE FROM articles_state")
        cursor.execute(f"INSERT INTO articles_state (token) VALUES ({sql['token']})")
        for statement in sql["before"]:
            cursor.execute(statement)
        cursor.execute(sql["triggers"])
        there = {name for (name,) in cursor.fetchall()}
        for table in tables():
            for name, create in sql["trigger"].items():
                if name.format(table=table) not in there:
                    cursor.execute(create.format(table=table))
