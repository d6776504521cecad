"""Articles: the list, one article, its formats and its short link."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from articles.exporting import json, plain_text
from articles.integrity import history, past
from articles.models import Article, Event
from articles.pair import pairs_of

from . import as_of, closed
from .listing import article_listing


def article_list(request, suffix=None):
    return article_listing(request, suffix, template="articles/list.html")


def article(request, slug):
    return _answer(request, slug, "article", _page)


def preview(request, pk):
    """A story on its page before readers see it. The desk's: see diplomacy_archive/urls.py."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    found = get_object_or_404(Article.objects.for_records(), pk=pk)
    return _page(request, found, _events(found), is_preview=not found.is_public)


def article_json(request, slug):
    return _answer(request, slug, "article-json", _json)


def article_text(request, slug):
    return _answer(request, slug, "article-text", _text)


def _answer(request, slug, address, show):
    """What `show` makes of an article as it stands, or as it stood at ?as-of=."""
    found, elsewhere = closed.find(request, slug)
    if elsewhere:
        return elsewhere
    if address != "article" and (unknown := set(request.GET) - {as_of.PARAMETER}):
        return json.refusal({name: [f"No such parameter “{name}”."] for name in sorted(unknown)})
    try:
        then = as_of.asked(request.GET)
    except ValidationError as error:
        return as_of.refusal(request, found, address, error.messages[0], 400)
    if then is None:
        return show(request, found, _events(found))
    stood, events = past.as_of(found, then.before)
    if stood is None or stood.status not in history.PUBLIC:
        return as_of.refusal(request, found, address, as_of.absence(found, then), 404)
    if stood.status != Article.Status.PUBLISHED:
        told = f"On {then.words} this article was withdrawn. {stood.withdrawal_reason}"
        return as_of.refusal(request, found, address, told, 410)
    return show(request, stood, events, then=then, present=found)


def _events(article):
    return list(Event.objects.confirmed().told_in(article).with_parties().with_evidence())


def _json(request, article, events, **_):
    versions = history.public_versions(article)
    return json.response(json.article(article, events, versions, request.build_absolute_uri))


def _text(request, article, events, **_):
    return plain_text.response(article)


def _page(request, found, events, is_preview=False, then=None, present=None):
    """An article's page; `then`, an AsOf, where it is shown as it stood, and not as `present`."""
    pairs = _pairs(found, events)
    versions = history.public_versions(found)
    shown = {
        "article": found,
        "is_preview": is_preview,
        "people": [(person, person.offices_during(found.span)) for person in found.people.all()],
        "events": events,
        "pairs": pairs,
        "corrections": [version for version in reversed(versions) if version.is_told],
        "seal": history.seal_of(found),
        "redactions": found.redactions,
        "checksum": plain_text.checksum(found),
        "slug": (present or found).slug,
        "permalink": request.build_absolute_uri(reverse("short-link", args=[found.pk])),
    }
    if then:
        shown |= {
            "then": then,
            "canonical_path": present.get_absolute_url(),
            "question": f"?{urlencode({as_of.PARAMETER: then.written})}",
        }
    else:
        neighbours = _neighbours(found, pairs[0]) if pairs else None
        shown |= {"neighbours": neighbours, "others": _other_reports(found, events)}
    return render(request, "articles/detail.html", shown)


def short_link(request, pk):
    found = get_object_or_404(closed.public(), pk=pk)
    if found.status == Article.Status.MERGED:
        return closed.merged(request, found)
    return redirect(found)


def _pairs(article, events):
    """The relations that an article belongs to; the one that its first event joins comes first."""
    joined = {party.country for event in events[:1] for party in event.parties.all()}
    return sorted(pairs_of(article.countries.all()), key=lambda pair: not joined.issuperset(pair))


def _neighbours(article, pair):
    """(the article before, the one after) among the dated ones of a relation, or None."""
    day, pk = article.published_latest, article.pk
    if day is None:
        return None
    dated = Article.objects.published().involving(*pair).filter(published_latest__isnull=False)
    before = dated.beyond(day, pk, newest=True).newest().first()
    after = dated.beyond(day, pk, newest=False).oldest().first()
    return before, after


def _other_reports(article, events):
    """Other published articles that report one of these events."""
    others = Article.objects.published().filter(events__in=events).exclude(pk=article.pk)
    return others.distinct().select_related("source").newest()
