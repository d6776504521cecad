"""The front page: what the archive is for, within one screen. Made by functions, as lists are."""

from html import escape as e

from django.http import HttpResponse
from django.utils import timezone

from articles import directory, search
from articles.models.links import address
from articles.templatetags.archive import glyph

from .frame import framed
from .hits import hits

_LATEST, _PAIRS, _TRIED = 6, 10, 4


def front(request):
    names = directory.at(request.state)
    main = (
        f'<div class="hero two"><div>{_purpose(names)}</div>\n{_held(names.held)}</div>\n'
        f'<div class="two">{_latest(names)}\n<div>{_relations(names)}\n{_on_this_day(names)}</div>'
        "</div>\n"
    )
    title, description = "What states did to one another", "A news archive for diplomacy"
    return HttpResponse(framed(request, title=title, description=description, search="", main=main))


def _purpose(names):
    tried = "".join(
        [
            f'<li><a href="{pair.get_absolute_url()}">{pair.first.html} and {pair.second.html}</a>'
            "</li>"
            for pair, _ in names.reported_pairs(most=_TRIED)
        ]
    )
    return (
        "<h1>What states did to one another, as it was reported</h1>\n"
        '<p class="lede">Reports on diplomacy, kept word for word: who met, called, recognised,'
        " accused or expelled whom, and which office each held that day.</p>\n"
        f'<form class="find" role="search" action="{address("articles")}">'
        '<label class="vh" for="q">Search the archive</label><input id="q" name="q" type="search"'
        ' maxlength="200" placeholder="Words or names"><button>Search</button></form>\n'
        + (f'<ul class="row small"><li>Try</li>{tried}</ul>' if tried else "")
    )


_FIGURES = {
    "articles": ("articles", ""),
    "countries": ("countries", ", today’s and former"),
    "relations": ("relations", " reported on"),
    "people": ("people", " in office"),
    "events": ("events", " confirmed"),
    "sources": ("sources", ""),
}


def _held(held):
    figures = "".join(
        [
            f'<div><dt><a href="{address(name)}">{word}</a>{more}</dt><dd>{held[name]:,}</dd></div>'
            for name, (word, more) in _FIGURES.items()
        ]
    )
    bounded, undated = held["bounded"], held["undated"]
    told = []
    if bounded:
        articles = "article" if bounded == 1 else "articles"
        told.append(f"For {bounded} {articles} only a span of possible days is known")
    if undated:
        told.append(f"{undated} {'has' if undated == 1 else 'have'} no date at all")
    honest = (
        f'<p class="small">{"; ".join(told)}. The archive says so, and invents no date.</p>'
        if told
        else ""
    )
    return (
        '<section class="hold" aria-labelledby="held"><h2 id="held">The archive holds</h2>\n'
        f"<dl>{figures}</dl>\n{honest}</section>"
    )


def _latest(names):
    everything = search.everything()
    ids = [pk for _, pk in everything.page("newest", _LATEST)]
    listed, _ = hits(ids, names, everything)
    if listed:
        listed += f'<p><a class="button plain" href="{address("articles")}">All articles</a></p>'
    else:
        listed = (
            "<p>The archive is empty. Load the starter archive with <code>manage.py"
            " load_starter_archive</code>, or import articles.</p>"
        )
    return (
        '<section aria-labelledby="latest"><h2 id="latest">Latest reporting</h2>\n'
        f"{listed}</section>"
    )


def _relations(names):
    rows = "".join(
        [
            f'<tr><th scope="row"><a href="{pair.get_absolute_url()}">{e(str(pair))}</a></th>'
            f'<td class="num">{counts.articles:,} article{"s" * (counts.articles != 1)}</td></tr>'
            for pair, counts in names.reported_pairs(most=_PAIRS)
        ]
    )
    told = "<p>No article names two countries yet.</p>"
    if rows:
        told = (
            '<table class="rel"><thead class="vh"><tr><th scope="col">Relation</th>'
            f'<th scope="col">Articles</th></tr></thead><tbody>{rows}</tbody></table>'
        )
    return (
        '<section aria-labelledby="active"><h2 id="active">Most reported relations</h2>\n'
        f"{told}</section>"
    )


def _on_this_day(names):
    today = timezone.localdate()
    events = "".join(
        [
            f"<li><span>{event.date_earliest.year}</span>{glyph(event.quad_code)}"
            f'<a href="{event.get_absolute_url()}">{e(event.title)}</a></li>'
            for event in names.on_this_day(today)
        ]
    )
    if not events:
        return ""
    return (
        f'<section aria-labelledby="day"><h2 id="day">On this day, {today.day} {today:%B}</h2>'
        f'<ol class="steps yr">{events}</ol></section>'
    )
