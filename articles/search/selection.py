"""A set of published articles, narrowed by the same verbs as `Article.objects`, and counted.

    everything = selection.of(catalogue)
    everything.involving(azerbaijan, iran).between(since, until).search(query)
        .count()                       how many there are
        .counts("countries")           {country id: articles that have it}
        .page("newest", 25)            ids of articles, in order

What a verb means is told by ArticleQuerySet, which says the same in SQL; tests hold the two
together. A Selection is never altered.
"""

from functools import cached_property

import numpy as np
from django.db import DEFAULT_DB_ALIAS

from . import by_day, offices, words
from .engines import engine
from .postings import NO_PLACES, together


class Selection:
    """`parts` are places in each drawer of the catalogue, in order; None means all of them."""

    def __init__(
        self, catalogue, parts=None, *, keys=(), is_suggesting=False, using=DEFAULT_DB_ALIAS
    ):
        self.catalogue, self.using = catalogue, using
        self.parts = parts
        self.keys = keys  # (number of articles, key in the index) that all of these have
        self.is_suggesting = is_suggesting  # whether what is suggested counts as linked

    def suggesting(self):
        """The same articles, of which countries and people count that are merely suggested, too."""
        return Selection(
            self.catalogue, self.parts, keys=self.keys, is_suggesting=True, using=self.using
        )

    @property
    def has_suggestions(self):
        """Whether anything is suggested of any article."""
        return any(drawer.has_suggestions for drawer in self.catalogue.drawers)

    def _narrowed(self, parts, *keys):
        return Selection(
            self.catalogue,
            parts,
            keys=(*self.keys, *keys),
            is_suggesting=self.is_suggesting,
            using=self.using,
        )

    def _linked(self, drawer, name):
        return drawer.linked(name, self.is_suggesting)

    # Narrowing

    def involving(self, *countries):
        """Those on all of these countries."""
        return self._with_all("countries", "_c", countries)

    def mentioning(self, *people):
        """Those that name all of these people."""
        return self._with_all("people", "_p", people)

    def from_sources(self, *sources):
        """Those from any of these sources."""
        return self._with_any("sources", [source.pk for source in sources])

    def about(self, *topics):
        """Those on any of these topics."""
        return self._with_any("topics", [topic.pk for topic in topics])

    def in_languages(self, *tags):
        """Those in any of these languages, by their tags in lower case."""
        numbers = {tag: number for number, tag in enumerate(self.catalogue.languages)}
        return self._with_any("languages", [numbers[tag] for tag in tags if tag in numbers])

    def between(self, since=None, until=None):
        """Those whose span overlaps the days `since` to `until`; the undated match neither."""
        narrowed = self
        if since:
            narrowed = narrowed._where(lambda d: d.overlap[1], lambda x: x >= since.toordinal())
        if until:
            narrowed = narrowed._where(lambda d: d.overlap[0], lambda x: x <= until.toordinal())
        return narrowed

    def naming_holder_of(self, post, uncertain=False):
        """Those naming whoever held the post for certain on every possible day."""
        terms = offices.terms_of(post.pk, self.using)
        found = []
        for drawer in self.catalogue.drawers:
            people = self._linked(drawer, "people")
            holding = [offices.holding(drawer, people, term, uncertain) for term in terms]
            found.append(np.unique(np.concatenate(holding)) if holding else NO_PLACES)
        return self._among(found)

    def search(self, query):
        """Those with the words of a Query. Raises Interrupted."""
        return self.among_ids(self.hits(query))

    def hits(self, query):
        """The ids of what matches a Query, these among them. Raises Interrupted."""
        return words.hits(query, self._keys_beside_words, self.using)

    @property
    def _keys_beside_words(self):
        dialect, _ = engine(self.using)
        return dialect.keys_beside_words(self.keys)

    def among_ids(self, ids):
        """Those of which the ids are among these."""
        ids = np.asarray(ids, np.int64)
        places = [np.sort(drawer.places_of(ids)) for drawer in self.catalogue.drawers]
        return self._among(places)

    def _with_all(self, name, letter, wanted):
        """The fewest first, so that the others are looked for among few."""
        found = {}
        for thing in wanted:
            found[thing.pk] = [
                self._linked(d, name).of_value(thing.pk) for d in self.catalogue.drawers
            ]
        numbers = {pk: sum(map(len, of_each)) for pk, of_each in found.items()}
        narrowed = self
        for pk in sorted(found, key=numbers.get):
            # The index knows nothing of what is suggested.
            keys = [] if self.is_suggesting else [(numbers[pk], f"{letter}{pk}")]
            narrowed = narrowed._among(found[pk], *keys, having=(name, pk))
        return narrowed

    def _with_any(self, name, values):
        found = []
        for drawer in self.catalogue.drawers:
            places = [getattr(drawer, name).of_value(value) for value in values]
            found.append(
                places[0] if len(places) == 1 else np.unique(np.concatenate([NO_PLACES, *places]))
            )
        return self._among(found, having=(name, *values) if len(values) == 1 else None)

    def _among(self, found, *keys, having=None):
        """Those at places found in each drawer, which are all that have (name, value)."""
        if self.parts is None:
            large, small = found
            if self.catalogue.number_dead:
                large = large[~self.catalogue.dead[large]]
            parts = large, small
        else:
            parts = tuple(
                self._linked(drawer, having[0]).having(mine, having[1])
                if having and len(mine) < 4 * len(other)
                else _common(mine, other, len(drawer))
                for mine, other, drawer in zip(
                    self.parts, found, self.catalogue.drawers, strict=True
                )
            )
        return self._narrowed(parts, *keys)

    def _where(self, column, test):
        found = [
            places[test(column(drawer)[places])]
            for drawer, places in zip(self.catalogue.drawers, self.places, strict=True)
        ]
        return self._narrowed(tuple(found))

    @property
    def places(self):
        return self.catalogue.alive if self.parts is None else self.parts

    # Counting

    def count(self):
        if self.parts is None:
            return len(self.catalogue)
        return sum(map(len, self.parts))

    __len__ = count

    def tally(self, name):
        """(values, how many of these articles have each) of "countries", "people" and so on, as
        arrays; what none of them has is left out."""
        large, small = (self._linked(drawer, name) for drawer in self.catalogue.drawers)
        if self.parts is None:
            values, numbers = large.tally_at(self.catalogue.dead_places)
            return together(large.tally, (values, -numbers), small.tally)
        return together(large.tally_at(self.parts[0]), small.tally_at(self.parts[1]))

    def counts(self, name):
        """The same as {value: number}."""
        return dict(zip(*map(np.ndarray.tolist, self.tally(name)), strict=True))

    def offices(self, terms):
        """{post id: number of articles naming somebody who certainly held it on every possible day}

        `terms` are arrays (person, post, latest start, earliest end as days), in order of persons.
        """
        counted = {}
        for drawer, places in zip(self.catalogue.drawers, self.places, strict=True):
            people = self._linked(drawer, "people")
            for post, number in zip(*offices.held(drawer, people, places, *terms), strict=True):
                counted[post] = counted.get(post, 0) + number
        return counted

    def pairs(self):
        """{(lesser country id, greater): number of articles on both} of the whole catalogue."""
        large, small = self.catalogue.drawers
        counted = dict(large.countries.pairs)
        for pair, number in large.countries.pairs_at(self.catalogue.dead_places).items():
            counted[pair] -= number
        for pair, number in small.countries.pairs.items():
            counted[pair] = counted.get(pair, 0) + number
        return {pair: number for pair, number in counted.items() if number}

    def number_bounded(self):
        """Of how many only a span of possible days is known."""
        drawers = zip(self.catalogue.drawers, self.places, strict=True)
        return sum(int(drawer.bounded[places].sum()) for drawer, places in drawers)

    def tags(self):
        """{language, by its tag in lower case: number of articles}"""
        tags = self.catalogue.languages
        return {tags[number]: count for number, count in self.counts("languages").items()}

    @cached_property
    def years(self):
        """({(first possible year, last possible year): number}, number of the wholly undated).

        None stands for an open end.
        """
        counted = {}
        for drawer, numbers in zip(self.catalogue.drawers, self._by_span, strict=True):
            for span, number in zip(drawer.spans, numbers.tolist(), strict=True):
                if number:
                    counted[span] = counted.get(span, 0) + number
        undated = counted.pop((None, None), 0)
        return counted, undated

    @property
    def _by_span(self):
        large, small = self.catalogue.drawers
        if self.parts is None:
            dead = large.number_by_span(self.catalogue.dead_places)
            return large.total_by_span - dead, small.total_by_span
        return large.number_by_span(self.parts[0]), small.number_by_span(self.parts[1])

    def values_of(self, name, ids):
        """{id: its countries} (people, and so on) of articles of the catalogue."""
        found = {}
        for drawer in filter(len, self.catalogue.drawers):
            places = drawer.places_of(np.array(ids, np.int64))
            values = getattr(drawer, name).of_each(places)
            found |= zip(drawer.ids[places].tolist(), values, strict=True)
        return found

    # In order

    @cached_property
    def ids(self):
        """The ids of all, in no order."""
        return self._of_all(lambda drawer: drawer.ids)

    def _of_all(self, column):
        """A column of the drawers, of all of these."""
        parts = zip(self.catalogue.drawers, self.places, strict=True)
        return np.concatenate([column(drawer)[places] for drawer, places in parts])

    def page(self, order, most, after=None):
        """At most `most` of them in an order, "newest", "oldest" or "added": (latest possible day
        or None, id) of each. `after` is that of the article before them.
        """
        if order == "added":
            ids = self.ids if after is None else self.ids[self.ids < after[1]]
            if len(ids) > most:
                ids = -np.partition(-ids, most)[:most]
            return [(None, pk) for pk in np.sort(ids)[::-1].tolist()[:most]]
        return by_day.page(self.catalogue.drawers, self.places, order == "newest", most, after)

    def beside(self, day, pk, countries):
        """(the id before, the id after) a dated article among the dated ones of the whole catalogue
        on all of these countries; None for none."""
        return by_day.beside(self.catalogue, day, pk, countries)

    def best(self, query, most):
        """(at most `most` ids, the best match of a Query first, among how many they were looked
        for). Where there are many, only those that were added last are ranked. Raises Interrupted.
        """
        dialect, _ = engine(self.using)
        ids = self.ids
        if len(ids) > dialect.RANKED:
            ids = np.partition(ids, len(ids) - dialect.RANKED)[-dialect.RANKED :]
        among = Selection(self.catalogue, using=self.using).among_ids(ids)
        days = among._of_all(lambda drawer: drawer.latest)
        ranks = words.ranked(query, among.ids, self._keys_beside_words, self.using)
        best_first = np.lexsort((among.ids, days, ranks))[::-1][:most]
        return among.ids[best_first].tolist(), len(ids)


def of(catalogue, using=DEFAULT_DB_ALIAS):
    return Selection(catalogue, using=using)


def _common(mine, other, size):
    """What two arrays of places have in common; both are in order, of a drawer of this size."""
    if len(mine) > len(other):
        mine, other = other, mine
    if not len(mine):
        return mine
    if len(mine) * 16 < len(other):
        at = np.searchsorted(other, mine)
        at[at == len(other)] = 0
        return mine[other[at] == mine]
    is_other = np.zeros(size, bool)
    is_other[other] = True
    return mine[is_other[mine]]
