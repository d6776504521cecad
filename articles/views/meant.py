"""What a reader may have meant whose search finds nothing: only what does find something."""

import time

from articles import search
from articles.filters import ArticleFilter

MOST = 3
MOST_TRIED = 8
SECONDS = 0.5  # after which no other one is tried


def meant(filterset):
    """Other words to search for, of which each finds something among what else was asked."""
    end, counted = time.monotonic() + SECONDS, []
    try:
        for text in search.suggestions(filterset.query)[:MOST_TRIED]:
            counted.append((_count(filterset, text), text))
            if time.monotonic() > end:
                break
    except search.Interrupted:
        pass
    return [text for number, text in counted if number][:MOST]


def _count(filterset, text):
    """How many articles are found by other words."""
    data = filterset.data.copy()
    data["q"] = text
    other = ArticleFilter(data, filterset.names, given=filterset.given)
    return other.found.count() if other.is_valid() else 0
