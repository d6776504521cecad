"""Migrations: the triggers follow every change of a table, and what migrations change is theirs.

SQLite drops the triggers of a table that Django remakes, and refuses to alter a table that another
table's trigger names; so the triggers step aside for the moment of an ALTER TABLE and are made
anew for the columns as they then are. A migration that alters tables and rows at once is noticed
like any other.

What stands is sealed by its columns' names. So before a migration takes a column away, renames it,
or gives it another form, the states of the rows that have something in it become versions, as if
each row had been changed by then.
"""

from collections import defaultdict

from django.core.exceptions import FieldDoesNotExist
from django.db import connections, transaction
from django.db.backends.signals import connection_created
from django.db.migrations import AddField, AlterField, RemoveField, RenameField
from django.db.models import F
from django.db.models.signals import post_migrate, pre_migrate

from articles import search
from articles.models import Change, Record, Version

from .engines import BATCH, engine
from .guards import adopt, install
from .kept import KEYS, kind_of
from .seals import is_empty, standing
from .versions import settle

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


def _remember(using, plan=(), apps=None, **kwargs):
    """What came by SQL before is not the migrations' doing."""
    if not _is_there(using):
        return
    waiting = Change.objects.using(using).filter(position=None)
    _asked_before[using] = list(waiting.values_list("pk", flat=True))
    for model, fields in _about_to_go(plan, apps).items():
        _keep(kind_of(apps.get_model("articles", model)), fields, using)


def _about_to_go(plan, apps):
    """{model: names of its fields} of what the migrations of a plan take from kept tables."""
    going = defaultdict(set)
    for migration, is_backwards in plan:
        for done in migration.operations if migration.app_label == "articles" else ():
            takes_away = isinstance(done, AddField if is_backwards else RemoveField)
            if isinstance(done, RenameField):
                name = done.new_name if is_backwards else done.old_name
            elif takes_away or isinstance(done, AlterField) and _gets_another_form(done, apps):
                name = done.name
            else:
                continue
            going[done.model_name_lower].add(name)
    return {model: names for model, names in going.items() if model in KEYS}


def _gets_another_form(done, apps):
    try:
        before = apps.get_model("articles", done.model_name)._meta.get_field(done.name)
    except (LookupError, FieldDoesNotExist):  # made by another migration of the plan
        return False
    return before.get_internal_type() != done.field.get_internal_type()


def _keep(kind, fields, using):
    dialect, connection = engine(using)
    with transaction.atomic(using):
        dialect.open_change(connection)
        last, rows = 0, True
        while rows:
            after = ("r.id > %s ORDER BY r.id LIMIT %s", [last, BATCH])
            rows = {record_id: state for record_id, *_, state in standing(kind, *after, using)}
            last = max(rows, default=None)
            filled = [
                record_id
                for record_id, state in rows.items()
                if not all(is_empty(state.get(name)) for name in fields)
            ]
            if not filled:
                continue
            change_id = dialect.change_at_work(connection)
            records = Record.objects.using(using).filter(pk__in=filled)
            Version.objects.using(using).bulk_create(
                Version(
                    record=record,
                    number=record.number,
                    change_id=record.change_id,
                    replaced_by_id=change_id,
                    state=rows[record.pk],
                )
                for record in records
            )
            records.update(number=F("number") + 1, change_id=change_id)
        dialect.close_change(connection)


def _install(using, **kwargs):
    if _is_there(using):
        search.install(using)
        install(using)
        adopt(using)
        before = _asked_before.pop(using, [])
        settle(using=using, by="migrate", reason="Migrations of the database", but_for=before)
