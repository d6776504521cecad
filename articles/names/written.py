"""What a name may not hold: marks that nobody sees and that would make it another word."""

import re
import unicodedata

from .fold import fold

MOST_MARKS = 4  # accents on one letter
# Marks that turn or hide what follows; those that join letters (U+200C, U+200D) are letters' own.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_NO_LETTERS = ("Cc", "Cs", "Cn", "Co")  # control characters, halves, what no standard names


def why_not(name):
    """Why a name cannot stand as it is written, or None."""
    if mark := _UNSEEN.search(name):
        called = unicodedata.name(mark[0], f"U+{ord(mark[0]):04X}").lower()
        return (
            f"It holds a mark that nobody sees ({called}), at place {mark.start() + 1}: type the "
            "name anew, or paste it without formatting."
        )
    marks = 0
    for place, letter in enumerate(unicodedata.normalize("NFC", name), 1):
        category = unicodedata.category(letter)
        if category in _NO_LETTERS:
            return f"It holds U+{ord(letter):04X}, which is no letter, at place {place}."
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > MOST_MARKS:
            return f"More than {MOST_MARKS} accents stand on one letter, at place {place}."
    return None if fold(name) else "It has no letter and no digit: nobody could find it."
