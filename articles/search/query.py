"""What a reader types: words, "a phrase", -without, OR, headline:word. The rest is literal."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from .terms import stem, words

MAX_LENGTH = 200

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))

_TOKEN = re.compile(r'(-?)(headline:)?(?:"([^"]*)"?|([^\s"]+))', re.IGNORECASE)


class QueryError(ValueError):
    """A query in which there is nothing to look for; its text is for the reader."""


class Interrupted(Exception):
    """A question that took longer than it may."""


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that stand next to one another: one word, or a phrase."""

    words: tuple[str, ...]
    in_headline: bool = False
    is_begun: bool = (
        False  # the word is still being typed: a headline's word that begins so will do
    )


@dataclass(frozen=True, slots=True)
class Alternative:
    """All of `wanted` and none of `unwanted`."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]
    is_other: bool = False  # by another spelling of a name than was typed


@dataclass(frozen=True)
class Query:
    """An article matches if it matches any alternative.

    `is_exact`: by the words as they are written alone; else by every English form of them, and
    where they name people by the other spellings of these (`also`; see `spelled`).
    """

    text: str
    alternatives: tuple[Alternative, ...]
    is_exact: bool = False
    also: dict[str, list[str]] = field(default_factory=dict)  # folded words: what is as good

    @property
    def wanted(self):
        return [term for alternative in self.alternatives for term in alternative.wanted]

    @cached_property
    def marks(self):
        """(the words to mark in a passage, how a word of the text is compared with them)."""
        form = str if self.is_exact else stem
        words = {word for term in self.wanted for word in term.words}
        words.update(other for word in words.copy() for other in self.other_words(word))
        return frozenset(map(form, words)), form

    @property
    def has_other_spellings(self):
        return any(self.also.values())

    def other_words(self, word):
        """The words that are another spelling of a folded word."""
        return [other for other in self.also.get(word, ()) if " " not in other]


def parse(text, half_typed=False, exact=False):
    """The Query that `text` asks. Raises QueryError.

    With `half_typed` the last word may be the beginning of a word in the headline.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"A search has at most {MAX_LENGTH} characters; this one has {len(text)}.")
    alternatives, wanted, unwanted = [], [], []
    for minus, place, phrase, word in _TOKEN.findall(text.translate(_QUOTES)):
        if word == "OR" and not minus and not place:
            alternatives.append((wanted, unwanted))
            wanted, unwanted = [], []
            continue
        found = words(phrase or word).split()
        if found:
            is_last = half_typed and not minus and word and text.endswith(word)
            is_begun = bool(is_last and len(found) == 1 and len(found[0]) > 1)
            term = Term(tuple(found), bool(place), is_begun)
            (unwanted if minus else wanted).append(term)
    alternatives.append((wanted, unwanted))
    kept = tuple(Alternative(tuple(w), tuple(u)) for w, u in alternatives if w or u)
    if not kept:
        raise QueryError("There is no word in this to look for.")
    return Query(text, kept, exact)
