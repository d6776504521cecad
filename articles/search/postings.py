"""Values of articles both ways, as arrays: those of an article, and the articles of a value."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

NO_PLACES = np.empty(0, np.int32)
NO_TALLY = np.empty(0, np.int64), np.empty(0, np.int64)
_AT_ONCE = 200_000  # places of which the pairs are counted at once, to hold less memory


def narrow(numbers):
    """The same in the smallest type that has room for them; none is below nothing."""
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))


def starts_of(lengths):
    """Where each of so many values starts, and where the last ends."""
    starts = np.zeros(len(lengths) + 1, np.int32)
    np.cumsum(lengths, out=starts[1:])
    return starts


@dataclass(frozen=True)
class Postings:
    """The values of each place in a drawer, and the places of each value."""

    starts: np.ndarray  # of the values of each place
    values: np.ndarray
    known: np.ndarray  # the distinct values
    bounds: np.ndarray  # of the places of each of these
    places: np.ndarray

    @classmethod
    def of(cls, lengths, values):
        values = narrow(values)
        order = np.argsort(values, kind="stable")
        in_order = values[order]
        is_first = np.ones(len(values), bool)
        np.not_equal(in_order[1:], in_order[:-1], out=is_first[1:])
        firsts = np.flatnonzero(is_first)
        owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        return cls(
            starts_of(lengths),
            values,
            known=in_order[firsts].astype(np.int64),
            bounds=np.append(firsts, len(values)),
            places=owners[order],
        )

    def of_value(self, value):
        """The places that have a value, in order."""
        found = self.known.searchsorted(np.int64(value))
        if found == len(self.known) or self.known[found] != value:
            return NO_PLACES
        return self.places[self.bounds[found] : self.bounds[found + 1]]

    def of_place(self, place):
        """The values of one place, as a list."""
        return self.values[self.starts[place] : self.starts[place + 1]].tolist()

    def of_places(self, places):
        """All values of some places, one after another."""
        lengths = self.starts[places + 1] - self.starts[places]
        before = np.cumsum(lengths) - lengths
        total = int(lengths.sum())
        return self.values[
            np.repeat(self.starts[places] - before, lengths) + np.arange(total, dtype=np.int32)
        ]

    @cached_property
    def pairs(self):
        """{(lesser value, greater value): how many places have both}"""
        return _pairs(self.values, self.starts)

    def pairs_at(self, places):
        """The same of some places."""
        lengths = self.starts[places + 1] - self.starts[places]
        return _pairs(self.of_places(places), starts_of(lengths))

    @cached_property
    def tally(self):
        """(values, how many places have each)"""
        return self.known, np.diff(self.bounds)

    def tally_at(self, places):
        """The same of some places; what none of them has is left out."""
        if not len(places):
            return NO_TALLY
        values = self.of_places(places)
        if values.max(initial=0) >= 4 * len(values) + 100_000:
            return np.unique(values, return_counts=True)
        numbers = np.bincount(values)
        known = np.flatnonzero(numbers)
        return known, numbers[known]


def together(*tallies):
    """One tally of several, numbers below nothing among them; what comes to nothing is left out."""
    tallies = [tally for tally in tallies if len(tally[0])]
    if len(tallies) < 2:
        return tallies[0] if tallies else NO_TALLY
    values, numbers = map(np.concatenate, zip(*tallies, strict=True))
    known, at = np.unique(values, return_inverse=True)
    numbers = np.bincount(at, weights=numbers).astype(np.int64)
    return known[numbers > 0], numbers[numbers > 0]


def _pairs(values, starts):
    """{two values: how often} of values in order at each place, by where those of each start."""
    counted = {}
    for first in range(0, len(starts) - 1, _AT_ONCE):
        bounds = starts[first : first + _AT_ONCE + 1]
        lengths, of_these = np.diff(bounds), values[bounds[0] : bounds[-1]].astype(np.int64)
        ends = np.repeat(np.cumsum(lengths), lengths)
        at = np.arange(len(of_these))
        for step in range(1, int(lengths.max(initial=0))):
            at = at[at + step < ends[at]]
            pairs = of_these[at] << 32 | of_these[at + step]
            for pair, number in zip(*map(np.ndarray.tolist, _counted(pairs)), strict=True):
                pair = (pair >> 32, pair & 0xFFFFFFFF)
                counted[pair] = counted.get(pair, 0) + number
    return counted


def _counted(numbers):
    """(distinct numbers, how often each); of millions most are among the first."""
    found, at = np.unique(numbers[:100_000], return_inverse=True)
    if len(numbers) <= 100_000:
        return found, np.bincount(at, minlength=len(found))
    at = np.searchsorted(found, numbers)
    at[at == len(found)] = 0
    is_found = found[at] == numbers
    others, of_others = np.unique(numbers[~is_found], return_counts=True)
    of_found = np.bincount(at[is_found], minlength=len(found))
    return np.concatenate([found, others]), np.concatenate([of_found, of_others])
