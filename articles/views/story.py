"""An article as its page tells it: words and addresses, ready to be set.

`standing` reads a published article as it stands, in a few questions written once: Django's ORM
would take a hundred times as long to write them as the database takes to answer. `of` tells the
same of objects that somebody has: a preview, or an article as it stood.
"""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from django.db import connection

from articles import dates, search
from articles.integrity import history
from articles.models import Article, Membership, Source
from articles.models.links import address
from articles.models.person import offices_during
from articles.pair import pairs_of


class Named(NamedTuple):
    """A country, a topic, a source, an office."""

    pk: int
    name: str
    slug: str


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
        started, ended = dates.span(self.started), dates.span(self.ended)
        self.started_earliest, self.started_latest = started.earliest, started.latest
        self.ended_earliest, self.ended_latest = ended.earliest, ended.latest


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


class Columns:
    """A published article's own columns, for reading: what an Article makes of them, this does."""

    def __init__(self, source, *columns):
        self.source = source
        (
            self.pk, self.slug, self.headline, self.summary, self.body, self.byline, self.dateline,
            self.credit, self.url, self.published, self.published_note, self.language,
            self.usage_terms, self.original,
        ) = columns  # fmt: skip
        self.span = dates.span(self.published)
        self.published_latest = self.span.latest

    is_printed_date = Article.is_printed_date
    date_in_words = Article.date_in_words
    is_as_received = Article.is_as_received


class SourceColumns(NamedTuple):
    slug: str
    name: str
    terms: str

    def get_terms_display(self):
        return _TERMS.get(self.terms, self.terms)


_TERMS = dict(Source.Terms.choices)


@dataclass(slots=True)
class Story:
    article: Article | Columns
    version: int
    seal: str | None
    countries: list
    topics: list
    people: list  # (Named, [Term that may have been held, the certain ones first])
    events: list  # of Told
    pairs: list  # the one that the first event joins comes first
    neighbours: tuple | None = None  # (the article before, the one after) in the first pair
    others: list = field(default_factory=list)  # other reports of the events
    corrections: list = field(default_factory=list)  # of PublicVersion, the newest first
    redactions: list = field(default_factory=list)  # of Change
    duplicates: list = field(default_factory=list)  # of Article
    state: str | None = None

    def paragraphs(self):
        """The body as paragraphs of pieces (text, anchor, link): words that prove an event bear an
        anchor, the first mention of each person a link. Where marks overlap, the first stands."""
        body, marks = self.article.body, []
        for mark in sorted([*self._anchors(), *self._first_mentions()]):
            if not marks or mark[0] >= marks[-1][1]:
                marks.append(mark)
        return [_pieces(body, start, end, marks) for start, end in _paragraphs(body)]

    def _anchors(self):
        for event in self.events:
            for words in event.words:
                yield words.start, words.end, f"w{words.pk}", ""

    def _first_mentions(self):
        for person, _ in self.people:
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
    pieces, at = [], start
    for begins, ends, anchor, link in marks:
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
            (_named(person), [_term(m) for m in person.offices_during(article.span)])
            for person in article.people.all()
        ],
        events=told,
        pairs=_pairs(countries, told),
    )
    if is_present:
        with connection.cursor() as cursor:
            story.neighbours = _neighbours(cursor, article, story.pairs)
            story.others = _others(cursor, article, told)
    _history(story, article)
    return story


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


def _pairs(countries, events):
    joined = {c.slug for event in events[:1] for c in [*event.actors, *event.recipients]}
    return sorted(pairs_of(countries), key=lambda pair: not joined.issuperset(pair.slugs))


# As it stands


_LINKED = 11  # columns that tell of a link
_NOTHING = ", NULL" * 24
# In one question the article and whatever is linked: what it is, its name, and what is told of it;
# then what an article alone has.
_STANDING = f"""
WITH wanted AS (SELECT id FROM articles_article WHERE slug = %(slug)s AND status = 'published')
SELECT 0, '', 0, '', 0, '', '', 0, 0, '', '', (SELECT token FROM articles_state), {search.MOMENT},
 a.id, a.slug, a.headline, a.summary, a.body, a.byline, a.dateline, a.credit, a.url,
 a.published, a.published_note, a.language, a.usage_terms, a.original, s.slug, s.name, s.terms,
 r.number, (SELECT sha256 FROM articles_seal WHERE record_id = r.id AND number = r.number
  ORDER BY id DESC LIMIT 1),
 EXISTS (SELECT 1 FROM articles_article d WHERE d.merged_into_id = a.id)
FROM articles_index CROSS JOIN articles_article a JOIN articles_source s ON s.id = a.source_id
JOIN articles_record r ON r.kind = 'article' AND r.object_id = a.id
WHERE a.id = (SELECT id FROM wanted)
UNION ALL SELECT 1, c.name, c.id, c.slug, 0, '', '', 0, 0, '', ''{_NOTHING}
FROM articles_article_countries l JOIN articles_country c ON c.id = l.country_id
WHERE l.article_id = (SELECT id FROM wanted)
UNION ALL SELECT 2, t.name, t.id, t.slug, 0, '', '', 0, 0, '', ''{_NOTHING}
FROM articles_article_topics l JOIN articles_topic t ON t.id = l.topic_id
WHERE l.article_id = (SELECT id FROM wanted)
UNION ALL SELECT 3, p.name, p.id, p.slug, m.id, m.started, m.ended,
 CASE WHEN m.is_acting THEN 1 ELSE 0 END, o.id, o.label, o.slug{_NOTHING}
FROM articles_article_people l JOIN articles_person p ON p.id = l.person_id
LEFT JOIN articles_membership m ON m.person_id = p.id LEFT JOIN articles_post o ON o.id = m.post_id
WHERE l.article_id = (SELECT id FROM wanted)
UNION ALL SELECT 4, e.title, e.id, e.event_type, v.id, e.mode, '', v.start, v."end", '',
 ''{_NOTHING}
FROM articles_evidence v JOIN articles_event e ON e.id = v.event_id
WHERE v.article_id = (SELECT id FROM wanted) AND e.status = 'confirmed'
UNION ALL SELECT 5, c.name, c.id, c.slug, y.event_id, y.role, '', y.id, 0, '', ''{_NOTHING}
FROM articles_party y JOIN articles_country c ON c.id = y.country_id
WHERE y.event_id IN
 (SELECT event_id FROM articles_evidence WHERE article_id = (SELECT id FROM wanted))"""
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


def standing(slug):
    """The Story of the published article at this address, or None. One question, and at most two
    more: for the articles beside it, and for other reports of its events.

    With the state of the archive as of the first of them (`integrity.state()`)."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"slug": slug})
        own, links = [], []
        for row in cursor.fetchall():
            (links if row[0] else own).append(row)
        if not own:
            return None
        state, *moment = own[0][_LINKED:][:4]
        *columns, source_slug, name, terms, version, seal, has_duplicates = own[0][_LINKED:][4:]
        article = Columns(SourceColumns(source_slug, name, terms), *columns)
        countries, topics, people, events = _linked(links, article.span)
        pairs = _pairs(countries, events)
        told = Story(
            article=article,
            version=version,
            seal=seal,
            countries=countries,
            topics=topics,
            people=people,
            events=events,
            pairs=pairs,
            neighbours=_neighbours(cursor, article, pairs, moment),
            others=_others(cursor, article, events),
            state=state,
        )
    # What is rare is asked for where there is any: versions, a seal still to be given, duplicates.
    if version > 1 or seal is None or has_duplicates:
        _history(told, Article.objects.with_versions().get(pk=article.pk))
    return told


def _history(told, article):
    told.seal = history.seal_of(article)
    versions = history.public_versions(article)
    told.corrections = [version for version in reversed(versions) if version.is_told]
    told.redactions = list(article.redactions)
    told.duplicates = article.all_merged


def _linked(rows, span):
    """(countries, topics, people with terms, events) of those rows of _STANDING that are links."""
    countries, topics, people, events = [], [], {}, {}
    for kind, name, pk, slug, number, text, more, start, end, label, post, *_ in rows:
        if kind == 1:
            countries.append(Named(pk, name, slug))
        elif kind == 2:
            topics.append(Named(pk, name, slug))
        elif kind == 3:
            _, terms = people.setdefault(pk, (Named(pk, name, slug), []))
            if number is not None:
                terms.append(Term(number, text, more, bool(start), Named(end, label, post)))
        elif kind == 4:
            event = events.setdefault(pk, Told(pk, name, slug, text))
            event.words.append(Words(number, start, end))
        elif number in events:
            side = events[number].actors if text == "actor" else events[number].recipients
            side.append((start, Named(pk, name, slug)))
    for event in events.values():
        event.words.sort(key=attrgetter("start"))
        event.actors = [country for _, country in sorted(event.actors)]
        event.recipients = [country for _, country in sorted(event.recipients)]
    held = [(person, offices_during(terms, span)) for person, terms in people.values()]
    countries.sort(key=_name)
    topics.sort(key=_name)
    held.sort(key=lambda one: one[0].name)
    return countries, topics, held, [events[pk] for pk in sorted(events)]


_name = attrgetter("name")


def _neighbours(cursor, article, pairs, moment=None):
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


def _others(cursor, article, events):
    """Other published articles that report one of these events, the newest first."""
    ids = {f"event{n}": event.pk for n, event in enumerate(events) if event.pk}
    if not ids:
        return []
    these = ", ".join([f"%({name})s" for name in ids])
    cursor.execute(_OTHERS.format(these), {"article": article.pk, **ids})
    return [Other(*row) for row in cursor.fetchall()]
