"""The articles of a list as HTML: one query for all of them, names from the directory."""

from functools import lru_cache
from html import escape as e

from django.db import connection

from articles import dates, languages, search
from articles.models.links import address

_BEGINNING = 1000  # characters of a text
_WORDS = 40  # of them are shown where no passage is
_ROWS = (
    "SELECT id, slug, headline, summary, language, published, published_earliest,"
    " published_latest, {text} FROM articles_article WHERE id IN ({ids})"
)


def hits(ids, names, found, query=None, hidden=(), hide_source=False, guessed=()):
    """(HTML of the articles with these ids, in their order; how many they are). What went
    meanwhile is left out; of `hidden` countries no link is shown; `guessed` are those that are
    here by what is suggested alone.

    `names` is the Directory, `found` a Selection of the same catalogue.
    """
    if not ids:
        return "", 0
    text = "body" if query else f"substr(body, 1, {_BEGINNING})"
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(text=text, ids=", ".join(["%s"] * len(ids))), ids)
        rows = {row[0]: row for row in cursor.fetchall()}
    sources = {} if hide_source else found.values_of("sources", ids)
    countries = found.values_of("countries", ids)
    suggested = found.values_of("suggested_countries", ids) if found.is_suggesting else {}
    hidden = {country.pk for country in hidden}
    told = [
        _hit(
            rows[pk],
            _source(sources, pk, names) + _GUESSED * (pk in guessed),
            _chips(countries[pk], names, hidden, suggested.get(pk, ())),
            query,
        )
        for pk in ids
        if pk in rows and pk in countries
    ]
    return f'<ol class="hits">\n{"".join(told)}</ol>\n', len(told)


def _hit(row, source, chips, query):
    _, slug, headline, summary, language, published, earliest, latest, text = row
    otherwise = _otherwise(search.matched([headline, summary, text], query)) if query else ""
    headline = _marked(search.marked(headline, query)) if query else e(headline)
    return (
        f'<li>\n<p class="when">{_when(published, earliest, latest)}{source}</p>\n'
        f'<div {of_text(language)}><h3><a href="{address("article", slug)}">{headline}</a></h3>\n'
        f'<p class="snip">{_passage(summary, text, query)}</p>\n{otherwise}{chips}</div>\n</li>\n'
    )


def _otherwise(spellings):
    """By which spelling of a name it was found, where it is not the one that was typed."""
    if not spellings:
        return ""
    told = ", ".join([f"“<bdi>{e(spelling)}</bdi>”" for spelling in spellings])
    return f'<p class="small" lang="en" dir="ltr">found as {told}</p>\n'


def _when(published, earliest, latest):
    if not published:
        return "<b>Undated</b>"
    if published.startswith("["):  # nobody printed it
        return (
            f'<b>Undated</b> <span class="dot">·</span> <span>{e(dates.in_words(published))}</span>'
        )
    if earliest == latest is not None:
        return f'<b><time datetime="{earliest}">{dates.day_in_words(earliest)}</time></b>'
    return f"<b>{e(dates.in_words(published))}</b>"


def _source(sources, pk, names):
    if pk not in sources:
        return ""
    source = names.sources[sources[pk][0]]
    return (
        f'\n\n<span class="dot">·</span> <span><a href="{source.address}"><bdi>{source.html}</bdi>'
        "</a></span>"
    )


_GUESSED = ' <span class="dot">·</span> <span>suggested, not confirmed</span>'


def _chips(countries, names, hidden, suggested):
    shown = sorted((names.countries[pk] for pk in countries if pk not in hidden), key=_by_name)
    if not shown and not suggested:
        return ""
    chips = "".join([f'<li><a class="chip" href="{c.address}">{c.html}</a></li>' for c in shown])
    for country in sorted((names.countries[pk] for pk in suggested), key=_by_name):
        chips += (
            f'<li><a class="chip guess" href="{country.address}">{country.html}'
            ' <span class="small">suggested</span></a></li>'
        )
    return f'<ul class="chips" aria-label="Countries" lang="en" dir="ltr">{chips}</ul>'


def _by_name(country):
    return country.name


@lru_cache(500)
def of_text(language):
    """The attributes of whatever is in a language."""
    return f'lang="{e(language)}" dir="{languages.direction(language)}"'


def _passage(summary, text, query):
    if query and (found := search.passage(text, query) or search.passage(summary, query)):
        return _marked(found)
    if summary:
        return e(summary)
    words = text.split(maxsplit=_WORDS)
    return e(f"{' '.join(words[:_WORDS])}…" if len(words) > _WORDS else " ".join(words))


def _marked(pieces):
    return "".join(
        [f"<mark>{e(text)}</mark>" if is_match else e(text) for text, is_match in pieces]
    )
