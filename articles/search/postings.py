"""Values of articles both ways, as arrays: those of an article, and the articles of a value."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

NO_PLACES = np.empty(0, np.int32)
NO_TALLY = np.empty(0, np.int64), np.empty(0, np.int64)
_WIDEST = 8  # values of a place that stand in a row
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
    """The values of each place in a drawer, and the places of each value.

    The values of a place stand in a row of `wide`, one higher, then nothings: to take rows of one
    length out of a table is several times as quick as ranges of any. What has no room there, of
    one place in a thousand, stands in `more_places` and `more_values`.
    """

    wide: np.ndarray
    more_places: np.ndarray
    more_values: np.ndarray
    known: np.ndarray  # the distinct values
    bounds: np.ndarray  # of the places of each of these
    places: np.ndarray

    @classmethod
    def of(cls, lengths, values):
        """`values` of all places, one after another, so many of each."""
        order = np.argsort(values, kind="stable")
        in_order = values[order]
        is_first = np.ones(len(values), bool)
        np.not_equal(in_order[1:], in_order[:-1], out=is_first[1:])
        firsts = np.flatnonzero(is_first)
        owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        return cls(
            *_parted(lengths, values, owners),
            known=in_order[firsts].astype(np.int64),
            bounds=np.append(firsts, len(values)),
            places=owners[order],
        )

    def joined(self, other):
        """The values of both at each place; they have none in common."""
        if not len(other.known):
            return self
        places = np.arange(len(self.wide), dtype=np.int32)
        owners, values = map(
            np.concatenate, zip(self.of_places(places), other.of_places(places), strict=True)
        )
        order = np.lexsort((values, owners))
        return Postings.of(np.bincount(owners, minlength=len(places)), narrow(values[order]))

    def of_value(self, value):
        """The places that have a value, in order."""
        found = self.known.searchsorted(np.int64(value))
        if found == len(self.known) or self.known[found] != value:
            return NO_PLACES
        return self.places[self.bounds[found] : self.bounds[found + 1]]

    def having(self, places, value):
        """Those of some places, in order, that have a value."""
        width = self.wide.shape[1]
        found = np.flatnonzero(self.wide.take(places, axis=0) == value + 1) // width
        at, of_these = self._more(places)
        if len(at):
            found = np.union1d(found, at[self.more_values[of_these] == value])
        return places[found]

    def of_each(self, places):
        """The values of each of some places, as lists."""
        found = self.wide.take(places, axis=0).tolist()
        found = [[value - 1 for value in row if value] for row in found]
        if len(self.more_places):
            for place, values in zip(places, found, strict=True):
                first, last = self.more_places.searchsorted([place, place + 1])
                values += self.more_values[first:last].tolist()
        return found

    def of_places(self, places):
        """(which of some places, in order, a value of its), for all values of all of them."""
        rows = self.wide.take(places, axis=0)
        owners, columns = rows.nonzero()
        values = rows[owners, columns].astype(np.int64) - 1
        at, of_these = self._more(places)
        if not len(at):
            return owners, values
        owners = np.concatenate([owners, at])
        order = np.argsort(owners, kind="stable")
        return owners[order], np.concatenate([values, self.more_values[of_these]])[order]

    def _more(self, places):
        """(which of some places, in order; where in `more_values` is a value of its)"""
        if not len(self.more_places) or not len(places):
            return NO_PLACES, NO_PLACES
        at = places.searchsorted(self.more_places)
        of_these = np.flatnonzero(places[np.minimum(at, len(places) - 1)] == self.more_places)
        return at[of_these], of_these

    @property
    def pairs(self):
        """{(lesser value, greater value): how many places have both}"""
        return self.pairs_at(np.arange(len(self.wide), dtype=np.int32))

    def pairs_at(self, places):
        """The same of some places, in order."""
        counted = {}
        for start in range(0, len(places), _AT_ONCE):
            part = places[start : start + _AT_ONCE]
            owners, values = self.of_places(part)
            lengths = np.bincount(owners, minlength=len(part))
            for pair, number in _pairs(values, lengths):
                counted[pair] = counted.get(pair, 0) + number
        return counted

    @cached_property
    def tally(self):
        """(values, how many places have each)"""
        return self.known, np.diff(self.bounds)

    def tally_at(self, places):
        """The same of some places, in order; what none of them has is left out."""
        if not len(places):
            return NO_TALLY
        found = self.wide.take(places, axis=0).ravel()
        _, of_these = self._more(places)
        if len(of_these):
            found = np.concatenate([found, self.more_values[of_these] + 1])
        if found.max(initial=0) >= 4 * len(found) + 100_000:
            values, numbers = np.unique(found[found > 0], return_counts=True)
            return values.astype(np.int64) - 1, numbers
        numbers = np.bincount(found)
        numbers[:1] = 0
        values = np.flatnonzero(numbers)
        return values - 1, numbers[values]


def _parted(lengths, values, owners):
    """(wide, more_places, more_values) of a Postings."""
    width = _width(lengths)
    greatest = int(values.max(initial=0)) + 1
    wide = np.zeros((len(lengths), width), np.min_scalar_type(greatest))
    starts = starts_of(lengths)[:-1]
    for column in range(width):
        places = np.flatnonzero(lengths > column)
        wide[places, column] = values[starts[places] + column]
        wide[places, column] += 1
    long = np.flatnonzero(lengths > width)
    of_long = np.concatenate(
        [np.arange(starts[p] + width, starts[p] + lengths[p], dtype=np.int64) for p in long]
        or [np.empty(0, np.int64)]
    )
    return wide, owners[of_long], values[of_long].astype(np.int64)


def _width(lengths):
    """So many values have room in a row that 999 places of 1,000 need no more, but eight at most:
    a place with a hundred countries shall not widen all."""
    if not np.any(lengths):
        return 0
    longer = len(lengths) - np.cumsum(np.bincount(lengths, minlength=_WIDEST))[:_WIDEST]
    return max(1, int(np.count_nonzero(longer * 1000 > len(lengths))))


def together(*tallies):
    """One tally of several, numbers below nothing among them; what comes to nothing is left out."""
    tallies = [tally for tally in tallies if len(tally[0])]
    if len(tallies) < 2:
        return tallies[0] if tallies else NO_TALLY
    values, numbers = map(np.concatenate, zip(*tallies, strict=True))
    known, at = np.unique(values, return_inverse=True)
    numbers = np.bincount(at, weights=numbers).astype(np.int64)
    return known[numbers > 0], numbers[numbers > 0]


def _pairs(values, lengths):
    """(two values, how often) of values in order at each place, so many of each place."""
    ends = np.repeat(np.cumsum(lengths), lengths)
    at = np.arange(len(values))
    for step in range(1, int(lengths.max(initial=0))):
        at = at[at + step < ends[at]]
        pairs = values[at] << 32 | values[at + step]
        for pair, number in zip(*map(np.ndarray.tolist, _counted(pairs)), strict=True):
            yield (pair >> 32, pair & 0xFFFFFFFF), number


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
