"""The counts beside the choices of a filter: how many of the articles shown have which value.

Every count is exact, of any number of articles; offices alone are counted only where there are at
most MOST_FOR_OFFICES of them. Countries, people and offices are asked for all at
once, so each count is of those among the articles shown that have this value as well. Of sources,
topics, languages and years any will do, so these are counted without what is chosen of the same
kind: what choosing another one instead would show.
"""

from dataclasses import dataclass
from html import escape
from itertools import accumulate

import numpy as np

from . import languages
from .names.fold import fold

MOST = {"country": 30, "person": 20, "office": 20, "source": 20, "topic": 20, "language": 20}
MOST_PERIODS = 40  # on a page
MOST_FOR_OFFICES = 50_000  # articles of which the offices are counted: it takes some 10 ms
TITLES = {
    "country": "Countries",
    "person": "People",
    "office": "Office held on the day",
    "source": "Source, any of them",
    "topic": "Topic, any of them",
    "language": "Language, any of them",
}


@dataclass(slots=True)
class Choice:
    value: str  # of the parameter
    label: str
    html: str  # the label
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """The values of one parameter, the most frequent first; `more` have no place among them."""

    name: str
    title: str
    choices: list
    more: int = 0


@dataclass(frozen=True)
class Period:
    """Some years, and how many articles may be of one of them."""

    first: int
    last: int
    count: int
    is_chosen: bool

    @property
    def label(self):
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class Years:
    """How many articles may be of each year. Those of which only a span of days is known count in
    every one of its years (`possible` of them may be of several); the undated are apart."""

    spans: dict  # {(first possible year or None, last or None): number}
    undated: int
    chosen: range

    @property
    def bounds(self):
        known = [year for span in self.spans for year in span if year]
        return (min(known), max(known)) if known else None

    @property
    def possible(self):
        return sum(number for (first, last), number in self.spans.items() if first != last)

    def by_year(self):
        return self._periods(*self.bounds, 1) if self.bounds else []

    def for_a_page(self):
        """By year; where that would be too many by decade or century, and by year within what is
        chosen."""
        if not self.bounds:
            return []
        first, last = self.bounds
        chosen = range(max(first, self.chosen.start), min(last, self.chosen.stop - 1) + 1)
        if last - first >= MOST_PERIODS and 0 < len(chosen) <= MOST_PERIODS:
            return self._periods(chosen[0], chosen[-1], 1)
        step = next(step for step in (1, 10, 100, 1000) if (last - first) / step < MOST_PERIODS)
        return self._periods(first // step * step, last, step)

    def _periods(self, first, last, step):
        number = (last - first) // step + 1
        changes = [0] * (number + 1)
        for (begins, ends), articles in self.spans.items():
            begins, ends = max(begins or first, first), min(ends or last, last)
            if begins <= ends:
                changes[(begins - first) // step] += articles
                changes[(ends - first) // step + 1] -= articles
        years = [first + step * place for place in range(number)]
        return [
            Period(year, year + step - 1, count, self._is_chosen(year, year + step - 1))
            for year, count in zip(years, accumulate(changes), strict=False)
        ]

    def _is_chosen(self, first, last):
        return bool(self.chosen) and self.chosen.start <= last and first < self.chosen.stop


@dataclass(frozen=True)
class Facets:
    values: list
    years: Years


def facets(filterset, most=MOST):
    """The Facets of an ArticleFilter that is valid, with so many choices of each parameter at
    most, and whatever is chosen. Raises search.Interrupted."""
    names, found = filterset.names, filterset.found
    things = [
        ("country", found.tally("countries"), names.countries),
        ("person", found.tally("people"), names.people),
        ("office", _offices(found, names), names.posts),
        ("source", filterset.found_without("source").tally("sources"), names.sources),
        ("topic", filterset.found_without("topic").tally("topics"), names.topics),
    ]
    values = [_facet(filterset, name, tally, named, most[name]) for name, tally, named in things]
    return Facets([*values, _languages(filterset, most["language"])], _years(filterset))


def _facet(filterset, name, tally, named, most):
    """`named` are things by id, of which `of` gives some."""
    values, numbers = tally
    for thing in filterset.given.get(name, ()):
        is_other = values != thing.pk
        values, numbers = values[is_other], numbers[is_other]
    chosen = {thing.pk for thing in (filterset.value(name) or {}).values()}
    counts = _highest(values, numbers, most)
    for pk in chosen - counts.keys():
        counts[pk] = int(numbers[values == pk].sum())
    things = sorted(named.of(counts).items(), key=lambda one: (-counts[one[0]], one[1].folded))
    choices = [
        Choice(thing.slug, str(thing), thing.html, counts[pk], pk in chosen) for pk, thing in things
    ]
    return Facet(name, TITLES[name], choices, max(0, len(values) - len(choices)))


def _highest(values, numbers, most):
    """{value: number} of so many, the most frequent; of those that tie, the first to be recorded:
    to look up the names of all that tie would take longer than all else."""
    if len(values) > most:
        is_high = numbers >= np.partition(numbers, -most)[-most]
        values, numbers = values[is_high], numbers[is_high]
        order = np.lexsort((values, -numbers))[:most]
        values, numbers = values[order], numbers[order]
    return dict(zip(values.tolist(), numbers.tolist(), strict=True))


def _offices(found, names):
    """The tally of the offices held by people on the articles' days."""
    counts = {}
    if names.terms.size and found.count() <= MOST_FOR_OFFICES:
        counts = found.offices(names.terms)
    return np.array(list(counts), np.int64), np.array(list(counts.values()), np.int64)


def _languages(filterset, most):
    counts = filterset.found_without("language").tags()
    chosen = set((filterset.value("language") or {}).values())
    counts |= dict.fromkeys(chosen - counts.keys(), 0)
    labels = {tag: languages.language_name(tag) for tag in counts}
    tags = sorted(counts, key=lambda tag: (-counts[tag], fold(labels[tag])))
    tags = tags[:most] + [tag for tag in tags[most:] if tag in chosen]
    choices = [
        Choice(tag, labels[tag], escape(labels[tag]), counts[tag], tag in chosen) for tag in tags
    ]
    return Facet("language", TITLES["language"], choices, len(counts) - len(choices))


def _years(filterset):
    return Years(*filterset.found_without("since", "until").years, _chosen_years(filterset))


def _chosen_years(filterset):
    """The years that `since` and `until` ask for, wholly or in part."""
    since, until = filterset.value("since"), filterset.value("until")
    if not since and not until:
        return range(0)
    first = since[1].earliest.year if since else 1
    return range(first, until[1].latest.year + 1 if until else 10_000)
