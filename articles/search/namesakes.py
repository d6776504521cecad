"""Whose longer name has all words of another one's: George H. W. Bush those of George W. Bush.

A search asks for words wherever they stand, so one for the shorter name would find the longer one
as well. It asks for the name as it stands, therefore, or for its words without the longer name.
"""

from articles.names.spellings import ARTICLES

MOST_NAMES = 40  # longer names of which the words of one may be


def longer_names(words, names, also):
    """Those of other people's names, tuples of folded words, in which all of `words` stand in some
    spelling (`also`), but not next to one another."""
    found = [n for n in names if _has_all(n, words, also) and not _stands(n, words, also)]
    return found[:MOST_NAMES]


def _has_all(name, words, also):
    asked = [word for word in words if word not in ARTICLES]  # which a search may leave out
    return all(any(_is_one(word, other, also) for other in name) for word in asked)


def _stands(name, words, also):
    return any(
        all(map(lambda word, other: _is_one(word, other, also), words, name[start:]))
        for start in range(len(name) - len(words) + 1)
    )


def _is_one(word, other, also):
    return word == other or other in also.get(word, ())
