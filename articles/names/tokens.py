"""A text as words in their places, each beside its folded form: what detection walks along."""

import re
from functools import cached_property
from itertools import accumulate

from .fold import APOSTROPHES, fold

_JOINERS = "\u00ad\u0640\u200b-\u200f\u2060\ufeff"
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f"
_WORD = re.compile(rf"([^\W_](?:[^\W_]|[{_MARKS}{APOSTROPHES}{_JOINERS}])*)")
_TAIL = re.compile(rf"(?:[{APOSTROPHES}][{_JOINERS}]*[sS])?[{APOSTROPHES}{_JOINERS}]*\Z")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]?[{_JOINERS}]*\Z")
_NEAR = 200
_LONGEST = 60  # characters of a word that may be part of a name
_MOST_KEPT = 100_000  # words whose folded form is kept

# What may stand between two words of one name: a blank, one break of a line, a hyphen.
_WITHIN = re.compile(
    "[\u202a-\u202e\u2066-\u2069]*"
    "(?:[ \t\u00a0\u2002-\u200a\u202f\u3000]{1,3}|[ \t]?\r?\n[ \t]?|[ ]?[-‐‑‒–−־・·][ ]?| & |)"
    "[\u202a-\u202e\u2066-\u2069]*\\Z"
)


class _Folded(dict):
    """{word: its folded form}, made when first asked for."""

    def __missing__(self, word):
        if len(word) > _LONGEST:
            return ""
        if len(self) > _MOST_KEPT:
            self.clear()
        folded = self[word] = fold(word)
        return folded


_folded = _Folded()


class Words:
    """The words of a text, by their number.

    `raw[i]` as it is written, `keys[i]` folded, `starts[i]` where it begins.
    """

    __slots__ = ("text", "raw", "keys", "starts", "__dict__")

    def __init__(self, text):
        self.text = text
        parts = _WORD.split(text)  # a gap, a word, a gap, a word ... a gap
        self.starts = list(accumulate(map(len, parts)))[:-1:2]
        self.raw = parts[1::2]
        self.keys = list(map(_folded.__getitem__, self.raw))

    def __len__(self):
        return len(self.keys)

    def key(self, i):
        """The folded form of a word; an empty text before the first and after the last."""
        return self.keys[i] if 0 <= i < len(self.keys) else ""

    def end(self, i):
        """Where a word ends, without the sign of the possessive."""
        start, raw = self.starts[i], self.raw[i]
        if raw[-1].isalnum() and raw.isalnum():
            return start + len(raw)
        return start + max(1, _TAIL.search(raw).start())

    def span(self, first, last):
        """(start, end) of some words, with the last full stop of "U.S."."""
        start, end = self.starts[first], self.end(last)
        is_dotted = self.text[end - 2 : end - 1] == "." == self.text[end : end + 1]
        return start, end + is_dotted

    def is_possessive(self, i):
        """Whether a word ends as a possessive does: "Iran's", "the Philippines'"."""
        return bool(_POSSESSIVE.search(self.raw[i]))

    def gap(self, i):
        """What stands between a word and the one before it; a blank line before the first."""
        if i <= 0 or i >= len(self.keys):
            return "\n\n"
        return self.text[self.starts[i - 1] + len(self.raw[i - 1]) : self.starts[i]]

    def is_joined(self, i):
        """Whether a word may stand in one name with the word before it."""
        gap = self.gap(i)
        return gap == " " or bool(_WITHIN.match(gap)) or (gap in (". ", ".") and self._is_short(i))

    def _is_short(self, i):
        before = self.raw[i - 1]
        return len(before) == 1 or before in _ABBREVIATED

    def follows(self, i):
        """Whether a word follows on the one before it, that of "U.S." having a full stop."""
        gap = self.gap(i)
        return gap in (" ", "\u00a0") or (gap == ". " and len(self.keys[i - 1]) == 1)

    def is_capital(self, i):
        """Whether a word begins as a name does; letters without case always do."""
        return 0 <= i < len(self.raw) and not self.raw[i][0].islower()

    def is_title_case(self, i):
        """Whether a word is one whose first letter alone tells that it is a name."""
        return self.is_capital(i) and self.raw[i][0].isalpha()

    def line(self, i):
        """The line of a word, of a long one only what stands near: for its capitals."""
        start, end = max(0, self.starts[i] - _NEAR), self.starts[i] + _NEAR
        before = self.text.rfind("\n", start, self.starts[i]) + 1
        after = self.text.find("\n", self.starts[i], end)
        return self.text[before or start : after if after >= 0 else end]

    @cached_property
    def present(self):
        """The folded words that stand in the text."""
        return frozenset(self.keys)


_ABBREVIATED = {"St", "Sr", "Jr", "Dr", "Mr", "Mrs", "Ms", "Gen", "Sen", "Rep", "Gov", "Lt", "Col"}
_ABBREVIATED |= {"Pres", "Amb", "Prof", "Rev", "Adm", "Capt", "Maj", "Sgt", "Hon", "Sec", "Mt"}
