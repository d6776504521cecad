"""Migrations: the triggers follow every change of a table, and what migrations change is theirs.

SQLite drops the triggers of a table that Django remakes, and refuses to alter a table that another
table's trigger names; so the triggers step aside for the moment of an ALTER TABLE and are made
anew for the columns as they then are. A migration that alters tables and rows at once is noticed
like any other.
"""

from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from articles import search
from articles.models import Change

from .guards import adopt, install
from .versions import engine, settle

_asked_before = {}  # by database: the changes that waited for their seal before the migrations


def connect(sender):
    connection_created.connect(_watch)
    pre_migrate.connect(_remember, sender=sender)
    post_migrate.connect(_install, sender=sender)
    for connection in connections.all(initialized_only=True):
        _watch(connection=connection)


def _watch(connection, **kwargs):
    if _follow not in connection.execute_wrappers:
        connection.execute_wrappers.append(_follow)


def _follow(execute, sql, params, many, context):
    if not (isinstance(sql, str) and sql.startswith("ALTER TABLE") and "articles_" in sql):
        return execute(sql, params, many, context)
    if " TRIGGER " in sql:
        return execute(sql, params, many, context)
    connection = context["connection"]
    dialect, _ = engine(connection.alias)
    if not dialect.present(connection):
        return execute(sql, params, many, context)
    dialect.drop_triggers(connection)
    result = execute(sql, params, many, context)
    dialect.install(connection)
    return result


def _is_there(using):
    return Change._meta.db_table in connections[using].introspection.table_names()


def _remember(using, **kwargs):
    """What came by SQL before is not the migrations' doing."""
    waiting = Change.objects.using(using).filter(position=None)
    _asked_before[using] = list(waiting.values_list("pk", flat=True)) if _is_there(using) else []


def _install(using, **kwargs):
    if _is_there(using):
        search.install(using)
        install(using)
        adopt(using)
        before = _asked_before.pop(using, [])
        settle(using=using, by="migrate", reason="Migrations of the database", but_for=before)
