"""The spellings of one person's name, word by word: which words are one, written otherwise.

    runs(spellings)         {run of folded words: the other runs that it may be written as}; of a
                            word that is always written so, none
    latin("عراقچی")          "`rqchy": Latin letters, to compare scripts by

A run is folded words parted by blanks: a word (`araghchi` is `araqchi` and `عراقچي`), a few words
that another spelling writes as one (`amir abdollahian`), or a whole spelling (`习近平` is
`xi jinping`). Only spellings of one and the same person are ever compared, so nothing here can make
two people one. Words are united where they are clearly one word: Bibi is another spelling of
Benjamin only as a whole name. What a person was called before stands for the whole name alone, too.
"""

import re
from collections import namedtuple
from functools import lru_cache
from itertools import combinations

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from .fold import folded_words

# `kind` is that of OtherName; a person's own name has none.
Spelling = namedtuple("Spelling", "name kind")

WORD_BY_WORD = {"", "native", "transliteration", "full"}  # kinds of which words are compared
MOST_WORDS = 8  # of a name that is compared word by word
MOST_TOGETHER = 3  # words that another spelling writes as one
MOST_SPELLINGS = 12  # of one person, compared word by word
_LIKE = 85  # of 100: Latin letters of one script
_NOT_UNLIKE = 65  # of 100: of two scripts, where every other word of the name stands in its place
_LEAST_LIKE = 40  # of 100, where three sounds are the same, and in order
_VOWELS = "aeiou"
_ARTICLES = {"al", "el"}  # which Arabic writes as part of the word


def runs(spellings):
    """{run: its other runs} of one person's spellings, [Spelling]."""
    whole = dict.fromkeys(filter(None, (" ".join(_words(s.name)) for s in spellings)))
    found = {word: [] for run in whole for word in run.split()}
    for run in whole:
        _join(found, run, [other for other in whole if other != run])
    for one, other in combinations(_word_by_word(spellings), 2):
        for run, also in same_words(one, other):
            _join(found, run, [also])
            _join(found, also, [run])
    return found


def _words(name):
    return tuple(folded_words(name))


def _word_by_word(spellings):
    names = [_words(s.name) for s in spellings if s.kind in WORD_BY_WORD]
    names = [words for words in dict.fromkeys(names) if 0 < len(words) <= MOST_WORDS]
    return names[:MOST_SPELLINGS]


def _join(found, run, others):
    if _is_letter(run):
        return
    known = found.setdefault(run, [])
    known += [other for other in others if other not in known and not _is_letter(other)]


def _is_letter(run):
    """A letter alone is the initial of many, but for the scripts in which it is a word."""
    return len(run) == 1 and script_of(run) != "whole"


def same_words(one, other):
    """[(run, run)] of what is clearly the same word in two spellings, tuples of folded words."""
    if len(one) == len(other) and all(map(_may_be_same, one, other)):
        return [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return _clearly_same(*_without_common(one, other))


def _without_common(one, other):
    """What is left of both without the words that both have; it parts what stood around it."""
    left, right = list(one), list(other)
    for word in one:
        if word in right:
            left[left.index(word)] = right[right.index(word)] = None
    return left, right


def _clearly_same(one, other):
    """The pairs that are alike, the likest first; no word is in two of them."""
    likeness = {}
    for left in _stretches(one):
        for right in _stretches(other):
            if min(len(left), len(right)) == 1:
                alike = _clearly_alike(_joined(one, left), _joined(other, right))
                if alike:
                    likeness[left, right] = alike, len(left) + len(right)
    found = []
    taken_left, taken_right = set(), set()
    for left, right in sorted(likeness, key=likeness.get, reverse=True):
        if taken_left.isdisjoint(left) and taken_right.isdisjoint(right):
            taken_left.update(left)
            taken_right.update(right)
            words = [[one[at] for at in left], [other[at] for at in right]]
            found += _pairs(*words)
    return found


def _stretches(words):
    """The places of words that stand next to one another, as ranges."""
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + MOST_TOGETHER) + 1):
            if words[end - 1] is None:
                break
            yield range(start, end)


def _clearly_alike(one, other):
    return 0 if "whole" in (script_of(one), script_of(other)) else _likeness(one, other)


def _joined(words, places):
    return "".join([words[at] for at in places])


def _pairs(one, other):
    found = [(" ".join(one), " ".join(other))]
    for words, whole in ((one, other), (other, one)):
        if len(words) == 2 and words[0] in _ARTICLES and whole[0] != words[1]:
            found.append((words[1], whole[0]))
    return found


# Likeness


def latin(text):
    """Folded words in Latin letters, whatever their script."""
    return text if text.isascii() else _latin(text)


# Where Persian and Arabic read one letter otherwise, or Hebrew has one for several sounds.
_READ = str.maketrans({"ו": "w", **dict.fromkeys("ظذض", "z"), **dict.fromkeys("ثص", "s")})


@lru_cache(maxsize=2000)
def _latin(text):
    return " ".join(folded_words(anyascii(text.translate(_READ))))


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


def _may_be_same(one, other):
    """Whether two words may be one, as every other word of the name is in its place."""
    if one == other:
        return True
    scripts = {script_of(one), script_of(other)}
    if len(scripts) == 1 or "whole" in scripts:
        return bool(_likeness(one, other))
    one, other = latin(one), latin(other)
    if not (one and other):
        return False
    return ratio(one, other) >= _NOT_UNLIKE or any(
        ratio(a, b) >= _NOT_UNLIKE for a in skeletons(one) for b in skeletons(other)
    )


def _likeness(one, other):
    """How alike two words are, 0 if they are not clearly one."""
    of_one_script = one.isascii() and other.isascii()
    one, other = latin(one).replace(" ", ""), latin(other).replace(" ", "")
    if not (one and other):
        return 0
    alike = ratio(one, other)
    if alike == 100:
        return alike
    sounds = max(map(len, skeletons(one) & skeletons(other)), default=0)
    if sounds > 2 and of_one_script and (one[0] in _VOWELS) is not (other[0] in _VOWELS):
        sounds = 0  # Ibrahim is no prime
    if alike >= (_LEAST_LIKE if sounds > 2 else _NOT_UNLIKE) and sounds > 1:
        return alike + 100
    return alike if alike >= _LIKE and min(len(one), len(other)) > 4 else 0


# Which sound the consonants of a Latin spelling stand for, as far as languages agree.
_TOGETHER = {
    "shch": "s", "schtsch": "s", "tsch": "s", "tch": "s", "dzh": "s", "chzh": "s", "sch": "s",
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
    is sh."""
    letters = _SOUND.findall(re.sub("^x", "s", word))
    found = {"".join([_TOGETHER.get(one) or _ALONE.get(one, " ") for one in letters])}
    for letter, sounds in _EITHER.items():
        found = {read.replace(letter, sound) for read in found for sound in sounds}
    return {_TWICE.sub(r"\1", read).replace(" ", "") for read in found}
