"""Which countries and people a text names: where, and for what reason.

    detect(text, gazetteer, span)            the Mentions of a text, in order
    detect_article(headline, body, ...)      the same of an article: (in headline, in body)
    countries_of(mentions), people_of(mentions)

Rules and data only (see `places` and `persons`): a text always gives the same answer. Where a word
may mean two things and the text does not tell which, it is no mention. `text[m.start:m.end]` is
`m.text`, for every mention `m`.
"""

from dataclasses import dataclass, replace
from types import SimpleNamespace

from . import persons, places
from .tokens import Words

COUNTRY, PERSON = "country", "person"
_UNDATED = SimpleNamespace(earliest=None, latest=None)
_BETWEEN = "\n\n"  # headline and body are read as one text


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text that stand for a country or a person.

    `kind` is name, adjective, demonym, capital (a seat of government that stands for it) or office
    (that stands for its holder, or for its country); `of` is country or person; `target` its slug;
    `why` says it in a short sentence.
    """

    start: int
    end: int
    text: str
    kind: str
    of: str
    target: str
    why: str


def detect(text, gazetteer, span=None):
    """The Mentions of a text, by their place; those of one kind of target never overlap.

    `span` is the Span of the days on which the text may have been written.
    """
    return _detect(text, gazetteer, span or _UNDATED, 0)


def detect_article(headline, body, gazetteer, span=None):
    """(Mentions of the headline, Mentions of the body), each with offsets into its own text.

    A surname in a headline is understood by the full name in the body, and the other way round.
    """
    start = len(headline) + len(_BETWEEN) if headline else 0
    whole = headline + _BETWEEN + body if headline else body
    found = _detect(whole, gazetteer, span or _UNDATED, len(headline))
    in_headline = [mention for mention in found if mention.end <= len(headline)]
    in_body = [
        replace(mention, start=mention.start - start, end=mention.end - start)
        for mention in found
        if mention.start >= start
    ]
    return in_headline, in_body


def countries_of(mentions):
    """The slugs of the countries, in the order of their first mention."""
    return _targets(mentions, COUNTRY)


def people_of(mentions):
    """The slugs of the people, in the order of their first mention."""
    return _targets(mentions, PERSON)


def _targets(mentions, of):
    return list(dict.fromkeys(mention.target for mention in mentions if mention.of == of))


def _detect(text, gazetteer, span, headline_end):
    words = Words(text)
    first_words = gazetteer.first_words
    hits = [i for i, key in enumerate(words.keys) if key in first_words]
    found, blocked = places.find(words, hits, gazetteer, span)
    people = persons.find(words, hits, gazetteer, span, found, blocked, headline_end)
    within_names = {i for p in people if p.kind == "name" for i in range(p.first, p.last + 1)}
    mentions = [
        _mention(words, place, COUNTRY, place.country.slug)
        for place in found
        if not within_names.intersection(range(place.first, place.last + 1))
    ]
    mentions += [_mention(words, person, PERSON, person.person.slug) for person in people]
    mentions += [
        _mention(words, place, COUNTRY, place.country.slug)
        for place in places.of_titles(words, people, found, gazetteer)
    ]
    return sorted(mentions, key=lambda m: (m.start, -m.end, m.of))


def _mention(words, found, of, target):
    start, end = words.span(found.first, found.last)
    return Mention(start, end, words.text[start:end], found.kind, of, target, found.why)
