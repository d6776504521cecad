"""What detection knows: countries, people with their terms of office, and words about them.

It is given as plain frozen data and compiled once (`Gazetteer`); no model and no database is known
here. The facts that the archive's records lack (capitals, seats of government, words that only look
like a country) stand in `data/` beside this module.
"""

import re
from dataclasses import dataclass
from datetime import date

from .fold import folded_words
from .handles import Handle, full_names, handles
from .listed import table
from .offices import END, is_high
from .offices import first_words_of_titles as first
from .sounds import sounds_of


@dataclass(frozen=True, slots=True, eq=False)
class Country:
    slug: str
    name: str
    alpha3: str = ""
    names: tuple = ()  # other names and the official one
    adjectives: tuple = ()
    demonyms: tuple = ()
    capitals: tuple = ()  # beside those of data/capitals.json
    valid_from: date | None = None
    valid_until: date | None = None
    successors: tuple = ()  # slugs
    is_union: bool = False

    @property
    def in_a_sentence(self):
        """ "the Netherlands", "Iran": the name as English puts it in a sentence."""
        return f"the {self.name}" if _WITH_ARTICLE.search(self.name) else self.name


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    script: str = ""  # ISO 15924, where known


@dataclass(frozen=True, slots=True)
class Term:
    role: str  # head-of-state, head-of-government, foreign-minister, other
    post: str  # its label
    country: str = ""  # slug
    started_earliest: date | None = None
    started_latest: date | None = None
    ended_earliest: date | None = None
    ended_latest: date | None = None
    is_acting: bool = False

    def is_certain_during(self, span):
        """Held on every day that the Span allows."""
        known = span.earliest and span.latest and self.started_latest and self.ended_earliest
        return bool(
            known and self.started_latest <= span.earliest and span.latest <= self.ended_earliest
        )

    def is_possible_during(self, span):
        """Not excluded on some day that the Span allows; False for the wholly undated."""
        if span.earliest is None and span.latest is None:
            return False
        too_late = span.latest and self.started_earliest and span.latest < self.started_earliest
        too_early = span.earliest and self.ended_latest and self.ended_latest < span.earliest
        return not (too_late or too_early)

    def is_begun_before(self, span):
        """Not excluded to have begun by the last day of the Span, and over since or not."""
        return not (span.latest and self.started_earliest) or self.started_earliest <= span.latest


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    slug: str
    name: str
    names: tuple = ()  # of Name: other spellings
    terms: tuple = ()  # of Term


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that some words may mean. `country` is None where they name no country."""

    kind: str  # name, adjective, demonym, capital
    country: Country | None
    words: str = ""  # as written in the record
    is_seat: bool = False  # of government: it stands for that wherever it is named


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a country, or only look so."""

    senses: tuple
    is_capitals: bool = False  # an abbreviation: read in capital letters alone


_WITH_ARTICLE = re.compile(
    r"^(United|Soviet|European|Democratic Republic|Republic of|Bahamas|Gambia|Maldives)"
    r"|^(Comoros|Netherlands|Philippines|Falkland)|(Islands|Republic|Emirates|Territories)$"
)


class Tree(dict):
    """Words by words: `tree["south"]["korea"][END]` is what "South Korea" stands for."""

    def add(self, words, value):
        node = self
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault(END, []).append(value)

    def put(self, words, value):
        node = self
        for word in words:
            node = node.setdefault(word, {})
        node[END] = value


class Gazetteer:
    """Countries and people, ready to be looked for in texts.

    .phrases       Tree of Phrase, by the words that name a country
    .full_names    Tree of Person lists, by all spellings of whole names
    .handles       Tree of Handle lists, by surnames and what else a title may stand before
    .countries     {slug: Country}; .people {slug: Person}
    """

    def __init__(self, countries=(), people=()):
        self.countries = {country.slug: country for country in countries}
        self.people = {person.slug: person for person in people}
        self.phrases, self.full_names, self.handles = Tree(), Tree(), Tree()
        self.sounds = {}  # sound of the first word -> {sounds of a whole name: people}
        self.unions = {country.slug for country in self.countries.values() if country.is_union}
        self.terms_of = {}  # country slug -> [(Term, Person)]
        self._compile_countries()
        for person in self.people.values():
            self._compile_person(person)
        # What is looked for begins with one of these words.
        self.first_words = frozenset().union(self.phrases, self.full_names, self.handles, first())

    # Countries

    def _compile_countries(self):
        found = {}
        for country in self.countries.values():
            for kind, words in self._words_of(country):
                self._note(found, Sense(kind, country, words))
        about = table("countries")
        for slug, seats in about["seats"].items():
            if country := self.countries.get(slug):
                for words in seats:
                    self._note(found, Sense("capital", country, words, is_seat=True))
        for words in about["blocked"]:
            found[tuple(folded_words(words))] = {None: Sense("", None, words)}
        for words, senses in found.items():
            senses = tuple(senses.values())
            self.phrases.put(words, Phrase(senses, _is_abbreviation(senses)))

    def _words_of(self, country):
        about, capitals = table("countries"), table("capitals")
        more = (*about["names"].get(country.slug, ()), *about["parts"].get(country.slug, ()))
        for words in (country.name, *country.names, *more):
            yield "name", words
        for words in (*country.adjectives, *about["adjectives"].get(country.slug, ())):
            yield "adjective", words
        for words in (*country.demonyms, *about["demonyms"].get(country.slug, ())):
            yield "demonym", words
            yield "demonym", _plural(words)
        for words in country.adjectives:
            if words.endswith(("an", "i")):
                yield "demonym", _plural(words)
        for key in (country.alpha3, country.slug):
            for words in capitals.get(key, ()) if key else ():
                yield "capital", words
        for words in country.capitals:
            yield "capital", words

    def _note(self, found, sense):
        words = tuple(folded_words(sense.words))
        if words and (len(words) > 1 or len(words[0]) > 1):
            # The first kind that a country has for the words: its name before its adjective.
            found.setdefault(words, {}).setdefault(sense.country.slug, sense)

    # People

    def _compile_person(self, person):
        names = dict.fromkeys([person.name, *(name.text for name in person.names)])
        whole = {words for name in names for words in full_names(name)}
        for words in whole:
            self.full_names.add(words, person)
        if any(map(is_high, person.terms)):
            for name in names:
                self._note_sound(name, person)
        countries = {term.country for term in person.terms}
        strong = {}
        for name in names:
            for words, is_strong in handles(name, countries):
                strong[words] = strong.get(words, False) or is_strong
        for words, is_strong in strong.items():
            self.handles.add(words, Handle(person, is_strong))
        for term in person.terms:
            if is_high(term):
                self.terms_of.setdefault(term.country, []).append((term, person))

    def _note_sound(self, name, person):
        sounds, letters = sounds_of(name)
        if len(sounds) > 1 and letters >= _LETTERS:
            self.sounds.setdefault(sounds[0], {}).setdefault(sounds, set()).add(person)


_LETTERS = 9  # of a name that may be known by its sound


def _is_abbreviation(senses):
    """Whether the words are an abbreviation in capitals: "US" is a country, "us" is none."""
    written = [sense.words for sense in senses]
    return all(len(words) <= 9 and _bare(words).isupper() for words in written)


def _bare(words):
    return "".join(letter for letter in words if letter.isalpha())


def _plural(words):
    if words.endswith("man") and not words.endswith("German"):
        return words[:-3] + "men"
    if words.endswith(("ese", "s", "sh", "x", "z", "French", "Dutch")):
        return words
    return words + "s"
