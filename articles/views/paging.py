"""Pages by keyset: a page begins after an article, so the thousandth costs what the first does.

A cursor is readable: `2023-09-19_17` is "after article 17, whose latest possible day is that";
`_17` where it is undated; `17` when ordered by addition; `25` hits on when ordered by relevance;
`leyla hasanova_17` where things stand by name, `l_0` where their names begin with an L.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from articles.filters import MOST_BY_RELEVANCE

SIZE = 25
NAMES = 100  # on a page of people, or in a part of a list of offices

_DATED = re.compile(r"(?:(\d{4}-\d{2}-\d{2}))?_(\d{1,18})\Z", re.ASCII)
_NAMED = re.compile(r"(.*)_(\d{1,18})\Z", re.ASCII | re.DOTALL)
_NUMBER = re.compile(r"\d{1,18}\Z", re.ASCII)


@dataclass(frozen=True)
class Page:
    """`shown` are ids, or events; `ranked`, by relevance, among how many the best were sought."""

    shown: list
    next_cursor: str | None
    is_first: bool
    ranked: int = 0


def page(found, order, query, cursor):
    """One Page of a Selection in an order; `cursor` is "" for the first. Raises Http404."""
    if order == "relevance":
        return _page_by_relevance(found, query, cursor)
    after = None
    if cursor:
        after = (None, number_of(cursor)) if order == "added" else _dated(cursor)
    places = found.page(order, SIZE + 1, after)
    if cursor and not places:
        raise Http404("No article follows.")
    following = None
    if len(places) > SIZE:
        day, pk = places[SIZE - 1]
        following = str(pk) if order == "added" else f"{day or ''}_{pk}"
    return Page([pk for _, pk in places[:SIZE]], following, not cursor)


def events_page(queryset, cursor):
    """One Page of events, the newest first; `cursor` is "" for the first. Raises Http404."""
    narrowed = queryset.beyond(*_dated(cursor)) if cursor else queryset
    found = list(narrowed.newest()[: SIZE + 1])
    if cursor and not found:
        raise Http404("No event follows.")
    last = found[:SIZE][-1] if len(found) > SIZE else None
    following = f"{last.date_latest or ''}_{last.pk}" if last else None
    return Page(found[:SIZE], following, not cursor)


def page_of_names(in_order, cursor):
    """One Page of things that stand by name, as sorted (folded name, id). Raises Http404."""
    start = 0
    if cursor:
        match = _NAMED.match(cursor)
        if not match:
            raise Http404("No page begins there.")
        start = bisect_right(in_order, (match[1], int(match[2])))
        if start == len(in_order):
            raise Http404("Nobody and nothing follows.")
    shown = in_order[start : start + NAMES]
    more = start + NAMES < len(in_order)
    following = "{}_{}".format(*shown[-1]) if more else None
    return Page([pk for _, pk in shown], following, not cursor)


def _page_by_relevance(found, query, cursor):
    start = number_of(cursor) if cursor else 0
    if start >= MOST_BY_RELEVANCE:
        raise Http404("No article follows.")
    end = min(start + SIZE, MOST_BY_RELEVANCE)
    best, ranked = found.best(query, end + 1)
    if cursor and len(best) <= start:
        raise Http404("No article follows.")
    more = len(best) > end and end < MOST_BY_RELEVANCE
    return Page(best[start:end], str(end) if more else None, not cursor, ranked)


def number_of(cursor):
    """The number that a cursor is. Raises Http404."""
    if not _NUMBER.match(cursor):
        raise Http404("No page begins there.")
    return int(cursor)


def _dated(cursor):
    match = _DATED.match(cursor)
    if not match:
        raise Http404("No page begins there.")
    try:
        return match[1] and date.fromisoformat(match[1]), int(match[2])
    except ValueError:
        raise Http404("No page begins there.") from None
