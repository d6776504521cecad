"""An article as its page tells it: words and addresses, ready to be set.

`of` tells it of objects that somebody has: a preview, or an article as it stood. A published one as
it stands is read by standing.py.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from articles import search
from articles.integrity import history
from articles.models import Article, Membership
from articles.models.links import address
from articles.models.office import on_the_day
from articles.pair import pairs_of


class Named(NamedTuple):
    """A country, a topic, a source, an office."""

    pk: int
    name: str
    slug: str


class Naming(NamedTuple):
    """Words of the body that name a country or a person, as an editor confirmed."""

    start: int
    end: int
    text: str
    page: str  # "country" or "person"
    slug: str


class Suggested(NamedTuple):
    """A country or a person that detection thinks the body names."""

    page: str
    name: str
    slug: str
    times: int


class Words(NamedTuple):
    """Of the body, which prove an event."""

    pk: int
    start: int
    end: int


@dataclass(slots=True)
class Term:
    """A term of office, as a Membership has it."""

    pk: int
    started: str
    ended: str
    is_acting: bool
    post: Named
    started_earliest: object = None
    started_latest: object = None
    ended_earliest: object = None
    ended_latest: object = None

    is_certain_during = Membership.is_certain_during
    is_possible_during = Membership.is_possible_during

    def __post_init__(self):
        for column, value in (("started", self.started), ("ended", self.ended)):
            for name, day in Membership._meta.get_field(column).columns_of(value).items():
                setattr(self, name, day)


@dataclass(slots=True)
class Told:
    """What words of the article say that states did."""

    pk: int | None
    title: str
    event_type: str
    mode: str
    actors: list = field(default_factory=list)  # of Named
    recipients: list = field(default_factory=list)
    words: list = field(default_factory=list)


@dataclass(slots=True)
class Other:
    """Another report, as a page names it."""

    headline: str
    slug: str
    language: str
    published: str
    published_note: str
    source: str = ""

    is_printed_date = Article.is_printed_date
    date_in_words = Article.date_in_words


@dataclass(slots=True)
class Story:
    article: object  # an Article, or its Columns (standing.py)
    version: int
    seal: str | None
    countries: list
    topics: list
    people: list  # (Named, OnTheDay of Terms)
    events: list  # of Told
    pairs: list  # the one that the first event joins comes first
    neighbours: tuple | None = None  # (the article before, the one after) in the first pair
    others: list = field(default_factory=list)  # other reports of the events
    corrections: list = field(default_factory=list)  # of PublicVersion, the newest first
    redactions: list = field(default_factory=list)  # of Change
    duplicates: list = field(default_factory=list)  # of Article
    state: str | None = None
    mentions: list = field(default_factory=list)  # of Naming, as they stand in the body
    suggested: list = field(default_factory=list)  # of Suggested, the first named first

    def paragraphs(self):
        """The body as paragraphs of pieces (text, anchor, link): words that prove an event bear an
        anchor, confirmed mentions and the first one of each person a link. Where marks overlap, the
        first stands."""
        body, marks = self.article.body, []
        links = [*self._mentions(), *self._first_mentions()]
        for mark in sorted([*self._anchors(), *links]):
            if not marks or mark[0] >= marks[-1][1]:
                marks.append(mark)
        marks.reverse()  # the next one is the last
        return [_pieces(body, start, end, marks) for start, end in _paragraphs(body)]

    def _anchors(self):
        for event in self.events:
            for words in event.words:
                yield words.start, words.end, f"w{words.pk}", ""

    def _mentions(self):
        for start, end, text, page, slug in self.mentions:
            if self.article.body[start:end] == text:
                yield start, end, "", address(page, slug)

    def _first_mentions(self):
        linked = {naming.slug for naming in self.mentions if naming.page == "person"}
        for person, _ in self.people:
            if person.slug in linked:
                continue
            start = self.article.body.find(person.name)
            if start >= 0:
                yield start, start + len(person.name), "", address("person", person.slug)


def _paragraphs(body):
    start = 0
    for paragraph in body.split("\n\n"):
        if paragraph.strip():
            yield start, start + len(paragraph)
        start += len(paragraph) + 2


def _pieces(body, start, end, marks):
    """Takes the marks of this paragraph off the end of those that are left."""
    pieces, at = [], start
    while marks and marks[-1][0] < end:
        begins, ends, anchor, link = marks.pop()
        if start <= begins and ends <= end:
            pieces.append((body[at:begins], "", ""))
            pieces.append((body[begins:ends], anchor, link))
            at = ends
    pieces.append((body[at:end], "", ""))
    return pieces


def of(article, events, is_present=True):
    """The story of an article and its events, with every relation filled."""
    countries = [_named(country) for country in article.countries.all()]
    told = [_told(event, article) for event in events]
    story = Story(
        article=article,
        version=article.version,
        seal=None,
        countries=countries,
        topics=[_named(topic) for topic in article.topics.all()],
        people=[
            (_named(person), on_the_day(map(_term, person.memberships.all()), article.span))
            for person in article.people.all()
        ],
        events=told,
        pairs=relations(countries, told),
    )
    if is_present:
        with connection.cursor() as cursor:
            story.neighbours = neighbours(cursor, article, story.pairs)
            story.others = others(cursor, article, told)
        story.mentions = _mentions(article)
        story.suggested = _suggested(article)
    add_history(story, article)
    return story


def _mentions(article):
    confirmed = article.mentions.confirmed().filter(is_lost=False)
    return [
        Naming(m.start, m.end, m.text, "country" if m.country_id else "person", m.named.slug)
        for m in confirmed.select_related("country", "person")
    ]


def _suggested(article):
    first = article.suggestions.filter(times__gt=0).select_related("country", "person")
    return [
        Suggested("country" if s.country_id else "person", str(s.named), s.named.slug, s.times)
        for s in first
    ]


def _named(thing):
    return Named(thing.pk, str(thing), thing.slug)


def _term(membership):
    m = membership
    return Term(m.pk, m.started, m.ended, m.is_acting, _named(m.post))


def _told(event, article):
    words = [w for w in event.evidence.all() if w.article_id == article.pk]
    return Told(
        event.pk,
        event.title,
        event.event_type,
        event.mode,
        [_named(party.country) for party in event.actors],
        [_named(party.country) for party in event.recipients],
        [Words(w.pk, w.start, w.end) for w in words],
    )


def relations(countries, events):
    """The pairs of these countries; the one that the first event joins comes first."""
    joined = {c.slug for event in events[:1] for c in [*event.actors, *event.recipients]}
    return sorted(pairs_of(countries), key=lambda pair: not joined.issuperset(pair.slugs))


def add_history(told, article):
    """The seal, corrections, redactions and duplicates."""
    told.seal = history.seal_of(article)
    versions = history.public_versions(article)
    told.corrections = [version for version in reversed(versions) if version.is_told]
    told.redactions = list(article.redactions)
    told.duplicates = article.all_merged


# Beside it


# CROSS JOIN has SQLite begin with the few words of an event, not with all published articles.
_OTHERS = """
SELECT a.headline, a.slug, a.language, a.published, a.published_note, s.name
FROM (SELECT DISTINCT article_id FROM articles_evidence WHERE event_id IN ({})) o
CROSS JOIN articles_article a CROSS JOIN articles_source s
WHERE a.id = o.article_id AND s.id = a.source_id
AND a.status = 'published' AND a.id <> %(article)s
ORDER BY a.published_latest IS NULL, a.published_latest DESC, a.id DESC"""
_BESIDE = """
SELECT a.id, a.headline, a.slug, a.language, a.published, a.published_note
FROM articles_article a WHERE a.id IN (%(before)s, %(after)s)"""


def neighbours(cursor, article, pairs, moment=None):
    """(the article before, the one after) among the dated ones of the first relation, or None."""
    if not pairs or article.published_latest is None:
        return None
    everything = search.everything(told=moment)
    before, after = everything.beside(article.published_latest, article.pk, pairs[0])
    if before is None and after is None:
        return None, None
    cursor.execute(_BESIDE, {"before": before, "after": after})
    beside = {pk: Other(*row) for pk, *row in cursor.fetchall()}
    return beside.get(before), beside.get(after)


def others(cursor, article, events):
    """Other published articles that report one of these events, the newest first."""
    ids = {f"event{n}": event.pk for n, event in enumerate(events) if event.pk}
    if not ids:
        return []
    these = ", ".join([f"%({name})s" for name in ids])
    cursor.execute(_OTHERS.format(these), {"article": article.pk, **ids})
    return [Other(*row) for row in cursor.fetchall()]
