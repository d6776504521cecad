"""People by the words of their names: whom a search names, and how else their names are written.

    current()                 Names as the archive is now: one query where nothing changed
    .spelled(query)           the Query that finds the other spellings, too
    .named(query)             [(person id, their name, the spelling that was searched)]
    .bearing(name)            the ids of the people who bear a whole name, in any spelling

In memory are but hashes of words and whole spellings, and whose they are: 12 bytes for each, 5 MB
for 20,000 people of three spellings. The names themselves are read of those people alone whom a
search may mean, and kept for the next one.
"""

from array import array
from collections import namedtuple
from functools import reduce
from itertools import groupby
from operator import itemgetter
from threading import Lock
from zlib import crc32

import numpy as np
from django.db import DEFAULT_DB_ALIAS

from articles.names.customary import customary
from articles.names.fold import folded_words
from articles.names.spellings import Spelling, runs

from .engines import engine
from .namesakes import longer_names
from .variants import runs_of, spelled

_CHUNK = 2000  # people whose names are read at once
MOST_PEOPLE = 500  # who share a word, of whom the names are read
MOST_KEPT = 400  # people whose spellings stay in memory
MOST_LOOKED_UP = 1000  # runs of words of one search

Named = namedtuple("Named", "pk name spelling")
_Person = namedtuple("_Person", "name spellings runs")

_kept = {}  # by database: (what tells whether names changed, Names)
_making = Lock()


def current(using=DEFAULT_DB_ALIAS):
    """Within a transaction, which may be rolled back, they are made and not kept."""
    _, connection = engine(using)
    if connection.in_atomic_block:
        return Names(using)
    told = _told(connection)
    kept = _kept.get(using)
    if kept is None or kept[0] != told:
        with _making:
            kept = (told, Names(using))
            _kept[using] = kept
    return kept[1]


def _told(connection):
    """Whatever changes a person or a name changes this."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), max(change_id), sum(change_id), sum(number) FROM articles_record"
            " WHERE kind IN ('person', 'othername')"
        )
        return cursor.fetchone()


class Names:
    def __init__(self, using=DEFAULT_DB_ALIAS):
        self.using, self.people = using, {}
        hashes, owners = _entries(engine(using)[1])
        order = np.argsort(hashes, kind="stable")
        self.hashes, self.owners = hashes[order], owners[order]

    def spelled(self, query):
        """The Query that asks for the other spellings, too; of an exact one, itself."""
        if query.is_exact:
            return query
        typed = runs_of(query)[:MOST_LOOKED_UP]
        asked = [_hash(_WHOLE, run) for run in typed]
        asked += [_hash(_WORD, word) for word in {word for run in typed for word in run.split()}]
        also = {}
        for person in self._people(self._owners(asked)):
            for run in typed:
                if run in person.runs:
                    known = also.setdefault(run, [])
                    known += [other for other in person.runs[run] if other not in known]
        longer = self._longer(typed, also)
        return spelled(query, also, longer) if also or longer else query

    def _longer(self, typed, also):
        """{run that is somebody's whole name: the longer names of others that have its words}"""
        found = {}
        for run in typed:
            words = tuple(run.split())
            bearing = self.bearing(run) if len(words) > 1 else ()
            if not bearing:
                continue
            with_all = [self._having(_ANY, word) for word in set(words)]
            people = [*reduce(np.intersect1d, with_all).tolist(), *self._owners_of_words(words)]
            people = [pk for pk in dict.fromkeys(people) if pk not in bearing][:MOST_PEOPLE]
            names = {
                tuple(folded_words(n)): 0 for p in self._people(people) for n, _ in p.spellings
            }
            longer = longer_names(words, names, also)
            if longer or len(set(words)) < len(words):
                found[run] = longer
        return found

    def _owners_of_words(self, words):
        return self._owners([_hash(_WORD, word) for word in words])

    def named(self, query):
        """[Named] whose whole name is among the words of a Query; for a query of one word those,
        too, of whom it is the last word of a name, or else the first."""
        if query.is_exact:
            return []
        typed = runs_of(query, is_wanted=True)[:MOST_LOOKED_UP]
        found, taken = [], set()
        for run in sorted(typed, key=lambda run: -run.count(" ")):
            words = set(run.split())
            if words <= taken:  # they are part of a longer name
                continue
            whole = self._bearing(_WHOLE, run, lambda words, run=run: " ".join(words) == run)
            if whole:
                taken |= words
                found += whole
        if len(typed) == 1 and " " not in typed[0]:
            word = typed[0]
            part = self._bearing(_LAST, word, lambda words: words[-1:] == [word])
            if not (part or found):
                part = self._bearing(_FIRST, word, lambda words: words[:1] == [word])
            found += part
        return list({one.pk: one for one in reversed(found)}.values())

    def bearing(self, name):
        """The ids of the people of whom a text is the whole name."""
        run = " ".join(folded_words(name))
        return [one.pk for one in self._bearing(_WHOLE, run, lambda w: " ".join(w) == run)]

    def _bearing(self, what, run, is_borne):
        """[Named] of whom some spelling is so."""
        owners = self._owners([_hash(what, run)])
        self._read(owners)
        found = []
        for pk in owners:
            person = self.people.get(pk)
            for name, written in person.spellings if person else ():
                if is_borne(folded_words(written)):
                    found.append(Named(pk, person.name, name))
                    break
        return found

    def _owners(self, hashes):
        """The ids of the people of whom one of these is a hash, or perhaps a few more."""
        hashes = np.array(hashes, np.uint32)
        starts = self.hashes.searchsorted(hashes, "left")
        ends = self.hashes.searchsorted(hashes, "right")
        parts = [
            self.owners[start : min(end, start + MOST_PEOPLE)]
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
            if start < end
        ]
        return np.unique(np.concatenate(parts)).tolist() if parts else []

    def _having(self, what, word):
        """The ids of all of whom this is a hash."""
        wanted = np.uint32(_hash(what, word))
        start, end = self.hashes.searchsorted(wanted), self.hashes.searchsorted(wanted, "right")
        return self.owners[start:end]

    def _people(self, ids):
        self._read(ids)
        return [self.people[pk] for pk in ids if pk in self.people]

    def _read(self, ids):
        """Read the names of these people, as far as that was not done before."""
        new = [pk for pk in ids if pk not in self.people]
        if len(self.people) + len(new) > MOST_KEPT:
            self.people = {}
            new = ids
        people = dict(self.people)
        for start in range(0, len(new), 500):
            of_each = _spellings(engine(self.using)[1], new[start : start + 500])
            for pk, spellings in of_each.items():
                names = list(dict.fromkeys(spelling.name for spelling in spellings))
                people[pk] = _Person(names[0], _as_written(names), runs(spellings))
        self.people = people


def _as_written(names):
    """[(name, itself or how it is customarily written)], all names as they are recorded first."""
    recorded = [(name, name) for name in names]
    return recorded + [(name, written) for name in names for written in customary(name)]


# Words, as they are looked up

_WORD, _ANY, _WHOLE, _LAST, _FIRST = "wanlf"


def _hash(what, run):
    return crc32(f"{what}{run}".encode())


def _entries(connection):
    """(hashes, the ids of the people of whom they are) of all people."""
    hashes, owners = array("I"), array("q")
    for person, spellings in groupby(_rows(connection), key=itemgetter(0)):
        names = [folded_words(name) for _, name in _as_written([name for _, name in spellings])]
        found = {
            _hash(what, run)
            for words in filter(None, names)
            for what, run in _looked_up(words, len(names) > 1)
        }
        hashes.extend(found)
        owners.extend([person] * len(found))
    return np.array(hashes, np.uint32), np.array(owners, np.int64)


def _rows(connection):
    """(person id, name), a person's names one after another; few are in memory at once."""
    last = -(2**63)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM articles_person WHERE id > %s ORDER BY id LIMIT {_CHUNK}", [last]
            )
            ids = [pk for (pk,) in cursor.fetchall()]
            if not ids:
                return
            cursor.execute(
                f"SELECT person, name FROM ({_NAMES}) named WHERE person BETWEEN %s AND %s"
                " ORDER BY person",
                [ids[0], ids[-1]],
            )
            yield from cursor.fetchall()
            last = ids[-1]


def _looked_up(words, has_others):
    """What of a name is looked up by what. One letter alone is nobody's name."""
    yield _WHOLE, " ".join(words)
    yield _LAST, words[-1]
    yield _FIRST, words[0]
    for word in words:
        yield _ANY, word
        if has_others:
            yield _WORD, word


_NAMES = (
    "SELECT id AS person, name, '' AS kind, 0 AS place FROM articles_person"
    " WHERE merged_into_id IS NULL"
    " UNION ALL SELECT o.person_id, o.name, o.kind, o.id FROM articles_othername o"
    " JOIN articles_person p ON p.id = o.person_id AND p.merged_into_id IS NULL"
)


def _spellings(connection, ids):
    """{person id: [Spelling]}, their own name first."""
    wanted = ", ".join(map(str, ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT person, name, kind FROM ({_NAMES}) named WHERE person IN ({wanted})"
            " ORDER BY person, place"
        )
        found = {}
        for person, name, kind in cursor.fetchall():
            found.setdefault(person, []).append(Spelling(name, kind))
    return found
