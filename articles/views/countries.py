"""Countries: the list, and one country with its relations and office-holders."""

from django.shortcuts import get_object_or_404

from articles.exporting import json
from articles.models import Article, Country, Membership
from articles.pair import reported_pairs

from .listing import article_listing, formats_of, noun_listing


def country_list(request, suffix=None):
    countries = Country.objects.all()
    return noun_listing(
        request,
        suffix,
        countries,
        template="countries/list.html",
        as_json=json.country,
        noun=("country", "countries, territories and former states"),
        context={
            "kinds": [
                ("States", countries.current().filter(status=Country.Status.STATE)),
                ("Former states", countries.former()),
                ("Territories", countries.current().filter(status=Country.Status.TERRITORY)),
                ("Unions of states", countries.current().filter(status=Country.Status.UNION)),
            ],
            "formats": formats_of("countries"),
        },
    )


def country(request, slug, suffix=None):
    found = get_object_or_404(Country, slug=slug)
    return article_listing(
        request,
        suffix,
        template="countries/detail.html",
        queryset=Article.objects.published().involving(found),
        given={"country": [found]},
        context=lambda: {
            "country": found,
            "relations": reported_pairs(found, most=12),
            "terms": Membership.objects.filter(post__country=found).through_time(),
            "formats": formats_of("country", slug),
        },
    )
