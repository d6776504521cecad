"""Who held an office on the day of an article, asked of a drawer of the catalogue."""

import numpy as np

from .catalogue import UNKNOWN_EARLIEST, UNKNOWN_LATEST
from .engines import engine
from .postings import NO_PLACES


def held(drawer, people, places, persons, posts, starts, ends):
    """(posts, numbers of places at which somebody certainly held each); `people` are Postings."""
    places = places[_proves(drawer, places)]
    owners, named = people.of_places(places)
    owners = places[owners]
    firsts = np.searchsorted(persons, named, side="left")
    numbers = np.searchsorted(persons, named, side="right") - firsts
    before = np.cumsum(numbers) - numbers
    terms = np.repeat(firsts - before, numbers) + np.arange(int(numbers.sum()))
    owners = np.repeat(owners, numbers)
    is_held = (drawer.earliest[owners] >= starts[terms]) & (drawer.latest[owners] <= ends[terms])
    held = np.unique(owners[is_held].astype(np.int64) << 32 | posts[terms[is_held]])
    found, numbers = np.unique(held & 0xFFFFFFFF, return_counts=True)
    return found.tolist(), numbers.tolist()


def _proves(drawer, places):
    """Whether the dates at these places have two ends, and are not doubted."""
    has_earliest = drawer.earliest[places] != UNKNOWN_EARLIEST
    has_latest = drawer.latest[places] != UNKNOWN_LATEST
    return has_earliest & has_latest & ~drawer.doubted[places]


def terms_of(post_id, using):
    """[(person, *bounds of the start, *bounds of the end)] of a post; bounds are days or None."""
    _, connection = engine(using)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, started_earliest, started_latest, ended_earliest, ended_latest"
            " FROM articles_membership WHERE post_id = %s",
            [post_id],
        )
        return [
            (person, *(day and day.toordinal() for day in days))
            for person, *days in cursor.fetchall()
        ]


def holding(drawer, people, term, uncertain):
    """The places that name a person while they held a post."""
    person, started_earliest, started_latest, ended_earliest, ended_latest = term
    places = people.of_value(person)
    earliest, latest = drawer.earliest[places], drawer.latest[places]
    has_earliest, has_latest = earliest != UNKNOWN_EARLIEST, latest != UNKNOWN_LATEST
    if not uncertain:
        if started_latest is None or ended_earliest is None:
            return NO_PLACES
        certain = _proves(drawer, places)
        return places[certain & (earliest >= started_latest) & (latest <= ended_earliest)]
    possible = has_earliest | has_latest
    if started_earliest is not None:
        possible &= ~has_latest | (latest >= started_earliest)
    if ended_latest is not None:
        possible &= ~has_earliest | (earliest <= ended_latest)
    return places[possible]
