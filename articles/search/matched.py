"""By which spelling of a name an article was found, where it is not the one that was typed."""

import unicodedata
from collections import defaultdict
from functools import lru_cache
from itertools import islice

from articles.names.fold import APOSTROPHES, fold, words_in_place

from .passage import SCANNED, candidates
from .variants import runs_of

MOST_TOLD = 4
_LONGEST = 80  # letters of a word, in which the next of a run is looked for


def matched(texts, query):
    """The spellings as they stand in the texts: ["عراقچی"] of who typed Araghchi; [] where all that
    was typed stands there as well."""
    typed = [run for run in runs_of(query, is_wanted=True) if run in query.also]
    if not typed:
        return []
    as_typed, begun = _plain_words(query.text), defaultdict(list)
    for run in typed:
        for words in dict.fromkeys([run, *query.also[run]]):
            words = words.split()
            begun[words[0]].append((run, words))
    missing, found = set(typed), {}
    for text in texts:
        for run, words, written in _standing(text[:SCANNED], begun):
            is_typed = " ".join(words) == run
            if is_typed and as_typed.issuperset(_plain_words(written)):
                missing.discard(run)
            else:
                found.setdefault(run, written)
        if not missing:
            return []
    return _told(missing, found)


def _told(missing, found):
    """What was found instead, a whole name before its words."""
    told = []
    for run in sorted(found, key=lambda run: -run.count(" ")):
        parts_missing = missing.intersection(run.split())
        is_missing = run in missing and (" " not in run or parts_missing)
        if is_missing and not any(found[run] in longer for longer in told):
            told.append(found[run])
    return told[:MOST_TOLD]


def _standing(text, begun):
    """(run typed, words that are as good, these as they are written in the text)"""
    for start, end, folded in candidates(text, frozenset(begun)):
        for run, words in begun.get(folded, ()):
            if len(words) == 1:
                yield run, words, text[start:end]
                continue
            following = text[start : start + _LONGEST * len(words)]
            stand = list(islice(words_in_place(following), len(words)))
            if [word for _, _, word in stand] == words:
                yield run, words, following[: stand[-1][1]]


def _plain_words(text):
    return {_plain(text[start:end]) for start, end, _ in words_in_place(text)}


@lru_cache(maxsize=2000)
def _plain(word):
    """A word without what nobody takes for another spelling: capitals, 's."""
    word = unicodedata.normalize("NFC", word.casefold().replace("i\u0307", "i"))
    ending = word[-2:-1] in APOSTROPHES and word[-2:-1] and word.endswith("s")
    word = word[:-2] if ending and fold(word) == fold(word[:-2]) else word
    return "".join(letter for letter in word if letter not in APOSTROPHES)
