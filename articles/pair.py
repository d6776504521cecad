"""Two countries in canonical order: by slug, whichever was named first."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, F, Q
from django.urls import reverse

from .models import Article, Country, Event, Party


@dataclass(frozen=True)
class Pair:
    first: Country
    second: Country

    @classmethod
    def of(cls, one, other):
        """The pair of two different countries. Raises ValueError for a country with itself."""
        if one == other:
            raise ValueError("A relation is between two different countries.")
        return cls(*sorted((one, other), key=lambda country: country.slug))

    def __iter__(self):
        return iter((self.first, self.second))

    def __str__(self):
        return f"{self.first.name}–{self.second.name}"

    @property
    def slugs(self):
        return self.first.slug, self.second.slug

    def get_absolute_url(self):
        return reverse("relation", args=self.slugs)


def pairs_of(countries, most=4):
    """The pairs that the countries form, in order; of many countries the first `most` only."""
    ordered = sorted(countries, key=lambda country: country.slug)[:most]
    return [Pair.of(*two) for two in combinations(ordered, 2)]


@dataclass
class Counts:
    """What the archive holds on a pair."""

    articles: int = 0
    events: int = 0


def reported_pairs(country=None, most=None):
    """[(Pair, Counts)] of the pairs that articles or events join, the most reported first."""
    counts = defaultdict(Counts)
    for pair_ids, number in _counted(
        Article.countries.through.objects.filter(article__status=Article.Status.PUBLISHED),
        "article__countries",
        "article",
        country,
    ):
        counts[pair_ids].articles = number
    for pair_ids, number in _counted(
        Party.objects.filter(event__status=Event.Status.CONFIRMED),
        "event__parties__country",
        "event",
        country,
    ):
        counts[pair_ids].events = number
    ranked = sorted(counts.items(), key=lambda item: (-item[1].articles, -item[1].events, item[0]))
    ranked = ranked[:most]
    named = Country.objects.in_bulk({pk for pair_ids, _ in ranked for pk in pair_ids})
    return [(Pair.of(named[a], named[b]), number) for (a, b), number in ranked]


def _counted(rows, other, what, country):
    """((lesser id, greater id), number of `what`) of rows that join two countries."""
    # By id, not by slug: PostgreSQL orders text by its locale, where "-" may not count.
    two = Q(**{f"{other}__gt": F("country")})
    if country is not None:
        two &= Q(country=country) | Q(**{other: country})
    joined = rows.filter(two).values_list("country", other)
    for first, second, number in joined.annotate(number=Count(what, distinct=True)):
        yield (first, second), number
