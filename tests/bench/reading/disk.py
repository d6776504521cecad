"""Bytes on disk of the archive of DATABASE_URL, as JSON: articles, what reading asks beside, rest.

    DATABASE_URL=... .venv/bin/python -m tests.bench.reading.disk

The articles' own are their table and those of their links, with all indexes on them. The index and
read model is every table that is none of the archive's records: whatever a search keeps for itself.
"""

import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_archive.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

_ARTICLES = {"article", "article_countries", "article_people", "article_topics"}
_RECORDS = {
    *("country", "country_successors", "topic", "source", "person", "othername", "post"),
    *("membership", "formerslug", "event", "party", "party_people", "evidence", "importrun"),
    *("change", "record", "version", "seal", "verification", "state"),
}
_OTHERS = ("django_", "auth_", "sqlite_", "pg_")


def sizes():
    """{table: bytes, indexes included}"""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT relname, pg_total_relation_size(relid) FROM pg_statio_user_tables"
            )
        else:
            cursor.execute(
                # By pages: of one table SQLite 3.40 cannot tell more than 4 GB in bytes.
                "SELECT coalesce(m.tbl_name, d.name), sum(d.pageno) * p.page_size"
                " FROM pragma_page_size p, dbstat d"
                " LEFT JOIN sqlite_master m ON m.name = d.name WHERE d.aggregate = 1 GROUP BY 1"
            )
        return {table: int(size) for table, size in cursor.fetchall()}


def part_of(table):
    name = table.removeprefix("articles_")
    if name in _ARTICLES:
        return "articles"
    return "others" if name in _RECORDS or table.startswith(_OTHERS) else "reading"


if __name__ == "__main__":
    told = {"articles": 0, "reading": 0, "others": 0, "tables": sizes()}
    for table, size in told["tables"].items():
        told[part_of(table)] += size
    print(json.dumps(told))
