"""What a name may not hold: marks that nobody sees and that would make it another word."""

import re
import unicodedata

from .fold import fold

MOST_MARKS = 4  # accents on one letter
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def why_not(name):
    """Why a name cannot stand as it is written, or None."""
    if mark := _DIRECTIONS.search(name):
        called = unicodedata.name(mark[0]).lower()
        return (
            f"It holds a mark that nobody sees ({called}), at place {mark.start() + 1}: type the "
            "name anew, or paste it without formatting."
        )
    marks = 0
    for place, letter in enumerate(unicodedata.normalize("NFC", name), 1):
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks > MOST_MARKS:
            return f"More than {MOST_MARKS} accents stand on one letter, at place {place}."
    return None if fold(name) else "It has no letter and no digit: nobody could find it."
