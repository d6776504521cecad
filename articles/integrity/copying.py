"""An archive into another one, empty so far: whole and proved by equal manifests, or not at all.

`copy_into(settings)` reads this archive in one snapshot. `filling(target, ...)` is the frame of
every such copy, of a restore too: one transaction, in which the triggers step aside, rows come in
with their ids, and everything is proved before it ends. A manifest lists what the seals say; that
the rows themselves are the same is proved by `contents`.
"""

import hashlib
import json
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, Error, connections, models, transaction

from articles import search
from articles.models import Record

from .beside import opened, snapshot
from .engines import engine
from .guards import guards_lifted, install
from .manifest import write_manifest
from .refusals import Refused
from .sequences import last_ids, set_last_ids

BATCH = 200  # rows held in memory at once


def copy_into(settings, using=DEFAULT_DB_ALIAS, progress=lambda rows: None):
    """Copy this archive into the empty one that these settings of a connection lead to.

    Returns the first line of their manifest: {"head": ..., "records": ...}.

    Every table but sessions comes along, accounts included, ids as they are. The target is
    migrated if it is not yet. Raises Refused, and then the target is as empty as before.
    """
    with opened(settings) as target, TemporaryDirectory() as folder, words_for_errors():
        if not Record.objects.using(using).exists():
            raise Refused("This archive holds no records: there is nothing to copy.")
        make_ready(target)
        with snapshot(using) as source:
            manifest = Path(folder, "manifest")
            write_manifest(manifest, using=source)
            with filling(target, manifest, contents(source)):
                copy_rows(source, target, progress)
            return json.loads(manifest.read_text().splitlines()[0])


def copied():
    """The models whose rows come along: all but sessions, whose holders sign in again."""
    return [model for model in _all_models() if model._meta.app_label != "sessions"]


def _all_models():
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]


def make_ready(target):
    """Migrate an empty database. Raises Refused where it holds an archive, or anything else."""
    connection = connections[target]
    tables = connection.introspection.table_names()
    if Record._meta.db_table in tables:
        _refuse_unless_empty(target)
    elif tables:
        raise Refused("The database is not empty, and holds no archive of this version.")
    call_command("migrate", database=target, interactive=False, verbosity=0)


def _refuse_unless_empty(target):
    for model, words in ((Record, "records"), (User, "accounts")):
        if held := model.objects.using(target).count():
            raise Refused(f"The archive to be filled is not empty: it holds {held:,} {words}.")


@contextmanager
def words_for_errors():
    """What the database or the disk refuses is Refused, in its own words."""
    try:
        yield
    except (Error, OSError) as error:
        raise Refused(str(error).strip()) from error


@contextmanager
def filling(target, manifest, wanted):
    """Within, rows are brought into an empty archive; at the end all is there, or nothing.

    Raises Refused where they do not hold, make another manifest than this file, or have other
    `contents` than `wanted`.
    """
    connection = connections[target]
    with transaction.atomic(target):
        # The inner transaction ends first, so that the triggers can be made again after an error.
        with guards_lifted(target), transaction.atomic(target):
            _refuse_unless_empty(target)  # nobody can write from here on
            _clear(connection)
            yield
            connection.check_constraints()
        install(target)
        search.rebuild(using=target)
        _prove(target, manifest, wanted)
    ContentType.objects.clear_cache()


def _clear(connection):
    """Take out what the migrations put in: the original has the same, under its own ids."""
    with connection.cursor() as cursor:
        for model in _all_models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def copy_rows(source, target, progress=lambda rows: None):
    """All rows, with their ids, and the last ids that were given out."""
    models_copied = copied()
    for model in models_copied:
        _copy(model, source, target, progress)
    tables = {model._meta.db_table for model in models_copied}
    set_last_ids(target, {t: number for t, number in last_ids(source).items() if t in tables})


def _copy(model, source, target, progress):
    fields, connection = model._meta.concrete_fields, connections[target]
    quote = connection.ops.quote_name
    insert = (
        f"INSERT INTO {quote(model._meta.db_table)}"
        f" ({', '.join(quote(field.column) for field in fields)})"
        f" VALUES ({', '.join(['%s'] * len(fields))})"
    )
    rows = _rows(model, source)
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(
                insert, [tuple(map(_value, fields, row, [connection] * len(row))) for row in batch]
            )
            progress(len(batch))


def _rows(model, using):
    columns = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.using(using).order_by("pk").values_list(*columns)
    return rows.iterator(BATCH)


def _value(field, value, connection):
    # Text goes as it is: a field that checks its text would refuse what the archive does hold.
    if isinstance(field, (models.CharField, models.TextField)):
        return value
    return field.get_db_prep_save(value, connection)


def contents(using):
    """A SHA-256 over all rows that are copied; the same on both engines."""
    digest = hashlib.sha256()
    for model in copied():
        digest.update(model._meta.label_lower.encode())
        for row in _rows(model, using):
            digest.update(json.dumps(row, sort_keys=True, default=_as_text).encode())
    return digest.hexdigest()


def _as_text(value):
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else str(value)


def _prove(target, manifest, wanted):
    dialect, connection = engine(target)
    if faults := list(dialect.faults(connection)):
        raise Refused(f"Triggers are not as they should be: {faults[:5]}")
    if search.is_stale(using=target):
        raise Refused("The index of words disagrees with the archive.")
    with TemporaryDirectory() as folder:
        made = Path(folder, "manifest")
        write_manifest(made, using=target)
        if made.read_bytes() != Path(manifest).read_bytes():
            raise Refused(f"The manifests differ, nothing was kept: {difference(manifest, made)}")
    if contents(target) != wanted:
        raise Refused("Some rows did not come in as they were; nothing was kept.")


def difference(wanted, made):
    """In words, what tells two manifests apart: how many lines, and the first of them."""
    wanted, made = (Path(path).read_text().splitlines()[1:] for path in (wanted, made))
    told = []
    for title, lines, others in (("missing", wanted, made), ("not expected", made, wanted)):
        if found := sorted(set(lines) - set(others)):
            told.append(f"{len(found):,} {title}, as {' '.join(found[:3])}")
    return "; ".join(told) or "in their order or their head"
