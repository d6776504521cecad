"""Places of drawers in the order of their days: a page of them, and what stands beside an article.

A drawer's places run from the earliest to the latest possible day, the undated first. `drawers` are
those of a catalogue, `after` is (day or None, id) of an article.
"""

from datetime import date

import numpy as np

from .catalogue import UNKNOWN_LATEST


def page(drawers, places, is_newest, most, after=None):
    """At most `most` articles, the newest first or last, that follow an article: (latest possible
    day or None, id) of each. `places` are those in each drawer, in order."""
    found = []
    for drawer, of_drawer in zip(drawers, places, strict=True):
        following = _following(drawer, of_drawer, is_newest, most, after)
        found += zip(drawer.latest[following].tolist(), drawer.ids[following].tolist(), strict=True)
    # The undated come last in both orders, the latest id first in "newest".
    if is_newest:
        found.sort(reverse=True)
    else:
        found.sort(key=lambda entry: (entry[0] == UNKNOWN_LATEST, *entry))
    return [(_day(day), pk) for day, pk in found[:most]]


def beside(catalogue, day, pk, countries):
    """(the id before, the id after) a dated article among the dated ones of the catalogue on all of
    these countries; None for none. To narrow the catalogue to these first would take longer."""
    before, after = [], []
    for drawer, dead in zip(catalogue.drawers, (catalogue.dead, None), strict=True):
        if not len(drawer):
            continue
        on_each = sorted((drawer.countries.of_value(c.pk) for c in countries), key=len)
        few, *others = on_each
        undated = int(few.searchsorted(np.int32(drawer.number_undated)))
        left, right = (_rank(drawer, few, (day, pk), side) for side in ("left", "right"))
        for place in _first_of_all(few[undated:left][::-1], others, dead):
            before.append((drawer.latest[place], drawer.ids[place]))
        for place in _first_of_all(few[right:], others, dead):
            after.append((drawer.latest[place], drawer.ids[place]))
    return (
        int(max(before)[1]) if before else None,
        int(min(after)[1]) if after else None,
    )


def _day(number):
    return None if number == UNKNOWN_LATEST else date.fromordinal(number)


def _first_of_all(places, others, dead):
    """The first of these places that all the others have, too, and that is not dead; or none."""
    start, size = 0, 32
    while start < len(places):
        part = places[start : start + size]
        for other in others:
            at = other.searchsorted(part)
            part = part[other[np.minimum(at, len(other) - 1)] == part]
        if dead is not None:
            part = part[~dead[part]]
        if len(part):
            return part[:1].tolist()
        start, size = start + size, 4 * size
    return []


def _following(drawer, places, is_newest, most, after):
    """The first `most` of some places in an order, after an article: in the order of places."""
    undated = drawer.number_undated
    border = int(places.searchsorted(np.int32(undated)))  # before it the undated, then the dated
    if is_newest:
        end = len(places) if after is None else _rank(drawer, places, after, "left")
        return places[max(0, end - most) : end]
    if after is None:
        dated = places[border : border + most]
        return np.concatenate([dated, places[: min(border, most)]])
    start = _rank(drawer, places, after, "right")
    if after[0] is None:
        return places[start : min(border, start + most)]
    return np.concatenate([places[start : start + most], places[: min(border, most)]])


def _rank(drawer, places, after, side):
    """How many of the places stand before an article (or up to it) in the drawer's order."""
    if not len(places):
        return 0
    day, pk = after
    day = UNKNOWN_LATEST if day is None else day.toordinal()
    # Of the type of the array: of another one numpy would first copy the whole of it.
    first, last = drawer.latest.searchsorted(np.array([day, day + 1], np.int32))
    place = first + drawer.ids[first:last].searchsorted(pk, side=side)
    return int(places.searchsorted(np.int32(place)))
