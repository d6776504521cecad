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
    """{word: [the words of the index that a search for it finds]} of all words of a Query; of an
    exact one the words themselves."""
    alternatives = query.alternatives
    terms = [term for a in alternatives for term in (*a.wanted, *a.unwanted)]
    asked = dict.fromkeys(word for term in terms for word in term.words)
    if query.is_exact:
        return {word: [word] for word in asked}
    stems = {word: [stem(word)] for word in asked}
    for term in terms:
        if term.is_begun:
            stems[term.words[0]] += _stems_of_what_it_may_become(term.words[0])
    by_stem = _having(
        connection, "stem", {found for of_word in stems.values() for found in of_word}
    )
    found = {word: [form for s in stems[word] for form in by_stem.get(s, ())] for word in asked}
    others = {word: query.other_words(word) for word in asked}
    if wanted := set().union(*others.values()):
        held = _having(connection, "word", wanted)
        for word, spellings in others.items():
            found[word] += [w for w in spellings if w in held and w not in found[word]]
    return found


def missing(connection, query):
    """The words that a Query wants and that no article has, in any form or spelling."""
    typed = [a for a in query.alternatives if not a.is_other]
    wanted = dict.fromkeys(w for a in typed for term in a.wanted for w in term.words)
    if query.is_exact:
        held = _having(connection, "word", wanted) if wanted else ()
    else:
        held = {word for word, found in forms(connection, query).items() if found}
    return [word for word in wanted if word not in held]


def _having(connection, column, values):
    """{value: the words of the index that have it}"""
    found, places = {}, ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column}, word FROM articles_word WHERE {column} IN ({places}) ORDER BY word",
            sorted(values),
        )
        for value, word in cursor.fetchall():
            found.setdefault(value, []).append(word)
    return found


def _stems_of_what_it_may_become(begun):
    """ "resumi" is longer than the stem of resuming."""
    return [begun[:end] for end in range(max(4, len(begun) - 5), len(begun))]
