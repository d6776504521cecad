"""What may be a spelling of a name, and what is seen from it: its script, its kind."""

import re
import unicodedata
from collections import Counter

from articles.names.fold import fold
from articles.names.written import why_not

LONGEST = 200
# Marks that turn or hide what follows; those that join letters (U+200C, U+200D) are letters' own.
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_MOST_MARKS = 4  # on one letter: Hebrew and Vietnamese need three
_SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "GREEK": "Grek", "HEBREW": "Hebr",
    "ARMENIAN": "Armn", "GEORGIAN": "Geor", "HANGUL": "Hang", "CJK": "Hani", "HIRAGANA": "Hira",
    "KATAKANA": "Kana", "DEVANAGARI": "Deva", "BENGALI": "Beng", "THAI": "Thai",
    "KHMER": "Khmr", "MYANMAR": "Mymr", "ETHIOPIC": "Ethi", "TAMIL": "Taml", "SINHALA": "Sinh",
}  # fmt: skip


def unfit(name):
    """Why this is no name of a person, or None."""
    if len(name) > LONGEST:
        return f"at most {LONGEST} characters; this has {len(name):,}"
    if hidden := _HIDDEN.search(name):
        return f"holds the invisible mark U+{ord(hidden[0]):04X}; take it out"
    control = next((c for c in name if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Co")), None)
    if control is not None:
        return f"holds the character U+{ord(control):04X}, which is no letter"
    marks = 0
    for letter in unicodedata.normalize("NFD", name):
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > _MOST_MARKS:
            return f"holds more than {_MOST_MARKS} marks on one letter"
    if sum(letter.isalpha() for letter in name) < 2:
        return f"“{name}” is too short for a name: two letters at least"
    return why_not(name)  # nor what the desk refuses


def script_of(text):
    """ISO 15924, by most of its letters; "" where it is not told."""
    scripts = Counter(unicodedata.name(c, "").split()[0] for c in text if c.isalpha())
    return _SCRIPTS.get(scripts.most_common(1)[0][0], "") if scripts else ""


def kind_of(name, of):
    """A full or a short form where one has all words of the other, else a transliteration."""
    own, given = set(fold(of).split()), set(fold(name).split())
    if own < given:
        return "full"
    return "short" if given < own else "transliteration"
