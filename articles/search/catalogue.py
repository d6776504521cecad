"""The catalogue: the cards of all published articles, in memory, in the order of their dates.

Lists and the counts beside them are made from it, exactly, whatever is combined: an article is a
place in arrays, a country is the array of the places that have it. Words alone are looked up in the
index. A worker that serves a million articles holds 150 MB more than an empty one.

A Catalogue is never altered. It is made of two Drawers: a large one, and a small one of the cards
that changed since the large one was filled; what changed is struck out of the large one (`dead`).
`at()` takes in the cards of the ticks that came since.
"""

from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from django.db import DEFAULT_DB_ALIAS

from .cards import LINKS, SUGGESTED
from .engines import engine
from .postings import NO_PLACES, Postings, narrow, starts_of

_BEFORE, _AFTER = -1, 4_000_000  # every day of the calendar
UNKNOWN_LATEST, UNKNOWN_EARLIEST = _BEFORE, _AFTER
OPEN_LATEST, OPEN_EARLIEST = _AFTER, _BEFORE
MOST_APART = 4096  # cards in the small drawer; then all go into one
_CHUNK = 5000  # cards read at once


@dataclass
class Drawer:
    """Cards in the order of their latest possible day, then id; those without any come first."""

    ids: np.ndarray
    latest: np.ndarray  # UNKNOWN_LATEST where none is known
    earliest: np.ndarray  # UNKNOWN_EARLIEST where none is known
    bounded: np.ndarray  # bool: a span of possible days is all that is known
    doubted: np.ndarray  # bool: the date is uncertain by its own words
    sources: Postings
    languages: Postings
    countries: Postings
    people: Postings
    topics: Postings
    suggested_countries: Postings
    suggested_people: Postings

    NAMES = ("sources", "languages", *LINKS, *SUGGESTED)

    @classmethod
    def of(cls, ids, latest, earliest, bounded, doubted, **links):
        """Sort what comes in any order; `links` are (lengths, values) by name."""
        order = np.lexsort((ids, latest))
        made = {}
        for name, (lengths, values) in links.items():
            starts = starts_of(lengths)
            moved = lengths[order]
            index = np.repeat(starts[order] - starts_of(moved)[:-1], moved)
            index += np.arange(len(values), dtype=np.int32)
            made[name] = Postings.of(moved, values[index])
        plain = (column[order] for column in (ids, latest, earliest, bounded, doubted))
        return cls(*plain, **made)

    @classmethod
    def together(cls, drawers):
        """One Drawer of all that (Drawer, places) hold."""
        plain = ("ids", "latest", "earliest", "bounded", "doubted")
        whole = [np.concatenate([getattr(d, name)[p] for d, p in drawers]) for name in plain]
        links = {}
        for name in cls.NAMES:
            of_each = [(getattr(d, name), p) for d, p in drawers]
            found = [(len(p), *postings.of_places(p)) for postings, p in of_each]
            lengths = [np.bincount(owners, minlength=size) for size, owners, _ in found]
            values = [values for _, _, values in found]
            links[name] = np.concatenate(lengths), narrow(np.concatenate(values))
        return cls.of(*whole, **links)

    def __len__(self):
        return len(self.ids)

    @cached_property
    def _place_of(self):
        """Where each id stands, -1 for none: a table, where ids are not too far apart."""
        last = int(self.ids.max(initial=0))
        if last > 4 * len(self) + 1_000_000 or self.ids.min(initial=0) < 0:
            return None
        table = np.full(last + 2, -1, np.int32)
        table[self.ids] = np.arange(len(self), dtype=np.int32)
        return table

    @cached_property
    def _by_id(self):
        order = np.argsort(self.ids).astype(np.int32)
        return order, self.ids[order]

    def places_of(self, ids):
        """The places of those among `ids` that stand here, in no order."""
        if not len(self) or not len(ids):
            return NO_PLACES
        if self._place_of is not None:
            table = self._place_of
            found = table[np.where((ids >= 0) & (ids < len(table)), ids, -1)]
            return found[found >= 0]
        order, in_order = self._by_id
        at = np.searchsorted(in_order, ids)
        at[at == len(order)] = 0
        return order[at[in_order[at] == ids]]

    def linked(self, name, is_suggesting=False):
        """The Postings of "countries", "people" and so on; with what is suggested, if asked."""
        if not is_suggesting or f"suggested_{name}" not in SUGGESTED:
            return getattr(self, name)
        return self._with_suggested[name]

    @cached_property
    def has_suggestions(self):
        return any(len(getattr(self, name).known) for name in SUGGESTED)

    @cached_property
    def _with_suggested(self):
        return {
            name: getattr(self, name).joined(getattr(self, suggested))
            for suggested, name in SUGGESTED.items()
        }

    @cached_property
    def number_undated(self):
        return int(self.latest.searchsorted(UNKNOWN_LATEST, side="right"))

    @cached_property
    def _years(self):
        """(the distinct spans of years, which of these each place has); None is an open end."""
        no_first = self.earliest == UNKNOWN_EARLIEST
        no_last = self.latest == UNKNOWN_LATEST
        packed = np.where(no_first, 0, year_of(self.earliest)).astype(np.int32) << 16
        packed |= np.where(no_last, 0, year_of(self.latest)).astype(np.int32)
        known, numbers = np.unique(packed, return_inverse=True)
        spans = [(span >> 16 or None, span & 0xFFFF or None) for span in known.tolist()]
        return spans, numbers.astype(np.min_scalar_type(len(spans)))

    @property
    def spans(self):
        """The distinct (first possible year, last one); None is an open end."""
        return self._years[0]

    def number_by_span(self, places):
        """How many of these places have each of `spans`."""
        return np.bincount(self._years[1][places], minlength=len(self.spans))

    @cached_property
    def total_by_span(self):
        return np.bincount(self._years[1], minlength=len(self.spans))

    @cached_property
    def overlap(self):
        """(earliest, latest) day by which dates overlap: an open end reaches for ever, and the
        wholly undated overlap nothing."""
        open_end = (self.latest == UNKNOWN_LATEST) & (self.earliest != UNKNOWN_EARLIEST)
        open_start = (self.earliest == UNKNOWN_EARLIEST) & (self.latest != UNKNOWN_LATEST)
        latest = np.where(open_end, OPEN_LATEST, self.latest).astype(np.int32)
        earliest = np.where(open_start, OPEN_EARLIEST, self.earliest).astype(np.int32)
        return earliest, latest


_JANUARY_FIRSTS = np.array(
    [365 * (y - 1) + (y - 1) // 4 - (y - 1) // 100 + (y - 1) // 400 + 1 for y in range(1, 10_001)]
)


def year_of(days):
    """The years of days, as date.toordinal() counts them; nonsense for what is no day."""
    return np.searchsorted(_JANUARY_FIRSTS, days, side="right").astype(np.int16)


@dataclass(frozen=True)
class Catalogue:
    era: str
    tick: int
    large: Drawer
    small: Drawer
    dead: np.ndarray  # bool by place in `large`
    languages: list  # by the number that stands for each

    @cached_property
    def drawers(self):
        return self.large, self.small

    @cached_property
    def number_dead(self):
        return int(self.dead.sum())

    @cached_property
    def alive(self):
        """The places of all cards, in each drawer."""
        large = np.arange(len(self.large), dtype=np.int32)
        large = large[~self.dead] if self.number_dead else large
        return large, np.arange(len(self.small), dtype=np.int32)

    @cached_property
    def dead_places(self):
        return np.flatnonzero(self.dead).astype(np.int32)

    def __len__(self):
        return len(self.large) - self.number_dead + len(self.small)


_kept = {}  # by database
_taking_in = Lock()


def at(era, tick, using=DEFAULT_DB_ALIAS):
    """The Catalogue as the archive is now, which is at this tick.

    Within a transaction, which may be rolled back, it is made and not kept.
    """
    kept = _kept.get(using)
    if _is_at(kept, era, tick):
        return kept
    _, connection = engine(using)
    with _taking_in:
        kept = _kept.get(using)
        if _is_at(kept, era, tick):
            return kept
        is_further = kept and kept.era == era and kept.tick < tick
        made = _taken_in(kept, connection, tick) if is_further else _read(connection, era, tick)
        if not connection.in_atomic_block:
            _kept[using] = made
        return made


def _is_at(kept, era, tick):
    return kept is not None and kept.era == era and kept.tick == tick


# Reading cards

_LINKS = (*LINKS, *SUGGESTED)
_PLAIN = ("article_id", "latest", "earliest", "is_bounded", "is_doubted", "source", "language")
_FIELDS = ", ".join([*_PLAIN, *_LINKS])


def _read(connection, era, tick):
    languages = []
    large = _drawer(connection, "is_public", languages)
    small = _drawer(connection, "is_public", languages, [])
    return Catalogue(era, tick, large, small, np.zeros(len(large), bool), languages)


def _taken_in(kept, connection, tick):
    """The catalogue with the cards that changed since its tick."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT article_id FROM articles_card WHERE tick > %s", [kept.tick])
        changed = np.array([pk for (pk,) in cursor.fetchall()], np.int64)
    dead = kept.dead.copy()
    dead[kept.large.places_of(changed)] = True
    apart = np.union1d(kept.small.ids, changed)
    languages = list(kept.languages)
    small = _drawer(connection, "is_public", languages, apart)
    if len(apart) < MOST_APART:
        return Catalogue(kept.era, tick, kept.large, small, dead, languages)
    filled = [(kept.large, np.flatnonzero(~dead)), (small, np.arange(len(small)))]
    large, small = Drawer.together(filled), _drawer(connection, "is_public", languages, [])
    return Catalogue(kept.era, tick, large, small, np.zeros(len(large), bool), languages)


def _drawer(connection, where, languages, ids=None):
    """The Drawer of the cards `where`, of all or of those with these ids; languages that are not
    on the list are added to it."""
    numbers = {tag: number for number, tag in enumerate(languages)}
    read = _read_all(connection, where) if ids is None else _read_some(connection, where, ids)
    chunks = [_arrays(rows, numbers) for rows in read] or [_arrays([], numbers)]
    languages[:] = numbers
    whole = {name: np.concatenate([chunk[name] for chunk in chunks]) for name in chunks[0]}
    one_each = np.ones(len(whole["ids"]), np.uint8)
    links = {name: (whole[f"{name} lengths"], whole[name]) for name in _LINKS}
    links |= {name: (one_each, whole[name]) for name in ("sources", "languages")}
    plain = [whole[name] for name in ("ids", "latest", "earliest", "bounded", "doubted")]
    return Drawer.of(*plain, **links)


def _read_all(connection, where):
    last, rows = -(2**63), [None] * _CHUNK
    while len(rows) == _CHUNK:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {_FIELDS} FROM articles_card WHERE {where} AND article_id > %s"
                f" ORDER BY article_id LIMIT {_CHUNK}",
                [last],
            )
            if rows := cursor.fetchall():
                last = rows[-1][0]
                yield rows


def _read_some(connection, where, ids):
    for start in range(0, len(ids), 500):
        wanted = ", ".join(str(int(pk)) for pk in ids[start : start + 500])
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {_FIELDS} FROM articles_card WHERE {where} AND article_id IN ({wanted})"
            )
            yield cursor.fetchall()


def _arrays(rows, numbers):
    columns = zip(*rows, strict=True) if rows else [()] * len([*_PLAIN, *_LINKS])
    ids, latest, earliest, bounded, doubted, sources, languages, *links = columns
    tags = [numbers.setdefault(tag.lower(), len(numbers)) for tag in languages]
    arrays = {
        "ids": np.array(ids, np.int64),
        "latest": np.array([UNKNOWN_LATEST if d is None else d for d in latest], np.int32),
        "earliest": np.array([UNKNOWN_EARLIEST if d is None else d for d in earliest], np.int32),
        "bounded": np.array(bounded, bool),
        "doubted": np.array(doubted, bool),
        "sources": narrow(np.array(sources, np.int64)),
        "languages": narrow(np.array(tags, np.int64)),
    }
    for name, packed in zip(_LINKS, links, strict=True):
        arrays[f"{name} lengths"] = narrow(np.array([len(p) // 8 for p in packed], np.int32))
        arrays[name] = narrow(np.frombuffer(b"".join(packed), np.int64))
    return arrays
