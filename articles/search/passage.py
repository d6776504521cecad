"""Where a match stands in a text, marked in the original spelling."""

import re
import unicodedata
from functools import lru_cache

from articles.names.fold import APOSTROPHES, fold, word_at, words_in_place

SCANNED = 100_000  # characters of a text in which the passage is looked for
_NEVER = "\ufffe"  # no character


class _LetterByLetter(dict):
    """For str.translate: each letter folded, where one letter becomes one; else _NEVER."""

    def __missing__(self, code):
        letter = chr(code)
        folded = fold(letter)
        if letter in APOSTROPHES:
            found = "'"
        elif unicodedata.category(letter)[0] in "LMN" or unicodedata.category(letter) == "Cf":
            found = folded if len(folded) == 1 else _NEVER
        else:
            found = letter
        self[code] = found
        return found


_letters = _LetterByLetter()


@lru_cache(maxsize=256)
def _beginnings(wanted):
    """What finds the beginnings of words that may be wanted: the first letters of their stem.

    Of three letters at most, which no English ending alters (dying is one of die); there may be
    an apostrophe between them.
    """
    begun = {word[: 3 if len(word) > 4 else 1] for word in wanted}
    return re.compile("|".join(map(_beginning, sorted(begun))))


def _beginning(letters):
    """What finds these at the beginning of a word. A letter comes first, so that a text is run
    through for it; only there it is looked whether another one stands before."""
    first, *others = map(re.escape, letters)
    return "'?".join([rf"{first}(?<![^\W_]{first})", *others])


def _matches(text, query):
    wanted, form = query.marks
    if not wanted:  # only what must not occur was asked: nothing to look for in long texts
        return
    for start, end, folded in candidates(text, wanted):
        if any(form(word) in wanted for word in folded.split()):
            yield start, end


def candidates(text, wanted):
    """The words of a text that may be wanted; all of them where letters are not one to one."""
    plain = text.lower() if text.isascii() else text.translate(_letters)
    if _NEVER in plain:
        yield from words_in_place(text)
        return
    at = 0
    for match in _beginnings(wanted).finditer(plain):
        if match.start() >= at:
            found = word_at(text, match.start())
            at = found[1]
            yield found


def marked(text, query):
    """`text` as a list of (piece, is_match)."""
    pieces, at = [], 0
    for start, end in _matches(text, query):
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def passage(text, query, length=240):
    """About `length` characters around the first match, as `marked`; [] if there is none."""
    first = next(_matches(text[:SCANNED], query), None)
    if first is None:
        return []
    start = max(0, first[0] - length // 3)
    if start:
        space = text.find(" ", start, first[0])
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", first[1], end)
        end = space if space > 0 else end
    excerpt = ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
    return marked(excerpt, query)
