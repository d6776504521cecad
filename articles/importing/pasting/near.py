"""What the archive holds that resembles a text: the same, or a version of it.

The same text is found by its reference. Others are looked for by the rarest words of the headline,
a bounded number of them, and compared by the runs of words that they share.
"""

import time
from dataclasses import dataclass

from articles import search
from articles.models import Article, Source
from articles.models.article import text_reference
from articles.names.fold import folded_words

RUN = 4  # words in a row that count as shared
LEAST = 30  # per cent of the words of either text
MOST_SHOWN = 5
_MOST_WORDS = 20_000  # of a text that are compared
_MOST_ASKED = 8  # words of the headline that are looked up
_FEW = 30  # articles that have a rare word
_SECONDS = 1.0  # after which no further word is looked up
_LETTERS = range(4, 25)  # of a word that may be rare


@dataclass(frozen=True)
class Near:
    article: Article
    percent: int  # of the words of the text that stand in the article, too, in runs of RUN
    is_same: bool


def resembling(headline, body):
    """[Near], the nearest first. Raises search.Interrupted."""
    runs = _Runs(headline, body)
    found = {}
    for article in _same(headline, body):
        found[article.pk] = Near(article, 100, True)
    for article in _candidates(headline):
        if article.pk not in found:
            other = _Runs(article.headline, article.body)
            percent, back = runs.percent_in(other), other.percent_in(runs)
            if max(percent, back) >= LEAST:
                is_same = runs.words == other.words
                found[article.pk] = Near(article, percent, is_same)
    nearest = sorted(found.values(), key=lambda near: (-near.is_same, -near.percent))
    return nearest[:MOST_SHOWN]


def _same(headline, body):
    sources = Source.objects.order_by().values_list("pk", flat=True)
    reference = text_reference(headline, body)
    held = Article.objects.filter(source__in=list(sources), import_ref=reference)
    return held.select_related("source").order_by("pk")[:MOST_SHOWN]


def _candidates(headline):
    """Articles that have rare words of the headline: of each such word a few; where no word is
    rare, a few that have all of them."""
    words = {word for word in folded_words(headline) if len(word) in _LETTERS}
    asked = sorted(words, key=lambda word: (-len(word), word))[:_MOST_ASKED]
    found, common = {}, []
    end = time.monotonic() + _SECONDS
    for word in asked:
        if time.monotonic() > end:
            break
        ids = _ids(word, _FEW + 1)
        if len(ids) > _FEW:
            common.append(word)
        else:
            found |= dict.fromkeys(ids)
    if common and not found:
        found = dict.fromkeys(_ids(" ".join(common), _FEW))
    chosen = sorted(found, reverse=True)[: 2 * _FEW]
    return Article.objects.filter(pk__in=chosen).select_related("source").defer("original")


def _ids(words, most):
    query = search.parse(words, exact=True)
    found = Article.objects.search(query).order_by().values_list("pk", flat=True)
    return list(found[:most])


class _Runs:
    """The runs of words of a text."""

    def __init__(self, headline, body):
        self.words = folded_words(f"{headline} {body}")[:_MOST_WORDS]
        length = min(RUN, len(self.words)) or 1
        starts = range(len(self.words) - length + 1)
        self.length, self.runs = length, [hash(tuple(self.words[n : n + length])) for n in starts]
        self.all = frozenset(self.runs)

    def percent_in(self, other):
        """Of how many of its words, in per cent, the run stands in another text."""
        shared = [False] * len(self.words)
        for start, run in enumerate(self.runs):
            if run in other.all:
                shared[start : start + self.length] = [True] * self.length
        return 100 * sum(shared) // len(shared) if shared else 0  # 100 is all of them
