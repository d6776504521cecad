"""Spellings of one name by one key: Zelenskyy, Zelensky and Zelenskiy; Mohammed and Muhammad.

The key is only a hint. It serves where much else fits too: a whole name, a high office, the day.
"""

import re
from functools import lru_cache

from .fold import folded_words

_RULES = [
    (re.compile(found), key)
    for found, key in (
        *(("tsch|tch|dzh", "c"), ("sch|sh", "s"), ("zh", "z"), ("ch", "c"), ("dj", "d")),
        *(("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("ck|q", "k"), ("w", "v")),
        *(("ou|oo|o", "u"), ("iy|ij|yi|yy|ie|ee|y|j", "i"), ("e", "a"), (r"(.)\1+", r"\1")),
        ("(?<=.)h", ""),
    )
]


@lru_cache(maxsize=100_000)
def sound(word):
    """The key of a folded word of Latin letters; of another script the word itself."""
    if not word.isascii():
        return word
    for found, key in _RULES:
        word = found.sub(key, word)
    return word


def sounds_of(name):
    """The keys of a whole name without its initials, and how many letters it has."""
    words = [word for word in folded_words(name) if len(word) > 1]
    return tuple(map(sound, words)), sum(map(len, words))
