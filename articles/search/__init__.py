"""The index of words: with the settings and `integrity` alone it knows which engine runs.

What is indexed and what is asked go through the same folding and stemming (`terms`), so that both
engines see the same plain words and give the same answer; the engines only store and match them
(SQLite: FTS5, PostgreSQL: tsvector with GIN).

    search.parse("Karabakh -Yerevan")     -> Query, or QueryError with a sentence for the reader
    search.matching(queryset, query)      -> the articles that match
    search.by_relevance(queryset, query)  -> those articles, best first
    search.write(articles), erase(ids)    -> keep the index true
    search.catch_up()                     -> index what changed by another way (see below)
    search.rebuild(batches), is_stale()   -> make it anew; whether it lacks or keeps anything
    search.passage(text, query)           -> where the match stands, marked

Whichever route a change takes, the triggers of `articles.integrity` put the article's id into
`articles_unindexed`; `write` and `erase` take it out. Before it answers, a search indexes what is
still there: after `update()` or SQL the next search finds rightly.
"""

import hashlib
from types import SimpleNamespace

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from . import postgresql, sqlite
from .passage import marked, passage
from .query import MAX_LENGTH as MAX_QUERY
from .query import Query, QueryError, parse
from .terms import stems

__all__ = [
    "MAX_QUERY",
    "Query",
    "QueryError",
    "by_relevance",
    "catch_up",
    "compact",
    "erase",
    "install",
    "is_stale",
    "marked",
    "matching",
    "parse",
    "passage",
    "rebuild",
    "write",
]

# What is indexed of one text, in bytes: a tsvector holds at most 1 MB, places of words included.
MAX_INDEXED = 500_000
BATCH = 500  # articles indexed at once
_ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


def _engine(using=DEFAULT_DB_ALIAS):
    connection = connections[using]
    return _ENGINES[connection.vendor], connection


def matching(queryset, query):
    """The articles of `queryset` that match a Query."""
    engine, _ = _engine(queryset.db)
    catch_up()
    condition = Q()
    for alternative in query.alternatives:
        if alternative.wanted:
            sql, params = engine.match(alternative.wanted, alternative.unwanted)
            condition |= Q(pk__in=RawSQL(sql, params))
        else:
            # What must not occur, alone: everything but the articles in which any of it occurs.
            found = [engine.match([term], []) for term in alternative.unwanted]
            without = Q()
            for sql, params in found:
                without &= ~Q(pk__in=RawSQL(sql, params))
            condition |= without
    return queryset.filter(condition)


def by_relevance(queryset, query):
    """The articles of `queryset`, all `matching` a Query: the best match first, then the newest."""
    engine, _ = _engine(queryset.db)
    wanted = [term for alternative in query.alternatives for term in alternative.wanted]
    if not wanted:
        return queryset.newest()
    sql, params = engine.rank(wanted)
    ranked = queryset.annotate(relevance=RawSQL(sql, params))
    return ranked.order_by("-relevance", F("published_latest").desc(nulls_last=True), "-pk")


def write(articles, using=DEFAULT_DB_ALIAS):
    """Index these articles as they are now."""
    engine, connection = _engine(using)
    rows = [
        (article.pk, stems(article.headline), _cut(stems(_text(article))), made_of(article))
        for article in articles
    ]
    if rows:
        engine.write(connection, rows)
        _forget(connection, [row[0] for row in rows])


def _forget(connection, ids):
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM articles_unindexed WHERE article_id = %s", [(pk,) for pk in ids]
        )


def catch_up():
    """Index the articles that changed by a way that did not do so itself."""
    engine, connection = _engine()
    while _waiting(connection, "LIMIT 1"):
        with transaction.atomic():
            ids = _waiting(connection, f"ORDER BY article_id LIMIT {BATCH} {engine.TAKE}")
            if not ids:  # another reader is at it
                return
            there = list(_articles(connection, ids))
            write(there)
            erase(set(ids) - {article.pk for article in there})


def _waiting(connection, which):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT article_id FROM articles_unindexed {which}")
        return [pk for (pk,) in cursor.fetchall()]


def _articles(connection, ids):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, headline, summary, body FROM articles_article"
            f" WHERE id IN ({', '.join(map(str, ids))})"
        )
        for pk, headline, summary, body in cursor.fetchall():
            yield SimpleNamespace(pk=pk, headline=headline, summary=summary, body=body)


def _text(article):
    return f"{article.summary}\n\n{article.body}"[:MAX_INDEXED]


def made_of(article):
    """A hash of what is indexed of an article."""
    text = f"{article.headline}\n{_text(article)}".encode()
    return hashlib.md5(text, usedforsecurity=False).hexdigest()


def _cut(text):
    return text.encode()[:MAX_INDEXED].decode(errors="ignore")


def erase(ids):
    engine, connection = _engine()
    engine.erase(connection, list(ids))
    _forget(connection, ids)


def compact():
    """Let the index's pages forget what was erased from it: words of redacted articles, too."""
    engine, connection = _engine()
    engine.compact(connection)


def install(using=DEFAULT_DB_ALIAS):
    """Make what the index needs, where it is missing; of an empty table the index is emptied."""
    engine, connection = _engine(using)
    engine.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM articles_search LIMIT 0")
        if "made_of" not in [column[0] for column in cursor.description]:
            cursor.execute("DROP TABLE articles_search")  # of an older edition: made anew
            engine.install(connection)
            cursor.execute(
                "INSERT INTO articles_unindexed (article_id) SELECT id FROM articles_article"
                " WHERE id NOT IN (SELECT article_id FROM articles_unindexed)"
            )
        cursor.execute("SELECT EXISTS (SELECT 1 FROM articles_article)")
        if not cursor.fetchone()[0]:
            cursor.execute("DELETE FROM articles_search")
            cursor.execute("DELETE FROM articles_unindexed")


def rebuild(batches, using=DEFAULT_DB_ALIAS):
    """Make the index anew from batches of articles; call it within a transaction."""
    _, connection = _engine(using)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search")
        cursor.execute("DELETE FROM articles_unindexed")
    for batch in batches:
        write(batch, using)


def disagreements():
    """(article id, what is wrong) wherever the index and the archive disagree."""
    engine, connection = _engine()
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT a.id, a.headline, a.summary, a.body, s.made_of, {engine.DIGEST}"
            f" FROM articles_article a LEFT JOIN articles_search s ON s.{engine.KEY} = a.id"
        )
        while rows := cursor.fetchmany(BATCH):
            for pk, headline, summary, body, indexed, digest, words in rows:
                article = SimpleNamespace(headline=headline, summary=summary, body=body)
                if indexed is None:
                    yield pk, "it is not in the index of words"
                elif indexed != made_of(article):
                    yield pk, "the index holds the words of another text"
                elif digest != engine.words_digest(words):
                    yield pk, "its words in the index were altered"
        cursor.execute(
            f"SELECT {engine.KEY} FROM articles_search"
            f" WHERE {engine.KEY} NOT IN (SELECT id FROM articles_article)"
        )
        yield from ((pk, "it is in the index, and in no other place") for (pk,) in cursor)


def is_stale(using=DEFAULT_DB_ALIAS):
    """Whether some article is not indexed or waits for it, or something is that is no article."""
    engine, connection = _engine(using)
    with connection.cursor() as cursor:
        cursor.execute(f"""
            SELECT EXISTS (SELECT 1 FROM articles_article
                           WHERE id NOT IN (SELECT {engine.KEY} FROM articles_search))
                OR EXISTS (SELECT 1 FROM articles_search
                           WHERE {engine.KEY} NOT IN (SELECT id FROM articles_article))
                OR EXISTS (SELECT 1 FROM articles_unindexed)
        """)
        return bool(cursor.fetchone()[0])
