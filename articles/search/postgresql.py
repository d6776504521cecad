"""The index on PostgreSQL: a table of tsvectors with GIN beside the articles.

Vectors and queries are written out as literals, so that no parser or dictionary of the server's
sees the words again; the headline's words bear weight A.
"""

KEY = "article_id"

_MAX_POSITION = 16_383  # of a word in a tsvector
_MAX_PLACES = 255  # of one word in a tsvector


def install(connection):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS articles_search"
            " (article_id bigint PRIMARY KEY, words tsvector NOT NULL)"
        )
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS articles_search_words ON articles_search USING gin (words)"
        )
        cursor.execute("SELECT EXISTS (SELECT 1 FROM articles_article)")
        if not cursor.fetchone()[0]:
            cursor.execute("DELETE FROM articles_search")


def clear(connection):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search")


def write(connection, rows):
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO articles_search (article_id, words) VALUES (%s, %s::tsvector)"
            " ON CONFLICT (article_id) DO UPDATE SET words = excluded.words",
            [(pk, _vector(headline, body)) for pk, headline, body in rows],
        )


def erase(connection, ids):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search WHERE article_id = ANY(%s)", [ids])


def match(wanted, unwanted):
    """(sql, params) of the ids of the articles with all `wanted` terms and no `unwanted` one."""
    terms = [*map(_expression, wanted), *(f"!{_expression(term)}" for term in unwanted)]
    return (
        "SELECT article_id FROM articles_search WHERE words @@ %s::tsquery",
        [" & ".join(terms)],
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
    return "(" + " <-> ".join(f"'{word}'{label}" for word in term.stems) + ")"


def _vector(headline, body):
    places = {}
    headline_words = headline.split()
    for position, word in enumerate(headline_words, 1):
        places.setdefault(word, []).append(f"{min(position, _MAX_POSITION)}A")
    # A gap, so that no phrase runs from the headline into the text.
    for position, word in enumerate(body.split(), len(headline_words) + 2):
        found = places.setdefault(word, [])
        if len(found) < _MAX_PLACES and position <= _MAX_POSITION or not found:
            found.append(str(min(position, _MAX_POSITION)))
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())
