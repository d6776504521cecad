"""Pages by keyset: a page begins after an article, so the thousandth costs what the first does.

A cursor is readable: `2023-09-19_17` is "after article 17, whose latest possible day is that";
`_17` where it is undated; `17` when ordered by addition; `25` hits on when ordered by relevance.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from articles import search
from articles.filters import MOST_BY_RELEVANCE

SIZE = 25

_DATED = re.compile(r"(?:(\d{4}-\d{2}-\d{2}))?_(\d{1,18})\Z", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}\Z", re.ASCII)


@dataclass(frozen=True)
class Page:
    shown: list
    next_cursor: str | None
    is_first: bool


def page(queryset, order, query, cursor):
    """One Page of articles in an order; `cursor` is "" for the first. Raises Http404."""
    if order == "relevance":
        return _page_by_relevance(queryset, query, cursor)
    if order == "added":
        narrowed = queryset.filter(pk__lt=number_of(cursor)) if cursor else queryset
        ordered = narrowed.order_by("-pk")
    else:
        newest = order == "newest"
        narrowed = queryset.beyond(*_dated(cursor), newest=newest) if cursor else queryset
        ordered = narrowed.newest() if newest else narrowed.oldest()
    found = list(ordered[: SIZE + 1])
    if cursor and not found:
        raise Http404("No article follows.")
    articles = found[:SIZE]
    following = _cursor(order, articles[-1]) if len(found) > SIZE else None
    return Page(articles, following, not cursor)


def events_page(queryset, cursor):
    """One Page of events, the newest first; `cursor` is "" for the first. Raises Http404."""
    narrowed = queryset.beyond(*_dated(cursor)) if cursor else queryset
    found = list(narrowed.newest()[: SIZE + 1])
    if cursor and not found:
        raise Http404("No event follows.")
    last = found[:SIZE][-1] if len(found) > SIZE else None
    following = f"{last.date_latest or ''}_{last.pk}" if last else None
    return Page(found[:SIZE], following, not cursor)


def _page_by_relevance(queryset, query, cursor):
    start = number_of(cursor) if cursor else 0
    end = min(start + SIZE, MOST_BY_RELEVANCE)
    found = list(search.by_relevance(queryset, query)[start : end + 1])
    if cursor and (not found or start >= MOST_BY_RELEVANCE):
        raise Http404("No article follows.")
    more = len(found) > SIZE and end < MOST_BY_RELEVANCE
    return Page(found[:SIZE], str(end) if more else None, not cursor)


def _cursor(order, article):
    if order == "added":
        return str(article.pk)
    return f"{article.published_latest or ''}_{article.pk}"


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
