"""The spellings of one person's name, word by word: which words are one, written otherwise.

    runs(spellings)         {run of folded words: the other runs that it may be written as}; of a
                            word that is always written so, none

A run is folded words parted by blanks: a word (`araghchi` is `araqchi` and `عراقچي`), a few words
that another spelling writes as one (`amir abdollahian`), or a whole spelling (`习近平` is
`xi jinping`). Only spellings of one and the same person are ever compared, so nothing here can make
two people one. Words are united where they are clearly one word: Bibi is another spelling of
Benjamin only as a whole name. What a person was called before stands for the whole name alone, too.
"""

from collections import namedtuple
from itertools import combinations

from .customary import customary
from .fold import folded_words
from .likeness import likeness, may_be_same, script_of

# `kind` is that of OtherName; a person's own name has none.
Spelling = namedtuple("Spelling", "name kind")

WORD_BY_WORD = {"", "native", "transliteration", "full"}  # kinds of which words are compared
MOST_WORDS = 8  # of a name that is compared word by word
MOST_TOGETHER = 3  # words that another spelling writes as one
MOST_SPELLINGS = 30  # of one person, compared word by word
_EITHER = {"al", "el"}  # the article of Arabic, which writes it as part of the word
ARTICLES = {*_EITHER, "as", "ash", "es", "аль", "эль", "ас", "аш", "אל"}  # before some sounds, too


def runs(spellings):
    """{run: its other runs} of one person's spellings, [Spelling]."""
    whole = dict.fromkeys(filter(None, (" ".join(_words(s.name)) for s in spellings)))
    found = {word: [] for run in whole for word in run.split()}
    for run in whole:
        _join(found, run, [other for other in whole if other != run])
    for one, other in combinations(_word_by_word(spellings), 2):
        _unite(found, same_words(one, other))
    for run in whole:
        _unite(found, _without_article(run.split()))
    for name in dict.fromkeys(s.name for s in spellings):
        for written in customary(name):
            _inherit(found, _words(name), _words(written))
    if any(script_of(run) == "whole" for run in whole):  # family names come first there
        for words in map(str.split, whole):
            if len(words) == 2 and words[0].isascii():
                _inherit(found, words, words[::-1])
    return found


def _unite(found, pairs):
    for run, also in pairs:
        _join(found, run, [also])
        _join(found, also, [run])


def _without_article(words):
    """[(run, run)] of a surname with the other article, and of one with it and without."""
    for place, word in enumerate(words[1:-1], 1):
        surname = words[place + 1]
        if word in ARTICLES:
            yield f"{word} {surname}", surname
        if word in _EITHER:
            yield tuple(f"{article} {surname}" for article in sorted(_EITHER))


def _inherit(found, words, written):
    """Let `words`, as they are `written` by custom, be one with all that they are one with."""
    pairs = {" ".join(words): " ".join(written)}
    if len(words) != len(written) or set(words) != set(written):
        run, also = _changed(words, written)
        pairs[run] = also
    for run, also in pairs.items():
        others = list(found.get(run, ()))
        _unite(found, [(other, also) for other in [run, *others] if other != also])
    for word in written:
        if not _is_no_name(word):
            found.setdefault(word, [])


def _changed(words, written):
    """The runs in which two tuples of words differ; with a word that follows where one has none."""
    start = 0
    while words[start : start + 1] == written[start : start + 1]:
        start += 1
    end = 0
    while end < min(len(words), len(written)) - start and words[-1 - end] == written[-1 - end]:
        end += 1
    if len(words) - end == start or len(written) - end == start:
        end -= 1
    return tuple(" ".join(these[start : len(these) - end]) for these in (words, written))


def _words(name):
    return tuple(folded_words(name))


def _word_by_word(spellings):
    names = [_words(s.name) for s in spellings if s.kind in WORD_BY_WORD]
    names = [words for words in dict.fromkeys(names) if 0 < len(words) <= MOST_WORDS]
    return names[:MOST_SPELLINGS]


def _join(found, run, others):
    if _is_no_name(run):
        return
    known = found.setdefault(run, [])
    known += [other for other in others if other not in known and not _is_no_name(other)]


def _is_no_name(run):
    """An article alone, and a letter, which is the initial of many, but for the scripts in which it
    is a word."""
    return run in ARTICLES or len(run) == 1 and script_of(run) != "whole"


def same_words(one, other):
    """[(run, run)] of what is clearly the same word in two spellings, tuples of folded words."""
    if len(one) == len(other) and all(map(may_be_same, one, other)):
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
    return 0 if "whole" in (script_of(one), script_of(other)) else likeness(one, other)


def _joined(words, places):
    return "".join([words[at] for at in places])


def _pairs(one, other):
    found = [(" ".join(one), " ".join(other))]
    for words, whole in ((one, other), (other, one)):
        if len(words) == 2 and words[0] in _EITHER and whole[0] != words[1]:
            found.append((words[1], whole[0]))
    return found
