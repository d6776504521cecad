"""Offices that stand in a text for whoever held them on its day."""

from .fitting import keys_of
from .listed import listed
from .offices import PLACED, title_words


def of(standing, words, gazetteer, span):
    """(office, Person) for each office of which one person alone was the certain holder, unless
    another's name stands beside it."""
    for office in standing:
        holder = _holder(office, gazetteer, span)
        if holder and _agrees_before(words, office, holder) and _agrees(words, office, holder):
            yield office, holder


def _holder(office, gazetteer, span):
    found = {
        person.slug: person
        for term, person in gazetteer.terms_of.get(office.country, ())
        if office.title.holds(term) and term.is_certain_during(span)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _agrees_before(words, office, holder):
    """ "Qaboos bin Said, the long-serving sultan of Oman" """
    before = office.first - 1
    while before > office.first - 4 and words.gap(before + 1) == " ":
        if words.is_capital(before) or words.keys[before] in _JOINING:
            return True
        before -= 1
    if words.gap(before + 1) != ", " or not words.is_title_case(before):
        return True
    for end in range(before, max(before - _MOST_NAMES, -1), -1):
        key = words.keys[end]
        if key in _NO_NAMES or not (words.is_title_case(end) or key in PLACED):
            return end == before or key in _NO_NAMES
        if key in keys_of(holder):
            return True
        if not words.is_joined(end):
            break
    return False


def _agrees(words, office, holder):
    """ "The Azerbaijani foreign minister, Jeyhun Bayramov" """
    after = office.last + 1
    if words.gap(after) not in (" ", ", ") or words.is_possessive(office.last):
        return True
    if words.key(after) in listed("form of address"):
        after += 1
    if not words.is_title_case(after):
        return True
    is_apart = words.gap(after) == ", " and not words.is_joined(after + 1)
    if is_apart or title_words(words, after):
        return True  # no name, or somebody else in a list
    for end in range(after, min(after + _MOST_NAMES, len(words))):
        if not words.is_title_case(end) or (end > after and not words.is_joined(end)):
            return False
        if words.keys[end] in keys_of(holder):
            return True
    return False


_MOST_NAMES = 7  # words of one name
_JOINING = {"and", "or", "but", "as", "while", "when", "with", "to", "for", "that", "if", "said"}
_NO_NAMES = listed("not a given name")
