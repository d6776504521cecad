"""By which words a person is named: the whole name, and the shorter forms that follow a title.

Which word of a name is the surname is recorded nowhere. Its last word or words are taken for that,
of people from where the surname stands first also its first; every other word is a weak handle,
which only a title with the very office makes good ("King Abdullah", "Sheikh Tamim").
"""

import re
from dataclasses import dataclass

from .fold import folded_words
from .listed import listed

PARTICLES = listed("particle of a name")
# Where the surname stands first, by the country of an office.
_FIRST = {"china", "taiwan", "south-korea", "north-korea", "vietnam", "north-vietnam", "hong-kong"}
_FIRST |= {"cambodia", "south-vietnam", "macau", "singapore", "japan"}
# Where texts use either order, or the last word alone.
_EITHER = {
    "japan",
    "vietnam",
    "north-vietnam",
    "south-vietnam",
    "singapore",
    "hong-kong",
    "cambodia",
}
_NUMERAL = re.compile(r"(?:[ivx]{1,5}|jr|sr)\Z")
_NUMBER = re.compile(r"(?:i{1,3}|iv|vi{0,3}|ix)\Z")  # Xi is a name
_OF = re.compile(r"\s+of\s+.*\Z", re.DOTALL)
_BRACKETS = re.compile(r"\([^)]*\)|[“\"«][^”\"»]*[”\"»]")


@dataclass(frozen=True, slots=True)
class Handle:
    person: object
    is_strong: bool  # a surname, or what is taken for one


def full_names(name):
    """The folded words of a whole name, as tuples: with and without initials and suffixes.

    A name of one word is none of these: it is a handle.
    """
    words = folded_words(name)
    if not words or not name.strip():
        return
    forms = {tuple(words)}
    if not _NUMERAL.match(words[-1]) or words[-1] in ("jr", "sr"):
        plain = [word for word in words if len(word) > 1 or not word.isascii()]
        forms.add(tuple(word for word in plain if word not in ("jr", "sr")))
    without = folded_words(_BRACKETS.sub(" ", name))
    forms.add(tuple(without))
    for form in forms:
        if len(form) > 1 and sum(map(len, form)) >= 4 and any(len(word) > 1 for word in form):
            yield form


def handles(name, countries):
    """(words, is strong) of the shorter forms of a name."""
    words = folded_words(_BRACKETS.sub(" ", _OF.sub("", name)))
    while len(words) > 1 and _NUMERAL.match(words[-1]):
        words.pop()
    while words and (words[0] in _STYLES or words[0] in listed("form of address")):
        words = words[1:]
    if not words or _NUMBER.match(words[0]):
        return
    if len(words) == 1:
        yield from _one((words[0],), True)
        return
    is_first = bool(_FIRST & set(countries)) and words[0] not in PARTICLES
    is_last = not is_first or bool(_EITHER & set(countries))
    for start in range(1, len(words)):
        # "bin Salman" and "der Leyen" begin where a particle does, or at a word of the name.
        is_strong = is_last and (start == len(words) - 1 or _is_surname(words, start))
        yield from _one(tuple(words[start:]), is_strong)
    yield from _one((words[0],), is_first)
    for word in words[1:-1]:
        yield from _one((word,), False)


def _is_surname(words, start):
    """Whether the words from here on are a surname: "von der Leyen", "López Obrador"."""
    return len(words) - start <= 2 or words[start] in PARTICLES


def _one(words, is_strong):
    if all(word in PARTICLES for word in words):
        return
    if len("".join(words)) > (1 if is_strong else 2):
        yield words, is_strong


_STYLES = {
    "pope",
    "king",
    "queen",
    "emperor",
    "sheikh",
    "prince",
    "princess",
    "sir",
    "dr",
    "sultan",
}
