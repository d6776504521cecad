"""Which people a title, a country and a day allow, and which names are a person's."""

from functools import lru_cache

from .fold import folded_words
from .listed import listed, same_given_names, table
from .offices import PLACED, is_high


class Circle:
    """What a text tells of the people that it may name: its days, and the countries it names."""

    def __init__(self, span, countries, gazetteer):
        self.span, self.countries = span, countries
        self.is_undated = span.earliest is None and span.latest is None
        self.unions = gazetteer.unions

    def fitting(self, people, title, country):
        """Those of the people whom a title, a country and the days allow: who held the office for
        certain, else who may have held it, else who once did, of a country in the text."""
        people = list(dict.fromkeys(people))
        if country:
            people = [p for p in people if any(term.country in country for term in p.terms)]
        if title is None or title.is_form_of_address:
            return [p for p in people if any(t.is_possible_during(self.span) for t in p.terms)]
        terms = {
            p: [t for t in p.terms if title.fits(t) and (not country or t.country in country)]
            for p in people
        }
        for test in self._tests(title):
            if found := [person for person in people if any(map(test, terms[person]))]:
                return found
        return []

    def _tests(self, title):
        """By which terms people fit, those of the first test before those of the next."""
        if self.is_undated:
            return [self._is_named]
        if title.is_past:
            return [self._once, lambda term: term.is_begun_before(self.span)]
        return [
            lambda term: term.is_certain_during(self.span),
            lambda term: term.is_possible_during(self.span),
            self._once,
        ]

    def _once(self, term):
        return term.is_begun_before(self.span) and self._is_named(term)

    def _is_named(self, term):
        """Whether the country of a term is named in the text; a union need not be."""
        return not term.country or term.country in self.countries or term.country in self.unions

    def term(self, person, title):
        """The term by which a title names a country: held for certain on the day; or None."""
        if title.is_past:
            return None
        for term in person.terms:
            if term.country and title.fits(term) and term.is_certain_during(self.span):
                return term
        return None

    def may_hold(self, person, title):
        return self.is_undated or any(
            title.fits(term) and term.is_possible_during(self.span) for term in person.terms
        )

    def in_office(self, people, title, surname):
        """The one person of a surname, in a high office on the day though of another title:
        "President Gorbachev" before there was a president."""
        people = list(dict.fromkeys(people))
        if len(people) != 1 or title.word not in _HEADS:
            return []
        return self.of_high_office(people, surname)

    def of_high_office(self, people, surname):
        """Those in a high office on the day, of a country in the text, and of no common name."""
        if surname in listed("common surname"):
            return []
        return [
            person
            for person in dict.fromkeys(people)
            if any(
                is_high(term) and self._is_named(term) and term.is_certain_during(self.span)
                for term in person.terms
            )
        ]

    def leading(self, people):
        """{person: term} of those at the head of an administration, as only a country with such
        a word has one: on the day, else who once were, if nobody so called holds an office."""
        own = table("countries")["told_by_title"]
        of = {p: [t for t in p.terms if t.country in own and is_high(t)] for p in people}
        now = {p: t for p, terms in of.items() for t in terms if t.is_certain_during(self.span)}
        if now or any(t.is_certain_during(self.span) for p in people for t in p.terms):
            return now
        return {
            p: t
            for p, terms in of.items()
            for t in terms
            if t.role == "head-of-state" and t.is_begun_before(self.span)
        }

    def holding(self, people, country):
        """Those in a high office of a country, by slug, on the day."""
        return [
            person
            for person in dict.fromkeys(people)
            if any(
                is_high(term) and term.country == country and term.is_certain_during(self.span)
                for term in person.terms
            )
        ]


def bears(person, given, others):
    """Whether a given name is a person's, in one of its forms, and the other names beside it do
    not tell of somebody else: John Paul Stevens is not John Christopher Stevens."""
    same = same_given_names().get(given, {given})
    for words in _names_of(person):
        if words and given in words[1:-1] and words[0][0] in others:
            return True  # J. Christopher Stevens
        if words and (words[0] in same or given in same_given_names().get(words[0], ())):
            return agrees_with(person, others)
    return False


def agrees_with(person, others):
    """Whether second names and initials beside a name may be a person's."""
    own = {word for words in _names_of(person) for word in words[1:-1] if word not in PLACED}
    borne = {word for words in _names_of(person) for word in words}
    is_more = any(not _is_one_of(word, borne) for word in others)
    return not is_more or not own or any(_is_one_of(word, own) for word in others)


def _is_one_of(word, words):
    """Whether a second name is one of some, as an initial or spelled otherwise."""
    return any(
        word[:3] == other[:3] or (1 in (len(word), len(other)) and word[:1] == other[:1])
        for other in words
    )


def keys_of(person, least=2):
    """The folded words of all names of a person, those of `least` letters and more."""
    return {word for words in _names_of(person) for word in words if len(word) >= least}


def begins_with(person, key):
    """Whether a name of a person begins with a word, as where the surname stands first."""
    return any(words and words[0] == key for words in _names_of(person))


@lru_cache(maxsize=4096)
def _names_of(person):
    names = (person.name, *(name.text for name in person.names))
    return [tuple(folded_words(name)) for name in names]


def is_of_the_time(person, span):
    """Whether somebody of no high office lived near enough to the day to be meant by a name."""
    starts = [t.started_earliest or t.started_latest for t in person.terms]
    starts = [start for start in starts if start]
    if not starts or span.earliest is None or any(map(is_high, person.terms)):
        return True
    return any(abs(start.year - span.earliest.year) <= _LIFE for start in starts)


_LIFE = 45  # years
_HEADS = {"president", "prime minister", "chairman", "general secretary", "leader", "chancellor"}
