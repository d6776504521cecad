"""Sources: who reported, and what is held of them."""

from django.shortcuts import get_object_or_404

from articles import directory, search
from articles.exporting import json
from articles.models import Source

from . import list_page
from .listing import article_listing, by_name, noun_listing


def source_list(request, suffix=None):
    sources = by_name(Source.objects.select_related("country"))
    held = search.everything().counts("sources")
    for found in sources:
        found.held = held.get(found.pk, 0)
    return noun_listing(
        request,
        suffix,
        sources,
        template="sources/list.html",
        as_json=json.source,
        noun=("source", "sources"),
    )


def source(request, slug, suffix=None):
    found = get_object_or_404(Source.objects.select_related("country"), slug=slug)
    return article_listing(
        request,
        suffix,
        lambda listing: list_page.beside(
            listing, "sources/detail.html", "Articles held", source=found
        ),
        names=directory.at(request.state),
        given={"source": [found]},
        hide_source=True,
    )
