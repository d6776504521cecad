"""The directory: names and addresses of what articles are linked to, kept in memory.

    directory.current()       the Directory as the archive is now: one query where nothing changed
    .countries[pk]            a Country with its `address`; likewise sources, topics
    .people(ids)              {pk: Person} of some
    .reported_pairs(iran)     the pairs that are reported on, the most reported first
    .held                     what the archive holds, in figures

It is made anew when the state of the archive is another (`integrity.state`). What it gives is
shared by all requests: it is for reading only.
"""

from functools import cached_property
from threading import Lock

import numpy as np
from django.db import DEFAULT_DB_ALIAS, connections

from articles import integrity, search

from .models import Country, Event, Membership, Person, Post, Source, Topic
from .pair import Pair, event_pairs, ranked_pairs

_kept = {}  # by database: (state, Directory)
_making = Lock()


def current(using=DEFAULT_DB_ALIAS):
    """The Directory as the archive is now. Within a transaction, of which the state is not told
    before its end, it is made and not kept."""
    if connections[using].in_atomic_block:
        return Directory()
    state = integrity.state(using)
    kept = _kept.get(using)
    if kept is None or kept[0] != state:
        with _making:
            kept = (state, Directory())
            _kept[using] = kept
    return kept[1]


class _Things(dict):
    """{id: thing}, each with its `address`: to make one takes longer than to look it up."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        self._add(model.objects.all())

    def _add(self, things):
        for thing in things:
            thing.address = thing.get_absolute_url()
            self[thing.pk] = thing

    def __missing__(self, pk):
        """One that came since."""
        self._add(self.model.objects.filter(pk=pk))
        return dict(self)[pk]


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

    def people(self, ids):
        return Person.objects.in_bulk(ids)

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
