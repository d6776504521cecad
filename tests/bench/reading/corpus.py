"""A made-up archive, the same each time: articles of about 400 words by the thousand.

Words are syllables, their frequency is Zipf's; they are letters only and end so that neither
folding nor English stemming (Porter's first or second algorithm) alters them. Relations, people
and sources are skewed as real ones are. A larger corpus begins with the articles of a smaller one.
"""

import random
from bisect import bisect
from collections import Counter
from datetime import date, timedelta
from itertools import accumulate, combinations, product
from math import prod
from typing import NamedTuple

VERSION = 1  # of what is made here: archives of another one are built anew
COUNTRIES, PEOPLE, SOURCES, TOPICS = 250, 20_000, 300, 16
VOCABULARY = 600_000
DRAWN = 1 << 23  # words drawn once; articles take them from there with strides of their own
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2026, 6, 30)
LANGUAGES = {"en": 88, "fr": 3, "ru": 3, "ar": 2, "fa": 2, "az": 1, "tr": 1}

_CONSONANTS, _VOWELS, _ENDINGS = "bdfghklmnprtvz", "aiou", "dkmnp"
_STOP_WORDS = {"did", "don", "had", "him"}  # of PostgreSQL's English
_STRIDES = 10_000


class Noun(NamedTuple):
    id: int
    slug: str
    name: str


class Source(NamedTuple):
    id: int
    slug: str
    name: str
    language: str
    country: int


class Article(NamedTuple):
    """One article; countries, people and topics are ids, dates are EDTF and its bounds."""

    id: int
    slug: str
    headline: str
    summary: str
    body: str
    byline: str
    dateline: str
    source: Source
    published: str
    earliest: date | None
    latest: date | None
    countries: list
    people: list
    topics: list


class Zipf:
    """Draws of `things`, the n-th of which is n ** -exponent times as likely as the first."""

    def __init__(self, chance, things, exponent):
        self.chance, self.things = chance, things
        self.weights = list(accumulate(n**-exponent for n in range(1, len(things) + 1)))

    def draw(self):
        return self.things[bisect(self.weights, self.chance.random() * self.weights[-1])]

    def draws(self, number):
        return self.chance.choices(self.things, cum_weights=self.weights, k=number)

    def distinct(self, number, found=()):
        found = dict.fromkeys(found)
        while len(found) < number:
            found[self.draw()] = None
        return list(found)


class Corpus:
    def __init__(self, size, vocabulary=VOCABULARY, drawn=DRAWN, seed=1990):
        self.size, self.chance = size, random.Random(seed)
        self.counts = Counter()  # word -> articles that hold it, of those made so far
        self.words = self._vocabulary(vocabulary)
        self.countries = self._countries()
        self.people = self._people()
        self.topics = [Noun(n, name, name.title()) for n, name in self._names(TOPICS, "ade")]
        self.sources = self._sources()
        self._drawn = Zipf(self.chance, self.words, 1).draws(drawn)

    # Words and names

    def _vocabulary(self, size):
        """The commonest first: words of one, two and three syllables."""
        words = []
        for syllables in (1, 2, 3):
            letters = [_CONSONANTS, _VOWELS] * syllables + [_ENDINGS]
            possible = range(prod(map(len, letters)))
            numbers = self.chance.sample(possible, min(len(possible), size))
            made = (_word(number, letters) for number in numbers)
            words += [word for word in made if word not in _STOP_WORDS]
        return words[:size]

    def _names(self, number, ending, start=1):
        """(n, a name): its ending is that of no word."""
        bases = map("".join, product(_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS, _ENDINGS))
        return enumerate((base + ending for base in self.chance.sample(list(bases), number)), start)

    def _countries(self):
        return [Noun(n, name, name.capitalize()) for n, name in self._names(COUNTRIES, "ia")]

    def _people(self):
        first_names = [name.capitalize() for _, name in self._names(400, "o")]
        families = [name for ending in ("ov", "ash") for _, name in self._names(10_000, ending)]
        found = []
        for n, family in enumerate(families[:PEOPLE], 1):
            name = f"{self.chance.choice(first_names)} {family.capitalize()}"
            found.append(Noun(n, name.lower().replace(" ", "-"), name))
        self.chance.shuffle(found)
        return found

    def _sources(self):
        languages, weights = list(LANGUAGES), list(LANGUAGES.values())
        found = []
        for n, name in self._names(SOURCES, "eva"):
            language = self.chance.choices(languages, weights)[0]
            kind = self.chance.choice(["agency", "herald", "wire", "gazette"])
            title = f"{name} {kind}".title()
            country = self.chance.randint(1, COUNTRIES)
            found.append(Source(n, f"{name}-{kind}", title, language, country))
        return found

    # Articles

    def articles(self):
        """Yields each Article once; `counts` is right when all are made."""
        countries = Zipf(self.chance, range(1, COUNTRIES + 1), 0.9)
        partners = [Zipf(self.chance, self._partners(n), 1) for n in range(COUNTRIES + 1)]
        people = Zipf(self.chance, self.people, 0.8)
        sources = Zipf(self.chance, self.sources, 0.9)
        topics = Zipf(self.chance, range(1, TOPICS + 1), 0.7)
        chance, taken = self.chance, set()
        for n in range(1, self.size + 1):
            words = self._take(chance.randint(260, 560))
            headline = self._headline(taken)
            self.counts.update({*words, *headline})
            first = countries.draw()
            on = partners[first].distinct(2, [first])
            on = countries.distinct(chance.choices((2, 3, 4), (55, 30, 15))[0], on)
            named = people.distinct(chance.choices(range(5), (10, 25, 30, 25, 10))[0])
            place = self.countries[on[0] - 1].name
            summary = f"{' '.join(words[:18]).capitalize()}." if n % 2 else ""
            yield Article(
                n,
                "-".join(headline),
                " ".join(headline).capitalize(),
                summary,
                self._body(words, [*[p.name for p in named], self.countries[on[1] - 1].name]),
                named[-1].name if named and n % 3 == 0 else "",
                place.upper() if n % 4 else "",
                sources.draw(),
                *self._dated(),
                on,
                [person.id for person in named],
                topics.distinct(chance.choice((1, 1, 2))),
            )

    def _partners(self, country):
        others = [n for n in range(1, COUNTRIES + 1) if n != country]
        self.chance.shuffle(others)
        return others

    def _take(self, number):
        stride = self.chance.randint(1, min(_STRIDES, len(self._drawn) // number - 1))
        start = self.chance.randrange(len(self._drawn) - stride * number)
        return self._drawn[start : start + stride * number : stride]

    def _headline(self, taken):
        while True:
            words = self._take(self.chance.randint(6, 9))
            slug = "-".join(words)
            if slug not in taken:
                taken.add(slug)
                return words

    def _body(self, words, names):
        opening = ", ".join(names)
        sentences, at = [f"{opening}: {' '.join(words[:12])}."], 12
        while at < len(words):
            end = at + self.chance.randint(8, 24)
            sentences.append(f"{' '.join(words[at:end]).capitalize()}.")
            at = end
        return "\n\n".join(" ".join(sentences[n : n + 4]) for n in range(0, len(sentences), 4))

    def _dated(self):
        """(EDTF, its earliest day, its latest day); recent years have more."""
        days = (LAST_DAY - FIRST_DAY).days
        day = FIRST_DAY + timedelta(int(days * self.chance.random() ** 0.7))
        form = self.chance.random()
        if form < 0.93:
            return day.isoformat(), day, day
        if form < 0.95:
            return "", None, None
        if form < 0.965:
            return str(day.year), date(day.year, 1, 1), date(day.year, 12, 31)
        if form < 0.98:
            first = day.replace(day=1)
            last = (first + timedelta(31)).replace(day=1) - timedelta(1)
            return f"{day:%Y-%m}", first, last
        last = day + timedelta(self.chance.randint(30, 900))
        return f"[{day}..{last}]", day, last


def _word(number, letters):
    """The word of this number, a letter from each of `letters`."""
    word = ""
    for alphabet in letters:
        number, letter = divmod(number, len(alphabet))
        word += alphabet[letter]
    return word


def unknown_words(chance, number):
    """Words like the others that stand in no article: they have a syllable more."""
    letters = [_CONSONANTS, _VOWELS] * 4 + [_ENDINGS]
    return ["".join(map(chance.choice, letters)) for _ in range(number)]


def pairs(countries):
    """The relations that an article on these countries belongs to."""
    return list(combinations(sorted(countries), 2))
