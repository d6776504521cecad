"""A Query with the other spellings of the names in it.

A word is asked for in each of its spellings wherever it stands (`Query.also`, see `vocabulary`).
Where a few words are a name, or a part of one, that another spelling writes with other words, an
alternative asks for these, next to one another: "xi jinping trade" OR "习近平" trade.
"""

from dataclasses import replace
from itertools import chain, islice, product

from .query import Alternative, Term

MOST_WORDS = 10  # of a name
MOST_OTHERS = 12  # spellings of one name
MOST_ALTERNATIVES = 48  # of one Query


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


def spelled(query, also):
    """The Query that finds the other spellings, too; `also` is {run of words: its other runs}."""
    also = {run: others[:MOST_OTHERS] for run, others in also.items()}
    found = []
    for alternative in query.alternatives:
        choices = [_choices(terms, also) for terms in _stretches(alternative)]
        unwanted = [
            *alternative.unwanted,
            *(other for term in alternative.unwanted for other in _phrases(term, also)),
        ]
        most = max(1, MOST_ALTERNATIVES - len(found))
        for chosen in islice(product(*chain(*choices)), most):
            wanted = tuple(chain(*chosen))
            is_other = wanted != alternative.wanted
            found.append(Alternative(wanted, tuple(unwanted), is_other))
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


def _choices(terms, also):
    """[[what will do for some of the terms: terms]], the first being the terms as typed."""
    found, at = [], 0
    of_each = [[(term,), *((other,) for other in _phrases(term, also))] for term in terms]
    while at < len(terms):
        others, end = _as_one_name(terms, at, also)
        together = [tuple(chain(*chosen)) for chosen in _some(product(*of_each[at:end]))]
        found.append([*together, *((other,) for other in others)])
        at = end
    return found


def _some(products):
    return islice(products, MOST_ALTERNATIVES)


def _as_one_name(terms, at, also):
    """(the other spellings of the longest name that begins with this term, as terms, where it
    ends)"""
    for end in range(min(len(terms), at + MOST_WORDS), at + 1, -1):
        words = [word for term in terms[at:end] for word in term.words]
        others = [
            Term(tuple(other.split()), terms[at].in_headline)
            for other in also.get(" ".join(words), ())
        ]
        others = [o for o in others if not all(_stands(t, o, also) for t in terms[at:end])]
        if others:
            return others, end
    return [], at + 1


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
