"""What may be a spelling of a name, and what is seen from it: its script, its kind."""

import unicodedata
from collections import Counter

from articles.names.fold import fold
from articles.names.written import why_not

LONGEST = 200
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
    if why := why_not(name):
        return why
    if sum(letter.isalpha() for letter in name) < 2:
        return f"“{name}” is too short for a name: two letters at least"
    return None


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
