"""How alike two words are that may be one, in whatever letters: of names of one person alone.

latin("عراقچی")                          "`rqchy": Latin letters, to compare scripts by
likeness("araghchi", "araqchi")          193 of 200; 0 where they are not clearly one word
may_be_same("safadi", "الصفدي")          True, where every other word is in its place
skeletons("zelensky")                    {"slnsk"}: their consonants, as sounds
"""

import re
from functools import lru_cache
from itertools import product

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from .fold import folded_words

_LIKE = 85  # of 100: Latin letters of one script
_NOT_UNLIKE = 65  # of 100: of two scripts, where every other word of the name stands in its place
_SOUND_ALIKE = 70  # of 100: there, too; two sounds of three are not enough
_LEAST_LIKE = 40  # of 100, where three sounds are the same, and in order
_VOWELS = "aeiou"


def latin(text):
    """Folded words in Latin letters, whatever their script."""
    return text if text.isascii() else _latin(text)


# Where Persian and Arabic read one letter otherwise, or Hebrew has one for several sounds.
_READ = str.maketrans({"ו": "w", **dict.fromkeys("ظذض", "z"), **dict.fromkeys("ثص", "s")})

_NO_MARKS = str.maketrans(dict.fromkeys("'`", ""))  # which stand for a letter: ע is no possessive


@lru_cache(maxsize=2000)
def _latin(text):
    letters = anyascii(text.translate(_READ)).translate(_NO_MARKS)
    return " ".join(folded_words(letters))


def script_of(word):
    """Of a folded word: of its first letter, as far as needs be told. "whole" are those in which a
    name is one word."""
    first = ord(word[0])
    return next((name for last, name in _SCRIPTS if first <= last), "")


_SCRIPTS = [
    (0x024F, "Latin"), (0x03FF, "Greek"), (0x052F, "Cyrillic"), (0x058F, "Armenian"),
    (0x05FF, "Hebrew"), (0x08FF, "Arabic"), (0x0DFF, "India"), (0x10CF, "other"),
    (0x10FF, "Georgian"), (0x137F, "Ethiopic"), (0x1EFF, "Latin"), (0x1FFF, "Greek"),
    (0x2DFF, "other"), (0x10FFFF, "whole"),
]  # fmt: skip


def may_be_same(one, other):
    """Whether two words may be one, as every other word of the name is in its place."""
    if one == other:
        return True
    scripts = {script_of(one), script_of(other)}
    if "whole" in scripts:
        return bool(likeness(one, other))
    are_two = len(scripts) > 1
    return bool(likeness(one, other)) or any(
        (are_two and ratio(a, b) >= _NOT_UNLIKE) or _sound_alike(a, b, are_two)
        for a, b in product(_readings(one), _readings(other))
    )


def _sound_alike(one, other, are_two):
    if not are_two:  # of one script, which writes its vowels
        return _begin_alike(one, other) and any(
            len(sounds) > 1 for sounds in skeletons(one) & skeletons(other)
        )
    pairs = product(skeletons(one), skeletons(other))
    return any(ratio(this, that) >= _SOUND_ALIKE for this, that in pairs)


def likeness(one, other):
    """How alike two words are, 0 if they are not clearly one."""
    of_one_script = one.isascii() and other.isascii()
    return max(
        (_likeness(a, b, of_one_script) for a, b in product(_readings(one), _readings(other))),
        default=0,
    )


def _readings(word):
    """A folded word in Latin letters; one with an Arabic article without it, too."""
    words = [word, word[2:]] if word.startswith("ال") and len(word) > 4 else [word]
    return [read for read in (latin(each).replace(" ", "") for each in words) if read]


def _likeness(one, other, of_one_script):
    alike = ratio(one, other)
    if alike == 100:
        return alike
    sounds = max(map(len, skeletons(one) & skeletons(other)), default=0)
    if sounds > 2 and of_one_script and not _begin_alike(one, other):
        sounds = 0
    if alike >= (_LEAST_LIKE if sounds > 2 else _NOT_UNLIKE) and sounds > 1:
        return alike + 100
    return alike if alike >= _LIKE and min(len(one), len(other)) > 4 else 0


def _begin_alike(one, other):
    """With a vowel, or without one: Ibrahim is no prime."""
    return (one[0] in _VOWELS) is (other[0] in _VOWELS)


# Which sound the consonants of a Latin spelling stand for, as far as languages agree.
_TOGETHER = {
    "shch": "s", "schtsch": "s", "dsch": "s", "tsch": "s", "tch": "s", "dzh": "s", "chzh": "s",
    "sch": "s", "ds": "s",
    "zh": "s", "sh": "s", "ch": "s", "dj": "J", "dz": "s", "ts": "s", "tz": "s", "cs": "s",
    "gh": "k", "ph": "p", "th": "t", "ck": "k", "qu": "k", "x": "ks", "kh": "K", "dh": "D",
}  # fmt: skip
_ALONE = {
    **dict.fromkeys("bpfv", "p"), **dict.fromkeys("dt", "t"), **dict.fromkeys("gkq", "k"),
    **dict.fromkeys("sz", "s"), "l": "l", "m": "m", "n": "n", "r": "r",
    "c": "c", "j": "j", "w": "w",
}  # fmt: skip
# And where they do not.
_EITHER = {"J": "st", "c": "ks", "j": "s ", "w": " p", "K": "k ", "D": "st"}
_SOUND = re.compile("|".join([*sorted(_TOGETHER, key=len, reverse=True), "."]))
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=2000)
def skeletons(word):
    """The consonants of a Latin word as sounds, in each way that its letters may be read; a first x
    is sh, or kh, and so is ch before a consonant."""
    if first := re.match("x|ch(?=[^aeiou])", word):
        rest = word[first.end() :]
        return skeletons(f"s{rest}") | skeletons(f"kh{rest}")
    letters = _SOUND.findall(word)
    found = {"".join([_TOGETHER.get(one) or _ALONE.get(one, " ") for one in letters])}
    for letter, sounds in _EITHER.items():
        found = {read.replace(letter, sound) for read in found for sound in sounds}
    return {_TWICE.sub(r"\1", read).replace(" ", "") for read in found}
