"""The index on SQLite: an FTS5 table whose rowid is the article's id.

It holds folded words, which are letters and digits only, so its own tokenizer merely splits at
spaces; and in a third column the article's keys (`_c12`, its countries, people and so on), which no
reader can type. It is contentless: the texts themselves stand in the articles alone. To take an
article out, FTS5 has to be told what it held, which the triggers keep in the queue.
"""

import time
from contextlib import contextmanager
from itertools import product

from django.db import DatabaseError, OperationalError

from . import cards, vocabulary
from .query import Interrupted

_FTS5 = (
    "fts5(headline, body, keys, {content},"
    " tokenize = \"unicode61 remove_diacritics 0 tokenchars '_'\")"
)
_NO_CONTENT = "content = ''"
MOST_PHRASES = 64  # into which one phrase is parted by the forms of its words
ID_TYPE = "integer"
RANKED = 10_000  # articles among which the best are looked for
_FEW = 60_000  # articles that have a key, for it to be asked for beside words
_STEP = 65_536  # ids looked through between two looks at the clock
_STEPS = 1000  # of the database's machine, likewise


def install(connection):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS articles_search"
            f" USING {_FTS5.format(content=_NO_CONTENT)}"
        )
        # What the triggers of articles.integrity saw change and was not indexed since, with the
        # words that the index holds of it where the article has others by now.
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS articles_unindexed"
            " (article_id integer PRIMARY KEY, headline text, summary text, body text)"
        )
    vocabulary.install(connection, "WITHOUT ROWID")


def lock(connection):
    """Writers wait for one another anyway."""


def take(connection, number):
    """[(article id, headline, summary, body)] from the queue; texts where they are others now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id, headline, summary, body FROM articles_unindexed"
            " ORDER BY article_id LIMIT %s",
            [number],
        )
        return cursor.fetchall()


@contextmanager
def emptied(connection):
    """Empty the index. Yields what writes into it: few large parts, not many small ones."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO articles_search (articles_search) VALUES ('delete-all')")
        cursor.execute(_HELD_BACK, [_LARGE])
        yield write
        cursor.execute(_HELD_BACK, [_USUAL])


# Bytes of postings that FTS5 keeps in memory before it writes a part; in parts of a megabyte each
# posting was copied many times as parts were merged.
_HELD_BACK = "INSERT INTO articles_search (articles_search, rank) VALUES ('hashsize', %s)"
_USUAL, _LARGE = 1 << 20, 1 << 26


def write(connection, rows):
    """Index (article id, headline, body, keys) in folded words; none of them is in the index."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO articles_search (rowid, headline, body, keys) VALUES (%s, %s, %s, %s)",
            rows,
        )


def words_of(connection, rows):
    """The words that the index holds of (article id, headline, body, keys)."""
    return {word for _, headline, body, _ in rows for word in f"{headline} {body}".split()}


def erase(connection, rows):
    """Take (article id, headline, body, keys) out; they must be what was written."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO articles_search (articles_search, rowid, headline, body, keys)"
            " VALUES ('delete', %s, %s, %s, %s)",
            rows,
        )


def compact(connection):
    """FTS5 keeps what was erased until its parts are merged."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO articles_search (articles_search) VALUES ('optimize')")


def is_held(connection, word):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({_MATCHING})", [f'"{word}"'])
        return bool(cursor.fetchone()[0])


IS_TOLD_OLD_WORDS = True  # else it cannot take an article out
NEW_WORDS = (  # of a list in JSON
    "SELECT value FROM json_each(%s) WHERE value NOT IN (SELECT word FROM articles_word)"
)
INDEXED = "SELECT id FROM articles_search_docsize"


def faults(connection):
    """(what, what is wrong with it): whether each article's words are those of the archive.

    FTS5 compares an index with its content; ours has none. So its parts are copied into the
    temporary database, where a table like it has the folded texts of the archive as its content,
    and no writer waits meanwhile.
    """
    _define(connection, "articles_words", 1, cards.held_words)
    _define(connection, "articles_keys", 4, _keys)
    fts5 = _FTS5.format(content="content = 'articles_held', content_rowid = 'id'")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP VIEW articles_held AS {_HELD}")
        cursor.execute(f"CREATE VIRTUAL TABLE temp.articles_check USING {fts5}")
        try:
            for part in _PARTS:
                copy = f"temp.articles_check_{part}"
                cursor.execute(f"DELETE FROM {copy}")
                cursor.execute(f"INSERT INTO {copy} SELECT * FROM main.articles_search_{part}")
            cursor.execute(
                "INSERT INTO temp.articles_check (articles_check, rank)"
                " VALUES ('integrity-check', 1)"
            )
        except DatabaseError:
            yield "the index of words", "it holds others than the archive; rebuild_search mends it"
        finally:
            cursor.execute("DROP TABLE temp.articles_check")
            cursor.execute("DROP VIEW temp.articles_held")


_PARTS = ("data", "idx", "docsize", "config")
_HELD = f"""
    SELECT a.id, articles_words(a.headline) AS headline,
        articles_words(substr(a.summary || char(10, 10) || a.body, 1, {cards.MAX_INDEXED})) AS body,
        articles_keys(c.source, c.countries, c.people, c.topics) AS keys
    FROM main.articles_card c JOIN main.articles_article a ON a.id = c.article_id
"""


def _define(connection, name, arguments, function):
    """Once: SQLite defines no function again while anything is being read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pragma_function_list WHERE name = %s", [name])
        if not cursor.fetchone()[0]:
            connection.connection.create_function(name, arguments, function, deterministic=True)


def _keys(source, *links):
    return cards.keys(source, *map(cards.ids, links))


# Asking

_MATCHING = "SELECT rowid FROM articles_search WHERE articles_search MATCH %s"


def expression(connection, alternative, forms, keys=()):
    """One FTS5 expression of an Alternative that wants something, among articles with `keys`."""
    wanted = [_term(connection, term, forms) for term in alternative.wanted]
    asked = " AND ".join([*(f'"{key}"' for key in keys), *wanted])
    for term in alternative.unwanted:
        asked = f"({asked}) NOT {_term(connection, term, forms)}"
    return f"({asked})"


def keys_beside_words(keys):
    """Those of (number of articles, key) that make a search quicker: the rarest. FTS5 goes through
    all that it is asked for, and the others cost more than they spare."""
    return [key for number, key in sorted(keys)[:1] if number <= _FEW]


def either(expressions):
    return " OR ".join(expressions)


def any_of(connection, terms, forms):
    """The expression of articles in which any of the terms occurs."""
    return either(_term(connection, term, forms) for term in terms)


def matching(asked):
    """(sql, params) of the ids of the articles that match an expression."""
    return _MATCHING, [asked]


def hits(connection, asked, check):
    """The ids as texts, parted by commas, a part of the archive at a time.

    A phrase, or much at once, keeps FTS5 busy where nothing can interrupt it: it is asked for in
    steps, with a look at the clock (`check`) between them.
    """
    sql = f"SELECT group_concat(rowid) FROM ({_MATCHING}"
    with connection.cursor() as cursor:
        if not _is_costly(asked):
            yield _one(cursor, f"{sql})", [asked])
            return
        last = _one(cursor, "SELECT max(article_id) FROM articles_card") or 0
        step = max(_STEP, last // 1000)
        for start in range(0, last + 1, step):
            check()
            part = [asked, start, start + step - 1]
            yield _one(cursor, f"{sql} AND rowid BETWEEN %s AND %s)", part)


def _one(cursor, sql, params=()):
    cursor.execute(sql, params)
    return cursor.fetchone()[0] or ""


def _is_costly(asked):
    return asked.count('"') > 16 or any(" " in phrase for phrase in asked.split('"')[1::2])


def ranked(connection, asked, ids, wanted, forms):
    """(article ids, their ranks) as texts, parted by commas, of these articles, which match, and of
    others perhaps; greater is better. A word in the headline weighs more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT group_concat(rowid), group_concat(rank) FROM"
            " (SELECT rowid, -bm25(articles_search, 5.0, 1.0, 0.0) AS rank FROM articles_search"
            " WHERE articles_search MATCH %s AND rowid >= %s LIMIT -1)",
            [asked, int(ids.min())],
        )
        return [text or "" for text in cursor.fetchone()]


@contextmanager
def clock(connection, seconds):
    """Within, nothing that is asked takes longer. Yields a check; raises Interrupted."""
    end = time.monotonic() + seconds

    def is_over():
        return time.monotonic() > end

    def check():
        if is_over():
            raise Interrupted

    connection.ensure_connection()
    connection.connection.set_progress_handler(is_over, _STEPS)
    try:
        yield check
    except OperationalError as error:
        if "interrupted" in str(error):
            raise Interrupted from None
        raise
    finally:
        connection.connection.set_progress_handler(None, 0)


def _term(connection, term, forms):
    either_form = either(_phrases(connection, term, forms))
    asked = f"headline : ({either_form})" if term.in_headline else f"({either_form})"
    if term.is_begun:
        asked = f'({asked} OR headline : "{term.words[0]}" *)'
    return asked


def _phrases(connection, term, forms):
    """The phrases that a term may be, by the forms of its words; words hold no quotes."""
    choices = [forms[word] for word in term.words]
    phrases = [()]
    for choice in choices:
        phrases = [(*phrase, word) for phrase, word in product(phrases, choice)]
        if len(phrases) > MOST_PHRASES:
            # Most of them never occur. Those that do are looked for word by word.
            there = [phrase for phrase in phrases if is_held(connection, " ".join(phrase))]
            phrases = there or phrases[:1]
    return ['"' + " ".join(phrase) + '"' for phrase in phrases]
