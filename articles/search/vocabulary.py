"""Every word that the index ever held, with its stem: which forms a search for a word asks for."""

import json

from .terms import stem, stems

MOST_KNOWN = 1_000_000  # words held in memory by one who learns much: some 100 MB


def install(connection, without_rowid=""):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS articles_word (word text PRIMARY KEY, stem text NOT NULL)"
            f" {without_rowid}"
        )
        cursor.execute("CREATE INDEX IF NOT EXISTS articles_word_stem ON articles_word (stem)")


def learn(connection, words, without_known, known=None):
    """Note words that may be new; `without_known` is the dialect's SQL of those that are.

    `known` is a set of words that are noted for certain, for one who learns much: it is kept.
    """
    if known is not None:
        words = words - known
        if len(known) > MOST_KNOWN:
            known.clear()
        known |= words
    with connection.cursor() as cursor:
        cursor.execute(without_known, [json.dumps(list(words), ensure_ascii=False)])
        # In order, so that two writers cannot wait for one another.
        new = sorted(word for (word,) in cursor.fetchall())
        cursor.executemany(
            "INSERT INTO articles_word (word, stem) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            stems(new),
        )


def forget(connection, words):
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM articles_word WHERE word = %s", [(w,) for w in words])


def forms(connection, query):
    """{word: [the words of the index that a search for it finds]} of all words of a Query."""
    alternatives = query.alternatives
    terms = [term for a in alternatives for term in (*a.wanted, *a.unwanted)]
    asked = dict.fromkeys(word for term in terms for word in term.words)
    if query.is_exact:
        return {word: [word] for word in asked}
    stems = {word: [stem(word)] for word in asked}
    for term in terms:
        if term.is_begun:
            stems[term.words[0]] += _stems_of_what_it_may_become(term.words[0])
    wanted = sorted({found for of_word in stems.values() for found in of_word})
    by_stem = {}
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(wanted))
        cursor.execute(
            f"SELECT stem, word FROM articles_word WHERE stem IN ({places}) ORDER BY word", wanted
        )
        for found, word in cursor.fetchall():
            by_stem.setdefault(found, []).append(word)
    # A word that the index does not hold is asked for all the same: it is not found, quickly.
    return {
        word: [form for found in stems[word] for form in by_stem.get(found, ())] or [word]
        for word in asked
    }


def _stems_of_what_it_may_become(begun):
    """ "resumi" is longer than the stem of resuming."""
    return [begun[:end] for end in range(max(4, len(begun) - 5), len(begun))]
