"""Sources: who reported, and what is held of them."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404

from articles.exporting import json
from articles.models import Article, Source

from .listing import article_listing, by_name, noun_listing


def source_list(request, suffix=None):
    held = Count("articles", filter=Q(articles__status=Article.Status.PUBLISHED))
    return noun_listing(
        request,
        suffix,
        by_name(Source.objects.select_related("country").annotate(held=held)),
        template="sources/list.html",
        as_json=json.source,
        noun=("source", "sources"),
    )


def source(request, slug, suffix=None):
    found = get_object_or_404(Source.objects.select_related("country"), slug=slug)
    return article_listing(
        request,
        suffix,
        template="sources/detail.html",
        queryset=Article.objects.published().filter(source=found),
        given={"source": [found]},
        context=lambda: {"source": found},
    )
