"""Builds the archive of DATABASE_URL, empty until now, from a file of rows.

    DATABASE_URL=... .venv/bin/python -m tests.bench.reading.archive ROWS    (without ROWS: empty)

Prints as JSON how many seconds each step took, and how much memory was held at most.
`fill_articles` stands for the import, past which it goes: bulk SQL with the guards lifted, then
records and seals as for rows that were there before the archive kept versions.
"""

import json
import os
import resource
import sys
import time
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_archive.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import integrity  # noqa: E402
from articles.models import Article, Change, Country, Person, Record, Source, Topic  # noqa: E402
from articles.names.fold import fold  # noqa: E402

from . import rows  # noqa: E402

IN_ONE_CHANGE = 10_000
_PLAIN = ("slug", "headline", "summary", "body", "byline", "dateline", "source_id", "language")
_DATES = ("published", "published_earliest", "published_latest")


def build(path, step):
    with step("migrate"):
        call_command("migrate", verbosity=0)
    if path:
        fill_articles(path, step)
        with step("index"):
            call_command("rebuild_search", stdout=sys.stderr)
    with step("statistics"), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA journal_mode = WAL").fetchall()


def fill_articles(path, step):
    """Everything but the index: nouns, articles and links, their records and seals."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # an archive that is not built yet needs no journal
            cursor.execute("PRAGMA journal_mode = MEMORY").fetchall()
            cursor.execute("PRAGMA synchronous = OFF")
    with step("rows"), integrity.guards_lifted(), transaction.atomic():
        fill(path)
    with step("records"):
        integrity.adopt()
        with integrity.guards_lifted(), transaction.atomic():
            part_changes()
        with connection.cursor() as cursor:  # else SQLite reads all people for those of an article
            cursor.execute("ANALYZE")
    with step("seals"):
        integrity.settle(by="bench", reason="Made for the bench")
    if connection.vendor == "sqlite":  # what is there by now may be kept, if the rest fails
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode = WAL").fetchall()


def part_changes():
    """Give each so many records a change of their own: a change is held in memory to be sealed."""
    last = Record.objects.order_by("pk").last().pk
    for start in range(IN_ONE_CHANGE + 1, last + 1, IN_ONE_CHANGE):
        change = Change.objects.create(at=timezone.now())
        records = Record.objects.filter(pk__gte=start, pk__lt=start + IN_ONE_CHANGE)
        records.update(change=change)


def fill(path):
    insert(Country, rows.read(path, "SELECT id, slug, name FROM country"), "slug", "name")
    insert(Topic, rows.read(path, "SELECT id, slug, name FROM topic"), "slug", "name")
    insert(
        Source,
        rows.read(path, "SELECT id, slug, name, language, country_id FROM source"),
        *("slug", "name", "language", "country_id"),
    )
    people = rows.read(path, "SELECT id, slug, name FROM person")
    insert(Person, ((*person, fold(person[2])) for person in people), "slug", "name", "folded_name")
    columns = (*_PLAIN, *_DATES, "import_ref", "url")
    articles = rows.read(path, f"SELECT id, {', '.join(columns)}, 'published' FROM article")
    insert(Article, articles, *columns, "status")
    for name, noun in rows.LINKS.items():
        link = Article._meta.get_field(name)
        linked = rows.read(path, f"SELECT article_id, {noun}_id FROM article_{noun}")
        columns = [link.m2m_column_name(), link.m2m_reverse_name()]
        rows.fill(connection, link.m2m_db_table(), columns, linked)
    models = [Country, Topic, Source, Person, Article]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def insert(model, found, *columns):
    """Write rows of id and `columns`; the other columns have their defaults."""
    others = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.column not in columns
    ]
    defaults = [field.get_db_prep_save(field.get_default(), connection) for field in others]
    names = ["id", *columns, *[field.column for field in others]]
    rows.fill(connection, model._meta.db_table, names, ((*row, *defaults) for row in found))


def timed_steps(seconds):
    """A context manager that notes into `seconds`, by name, how long each step took."""

    @contextmanager
    def step(name):
        print(f"  {name} ...", file=sys.stderr, flush=True)
        start = time.perf_counter()
        yield
        seconds[name] = round(time.perf_counter() - start, 1)

    return step


if __name__ == "__main__":
    taken = {}
    build(sys.argv[1] if len(sys.argv) > 1 else None, timed_steps(taken))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in kilobytes
    print(json.dumps({"seconds": taken, "peak_mb": peak // 1024}))
