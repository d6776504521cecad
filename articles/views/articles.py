"""Articles: the list, one article, its formats and its short link."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from articles import directory, integrity
from articles.exporting import json, plain_text
from articles.integrity import history, past
from articles.models import Article, Event

from . import article_page, as_of, closed, list_page, standing, story
from .conditional import tells_state
from .listing import article_listing


def article_list(request, suffix=None):
    names = directory.at(request.state)
    return article_listing(request, suffix, list_page.page, names=names)


@tells_state
def article(request, slug):
    """Most are published, and asked for as they stand: read in a few questions."""
    is_asked_as_of = request.META.get("QUERY_STRING") and as_of.PARAMETER in request.GET
    if not is_asked_as_of and (told := standing.story_of(slug)):
        return HttpResponse(article_page.page(request, told)), told.state
    state = integrity.state()
    return _answer(request, slug, "article", _page), state


def preview(request, pk):
    """A story on its page before readers see it. The desk's: see diplomacy_archive/urls.py."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    found = get_object_or_404(Article.objects.for_records(), pk=pk)
    told = story.of(found, _events(found))
    return HttpResponse(article_page.page(request, told, is_preview=not found.is_public))


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


def _json(request, article, events, then=None, **_):
    """What its words name is told of the text that stands today alone."""
    versions, mentions = history.public_versions(article), [] if then else json.mentions(article)
    absolute = request.build_absolute_uri
    return json.response(json.article(article, events, versions, absolute, mentions))


def _text(request, article, events, **_):
    return plain_text.response(article)


def _page(request, found, events, then=None, present=None):
    """An article's page; `then`, an AsOf, where it is shown as it stood, and not as `present`."""
    if not then:
        return HttpResponse(article_page.page(request, story.of(found, events)))
    told = story.of(found, events, is_present=False)
    question = f"?{urlencode({as_of.PARAMETER: then.written})}"
    return HttpResponse(article_page.page(request, told, present.slug, then, question))


def short_link(request, pk):
    found = get_object_or_404(closed.public(), pk=pk)
    if found.status == Article.Status.MERGED:
        return closed.merged(request, found)
    return redirect(found)
