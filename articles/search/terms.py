"""The plain words of a text as the index holds them: folded, then stemmed.

English stemming (Porter's second algorithm, by snowballstemmer) runs on every word, whatever its
language, so that both engines and both sides of a search agree; a stem is never shown.
"""

from functools import lru_cache

from snowballstemmer import stemmer

from articles.names.fold import fold

MAX_LETTERS = 80  # of a word; what follows does not count

_english = stemmer("english")

# Names that the stemmer would take for other words: Paris is no pari, the Emirates no emir.
_NAMES = {"paris", "emirates"}


@lru_cache(maxsize=200_000)
def stem(word):
    """The stem of one folded word."""
    word = word[:MAX_LETTERS]
    return word if word in _NAMES else _english.stemWord(word)


def stems(text):
    """All stems of a text in order, parted by single spaces."""
    return " ".join([stem(word) for word in fold(text).split()])
