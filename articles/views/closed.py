"""What is no longer at its address: moved, merged into another, withdrawn; alike in every form.

A view of one article asks `find` first:

    found, elsewhere = find(request, slug)
    return elsewhere or ...
"""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from articles.exporting import json, plain_text, tombstone
from articles.models import Article, FormerSlug


def public():
    """What has an address: the published, the withdrawn and the merged."""
    return Article.objects.exclude(status__in=[Article.Status.DRAFT, Article.Status.REVIEW])


def find(request, slug):
    """(article, None), or (None, the answer that leads elsewhere or says why there is none)."""
    found = public().for_records().filter(slug=slug).first()
    if found is None:
        former = get_object_or_404(FormerSlug, slug=slug, article__in=public())
        if former.article.status != Article.Status.MERGED:
            return None, _moved(request, former.article)
        found = former.article
    if found.status == Article.Status.MERGED:
        return None, merged(request, found)
    if found.status == Article.Status.WITHDRAWN:
        return None, _withdrawn(request, found)
    return found, None


def _moved(request, article):
    """To the same form of it under its present address, with the same question."""
    asked = request.resolver_match
    address = reverse(asked.url_name, kwargs={**asked.kwargs, "slug": article.slug})
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def merged(request, article):
    """301 to the same form of what it was merged into at last; the answer says why in words."""
    asked, target = request.resolver_match, article.end_of_merger
    if target is None:
        raise Http404
    if set(asked.kwargs) == {"slug"}:
        address = reverse(asked.url_name, args=[target.slug])
    else:  # by its number; or a version, whose number says nothing there
        address = target.get_absolute_url()
    return leads_to(request, address, article, target, article.withdrawal_reason)


def leads_to(request, address, duplicate, target, reason):
    """301 from a duplicate to what it was merged into, with the reason in the form asked for."""
    reason = reason or tombstone.NO_REASON
    told = f"“{duplicate}” was merged into “{target}”. {reason}"
    if _form(request) == "json":
        to = request.build_absolute_uri(address)
        said = json.response({"sentence": told, "reason": reason, "merged_into": to})
    elif _form(request) == "page":
        context = {"duplicate": duplicate, "target": target, "reason": reason, "address": address}
        said = render(request, "articles/merged.html", context)
    else:
        said = HttpResponse(f"{told}\n", content_type=plain_text.CONTENT_TYPE)
    return HttpResponsePermanentRedirect(address, content=said.content, headers=said.headers)


def _withdrawn(request, article):
    """410 with the reason, the day and the citation, in the form that was asked for."""
    told = tombstone.of_withdrawn(article, request.build_absolute_uri)
    if _form(request) == "json":
        return json.refusal({"article": [told["reason"]]}, status=410, withdrawn=told)
    if _form(request) == "page":
        closed = article.closed_by
        context = {"article": article, "told": told, "closed_on": closed and closed.at.date()}
        return render(request, "articles/withdrawn.html", context, status=410)
    text = tombstone.as_text(told)
    return HttpResponse(text, content_type=plain_text.CONTENT_TYPE, status=410)


def _form(request):
    """page, json or text: whichever format a file is of, what is told instead of it is words."""
    if request.path_info.endswith("/"):
        return "page"
    return "json" if request.path_info.endswith(".json") else "text"
