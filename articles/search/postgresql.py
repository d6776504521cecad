"""The index on PostgreSQL: a table of tsvectors with GIN beside the articles.

Vectors and queries are written out as literals, so that no parser or dictionary of the server's
sees the words again; the headline's words bear weight A, the article's keys (`_c12`, its countries,
people and so on) no place. A body with more places than a tsvector can tell is kept as a string of
its words too (`long_body`), for its phrases. Vectors are stored beside their rows, so that the rows
of a common word are read quickly.
"""

import time
from contextlib import contextmanager
from functools import partial

from django.db import OperationalError, transaction

from . import vocabulary
from .query import Interrupted

ID_TYPE = "bigint"
RANKED = 2000  # articles among which the best are looked for
IS_TOLD_OLD_WORDS = False
NEW_WORDS = (  # of a list in JSON
    "SELECT value FROM json_array_elements_text(%s::json) WHERE NOT EXISTS"
    " (SELECT 1 FROM articles_word WHERE word = value)"
)
INDEXED = "SELECT article_id FROM articles_search"

_CANCELLED = "57014"  # query_canceled
_MAX_POSITION = 16_383  # of a word in a tsvector
_MAX_PLACES = 255  # of one word in a tsvector
_DIGEST = "md5(words::text || coalesce(long_body, ''))"


def install(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('articles_search') IS NULL")
        if cursor.fetchone()[0]:
            _create(cursor, "articles_search")
            _create_index(cursor, "articles_search")
        # What the triggers of articles.integrity saw change, and was not indexed since.
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS articles_unindexed (article_id bigint PRIMARY KEY)"
        )
    vocabulary.install(connection)


def _create(cursor, table):
    cursor.execute(
        f"CREATE TABLE {table} (article_id bigint CONSTRAINT {table}_pkey PRIMARY KEY,"
        " words tsvector NOT NULL, long_body text, digest text NOT NULL)"
        " WITH (toast_tuple_target = 128)"
    )
    # So many words are known to be common; every plan reads them, more would take it longer.
    cursor.execute(f"ALTER TABLE {table} ALTER words SET STATISTICS 300")


def _create_index(cursor, table):
    cursor.execute(f"CREATE INDEX {table}_words ON {table} USING gin (words)")


def lock(connection):
    """Until the end of the transaction: ticks are committed in their order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7247638)")


def take(connection, number):
    """[(article id, None, None, None)] from the queue; a row that another holds is left to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id, NULL, NULL, NULL FROM articles_unindexed"
            " ORDER BY article_id LIMIT %s FOR UPDATE SKIP LOCKED",
            [number],
        )
        return cursor.fetchall()


@contextmanager
def emptied(connection):
    """A new table for the old one, which readers have until the end; yields what writes into it.

    Deleted rows would stay in the old one until it is vacuumed; and to index all words at once is
    quicker than article by article.
    """
    with connection.cursor() as cursor:
        _create(cursor, _NEW)
        yield partial(write, table=_NEW)
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        _create_index(cursor, _NEW)
        cursor.execute("DROP TABLE articles_search")
        cursor.execute(f"ALTER TABLE {_NEW} RENAME TO articles_search")
        cursor.execute(f"ALTER INDEX {_NEW}_pkey RENAME TO articles_search_pkey")
        cursor.execute(f"ALTER INDEX {_NEW}_words RENAME TO articles_search_words")
        cursor.execute("ANALYZE articles_search")


_NEW = "articles_search_new"


def write(connection, rows, table="articles_search"):
    """Index (article id, headline, body, keys) in folded words; none of them is in the index."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (article_id, words, long_body, digest)"
            f" SELECT v.*, {_DIGEST} FROM"
            " (SELECT %s::bigint, %s::tsvector AS words, %s::text AS long_body) v",
            [(pk, *_vector(headline, body, keys)) for pk, headline, body, keys in rows],
        )


def words_of(connection, rows):
    """The words that the index holds of (article id, ...)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT unnest(tsvector_to_array(words)) FROM articles_search"
            " WHERE article_id = ANY(%s)",
            [[row[0] for row in rows]],
        )
        return {word for (word,) in cursor.fetchall() if not word.startswith("_")}


def erase(connection, rows):
    """Take articles out; of (article id, ...) the id will do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM articles_search WHERE article_id = ANY(%s)", [[row[0] for row in rows]]
        )


def compact(connection):
    """VACUUM does, which is the administrator's."""


def is_held(connection, word):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({_MATCHING})", [f"'{word}'"])
        return cursor.fetchone()[0]


def faults(connection):
    """(what, what is wrong with it): whether each article's words are as they were written."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT article_id FROM articles_search WHERE digest <> {_DIGEST}")
        for (pk,) in cursor:
            yield f"article {pk}", "its words in the index were altered"


# Asking

_MATCHING = "SELECT article_id FROM articles_search WHERE words @@ %s::tsquery"


def expression(connection, alternative, forms, keys=()):
    """SQL and parameters of an Alternative that wants something, among articles with `keys`."""
    # One tsquery, so that the index meets all of it at once; the rest are recheckings.
    simple = [f"'{key}'" for key in keys]
    conditions, params = [], []
    for term in alternative.wanted:
        simple.append(_tsquery(term, forms, is_loose=_may_be_long(term)))
        if _may_be_long(term):
            sql, values = _phrase(term, forms)
            conditions.append(sql)
            params += values
    for term in alternative.unwanted:
        if _may_be_long(term):
            sql, values = _phrase(term, forms)
            conditions.append(f"NOT {sql}")
            params += values
        else:
            simple.append(f"!{_tsquery(term, forms)}")
    conditions.insert(0, "words @@ %s::tsquery")
    return f"({' AND '.join(conditions)})", [" & ".join(simple), *params]


def keys_beside_words(keys):
    """Those of (number of articles, key) that make a search quicker: all, as GIN goes through the
    rarest of what it is asked for and merely looks into the rest."""
    return [key for _, key in keys]


def either(expressions):
    expressions = list(expressions)
    return (
        f"({' OR '.join(sql for sql, _ in expressions)})",
        [value for _, values in expressions for value in values],
    )


def any_of(connection, terms, forms):
    """The expression of articles in which any of the terms occurs."""
    return either(
        _phrase(term, forms)
        if _may_be_long(term)
        else ("words @@ %s::tsquery", [_tsquery(term, forms)])
        for term in terms
    )


def matching(asked):
    """(sql, params) of the ids of the articles that match an expression."""
    sql, params = asked
    return f"SELECT article_id FROM articles_search WHERE {sql}", params


def hits(connection, asked, check):
    """The ids as texts, parted by commas."""
    sql, params = matching(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(article_id::text, ',') FROM ({sql}) found", params)
        yield cursor.fetchone()[0] or ""


def ranked(connection, asked, ids, wanted, forms):
    """(article ids, their ranks) as texts, parted by commas; a word in the headline weighs more,
    greater is better."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(article_id::text, ','), string_agg(rank::text, ',') FROM"
            " (SELECT article_id, ts_rank('{0.2, 0.2, 0.2, 1.0}', words, %s::tsquery) AS rank"
            " FROM articles_search WHERE article_id = ANY(%s)) found",
            [" | ".join(_tsquery(term, forms) for term in wanted), ids.tolist()],
        )
        return [text or "" for text in cursor.fetchone()]


@contextmanager
def clock(connection, seconds):
    """Within, nothing that is asked takes longer. Yields a check; raises Interrupted."""
    end = time.monotonic() + seconds

    def check():
        if time.monotonic() > end:
            raise Interrupted

    is_within = connection.in_atomic_block  # else the end of the transaction undoes what is set
    try:
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
            yield check
            if is_within:
                cursor.execute("SET LOCAL statement_timeout = 0")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == _CANCELLED:
            raise Interrupted from None
        raise


def _may_be_long(term):
    return len(term.words) > 1 and not term.in_headline


def _phrase(term, forms):
    """A phrase of which the end of a long body is told by the string of its words."""
    pattern = " ".join(f"({'|'.join(forms[word])})" for word in term.words)
    every_word = _tsquery(term, forms, is_loose=True)
    return (
        "(words @@ %s::tsquery OR words @@ %s::tsquery AND coalesce(long_body, '') ~ %s)",
        [_tsquery(term, forms), every_word, f" {pattern} "],
    )


def _tsquery(term, forms, is_loose=False):
    # Words hold no quote and no backslash, so quoting is all that a tsquery asks.
    label = ":A" if term.in_headline else ""
    words = ["(" + " | ".join(f"'{form}'{label}" for form in forms[w]) + ")" for w in term.words]
    asked = (" & " if is_loose else " <-> ").join(words)
    if term.is_begun:
        asked += f" | '{term.words[0]}':*A"
    return f"({asked})"


def _vector(headline, body, keys):
    """(tsvector, long body or None)."""
    places, is_long = {}, False
    headline_words = headline.split()
    for position, word in enumerate(headline_words, 1):
        places.setdefault(word, []).append(f"{min(position, _MAX_POSITION)}A")
    # A gap, so that no phrase runs from the headline into the text.
    for position, word in enumerate(body.split(), len(headline_words) + 2):
        found = places.setdefault(word, [])
        is_long = is_long or position >= _MAX_POSITION
        if len(found) < _MAX_PLACES and position <= _MAX_POSITION or not found:
            found.append(str(min(position, _MAX_POSITION)))
        else:
            is_long = True
    vector = " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())
    vector += "".join(f" '{key}'" for key in keys.split())
    return vector, f" {body} " if is_long else None
