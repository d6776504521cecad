"""The directory: names and addresses of what articles are linked to, kept in memory.

    directory.current()       the Directory as the archive is now: one query where nothing changed
    directory.at(state)       the same for who has just asked for the state of the archive
    .countries[pk]            a Country with what a list shows of it; likewise sources, topics
    .people[pk]               the name of a person
    .spelled                  people by their names in every spelling
    .reported_pairs(iran)     the pairs that are reported on, the most reported first
    .held                     what the archive holds, in figures

It is made anew when the state of the archive is another (`integrity.state`). What it gives is
shared by all requests: it is for reading only.
"""

from dataclasses import dataclass
from functools import cached_property
from html import escape
from threading import Lock

import numpy as np
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils import timezone

from articles import integrity, search

from .models import Country, Event, Membership, Person, Post, Source, Topic
from .names.fold import fold
from .pair import Counts, Pair, event_pairs, ranked_pairs

_kept = {}  # by database: (state, Directory)
_making = Lock()


def current(using=DEFAULT_DB_ALIAS):
    """The Directory as the archive is now. Within a transaction, of which the state is not told
    before its end, it is made and not kept."""
    if connections[using].in_atomic_block:
        return Directory()
    return at(integrity.state(using), using)


def at(state, using=DEFAULT_DB_ALIAS):
    """The Directory as the archive is now, by a state that was told a moment ago."""
    if connections[using].in_atomic_block:
        return Directory()
    kept = _kept.get(using)
    if kept is None or kept[0] != state:
        with _making:
            kept = (state, Directory())
            _kept[using] = kept
    return kept[1]


class _Things(dict):
    """{id: thing}, each with what lists show of it: to make that takes longer than to look it up.

    `address`, of its page; `html`, its name; `folded`, by which names are ordered.
    """

    def __init__(self, model):
        super().__init__()
        self.model = model
        self._add(model.objects.all())

    def _add(self, things):
        for thing in things:
            thing.address, thing.html = thing.get_absolute_url(), escape(str(thing))
            thing.folded = fold(str(thing))
            self[thing.pk] = thing

    def __missing__(self, pk):
        """One that came since."""
        self._add(self.model.objects.filter(pk=pk))
        return dict(self)[pk]

    def of(self, ids):
        """{id: thing} of these."""
        return {pk: self[pk] for pk in ids}

    @cached_property
    def by_slug(self):
        return {thing.slug: thing for thing in self.values()}


@dataclass(slots=True)
class Name:
    """What a list shows of a person: there are too many to hold all of each."""

    pk: int
    slug: str
    name: str
    html: str
    folded: str

    def __str__(self):
        return self.name


class _Names(dict):
    """{id: Name} of those people that some list showed."""

    def of(self, ids):
        """{id: Name} of these; one query for all that were not asked for before."""
        if new := [pk for pk in ids if pk not in self]:
            wanted = ", ".join(map(str, new))  # the ORM would take longer than the question
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT id, slug, name FROM articles_person WHERE id IN ({wanted})")
                for pk, slug, name in cursor.fetchall():
                    self[pk] = Name(pk, slug, name, escape(name), fold(name))
        return {pk: self[pk] for pk in ids if pk in self}


class Directory:
    @cached_property
    def countries(self):
        return _Things(Country)

    @cached_property
    def sources(self):
        return _Things(Source)

    @cached_property
    def topics(self):
        return _Things(Topic)

    @cached_property
    def posts(self):
        return _Things(Post)

    @cached_property
    def posts_in_order(self):
        """[(folded label, id)] of all offices, as a reader looks them up."""
        return sorted((post.folded, pk) for pk, post in self.posts.items())

    @cached_property
    def terms(self):
        """Terms of office of which both ends are known: see Selection.offices."""
        known = Membership.objects.filter(
            started_latest__isnull=False, ended_earliest__isnull=False
        )
        rows = known.values_list("person", "post", "started_latest", "ended_earliest")
        rows = [
            (person, post, started.toordinal(), ended.toordinal())
            for person, post, started, ended in rows.order_by("person")
        ]
        return np.array(rows, np.int64).reshape(-1, 4).T

    @cached_property
    def spelled(self):
        """People by the words of their names, as a search looks them up: see search.names."""
        return search.names()

    @cached_property
    def offered(self):
        """{id: HTML of a person as a search offers them}, filled by who shows it."""
        return {}

    @cached_property
    def people(self):
        return _Names()

    @cached_property
    def people_in_order(self):
        """[(folded name, id)] of everyone who was not merged, as a reader looks them up."""
        return sorted(Person.objects.unmerged().order_by().values_list("folded_name", "pk"))

    @cached_property
    def pairs(self):
        """[((lesser country id, greater), Counts)] of the pairs that articles or events join."""
        return ranked_pairs(search.everything().pairs(), event_pairs())

    @cached_property
    def pairs_of(self):
        """{country id: its pairs, the most reported first}"""
        found = {}
        for pair_ids, counts in self.pairs:
            for pk in pair_ids:
                found.setdefault(pk, []).append((pair_ids, counts))
        return found

    def counts(self, pair):
        """The Counts of a Pair."""
        return self._counts.get(tuple(sorted(country.pk for country in pair)), Counts())

    @cached_property
    def _counts(self):
        return dict(self.pairs)

    @cached_property
    def with_high_offices(self):
        """The ids of the countries of whose highest offices some term is recorded."""
        held = Membership.objects.exclude(post__role=Post.Role.OTHER)
        return set(held.values_list("post__country", flat=True).distinct())

    def on_this_day(self, at=None, most=5):
        """Confirmed events of this day of the month in other years, the oldest first."""
        today = at or timezone.localdate()
        if today not in self._on_days:
            self._on_days[today] = list(Event.objects.confirmed().on_this_day(today)[:most])
        return self._on_days[today]

    @cached_property
    def _on_days(self):
        return {}

    @cached_property
    def held(self):
        """What the archive holds, in figures, by name."""
        everything = search.everything()
        return {
            "articles": everything.count(),
            "undated": everything.years[1],
            "bounded": everything.number_bounded(),
            "countries": len(self.countries),
            "relations": len(self.pairs),
            "people": Person.objects.unmerged().count(),
            "events": Event.objects.confirmed().count(),
            "sources": len(self.sources),
        }

    def reported_pairs(self, country=None, most=None):
        """[(Pair, Counts)] of the pairs, or those of a country, the most reported first."""
        pairs = self.pairs if country is None else self.pairs_of.get(country.pk, [])
        return [
            (Pair.of(*(self.countries[pk] for pk in pair_ids)), counts)
            for pair_ids, counts in pairs[:most]
        ]
