"""The index on SQLite: an FTS5 table whose rowid is the article's id.

It holds stems, which are letters and digits only, so its own tokenizer merely splits at spaces.
"""

import hashlib

KEY = "rowid"
TAKE = ""  # who reads the queue of what is to be indexed needs no lock: it has the only one


# `made_of` is a hash of the text that was indexed, `digest` one of the words that are.
DIGEST = "s.digest, s.headline || char(10) || s.body"


def install(connection):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS articles_search USING fts5"
            "(headline, body, made_of UNINDEXED, digest UNINDEXED,"
            " tokenize = 'unicode61 remove_diacritics 0')"
        )
        # What the triggers of articles.integrity saw change, and was not indexed since.
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS articles_unindexed (article_id integer PRIMARY KEY)"
        )


def write(connection, rows):
    erase(connection, [row[0] for row in rows])
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO articles_search (rowid, headline, body, made_of, digest)"
            " VALUES (%s, %s, %s, %s, %s)",
            [(*row, words_digest(f"{row[1]}\n{row[2]}")) for row in rows],
        )


def words_digest(words):
    return hashlib.md5(words.encode(), usedforsecurity=False).hexdigest()


def erase(connection, ids):
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM articles_search WHERE rowid = %s", [(pk,) for pk in ids])


def compact(connection):
    """FTS5 keeps what was erased until its parts are merged."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO articles_search (articles_search) VALUES ('optimize')")


def match(wanted, unwanted):
    """(sql, params) of the ids of the articles with all `wanted` terms and no `unwanted` one."""
    expression = " AND ".join(map(_expression, wanted))
    for term in unwanted:
        expression = f"({expression}) NOT {_expression(term)}"
    return "SELECT rowid FROM articles_search WHERE articles_search MATCH %s", [expression]


def rank(wanted):
    """(sql, params) of an article's rank, greater is better; a word in the headline weighs more."""
    expression = " OR ".join(map(_expression, wanted))
    return (
        "SELECT -bm25(articles_search, 5.0, 1.0) FROM articles_search"
        " WHERE articles_search.rowid = articles_article.id AND articles_search MATCH %s",
        [expression],
    )


def _expression(term):
    # Stems hold no quote, so quoting is all that FTS5 asks.
    phrase = '"' + " ".join(term.stems) + '"'
    expression = f"headline : {phrase}" if term.in_headline else phrase
    if term.begun:
        begun = " OR ".join([f'"{term.begun}" *', *(f'"{stem}"' for stem in term.shorter)])
        expression = f"({expression} OR headline : ({begun}))"
    return expression
