"""A Query with the other spellings of the names in it.

A word is asked for in each of its spellings wherever it stands (`Query.also`, see `vocabulary`).
Where a few words are a name, or a part of one, that another spelling writes with other words, an
alternative asks for these, next to one another: "xi jinping trade" OR "习近平" trade.
"""

from collections import namedtuple
from dataclasses import replace
from itertools import chain, islice, product

from .query import Alternative, Term

MOST_WORDS = 10  # of a name
MOST_OTHERS = 40  # spellings of one name
MOST_ALTERNATIVES = 96  # of one Query

_Choice = namedtuple("_Choice", "terms without", defaults=[()])


def runs_of(query, is_wanted=False):
    """The runs of words typed in a Query that may be a name, the shortest first; with `is_wanted`
    of what must occur alone."""
    found = {}
    for alternative in query.alternatives:
        if alternative.is_other:
            continue
        stretches = [[w for term in some for w in term.words] for some in _stretches(alternative)]
        if not is_wanted:
            stretches += [term.words for term in alternative.unwanted]
        for words in stretches:
            found |= {_run(words, place): None for place in _places(len(words))}
    return sorted(found, key=lambda run: run.count(" "))


def spelled(query, also, longer=None):
    """The Query that finds the other spellings, too; `also` is {run of words: its other runs},
    `longer` {run that is a whole name: the longer names with its words} (see `namesakes`)."""
    also = {run: others[:MOST_OTHERS] for run, others in also.items()}
    found = []
    for alternative in query.alternatives:
        choices = [_choices(terms, also, longer or {}) for terms in _stretches(alternative)]
        unwanted = [
            *alternative.unwanted,
            *(other for term in alternative.unwanted for other in _phrases(term, also)),
        ]
        most = max(1, MOST_ALTERNATIVES - len(found))
        for number, chosen in enumerate(islice(product(*chain(*choices)), most)):
            wanted = tuple(chain(*(choice.terms for choice in chosen)))
            without = (*unwanted, *chain(*(choice.without for choice in chosen)))
            is_other = number > 0 and wanted != alternative.wanted
            found.append(Alternative(wanted, without, is_other))
    return replace(query, alternatives=tuple(found), also=also)


def _stretches(alternative):
    """The wanted terms in lists of those beside one another that may be parts of one name."""
    found = []
    for term in alternative.wanted:
        before = found[-1][-1] if found else None
        if before and not before.is_begun and before.in_headline == term.in_headline:
            found[-1].append(term)
        else:
            found.append([term])
    return found


def _places(number):
    """All stretches of so many words, as slices, the longest first."""
    for length in range(min(number, MOST_WORDS), 0, -1):
        for start in range(number - length + 1):
            yield slice(start, start + length)


def _run(words, place):
    return " ".join(words[place])


def _choices(terms, also, longer):
    """[[what will do for some of the terms: _Choice]], the first being the terms as typed, but for
    a name of which another one has all words."""
    found, at = [], 0
    of_each = [[(term,), *((other,) for other in _phrases(term, also))] for term in terms]
    while at < len(terms):
        name, others, end = _as_one_name(terms, at, also, longer)
        together = [tuple(chain(*chosen)) for chosen in _some(product(*of_each[at:end]))]
        others = [_Choice((other,)) for other in others]
        if name in longer:
            found.append([*_kept_apart(name, together, terms[at], longer[name]), *others])
        else:
            found.append([*map(_Choice, together), *others])
        at = end
    return found


def _kept_apart(name, together, first, longer):
    """A name as it stands, or its words without the longer names that have them, too."""
    words = tuple(name.split())
    without = tuple(Term(tuple(other), first.in_headline) for other in longer)
    is_told = len(set(words)) == len(words)  # Abdullah Abdullah is no name of one word
    apart = [_Choice(terms, without) for terms in together] if is_told else []
    return [*apart, _Choice((Term(words, first.in_headline),))]


def _some(products):
    return islice(products, MOST_ALTERNATIVES)


def _as_one_name(terms, at, also, longer):
    """(the longest name that begins with this term, its other spellings, as terms, where it
    ends)"""
    for end in range(min(len(terms), at + MOST_WORDS), at + 1, -1):
        name = " ".join([word for term in terms[at:end] for word in term.words])
        others = [Term(tuple(other.split()), terms[at].in_headline) for other in also.get(name, ())]
        others = [o for o in others if not all(_stands(t, o, also) for t in terms[at:end])]
        if others or name in longer:
            return name, others, end
    return None, [], at + 1


def _stands(term, other, also):
    """Whether a term is found wherever the other one is."""
    number = len(term.words)
    return any(
        _is_word_by_word(term.words, other.words[start : start + number], also)
        for start in range(len(other.words) - number + 1)
    )


def _is_word_by_word(words, other, also):
    return len(words) == len(other) and all(
        theirs == word or theirs in also.get(word, ())
        for word, theirs in zip(words, other, strict=True)
    )


def _phrases(term, also):
    """The terms that are as good as this one by other spellings of a name in it."""
    found = {}
    if term.is_begun:
        return []
    for place in _places(len(term.words)):
        typed = term.words[place]
        for other in also.get(" ".join(typed), ()):
            other = tuple(other.split())
            if _is_word_by_word(typed, other, also):
                continue  # the forms of its words will do
            words = (*term.words[: place.start], *other, *term.words[place.stop :])
            found[Term(words, term.in_headline)] = None
    return list(found)[:MOST_OTHERS]
