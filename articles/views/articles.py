"""Articles: the list, one article, its formats and its short link."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from articles.exporting import json, plain_text
from articles.models import Article, Event
from articles.pair import pairs_of

from . import closed
from .listing import article_listing


def article_list(request, suffix=None):
    return article_listing(request, suffix, template="articles/list.html")


def article(request, slug):
    found, elsewhere = closed.find(request, slug)
    return elsewhere or _page(request, found)


def preview(request, pk):
    """A story on its page before readers see it. The desk's: see diplomacy_archive/urls.py."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    found = get_object_or_404(Article.objects.for_records(), pk=pk)
    return _page(request, found, is_preview=not found.is_public)


def _page(request, found, is_preview=False):
    events = list(Event.objects.confirmed().told_in(found).with_parties().with_evidence())
    pairs = _pairs(found, events)
    return render(
        request,
        "articles/detail.html",
        {
            "article": found,
            "is_preview": is_preview,
            "people": [
                (person, person.offices_during(found.span)) for person in found.people.all()
            ],
            "events": events,
            "pairs": pairs,
            "neighbours": _neighbours(found, pairs[0]) if pairs else None,
            "others": _other_reports(found, events),
            "redactions": found.redactions,
            "checksum": plain_text.checksum(found),
            "permalink": request.build_absolute_uri(reverse("short-link", args=[found.pk])),
        },
    )


def article_json(request, slug):
    found, elsewhere = closed.find(request, slug)
    return elsewhere or json.response(json.article(found, request.build_absolute_uri))


def article_text(request, slug):
    found, elsewhere = closed.find(request, slug)
    if elsewhere:
        return elsewhere
    answer = HttpResponse(plain_text.of_article(found), content_type=plain_text.CONTENT_TYPE)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


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
