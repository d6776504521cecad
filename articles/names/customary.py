"""How a recorded spelling is written by those who join, part or leave out what it has, by rule.

    customary("Park Geun-hye")         ["Park Geunhye"]
    customary("Gerhard Schröder")      ["Gerhard Schroeder"]
    customary("J. D. Vance")           ["JD Vance"]

What folding makes one already (accents, Geun Hye, O’Brien) is not told again. Each rule stands
alone: a search puts the words of several together. Nothing here is a guess at sounds.
"""

import re
import unicodedata
from itertools import pairwise

from .fold import APOSTROPHES, fold

# Where a keyboard lacks the letter. Folding leaves out the marks: Schroder.
_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj"}
_TWO_LETTERS |= {one.upper(): two.capitalize() for one, two in _TWO_LETTERS.items()}
_TABLE = str.maketrans(_TWO_LETTERS)
_SHORT = 4  # letters of a word that is written as part of another
_HYPHEN = re.compile(r"(?<=\w)[-\u2010-\u2015\u2212](?=\w)")
_APOSTROPHE = re.compile(rf"(?<=\w)[{APOSTROPHES}](?=\w\w)")
_ARTICLE = re.compile(r"(?<=\w)[\s-]+(?:al|el)[\s-]+(?=\w)", re.IGNORECASE)
_EITHER = re.compile(r"(?<=\w[\s-])(?:al|el)(?=[\s-]\w)", re.IGNORECASE)
_SERVANT = re.compile(r"\b(abd[eu]l)[\s-]+(?=\w\w)|\b(عبد)\s+(?=ال)", re.IGNORECASE)
_SERVANT_OF = re.compile(r"\b(abd[eu]l)(?!la)(?=\w{3})|\b(عبد)(?=ال\w)", re.IGNORECASE)
_INITIALS = re.compile(r"\b[A-Z]\.?(?:\s+[A-Z]\b\.?)+")
_TOGETHER = re.compile(r"^[A-Z]{2,3}(?= \w*[a-z])")
# What some rule of `_RULES` needs: most names are looked at but once.
_SIGN = re.compile(
    rf"[-\u2010-\u2015\u2212\u200c\u0300-\u036f{APOSTROPHES}{''.join(_TWO_LETTERS)}]"
    r"|\b(?i:al|el|abd)|\bعبد|^[A-Z]{2}|\b[A-Z]\.?\s+[A-Z]\b"
)


def customary(name):
    """Other ways to write a name, none of which folds to it, or to another one."""
    ways = [*_two_as_one(name)]
    if _SIGN.search(name):
        name = unicodedata.normalize("NFC", name)
        ways = [*(rule(name) for rule in _RULES), *ways]
    ways = [written for written in ways if written != name]
    if not ways:
        return []
    found = {fold(name): None}
    for written in ways:
        found.setdefault(fold(written), written)
    return [written for folded, written in found.items() if folded and written]


def _two_as_one(name):
    """“Aliakbar Salehi”, “Charles DeGaulle”: a short word of three or four, and the next."""
    words = name.split()
    if len(words) not in (3, 4):
        return
    for place, (one, other) in enumerate(pairwise(words)):
        is_short = min(len(one), len(other)) <= _SHORT
        if is_short and one.isalpha() and other.isalpha() and not other.isupper():
            yield " ".join([*words[:place], one + other, *words[place + 2 :]])


def _two_letters(name):
    return name.translate(_TABLE)


def _joined(name):
    return _HYPHEN.sub("", name)


def _parted(name):
    """“D Alema”, and two words of a Persian one: خامنه ای."""
    return _APOSTROPHE.sub(" ", name).replace("\u200c", " ")


def _without_article(name):
    """“Nouri Maliki”, where it leaves two words."""
    written = _ARTICLE.sub(" ", name)
    return written if " " in fold(written) else name


def _other_article(name):
    return _EITHER.sub(lambda m: "el" if m[0].lower() == "al" else "al", name)


def _servant_joined(name):
    """“Abdelfattah”, “عبدالفتاح”."""
    return _SERVANT.sub(lambda m: m[1] or m[2], name)


def _servant_parted(name):
    return _SERVANT_OF.sub(lambda m: f"{m[1] or m[2]} ", name)


def _initials_joined(name):
    return _INITIALS.sub(lambda m: re.sub(r"[.\s]", "", m[0]), name)


def _initials_parted(name):
    return _TOGETHER.sub(lambda m: " ".join(m[0]), name)


_RULES = [
    _two_letters,
    _joined,
    _parted,
    _without_article,
    _other_article,
    _servant_joined,
    _servant_parted,
    _initials_joined,
    _initials_parted,
]
