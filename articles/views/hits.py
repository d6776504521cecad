"""What a list shows of each article: one query for all of them, names from the directory."""

from dataclasses import dataclass

from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from articles import dates, languages, search
from articles.models import Article

_BEGINNING = 1000  # characters of a text, of which a list shows 40 words
_FIELDS = ("pk", "slug", "headline", "summary", "language", "published")
_DAYS = ("published_earliest", "published_latest", "source_id")


@dataclass(frozen=True)
class Hit:
    """One article in a list. In `headline` and `passage` what matches is marked, as HTML."""

    url: str
    headline: str
    passage: str
    language: str
    direction: str
    day: str  # ISO 8601, of a printed date of one day
    printed: str  # the date as words, where it was printed
    concluded: str  # what is known of the date, where none was
    source: object
    countries: list


def hits(ids, names, query=None):
    """The Hits of articles, in the order of their ids; what went meanwhile is left out.

    `names` is the Directory.
    """
    text = "body" if query else Substr("body", 1, _BEGINNING)
    rows = Article.objects.filter(pk__in=ids).values_list(*_FIELDS, *_DAYS, text).order_by()
    by_id = {row[0]: row for row in rows}
    countries = _countries(ids, names)
    articles = reverse("articles")
    return [
        _hit(by_id[pk], articles, countries.get(pk, []), names, query) for pk in ids if pk in by_id
    ]


def _countries(ids, names):
    found = {}
    links = Article.countries.through.objects.filter(article__in=ids)
    for article, country in links.values_list("article", "country").order_by():
        found.setdefault(article, []).append(names.countries[country])
    for linked in found.values():
        linked.sort(key=str)
    return found


def _hit(row, articles, countries, names, query):
    pk, slug, headline, summary, language, published, earliest, latest, source, text = row
    is_printed = bool(published) and not published.startswith("[")
    is_one_day = is_printed and earliest == latest is not None
    if is_one_day:
        words = dates.day_in_words(earliest)
    else:
        words = dates.in_words(published) if published else ""
    return Hit(
        url=f"{articles}{slug}/",
        headline=_html(search.marked(headline, query)) if query else headline,
        passage=_passage(summary, text, query),
        language=language,
        direction=languages.direction(language),
        day=earliest.isoformat() if is_one_day else "",
        printed=words if is_printed else "",
        concluded="" if is_printed else words,
        source=names.sources[source],
        countries=countries,
    )


def _passage(summary, text, query):
    found = query and (search.passage(text, query) or search.passage(summary, query))
    return _html(found) if found else summary or Truncator(text).words(40)


def _html(pieces):
    marked = (
        f"<mark>{escape(text)}</mark>" if is_match else escape(text) for text, is_match in pieces
    )
    return mark_safe("".join(marked))
