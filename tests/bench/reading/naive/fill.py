"""Makes the naive site's tables in the empty database of DATABASE_URL, from a file of rows.

DATABASE_URL=... .venv/bin/python -m tests.bench.reading.naive.fill ROWS
"""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.reading.naive.settings"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from .. import rows  # noqa: E402
from .models import LATE_INDEXES, Article, Country, Person, Source, Topic  # noqa: E402

_INDEX_OF_WORDS = """
    CREATE VIRTUAL TABLE naive_article_fts USING fts5 (headline, summary, body,
        content=naive_article, content_rowid=id, tokenize='porter unicode61')
"""


def fill(path):
    call_command("migrate", run_syncdb=True, verbosity=0)
    with transaction.atomic():
        for model in (Country, Person, Topic, Source, Article):
            columns = [field.column for field in model._meta.concrete_fields if not field.generated]
            found = rows.read(path, f"SELECT {', '.join(columns)} FROM {model._meta.model_name}")
            rows.fill(connection, model._meta.db_table, columns, found)
        for name, noun in rows.LINKS.items():
            table = Article._meta.get_field(name).m2m_db_table()
            columns = ["article_id", f"{noun}_id"]
            linked = rows.read(path, f"SELECT {', '.join(columns)} FROM article_{noun}")
            rows.fill(connection, table, columns, linked)
    with connection.schema_editor() as editor:
        for index in LATE_INDEXES:
            editor.add_index(Article, index)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_INDEX_OF_WORDS)
            for command in ("rebuild", "optimize"):
                cursor.execute(
                    "INSERT INTO naive_article_fts (naive_article_fts) VALUES (%s)", [command]
                )
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


if __name__ == "__main__":
    fill(sys.argv[1])
