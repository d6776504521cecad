"""The index on PostgreSQL: a table of tsvectors with GIN beside the articles.

Vectors and queries are written out as literals, so that no parser or dictionary of the server's
sees the words again; the headline's words bear weight A. A body with more places than a tsvector
can tell is kept as a string of its words too (`long_body`), for its phrases.
"""

KEY = "article_id"
TAKE = "FOR UPDATE SKIP LOCKED"  # of the queue of what is to be indexed: others take the rest

_MAX_POSITION = 16_383  # of a word in a tsvector
_MAX_PLACES = 255  # of one word in a tsvector


# `made_of` is a hash of the text that was indexed, `digest` one of the words that are.
DIGEST = "s.digest, md5(s.words::text || coalesce(s.long_body, ''))"


def install(connection):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS articles_search"
            " (article_id bigint PRIMARY KEY, words tsvector NOT NULL, long_body text,"
            " made_of text NOT NULL, digest text NOT NULL)"
        )
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS articles_search_words ON articles_search USING gin (words)"
        )
        # What the triggers of articles.integrity saw change, and was not indexed since.
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS articles_unindexed (article_id bigint PRIMARY KEY)"
        )


def write(connection, rows):
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO articles_search AS s (article_id, words, long_body, made_of, digest)"
            " SELECT v.*, md5(v.words::text || coalesce(v.long_body, '')) FROM (SELECT %s::bigint,"
            " %s::tsvector AS words, %s::text AS long_body, %s) v"
            " ON CONFLICT (article_id) DO UPDATE SET words = excluded.words,"
            " long_body = excluded.long_body, made_of = excluded.made_of, digest = excluded.digest",
            [(pk, *_vector(headline, body), made_of) for pk, headline, body, made_of in rows],
        )


def words_digest(digest):
    """The server made it."""
    return digest


def erase(connection, ids):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search WHERE article_id = ANY(%s)", [ids])


def compact(connection):
    """VACUUM does, which is the administrator's."""


def match(wanted, unwanted):
    """(sql, params) of the ids of the articles with all `wanted` terms and no `unwanted` one."""
    conditions, params = [], []
    for term in (*wanted, *unwanted):
        sql, values = _condition(term)
        conditions.append(sql if len(conditions) < len(wanted) else f"NOT {sql}")
        params += values
    return f"SELECT article_id FROM articles_search WHERE {' AND '.join(conditions)}", params


def _condition(term):
    if term.in_headline or len(term.stems) == 1:
        return "words @@ %s::tsquery", [_expression(term)]
    every_word = " & ".join(f"'{word}'" for word in term.stems)
    in_long_body = "words @@ %s::tsquery AND strpos(coalesce(long_body, ''), %s) > 0"
    return (
        f"(words @@ %s::tsquery OR ({in_long_body}))",
        [_expression(term), every_word, f" {' '.join(term.stems)} "],
    )


def rank(wanted):
    """(sql, params) of an article's rank, greater is better; a word in the headline weighs more."""
    return (
        "SELECT ts_rank('{0.2, 0.2, 0.2, 1.0}', words, %s::tsquery) FROM articles_search"
        " WHERE articles_search.article_id = articles_article.id",
        [" | ".join(map(_expression, wanted))],
    )


def _expression(term):
    # Stems hold no quote and no backslash, so quoting is all that a tsquery asks.
    label = ":A" if term.in_headline else ""
    phrase = " <-> ".join(f"'{word}'{label}" for word in term.stems)
    if term.begun:
        phrase = " | ".join(
            [phrase, f"'{term.begun}':*A", *(f"'{stem}':A" for stem in term.shorter)]
        )
    return f"({phrase})"


def _vector(headline, body):
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
    return vector, f" {body} " if is_long else None
