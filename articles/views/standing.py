"""A published article as it stands, as a Story, in a few questions written once.

Django's ORM would take a hundred times as long to write them as the database takes to answer.
"""

from operator import attrgetter
from typing import NamedTuple

from django.db import connection

from articles import dates, search
from articles.models import Article, Source
from articles.models.office import on_the_day

from .story import (
    Named,
    Naming,
    Story,
    Suggested,
    Term,
    Told,
    Words,
    add_history,
    neighbours,
    others,
    relations,
)


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
FROM articles_article a JOIN articles_source s ON s.id = a.source_id
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
 (SELECT event_id FROM articles_evidence WHERE article_id = (SELECT id FROM wanted))
UNION ALL SELECT CASE WHEN m.person_id IS NULL THEN 6 ELSE 7 END, m.text, m.id,
 coalesce(c.slug, p.slug), 0, '', '', m.start, m."end", '', ''{_NOTHING}
FROM articles_mention m LEFT JOIN articles_country c ON c.id = m.country_id
LEFT JOIN articles_person p ON p.id = m.person_id WHERE m.article_id = (SELECT id FROM wanted)
 AND m.status = 'confirmed' AND NOT m.is_lost
UNION ALL SELECT CASE WHEN s.person_id IS NULL THEN 8 ELSE 9 END, coalesce(c.name, p.name), s.id,
 coalesce(c.slug, p.slug), 0, '', '', s.start, s.times, '', ''{_NOTHING}
FROM articles_suggestion s LEFT JOIN articles_country c ON c.id = s.country_id
LEFT JOIN articles_person p ON p.id = s.person_id
WHERE s.article_id = (SELECT id FROM wanted) AND s.times > 0"""


def story_of(slug):
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
        mentions, suggested = _named_in(links)
        pairs = relations(countries, events)
        told = Story(
            article=article,
            version=version,
            seal=seal,
            countries=countries,
            topics=topics,
            people=people,
            events=events,
            pairs=pairs,
            neighbours=neighbours(cursor, article, pairs, moment),
            others=others(cursor, article, events),
            state=state,
            mentions=mentions,
            suggested=suggested,
        )
    # What is rare is asked for where there is any: versions, a seal still to be given, duplicates.
    if version > 1 or seal is None or has_duplicates:
        add_history(told, Article.objects.with_versions().get(pk=article.pk))
    return told


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
        elif kind == 5 and number in events:
            side = events[number].actors if text == "actor" else events[number].recipients
            side.append((start, Named(pk, name, slug)))
    for event in events.values():
        event.words.sort(key=attrgetter("start"))
        event.actors = [country for _, country in sorted(event.actors)]
        event.recipients = [country for _, country in sorted(event.recipients)]
    held = [(person, on_the_day(terms, span)) for person, terms in people.values()]
    countries.sort(key=_name)
    topics.sort(key=_name)
    held.sort(key=lambda one: one[0].name)
    return countries, topics, held, [events[pk] for pk in sorted(events)]


def _named_in(rows):
    """(mentions, what is suggested) of the rows of _STANDING that are either."""
    mentions, suggested = [], []
    for kind, text, _, slug, _, _, _, start, number, *_ in rows:
        if kind in (6, 7):
            mentions.append(Naming(start, number, text, _PAGES[kind], slug))
        elif kind in (8, 9):
            suggested.append((start, Suggested(_PAGES[kind], text, slug, number)))
    return mentions, [one for _, one in sorted(suggested)]


_PAGES = {6: "country", 7: "person", 8: "country", 9: "person"}
_name = attrgetter("name")
