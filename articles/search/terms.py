"""The plain words of a text as the index holds them: folded, then stemmed.

English stemming (Porter's second algorithm, by snowballstemmer) runs on every word, whatever its
language, so that both engines and both sides of a search agree; a stem is never shown.
"""

from threading import Lock

from snowballstemmer import stemmer

from articles.names.fold import folded_words

MAX_LETTERS = 80  # of a word; what follows does not count
_MOST_KEPT = 200_000  # stems

_english = stemmer("english")
_turn = Lock()  # the stemmer works on one word at a time

# Names that the stemmer would take for other words: Paris is no pari, the Emirates no emir.
_NAMES = {"paris", "emirates"}


class _Stems(dict):
    """Stem by folded word, found when first asked for. A dict alone: `lru_cache` takes twice as
    long to find a word, and an import does little else."""

    def __missing__(self, word):
        if len(word) > MAX_LETTERS:
            return self[word[:MAX_LETTERS]]
        if len(self) >= _MOST_KEPT:
            self.clear()
        with _turn:
            found = word if word in _NAMES else _english.stemWord(word)
            self[word] = found = word if word == found else found  # one string, if it is the same
        return found


_stems = _Stems()


def stem(word):
    """The stem of one folded word."""
    return _stems[word]


def stems(text):
    """All stems of a text in order, parted by single spaces."""
    return " ".join(map(_stems.__getitem__, folded_words(text)))
