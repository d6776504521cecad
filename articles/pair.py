"""Two countries in canonical order: by slug, whichever was named first."""

from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, F

from .models import Country, Event, Party
from .models.links import address


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
        return address("relation", *self.slugs)


def pairs_of(countries, most=4):
    """The pairs that the countries form, in order; of many countries the first `most` only."""
    ordered = sorted(countries, key=lambda country: country.slug)[:most]
    return [Pair.of(*two) for two in combinations(ordered, 2)]


@dataclass
class Counts:
    """What the archive holds on a pair."""

    articles: int = 0
    events: int = 0


def ranked_pairs(articles, events):
    """[((lesser country id, greater), Counts)], the most reported first, of numbers by pair."""
    counts = {pair_ids: Counts(number) for pair_ids, number in articles.items()}
    for pair_ids, number in events.items():
        counts.setdefault(pair_ids, Counts()).events = number
    return sorted(counts.items(), key=lambda item: (-item[1].articles, -item[1].events, item[0]))


def event_pairs():
    """{(lesser country id, greater id): number of confirmed events that join them}"""
    # By id, not by slug: PostgreSQL orders text by its locale, where "-" may not count.
    joined = Party.objects.filter(
        event__status=Event.Status.CONFIRMED, event__parties__country__gt=F("country")
    )
    counted = joined.values_list("country", "event__parties__country").annotate(
        number=Count("event", distinct=True)
    )
    return {(first, second): number for first, second, number in counted}
