"""One folding table, used alike for what is indexed and for what is asked, on both engines.

Folding makes `Əliyev`, `ALIYEV` and `aliyev` one word, unifies Persian and Arabic letters, drops
vowel signs and accents, and turns every hyphen and mark between words into a space. It is for
comparing only: what is shown is always what was written.
"""

import re
import unicodedata
from functools import lru_cache

# Letters that neither Unicode's decomposition nor case folding takes to their plain form.
_LETTERS = {
    "ə": "a", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
    "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ɨ": "i", "ʉ": "u", "ƶ": "z", "ȷ": "j", "ɉ": "j",
    "ɓ": "b", "ɗ": "d", "ɖ": "d", "ƙ": "k", "ƴ": "y", "ɠ": "g", "ǥ": "g", "ɛ": "e", "ɔ": "o",
    "ɵ": "o", "ȼ": "c", "ꞩ": "s",
    # Letters of the Turkic and Iranian languages in Cyrillic, which Russian writes without a tail.
    "ә": "а", "ө": "о", "ү": "у", "ұ": "у", "қ": "к", "ғ": "г", "ң": "н", "ҳ": "х", "ҷ": "ч",
    "ҹ": "ч", "ґ": "г",
    # Persian and Arabic write the same letter with different characters.
    "ی": "ي", "ى": "ي", "ې": "ي", "ک": "ك", "ۀ": "ه", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "ۃ": "ه", "ڪ": "ك", "ٱ": "ا",
}  # fmt: skip
APOSTROPHES = "'’‘‛ʻʼʽʾʿʹˈˊˋ`´′‵＇ꞌ՚׳ߴߵ"
_JOINERS = (
    "\u00ad\u0640\u200b\u200c\u200d\u2060\ufeff\u034f"  # soft hyphen, tatweel, zero widths
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # directions
)
_TABLE = str.maketrans({**_LETTERS, **dict.fromkeys(APOSTROPHES + _JOINERS, "")})
_POSSESSIVE = re.compile(rf"(?<=\w)[{APOSTROPHES}]s\b", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[\W_]+")
# ASCII in one step: small letters and digits stay, apostrophes go, all else parts words.
_ASCII = str.maketrans(
    {letter: letter.lower() if letter.isalnum() else " " for letter in map(chr, range(128))}
    | {letter: "" for letter in APOSTROPHES if letter.isascii()}
)
_LONGEST_KEPT = 40  # letters of a word whose folded form is kept: whole paragraphs have no blank

# A word where it stands: letters, with the marks and apostrophes that belong to them.
_WORD = re.compile(
    rf"[^\W_](?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f{APOSTROPHES}{_JOINERS}])*"
)


def fold(text):
    """`text` as plain words and single spaces: "Amir-Abdollahian's" is "amir abdollahian"."""
    return " ".join(folded_words(text))


def folded_words(text):
    """The words of `fold(text)`, as a list."""
    if not text.isascii():
        # A blank parts whatever the rules look at, so each word may be folded by itself.
        words = text.split()
        text = " ".join([word if word.isascii() else _fold_word(word) for word in words])
        if not text.isascii():  # of another script
            return " ".join(map(_fold_word, words)).split()
    if "'" in text or "`" in text:
        text = _POSSESSIVE.sub("", text)
    return text.translate(_ASCII).split()


def _fold_word(word):
    return _kept_fold(word) if len(word) <= _LONGEST_KEPT else _fold(word)


def _fold(text):
    text = unicodedata.normalize("NFC", text)  # an accent of its own would hide a possessive
    text = _POSSESSIVE.sub("", text)
    # Apostrophes first: NFKD makes a blank of ´. Case last: NFKD makes capitals of № and 𝔸.
    text = unicodedata.normalize("NFKD", text.translate(_TABLE)).casefold()
    text = unicodedata.normalize("NFKD", text).translate(_TABLE)
    text = "".join(
        str(unicodedata.digit(c)) if not c.isascii() and c.isdigit() else c
        for c in text
        if not unicodedata.combining(c)
    )
    return _NOT_A_WORD.sub(" ", unicodedata.normalize("NFC", text)).strip()


_kept_fold = lru_cache(maxsize=50_000)(_fold)


def words_in_place(text):
    """(start, end, folded) for each word of `text`; `folded` may hold several words."""
    return map(_in_place, _WORD.finditer(text))


def word_at(text, start):
    """The same of the word that begins at a place."""
    return _in_place(_WORD.match(text, start))


def _in_place(match):
    end = match.start() + len(match[0].rstrip(APOSTROPHES + _JOINERS))
    return match.start(), end, fold(match[0])
