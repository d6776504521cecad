"""What may have been meant by a search that finds nothing: words and names that are nearly it.

Nothing here says that a suggestion finds anything: who offers one has asked for it before.
"""

from django.db import DEFAULT_DB_ALIAS
from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from articles.names.fold import fold, words_in_place
from articles.names.likeness import latin

from . import vocabulary
from .engines import engine
from .words import SECONDS

LETTERS = range(4, 31)  # of a word that may be misspelt
MOST_WORDS = 3  # of a search that may be
MOST_NEAR = 6  # words tried for one of them
MOST_COMPARED = 60_000  # words of the index, or names
MOST_NAMES = 2
_LIKE = 85  # of 100, of a whole name
_APART = 3  # letters, by which it may be longer or shorter


def suggestions(query, using=DEFAULT_DB_ALIAS):
    """Texts that may have been meant by a Query, the likest first. Raises Interrupted."""
    dialect, connection = engine(using)
    with dialect.clock(connection, SECONDS):
        found = {}
        for text in (*_by_names(connection, query), *_by_words(connection, query)):
            found.setdefault(fold(text), text)
    return list(found.values())


def _by_words(connection, query):
    """The text with other words for those that no article has."""
    missing = vocabulary.missing(connection, query)
    if not missing or len(missing) > MOST_WORDS or any(len(w) not in LETTERS for w in missing):
        return
    near = {word: _near_words(connection, word) for word in missing}
    if not all(near.values()):
        return
    best = {word: words[0] for word, words in near.items()}
    for word, words in near.items():
        for other in words:
            yield _with_words(query.text, best | {word: other})


def _near_words(connection, word):
    """Words of the index that differ by a letter or two, the nearest first."""
    first, letters = word[0], len(word)
    most = 1 if letters < 6 else 2
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM articles_word WHERE word >= %s AND word < %s"
            f" AND length(word) BETWEEN %s AND %s LIMIT {MOST_COMPARED}",
            [first, chr(ord(first) + 1), letters - most, letters + most],
        )
        words = [found for (found,) in cursor.fetchall()]
    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR)
    return [found for found, _, _ in sorted(near, key=lambda one: (one[1], one[0]))]


def _with_words(text, others):
    """A text with other words for some; it is read as a search, so what parts words stays."""
    told, at = "", 0
    for start, end, folded in words_in_place(text):
        if folded in others:
            told += text[at:start] + others[folded]
            at = end
    return told + text[at:]


def _by_names(connection, query):
    """The names of people that are nearly all that was typed, in one spelling or another."""
    typed, *others = [a for a in query.alternatives if not a.is_other]
    if others or typed.unwanted:
        return []
    words = [word for term in typed.wanted for word in term.words]
    wanted = " ".join(words)
    if len(words) < 2 or len(wanted) < min(LETTERS):
        return []
    # As it is written, and in Latin letters, in which most names are recorded.
    found = {}
    for text in dict.fromkeys([wanted, latin(wanted)]):
        for name, folded in _names(connection, len(text)):
            if folded.isascii() == text.isascii() and (like := _likeness(text, folded)):
                found[name] = max(like, found.get(name, 0))
    return sorted(found, key=found.get, reverse=True)[:MOST_NAMES]


def _likeness(one, other):
    return ratio(one, other, score_cutoff=_LIKE)


def _names(connection, letters):
    """[(a person's name, one of their spellings folded)] of about so many letters."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.name, n.folded FROM (SELECT id, folded_name AS folded FROM articles_person"
            " WHERE length(folded_name) BETWEEN %s AND %s UNION ALL"
            " SELECT person_id, folded_name FROM articles_othername"
            " WHERE length(folded_name) BETWEEN %s AND %s) n JOIN articles_person p ON p.id = n.id"
            f" WHERE p.merged_into_id IS NULL LIMIT {MOST_COMPARED}",
            [letters - _APART, letters + _APART] * 2,
        )
        return cursor.fetchall()
