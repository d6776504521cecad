"""What a reader types: words, "a phrase", -without, OR, headline:word. The rest is literal."""

import re
from dataclasses import dataclass

from articles.names.fold import fold

from .terms import stem

MAX_LENGTH = 200

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))

_TOKEN = re.compile(r'(-?)(headline:)?(?:"([^"]*)"?|([^\s"]+))', re.IGNORECASE)


class QueryError(ValueError):
    """A query in which there is nothing to look for; its text is for the reader."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand next to one another: one word, or a phrase."""

    stems: tuple[str, ...]
    in_headline: bool = False
    begun: str = ""  # a word still being typed, folded: a headline's word that begins so will do

    @property
    def shorter(self):
        """Stems of what `begun` may become: "negotiat" is longer than the stem of negotiation."""
        longest = len(self.begun)
        return [self.begun[:end] for end in range(max(4, longest - 5), longest)]


@dataclass(frozen=True, slots=True)
class Alternative:
    """All of `wanted` and none of `unwanted`."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """An article matches if it matches any alternative."""

    text: str
    alternatives: tuple[Alternative, ...]

    @property
    def marks(self):
        """The stems to mark in a passage."""
        return {
            word
            for alternative in self.alternatives
            for term in alternative.wanted
            for word in term.stems
        }


def parse(text, half_typed=False):
    """The Query that `text` asks. Raises QueryError.

    With `half_typed` the last word may be the beginning of a word in the headline.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"A search has at most {MAX_LENGTH} characters; this one has {len(text)}.")
    alternatives, wanted, unwanted = [], [], []
    for minus, field, phrase, word in _TOKEN.findall(text.translate(_QUOTES)):
        if word == "OR" and not minus and not field:
            alternatives.append((wanted, unwanted))
            wanted, unwanted = [], []
            continue
        words = fold(phrase or word).split()
        if words:
            is_last = half_typed and not minus and word and text.endswith(word)
            is_begun = is_last and len(words) == 1 and len(words[0]) > 1
            term = Term(tuple(map(stem, words)), bool(field), words[0] if is_begun else "")
            (unwanted if minus else wanted).append(term)
    alternatives.append((wanted, unwanted))
    kept = tuple(Alternative(tuple(w), tuple(u)) for w, u in alternatives if w or u)
    if not kept:
        raise QueryError("There is no word in this to look for.")
    return Query(text, kept)
