"""Articles, events and terms of office as dated entries: data for a picture and its table."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import accumulate

from .models import Event, Membership, Post


@dataclass
class Year:
    """One year: articles certainly of it, articles that may be of it, events that begin in it."""

    year: int
    articles: int = 0
    possible: int = 0
    events: list = field(default_factory=list)


@dataclass
class Dots:
    """Articles of which only a span over several years is known."""

    first: int | None
    last: int | None
    articles: int


@dataclass
class Row:
    """One office and its terms."""

    post: Post
    terms: list[Membership]


@dataclass
class Timeline:
    years: list[Year]
    spans: list[Dots]
    undated: int
    events: list[Event]
    undated_events: list[Event]
    offices: list[Row]

    @property
    def all_events(self):
        """The numbered ones, then those without a day."""
        return [*self.events, *self.undated_events]

    @property
    def first(self):
        return self.years[0].year

    @property
    def last(self):
        return self.years[-1].year

    @property
    def most(self):
        """The greatest number of articles in one year."""
        return max((year.articles for year in self.years), default=0)


def timeline(articles, events, countries):
    """The Timeline of a Selection of articles, of events, and of the countries' offices."""
    certain, spans, undated = _articles_by_year(articles)
    known_events = list(events)
    numbered = [event for event in known_events if event.date_earliest or event.date_latest]
    undated_events = [e for e in known_events if not (e.date_earliest or e.date_latest)]
    numbered.sort(
        key=lambda event: (_year(event), event.date_latest or event.date_earliest, event.pk)
    )
    known = [*certain, *map(_year, numbered)]
    known += [year for span in spans for year in (span.first, span.last) if year]
    years = []
    if known:
        first, last = min(known), max(known)
        possible = _possible(spans, first, last)
        years = [Year(y, certain[y], possible[y - first]) for y in range(first, last + 1)]
        for event in numbered:
            years[_year(event) - first].events.append(event)
    return Timeline(years, spans, undated, numbered, undated_events, _offices(countries, years))


def _year(event):
    return (event.date_latest or event.date_earliest).year


def _possible(spans, first, last):
    """How many of the articles of these spans may be of each of the years `first` to `last`."""
    changes = [0] * (last - first + 2)
    for span in spans:
        changes[max(span.first or first, first) - first] += span.articles
        changes[min(span.last or last, last) + 1 - first] -= span.articles
    return list(accumulate(changes))


def _articles_by_year(articles):
    by_year, spans = Counter(), []
    counted, undated = articles.years
    for (first, last), number in counted.items():
        if first == last:
            by_year[first] += number
        else:
            spans.append(Dots(first, last, number))
    return by_year, sorted(spans, key=lambda s: (s.first or 0, s.last or 0)), undated


def _offices(countries, years):
    """The highest offices of each country, with those terms that may touch the years."""
    countries = list(countries)
    if not years or not countries:
        return []
    held = Membership.objects.filter(post__country__in=countries).exclude(
        post__role=Post.Role.OTHER
    )
    terms = defaultdict(list)
    for term in held.through_time():
        if _touches(term, years):
            terms[term.post].append(term)

    def rank(post):
        return countries.index(post.country), post.rank, post.label

    return [Row(post, terms[post]) for post in sorted(terms, key=rank)]


def _touches(term, years):
    starts_after = term.started_earliest and term.started_earliest.year > years[-1].year
    ended_before = term.ended_latest and term.ended_latest.year < years[0].year
    return not (starts_after or ended_before)
