"""What stood there before: the versions of an article, each beside the one before it."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from articles.exporting import json
from articles.integrity import history, past

from . import closed
from .addresses import Asked
from .compared import compare
from .paging import number_of

SIZE = 10
LONGEST = 50_000  # characters of a text that the list compares; longer ones have their own page


def version_list(request, slug):
    """The public versions, the newest first, by pages."""
    article, elsewhere = closed.find(request, slug)
    if elsewhere:
        return elsewhere
    versions = history.public_versions(article)[::-1]
    cursor = request.GET.get("cursor", "")
    below = number_of(cursor) if cursor else article.version + 1
    following = [version for version in versions if version.number < below]
    if cursor and not following:
        raise Http404("No version follows.")
    more = following[SIZE - 1].number if len(following) > SIZE else None
    return render(
        request,
        "articles/versions.html",
        {
            "article": article,
            "count": len(versions),
            "versions": _compared(article, following[: SIZE + 1])[:SIZE],
            "is_first": not cursor,
            "first_url": request.path,
            "next_url": more and Asked(request).adding("cursor", more),
        },
    )


def _compared(article, versions):
    """[(version, its Comparison or None, whether it is too long for a list)], of newest first."""
    _, states = history.states_of(article, [version.number for version in versions])
    pairs = {
        new.number: (states[old.number], states[new.number])
        for new, old in zip(versions, versions[1:], strict=False)
    }
    short = [n for n, pair in pairs.items() if all(_length(state) < LONGEST for state in pair)]
    found = dict(zip(short, compare([pairs[n] for n in short], timezone.now()), strict=True))
    return [(v, found.get(v.number), v.number in pairs and v.number not in found) for v in versions]


def _length(state):
    return len(state.get("body") or "")


def version(request, slug, number):
    """One version, whole, and what it changed."""
    article, elsewhere = closed.find(request, slug)
    if elsewhere:
        return elsewhere
    versions = history.public_versions(article)
    place = _place(versions, number)
    shown, before = versions[place], versions[place - 1] if place else None
    until = shown.at + timedelta(microseconds=1)
    _, states = history.states_of(article, [number, before.number] if before else [number])
    pair = [(states[before.number], states[number])] if before else []
    return render(
        request,
        "articles/version.html",
        {
            "article": article,
            "version": shown,
            "stood": past.of_version(article, number, states[number], until),
            "comparison": compare(pair, until)[0] if pair else None,
            "before": before,
            "after": versions[place + 1] if place + 1 < len(versions) else None,
        },
    )


def version_json(request, slug, number):
    """The bytes that were sealed: their SHA-256 is the checksum of the version."""
    article, elsewhere = closed.find(request, slug)
    if elsewhere:
        return elsewhere
    if request.GET:
        return json.refusal({name: [f"No such parameter “{name}”."] for name in request.GET})
    _place(history.public_versions(article), number)
    return json.of_bytes(history.sealed_bytes(article, number))


def _place(versions, number):
    place = next((n for n, version in enumerate(versions) if version.number == number), None)
    if place is None:
        raise Http404("No version that readers saw has this number.")
    return place
