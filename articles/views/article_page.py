"""The page of a Story.

Made by functions and not by a template, for the page may take little more time than an empty one:
of the same content Django's engine made 1.1 ms, Jinja2 0.4, and these functions make 0.14.
In an f-string stands nothing but HTML: what `e` has escaped, the address of a page, a number, or
what another function here has made.
"""

from dataclasses import dataclass
from functools import lru_cache
from html import escape as e

from django.urls import reverse

from articles import dates, languages, plover
from articles.exporting import plain_text
from articles.models.links import address
from articles.templatetags.archive import (
    glyph,
    how_sure,
    score,
    site_of,
    term,
    utc_day,
    without_office,
)

from .frame import framed
from .hits import of_text


@dataclass(slots=True)
class _Common:
    """What stands in several places of a page, as HTML."""

    headline: str
    summary: str
    source: str
    of_text: str  # the attributes of whatever is in the article's language
    relations: list  # (title, address)
    permalink: str
    json: str  # addresses
    text: str
    versions: str
    present: str


def page(request, told, slug=None, then=None, question="", is_preview=False):
    """The HTML of a Story's page, under the address of `slug` where it has another by now.

    `then` is the AsOf at which it stood so, and `question` the query that asks for that.
    """
    article = told.article
    slug = slug or article.slug
    html = _Common(
        headline=e(article.headline),
        summary=e(article.summary),
        source=e(article.source.name),
        of_text=of_text(article.language),
        relations=[(e(str(pair)), address("relation", *pair.slugs)) for pair in told.pairs],
        permalink=e(site_of(request) + address("short-link", article.pk)),
        json=address("article-json", slug) + e(question),
        text=address("article-text", slug) + e(question),
        versions=address("versions", slug),
        present=address("article", slug),
    )
    robots = '<meta name="robots" content="noindex">' if then else ""
    return framed(
        request,
        path=html.present if then else None,
        title=html.headline,
        description=html.summary or html.headline,
        kind="article",
        head=f'{robots}<link rel="alternate" type="application/json" href="{html.json}">',
        main=_main(told, html, then, is_preview),
    )


def _main(told, html, then, is_preview):
    above = _preview(told.article) if is_preview else ""
    for change in told.redactions:
        above += _redaction(change)
    if then:
        above += _then(then, html)
    corrections = _corrections(told.corrections, html) if told.corrections else ""
    beside = "" if then else _beside(told, html)
    return f"""{above}{_crumb(html)}
<article class="story">
{_head(told, html)}{corrections}
<div class="cols">
{_rail(told, html)}
{_body(told, html)}
{_aside(told)}
</div>
{beside}<div class="card two even gap">{_cited(told, html)}
{_record(told, html, is_preview)}</div>
</article>
"""


@lru_cache(5000)
def _link(name, slug, text):
    """A link to the page of a country, a person, an office: the same on many pages."""
    return f'<a href="{address(name, slug)}">{e(text)}</a>'


def _preview(article):
    form = reverse("admin:articles_article_change", args=[article.pk])
    return (
        f'<p class="wrong"><b>Preview: {e(article.get_status_display())}, not public.</b>'
        f' <a href="{form}">Back to the form</a></p>\n'
    )


def _redaction(change):
    day = dates.day_in_words(change.at.date())
    return (
        f'<p class="small">Words were removed from this article on {day}: {e(change.reason)}</p>\n'
    )


def _then(then, html):
    told = f"As it stood on {e(then.words)}."
    if not then.is_over:
        told = f"As of today, {e(then.words)}, which is not over."
    return (
        f'<p class="then" role="note"><b>{told}</b>'
        f' <a href="{html.present}">What stands today</a></p>\n'
    )


def _crumb(html):
    relation = ""
    if html.relations:
        title, to = html.relations[0]
        relation = f'<li><a href="{to}">{title}</a></li>'
    return (
        '<nav class="crumb" aria-label="Breadcrumb"><ol>'
        f'<li><a href="{address("articles")}">Articles</a></li>{relation}</ol></nav>'
    )


def _head(told, html):
    way = languages.direction(told.article.language)
    lede = f'<p class="lede" {html.of_text}>{html.summary}</p>' if html.summary else ""
    chips = "".join([_chip(country.slug, country.name) for country in told.countries])
    if chips:
        chips = f'<ul class="chips" aria-label="Countries" lang="en" dir="ltr">{chips}</ul>\n'
    return (
        f'<header dir="{way}"><h1 {html.of_text}>{html.headline}</h1>\n{lede}\n{chips}</header>\n'
    )


@lru_cache(1000)
def _chip(slug, name):
    return f'<li><a class="chip" href="{address("country", slug)}">{e(name)}</a></li>'


_CORRECTED = {"correction": "Corrected", "redaction": "Words removed"}


def _corrections(corrections, html):
    told = ""
    for version in corrections[:3]:
        what = _CORRECTED.get(version.kind, "Returned to an earlier version")
        told += f"<li><b>{what} on {utc_day(version.at)}:</b> {e(version.note)}</li>"
    more = "What was changed"
    if len(corrections) > 3:
        more = f"All {len(corrections)} corrections, and every version"
    return (
        f'<ul class="corrections" aria-label="Corrections">{told}\n'
        f'<li><a href="{html.versions}">{more}</a></li></ul>\n'
    )


def _rail(told, html):
    article = told.article
    more = f"<br>crediting <bdi>{e(article.credit)}</bdi>" if article.credit else ""
    by = f"<dt>By</dt><dd><bdi>{e(article.byline)}</bdi></dd>" if article.byline else ""
    if article.dateline:
        by += f"<dt>Dateline</dt><dd><bdi>{e(article.dateline)}</bdi></dd>"
    below = ""
    if told.topics:
        below = f"<dt>Topics</dt><dd>{', '.join([_topic(t) for t in told.topics])}</dd>\n"
    if html.relations:
        below += "<dt>Relations</dt>"
        for title, to in html.relations:
            below += f'<dd><a href="{to}">{title}</a></dd>'
    to = address("source", article.source.slug)
    return (
        f'<div class="rail"><dl><dt>Source</dt><dd><b><a href="{to}"><bdi>{html.source}</bdi></a>'
        f"</b>{more}</dd>\n{by}\n<dt>Date</dt><dd>{_date(article)}</dd>\n{below}</dl></div>"
    )


def _topic(topic):
    return f'<a href="{address("articles")}?topic={topic.slug}">{e(topic.name)}</a>'


def _date(article):
    note = ""
    if article.published_note:
        note = (
            "<details><summary>How we know</summary>"
            f'<p class="small">{e(article.published_note)}</p></details>'
        )
    if article.is_printed_date:
        return f"<b>{e(article.date_in_words)}</b>\n{note}"
    words = ""
    if article.published:
        proof = ", by what the text itself proves" if article.published_note else ""
        words = f": {e(dates.in_words(article.published))}{proof}"
    return f"<b>No date printed</b>{words}.\n{note}"


def _body(told, html):
    paragraphs = "".join([_paragraph(pieces) for pieces in told.paragraphs()])
    return (
        f'<div class="body" {html.of_text}>{paragraphs}'
        f'<p class="small" lang="en" dir="ltr">Source: {html.source}</p></div>'
    )


def _paragraph(pieces):
    told = ""
    for text, anchor, link in pieces:
        if anchor:
            told += f'<span id="{anchor}">{e(text)}</span>'
        elif link:
            told += f'<a href="{link}">{e(text)}</a>'
        else:
            told += e(text)
    return f"<p>{told}</p>"


def _aside(told):
    span = told.article.span
    people = "".join([_person(person, held, span) for person, held in told.people])
    if people:
        people = f"<h2>People, in the office they held</h2>\n<ul>{people}</ul>"
    events = "".join([_event(event) for event in told.events])
    if events:
        events = f"<h2>What was done</h2>\n<ul>{events}</ul>"
    suggested = _suggested(told.suggested) if told.suggested else ""
    nothing = ""
    if not people and not events:
        nothing = (
            '<p class="small">No person is linked and no event has been confirmed in this report'
            " yet.</p>"
        )
    found = f"{people}\n{events}\n{nothing}{suggested}"
    return f'<aside class="who" aria-label="People and events">{found}</aside>'


def _suggested(suggested):
    """What detection found, apart from what is known."""
    listed = "".join(
        [f"<li>{_link(one.page, one.slug, one.name)}{_times(one)}</li>" for one in suggested]
    )
    return (
        f'<details class="suggested noprint"><summary>Suggested, not confirmed: {len(suggested)}'
        '</summary><p class="small">A program thinks that the text names these; no editor has said'
        f" so yet.</p><ul>{listed}</ul></details>"
    )


def _times(one):
    return f' <span class="n">{one.times:,} times</span>' if one.times > 1 else ""


def _person(person, held, span):
    name = _link("person", person.slug, person.name)
    terms = "".join([_term(one, span) for one in held.terms])
    told = terms or f'<br><span class="small">{e(without_office(held))}</span>'
    return f"<li><b>{name}</b>{told}</li>"


def _term(held, span):
    acting = ", acting" if held.is_acting else ""
    words = e(f"{term(held)}: {how_sure(held, span)}")
    office = _link("office", held.post.slug, held.post.name)
    return f'<br>{office}{acting}<br><span class="small">{words}</span>'


def _event(event):
    parties = ", ".join([country.name for country in event.actors])
    if event.recipients:
        parties += " → " + ", ".join([country.name for country in event.recipients])
    # As it stood, an event that is gone has no page.
    title = _link("event", event.pk, event.title) if event.pk else e(event.title)
    code = f"{event.event_type} / {event.mode}" if event.mode else event.event_type
    code += f", {score(plover.score(event.event_type, event.mode))}"
    words = "".join(
        [
            f'<span class="noprint"> · <a href="#w{words.pk}">the words</a></span>'
            for words in event.words
        ]
    )
    return (
        f"<li>{glyph(plover.quad_class(event.event_type))} <b>{e(parties)}\n</b><br>{title}"
        f'<br><span class="small">{e(code)}{words}</span></li>'
    )


def _beside(told, html):
    """The neighbours in the first relation, and other reports of the events."""
    near = _near(told, html) if told.neighbours else ""
    others = _others(told.others) if told.events else ""
    if not near and not others:
        return ""
    return f'<div class="two even noprint">{near}\n{others}</div>\n'


def _near(told, html):
    article, (before, after) = told.article, told.neighbours
    title, _ = html.relations[0]
    near = placed = ""
    if before:
        near = f'<li><p class="small">Before: {_other(before, way=_PREV)}</li>'
    if after:
        near += f'<li><p class="small">After: {_other(after, way=_NEXT)}</li>'
    if not near:
        near = f"<li>This is the only dated report on {title}.</li>"
    if not article.span.is_one_day:
        day = dates.day_in_words(article.published_latest)
        placed = f'<p class="small">This one is placed by its latest possible day, {day}.</p>'
    return (
        f'<section aria-labelledby="near"><h2 id="near">Next to it in {title}</h2>'
        f'<ul class="near">\n{near}</ul>{placed}</section>'
    )


def _others(others):
    told = ""
    for other in others:
        source = f", <bdi>{e(other.source)}</bdi>"
        told += f'<li><p class="small">{_other(other, source)}</li>'
    told = f'<ol class="near">{told}</ol>' if told else "<p>No other report of it is held yet.</p>"
    return (
        '<section aria-labelledby="others">'
        f'<h2 id="others">Other reports of the same event</h2>{told}</section>'
    )


_PREV, _NEXT = ' rel="prev" ', ' rel="next" '


def _other(other, source="", way=" "):
    return (
        f'{e(other.date_in_words)}{source}</p><a href="{address("article", other.slug)}"'
        f"{way}{of_text(other.language)}>{e(other.headline)}</a>"
    )


def _cited(told, html):
    article = told.article
    dated = dates.in_words(article.published)
    if article.published and not article.is_printed_date:
        dated = f"undated [{dated}]"
    received = ", as received" if article.is_as_received else ""
    return (
        '<section aria-labelledby="cite"><h2 id="cite">Cite this report</h2>\n<p class="cite">'
        f'“<bdi lang="{e(article.language)}">{html.headline}</bdi>.” <bdi>{html.source}</bdi>,'
        f" {e(dated)}. Diplomacy Archive, article {article.pk}, version {told.version}."
        f' {html.permalink}</p>\n<p class="row noprint"><a href="{html.json}">JSON</a>'
        f' <a href="{html.text}">Plain text{received}</a></p></section>'
    )


def _record(told, html, is_preview):
    article = told.article
    terms = article.usage_terms or article.source.get_terms_display()
    dated = versions = seal = original = ""
    if article.published:
        dated = f"<dt>Date, EDTF</dt><dd><code>{e(article.published)}</code></dd>"
    if not is_preview:
        versions = f' · <a href="{html.versions}">All versions</a>'
    if told.seal:
        seal = f'<dt>SHA-256 of this version</dt><dd class="hash">{told.seal}</dd>'
    if article.url:
        to = e(article.url)
        original = f'<dt>Original</dt><dd><a href="{to}" rel="external">{to}</a></dd>'
    return (
        '<section aria-labelledby="record"><h2 id="record">Record</h2><dl class="facts">'
        f'<dt>Permanent link</dt><dd><a href="{html.permalink}">{html.permalink}</a></dd>{dated}'
        f"<dt>Version</dt><dd>{told.version}{versions}</dd>{seal}"
        f'<dt>SHA-256 of the plain text</dt><dd class="hash">{plain_text.checksum(article)}</dd>'
        f"<dt>Language</dt><dd>{e(languages.language_name(article.language))}</dd>"
        f"<dt>Terms of use</dt><dd>{e(terms[:1].upper() + terms[1:])}</dd>{original}"
        f"{''.join([_duplicate(one) for one in told.duplicates])}</dl></section>"
    )


def _duplicate(one):
    return (
        "<dt>Also reported here under</dt>"
        f'<dd><bdi lang="{e(one.language)}">{e(one.headline)}</bdi>'
        f", <bdi>{e(one.source.name)}</bdi>: {e(one.withdrawal_reason)}</dd>"
    )
