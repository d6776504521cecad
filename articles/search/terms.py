"""The plain words of a text as the index holds them, and the stems by which English unites them.

The index holds words as they were folded, unstemmed: `exact=1` asks for these alone, and a search
for any form of a word asks for all that share its stem (`vocabulary`). English stemming (Porter's
second algorithm, by PyStemmer) runs on every word, whatever its language; a stem is never
shown.
"""

from functools import lru_cache
from pathlib import Path
from threading import Lock

from Stemmer import Stemmer

from articles.names.fold import folded_words

MAX_LETTERS = 80  # of a word; what follows does not count

_english = Stemmer("english")
_turn = Lock()  # a Stemmer works for one thread at a time

# Names that the stemmer would take for forms of other words: Paris is no pari, the Emirates no
# emir. Folded words of the names of countries, capitals and holders of high office, but for those
# that are ordinary words as well.
_NAMES = frozenset(Path(__file__).with_name("names.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=200_000)
def stem(word):
    """The stem of one folded word."""
    if word in _NAMES:
        return word
    with _turn:
        return _english.stemWord(word)


def stems(words):
    """(word, its stem) of many folded words: a hundred times as fast as one by one."""
    with _turn:
        found = _english.stemWords(words)
    return [(w, w if w in _NAMES else s) for w, s in zip(words, found, strict=True)]


def words(text):
    """The words of a text in order, folded, parted by single spaces."""
    found = folded_words(text)
    if max(map(len, found), default=0) > MAX_LETTERS:
        found = [word[:MAX_LETTERS] for word in found]
    return " ".join(found)
